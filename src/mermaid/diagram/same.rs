//! Whether two diagrams mean the same, wherever their parts stand in a text.

use super::flowchart::{Edge, Flowchart, Link, Node, NodeMetadata, Subgraph};
use super::sequence::{
    Activation, Event, Fragment, Message, Note, Operand, Participant, ParticipantBox, SequenceDiagram,
};
use super::state::{self, State, StateDiagram, Transition};
use super::text::Text;
use super::{ClassDef, Diagram, Titles};

/// True when both have the same parts in the same order with the same texts, byte for byte; places are not looked at.
pub(crate) fn is_same(a: &Diagram, b: &Diagram) -> bool {
    match (a, b) {
        (Diagram::Flowchart(a), Diagram::Flowchart(b)) => a.means(b),
        (Diagram::State(a), Diagram::State(b)) => a.means(b),
        (Diagram::Sequence(a), Diagram::Sequence(b)) => a.means(b),
        _ => false,
    }
}

/// Equality but for places. Every implementation takes its type apart, so that a new field is not forgotten.
trait Means {
    fn means(&self, other: &Self) -> bool;
}

impl<T: Means> Means for Vec<T> {
    fn means(&self, other: &Self) -> bool {
        self.len() == other.len() && self.iter().zip(other).all(|(a, b)| a.means(b))
    }
}

impl<T: Means> Means for Option<T> {
    fn means(&self, other: &Self) -> bool {
        match (self, other) {
            (Some(a), Some(b)) => a.means(b),
            (None, None) => true,
            _ => false,
        }
    }
}

impl Means for Text {
    fn means(&self, other: &Self) -> bool {
        self.as_str() == other.as_str() && self.kind == other.kind
    }
}

/// Implements [`Means`]: fields that are compared, fields that mean the same, and those that only say where.
macro_rules! means {
    ($Type:ty { equal: [$($equal:ident),*], same: [$($same:ident),*], place: [$($place:ident),*] $(,)? }) => {
        impl Means for $Type {
            fn means(&self, other: &Self) -> bool {
                let Self { $($equal,)* $($same,)* $($place: _,)* } = self;
                $(*$equal == other.$equal &&)* $($same.means(&other.$same) &&)* true
            }
        }
    };
}

means!(Titles { equal: [title, acc_title, acc_descr], same: [], place: [] });
means!(ClassDef { equal: [name, styles], same: [], place: [span] });

means!(Node {
    equal: [id, origin, shape, classes, styles, subgraph],
    same: [label, link, metadata],
    place: [span, mentions],
});
means!(Link { equal: [url, target, tooltip], same: [], place: [] });
means!(NodeMetadata { equal: [icon, form, pos, img, constraint, w, h, props], same: [], place: [] });
means!(Edge {
    equal: [
        id,
        has_user_id,
        from,
        to,
        heads,
        stroke,
        length,
        classes,
        styles,
        curve,
        animate,
        animation,
        step
    ],
    same: [label],
    place: [span, arrow_span],
});
means!(Subgraph {
    equal: [id, members, direction, classes, metadata],
    same: [title],
    place: [span, head_span],
});

impl Means for Flowchart {
    fn means(&self, other: &Self) -> bool {
        let Self {
            titles,
            direction,
            nodes,
            edges,
            n_edges,
            subgraphs,
            class_defs,
            class_uses,
            default_edge_styles,
            default_curve,
        } = self;
        let names = |uses: &[(String, _)]| uses.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>();
        titles.means(&other.titles)
            && *direction == other.direction
            && nodes.means(&other.nodes)
            && edges.means(&other.edges)
            && *n_edges == other.n_edges
            && subgraphs.means(&other.subgraphs)
            && class_defs.means(&other.class_defs)
            && names(class_uses) == names(&other.class_uses)
            && *default_edge_styles == other.default_edge_styles
            && *default_curve == other.default_curve
    }
}

means!(StateDiagram {
    equal: [direction],
    same: [titles, states, transitions, notes, class_defs, links],
    place: [],
});
means!(State {
    equal: [id, kind, is_described, parent, direction, classes, styles],
    same: [label, descriptions],
    place: [span],
});
means!(Transition { equal: [from, to], same: [label], place: [span] });
means!(state::Note { equal: [state, position], same: [text], place: [] });
means!(state::Link { equal: [id, state, url, tooltip], same: [], place: [] });

means!(SequenceDiagram { equal: [], same: [titles, participants, boxes, events, fragments], place: [] });
means!(Participant {
    equal: [id, declared, role, wrap, in_box, created_at, destroyed_at, links, properties],
    same: [label],
    place: [span],
});
means!(ParticipantBox { equal: [fill, participants, wrap], same: [label], place: [] });
means!(Activation { equal: [id, participant], same: [], place: [span] });
means!(Message { equal: [from, to, arrow, activate, central, wrap], same: [text], place: [span, ends] });
means!(Note { equal: [placement, over, wrap], same: [text], place: [span] });
means!(Fragment { equal: [kind], same: [operands], place: [span] });
means!(Operand { equal: [wrap], same: [text], place: [span] });

impl Means for Event {
    fn means(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Message(a), Self::Message(b)) => a.means(b),
            (Self::Note(a), Self::Note(b)) => a.means(b),
            (Self::Activate(a), Self::Activate(b)) | (Self::Deactivate(a), Self::Deactivate(b)) => a.means(b),
            (Self::CentralTo(a), Self::CentralTo(b)) | (Self::CentralFrom(a), Self::CentralFrom(b)) => a == b,
            (Self::Open(a), Self::Open(b)) | (Self::Close(a), Self::Close(b)) => a == b,
            (Self::Operand(a, i), Self::Operand(b, j)) => a == b && i == j,
            (Self::Autonumber(a), Self::Autonumber(b)) => a == b,
            _ => false,
        }
    }
}
