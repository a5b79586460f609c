//! From a state diagram to a scene.

mod name;

use crate::draw::geometry::{Point, Size};
use crate::draw::label::{Label, Setting};
use crate::draw::measure::{Face, TextMeasure};
use crate::draw::paint::{Classes, Paint, Wishes};
use crate::draw::scene::{self, Ink, Role, Scene, SceneKind, Slot, Stroke, Tip};
use crate::draw::shape::catalogue::Family;
use crate::draw::shape::{self, Shape};
use crate::draw::style::Style;
use crate::mermaid::diagram::Direction;
use crate::mermaid::diagram::state::{Link, State, StateDiagram, StateIx, StateKind, Transition};
use crate::mermaid::diagram::text::Text;

use super::chart::{Chart, ChartCluster, ChartEdge, ChartNode, EdgeText, LINE, label, title};
use super::fit;
use super::layered::{Beside, ClusterIx, End, NodeIx};

use name::Name;

/// Dashes and gaps of the line to a note, and of what parts regions, px.
const DASHES: [f64; 2] = [4.0, 4.0];
/// Room between a state's name and its descriptions, px: half above the line between them, half below.
const RULE_GAP: f64 = 14.0;

/// Lays out a state diagram.
pub(in crate::draw) fn lay_out(diagram: &StateDiagram, style: &Style, measure: &dyn TextMeasure) -> Scene {
    let drawn = |style: &Style, turned| chart(diagram, style, measure, turned);
    match style.fit {
        Some(width) => fit::scene(&drawn, style, width),
        None => drawn(style, None).scene(style),
    }
}

/// What is to be laid out of a state diagram; `turned` says where it flows instead of where its author says.
pub(super) fn chart(
    diagram: &StateDiagram,
    style: &Style,
    measure: &dyn TextMeasure,
    turned: Option<Direction>,
) -> Chart {
    let drawer = Drawer {
        diagram,
        classes: Classes::of(&diagram.class_defs),
        holders: holders(diagram),
        n_ways: n_ways(diagram),
        links: links(diagram),
        names: name::names(diagram, &starts(diagram)),
        turned,
        style,
        measure,
    };
    drawer.chart()
}

/// What holds each state; a state that holds itself, over others or not, is held by nothing.
fn holders(diagram: &StateDiagram) -> Vec<Option<StateIx>> {
    let mut holders: Vec<Option<StateIx>> = diagram.states.iter().map(|state| state.parent).collect();
    // 0: not looked at, 1: on the way that is being followed, 2: its way ends.
    let mut marks = vec![0_u8; holders.len()];
    for start in 0..holders.len() {
        let mut way = Vec::new();
        let mut at = start;
        while marks[at] == 0 {
            marks[at] = 1;
            way.push(at);
            match holders[at] {
                Some(StateIx(next)) if marks[next] == 1 => holders[at] = None,
                Some(StateIx(next)) => at = next,
                None => {}
            }
        }
        for at in way {
            marks[at] = 2;
        }
    }
    holders
}

/// The most transitions that enter or leave each state.
fn n_ways(diagram: &StateDiagram) -> Vec<usize> {
    let mut counts = vec![(0_usize, 0_usize); diagram.states.len()];
    for transition in &diagram.transitions {
        counts[transition.from.0].0 += 1;
        counts[transition.to.0].1 += 1;
    }
    counts.into_iter().map(|(out, into)| out.max(into)).collect()
}

/// Where a click on each state leads: the last `click` statement about it says so.
fn links(diagram: &StateDiagram) -> Vec<Option<&Link>> {
    let mut links = vec![None; diagram.states.len()];
    for link in &diagram.links {
        if let Some(StateIx(state)) = link.state {
            links[state] = Some(link);
        }
    }
    links
}

/// The numbers that Mermaid's ids of transitions and notes end in: one count for both, in the order of the text.
struct Numbers {
    transitions: Vec<usize>,
    notes: Vec<usize>,
}

impl Numbers {
    fn of(diagram: &StateDiagram) -> Self {
        let starts = starts(diagram);
        let number = |start: u32| starts.partition_point(|known| *known < start);
        let transitions = diagram.transitions.iter().map(|transition| number(transition.span.start));
        let notes = diagram.notes.iter().map(|note| number(note.text.span().start));
        Self { transitions: transitions.collect(), notes: notes.collect() }
    }
}

/// Where each transition and each note begins, in order.
fn starts(diagram: &StateDiagram) -> Vec<u32> {
    let transitions = diagram.transitions.iter().map(|transition| transition.span.start);
    let mut starts: Vec<u32> =
        transitions.chain(diagram.notes.iter().map(|note| note.text.span().start)).collect();
    starts.sort_unstable();
    starts
}

struct Drawer<'a> {
    diagram: &'a StateDiagram,
    names: Vec<Name>,
    classes: Classes,
    holders: Vec<Option<StateIx>>,
    n_ways: Vec<usize>,
    links: Vec<Option<&'a Link>>,
    /// Where the diagram flows instead of where its author says, with all of its composites.
    turned: Option<Direction>,
    style: &'a Style,
    measure: &'a dyn TextMeasure,
}

impl Drawer<'_> {
    fn chart(&self) -> Chart {
        let n_states = self.diagram.states.len();
        let mut holds = vec![false; n_states];
        for StateIx(holder) in self.holders.iter().flatten() {
            holds[*holder] = true;
        }
        // What holds others is a box around them, whatever kind its first mention gave it.
        let is_cluster = |index: usize, state: &State| {
            holds[index] || matches!(state.kind, Some(StateKind::Composite | StateKind::Region))
        };
        let mut places = Vec::with_capacity(n_states);
        let (mut n_nodes, mut n_clusters) = (0, 0);
        for (index, state) in self.diagram.states.iter().enumerate() {
            if is_cluster(index, state) {
                places.push(End::Cluster(ClusterIx(n_clusters)));
                n_clusters += 1;
            } else {
                places.push(End::Node(NodeIx(n_nodes)));
                n_nodes += 1;
            }
        }
        let (mut nodes, mut clusters) = (Vec::new(), Vec::new());
        for (index, state) in self.diagram.states.iter().enumerate() {
            let cluster = self.holders[index].and_then(|StateIx(holder)| match places[holder] {
                End::Cluster(cluster) => Some(cluster),
                End::Node(_) => None,
            });
            if is_cluster(index, state) {
                clusters.push(self.cluster(index, state, cluster));
            } else {
                nodes.push(self.node(index, state, cluster));
            }
        }
        let numbers = Numbers::of(self.diagram);
        let mut edges: Vec<ChartEdge> = Vec::new();
        for (index, transition) in self.diagram.transitions.iter().enumerate() {
            edges.push(self.transition(numbers.transitions[index], transition, &places));
        }
        self.notes(&numbers, &places, &mut nodes, &mut edges);
        Chart {
            kind: SceneKind::State,
            direction: self.turned.unwrap_or(self.diagram.direction),
            title: title(self.diagram.titles.title.as_ref(), self.style, self.measure),
            nodes,
            clusters,
            edges,
        }
    }

    fn label(&self, text: &Text, face: Face, wishes: &Wishes) -> Label {
        let setting = Setting { face, max_width: self.style.max_label_width };
        let label = label(text, setting, self.style, self.measure);
        if wishes.is_italic == Some(true) { label.slanted() } else { label }
    }

    fn parent_id(&self, index: usize) -> Option<String> {
        self.holders[index].map(|StateIx(holder)| self.names[holder].id.clone())
    }

    fn link(&self, index: usize) -> Option<scene::Link> {
        let link = self.links[index]?;
        let unquoted = |text: &str| text.trim_matches('"').to_owned();
        Some(scene::Link { url: unquoted(&link.url), tooltip: link.tooltip.as_deref().map(unquoted) })
    }

    fn node(&self, index: usize, state: &State, cluster: Option<ClusterIx>) -> ChartNode {
        let wishes = self.classes.wishes(&state.classes, &state.styles);
        let pseudostate = Paint::theme(Slot::Canvas, Slot::Pseudostate, Slot::Text);
        let is_upright = {
            let inner = self.holders[index].and_then(|holder| self.diagram.state(holder).direction);
            matches!(
                self.turned.or(inner).unwrap_or(self.diagram.direction),
                Direction::LeftToRight | Direction::RightToLeft
            )
        };
        let (shape, theme) = match state.kind {
            Some(StateKind::Start) => (shape::start(), pseudostate),
            Some(StateKind::End) => (shape::end(), pseudostate),
            Some(StateKind::Fork | StateKind::Join) => {
                (shape::bar(self.n_ways[index], is_upright), pseudostate)
            }
            Some(StateKind::Choice) => {
                (shape::choice(), Paint::theme(Slot::NodeFill, Slot::Pseudostate, Slot::Text))
            }
            _ => (
                Family::Rounded.shape(Size::default()),
                Paint::theme(Slot::NodeFill, Slot::NodeStroke, Slot::Text),
            ),
        };
        let mut node = ChartNode {
            role: Role::Node {
                id: self.names[index].id.clone(),
                parent: self.parent_id(index),
                element: self.names[index].element.clone(),
            },
            classes: state.classes.clone(),
            link: self.link(index),
            shape,
            labels: Vec::new(),
            rules: Vec::new(),
            paint: wishes.area(&theme),
            cluster,
        };
        if node.shape.shows_label {
            let (shape, labels, rules) = self.compartments(state, &wishes);
            (node.shape, node.labels, node.rules) = (shape, labels, rules);
        }
        node
    }

    /// The box of a state, its labels and the lines between them: the first description alone, or above the others.
    fn compartments(&self, state: &State, wishes: &Wishes) -> (Shape, Vec<(Label, Point)>, Vec<f64>) {
        let is_titled = !state.descriptions.is_empty();
        let is_bold = wishes.is_bold.unwrap_or(is_titled);
        let name = self.label(&state.label, Face { size: self.style.text_size, is_bold }, wishes);
        if !is_titled {
            let shape = Family::Rounded.shape(name.size);
            return (shape, vec![(name, Point::default())], Vec::new());
        }
        let face = Face { size: self.style.text_size, is_bold: wishes.is_bold.unwrap_or(false) };
        let others: Vec<Label> =
            state.descriptions.iter().map(|text| self.label(text, face, wishes)).collect();
        let width = others.iter().map(|label| label.size.width).fold(name.size.width, f64::max);
        let height = others.iter().map(|label| label.size.height).sum::<f64>() + name.size.height + RULE_GAP;
        let shape = Family::Rounded.shape(Size::new(width, height));
        let mut y = -height / 2.0;
        let rule = y + name.size.height + RULE_GAP / 2.0;
        let mut labels = Vec::with_capacity(1 + others.len());
        let mut put = |label: Label, gap: f64| {
            let middle = y + label.size.height / 2.0;
            y += label.size.height + gap;
            labels.push((label, Point::new(0.0, middle)));
        };
        put(name, RULE_GAP);
        for label in others {
            put(label, 0.0);
        }
        (shape, labels, vec![rule])
    }

    fn cluster(&self, index: usize, state: &State, parent: Option<ClusterIx>) -> ChartCluster {
        let wishes = self.classes.own_wishes(&state.classes, &state.styles);
        let is_region = state.kind == Some(StateKind::Region);
        let face = Face { size: self.style.small_size, is_bold: wishes.is_bold.unwrap_or(true) };
        let theme = if is_region {
            // Regions are parted by the dashed borders of their boxes.
            let stroke = Stroke { ink: Ink::Theme(Slot::ClusterStroke), width: 1.0, dashes: DASHES.to_vec() };
            Paint { fill: Ink::None, stroke, text: Ink::Theme(Slot::QuietText), radius: None }
        } else {
            Paint::theme(Slot::ClusterFill, Slot::ClusterStroke, Slot::QuietText)
        };
        ChartCluster {
            role: Role::Cluster {
                id: self.names[index].id.clone(),
                parent: self.parent_id(index),
                element: self.names[index].element.clone(),
            },
            classes: state.classes.clone(),
            link: self.link(index),
            title: self.label(&state.label, face, &wishes),
            paint: wishes.area(&theme),
            parent,
            direction: state.direction.filter(|_| self.turned.is_none()),
        }
    }

    fn transition(&self, number: usize, transition: &Transition, places: &[End]) -> ChartEdge {
        let id = format!("edge{number}");
        let (from, to) = (transition.from, transition.to);
        let setting = Setting {
            face: Face::regular(self.style.small_size),
            max_width: self.style.max_label_width * 0.8,
        };
        let label = transition.label.as_ref().map(|text| label(text, setting, self.style, self.measure));
        let label = label.filter(|label| !label.is_empty());
        ChartEdge {
            role: Role::Edge {
                id: id.clone(),
                from: self.names[from.0].id.clone(),
                to: self.names[to.0].id.clone(),
            },
            classes: Vec::new(),
            from: places[from.0],
            to: places[to.0],
            label: label.map(|label| EdgeText {
                role: Role::EdgeLabel { id },
                label,
                wishes: Wishes::default(),
            }),
            stroke: Stroke { ink: Ink::Theme(Slot::Line), width: LINE, dashes: Vec::new() },
            start: None,
            end: Some(Tip::Point),
            min_length: 1,
            is_invisible: false,
            beside: None,
        }
    }

    /// Notes are nodes of their own with a dashed line to their state.
    fn notes(
        &self,
        numbers: &Numbers,
        places: &[End],
        nodes: &mut Vec<ChartNode>,
        edges: &mut Vec<ChartEdge>,
    ) {
        for (note, number) in self.diagram.notes.iter().zip(&numbers.notes) {
            let state = self.diagram.state(note.state);
            let setting =
                Setting { face: Face::regular(self.style.small_size), max_width: self.style.max_label_width };
            let label = label(&note.text, setting, self.style, self.measure);
            let shape = Family::Note.shape(label.size);
            let end = End::Node(NodeIx(nodes.len()));
            let id = format!("{}----note-{number}", state.id);
            let cluster = match places[note.state.0] {
                End::Node(NodeIx(index)) => nodes.get(index).and_then(|node| node.cluster),
                End::Cluster(_) => {
                    self.holders[note.state.0].and_then(|StateIx(holder)| match places[holder] {
                        End::Cluster(cluster) => Some(cluster),
                        End::Node(_) => None,
                    })
                }
            };
            nodes.push(ChartNode {
                role: Role::Node { id: id.clone(), parent: self.parent_id(note.state.0), element: None },
                classes: vec!["statediagram-note".to_owned()],
                link: None,
                labels: vec![(label, shape.label)],
                rules: Vec::new(),
                shape,
                paint: Paint::theme(Slot::NoteFill, Slot::NoteStroke, Slot::NoteText),
                cluster,
            });
            let is_left = note.position.to_ascii_lowercase().starts_with("left");
            // As in Mermaid the edge leads from what stands at the left.
            let ends = ((state.id.clone(), places[note.state.0]), (id, end));
            let ((from_id, from), (to_id, to)) = if is_left { (ends.1, ends.0) } else { ends };
            edges.push(ChartEdge {
                role: Role::Edge { id: format!("{from_id}-{to_id}"), from: from_id, to: to_id },
                classes: Vec::new(),
                from,
                to,
                label: None,
                stroke: Stroke { ink: Ink::Theme(Slot::NoteStroke), width: 1.0, dashes: DASHES.to_vec() },
                start: None,
                end: None,
                min_length: 1,
                is_invisible: false,
                beside: Some(if is_left { Beside::Left } else { Beside::Right }),
            });
        }
    }
}
