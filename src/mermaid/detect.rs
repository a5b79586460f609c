//! Which kind of diagram a text is, as Mermaid decides it (mermaid 12, `detectType`): by its first letters, in a fixed
//! order, before any grammar looks at it.

use std::ops::Range;

use super::prepare::unread_front_matter;
use super::syntax::character::{is_space, is_word};
use super::syntax::other::{self, Reader};

/// A kind of diagram.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// The text `error`, which Mermaid draws as its error picture.
    Error,
    /// A text that begins with a `---` that is no front matter.
    Dashes,
    /// `flowchart-elk`
    FlowchartElk,
    /// `mindmap`
    Mindmap,
    /// `architecture-beta`
    Architecture,
    /// `agentflow-beta`
    Agentflow,
    /// `C4Context` and its sisters
    C4,
    /// `kanban`
    Kanban,
    /// `classDiagram`
    Class,
    /// `erDiagram`
    EntityRelationship,
    /// `gantt`
    Gantt,
    /// `info`
    Info,
    /// `pie`
    Pie,
    /// `requirementDiagram`
    Requirement,
    /// `sequenceDiagram`
    Sequence,
    /// `swimlane-beta`
    Swimlane,
    /// `flowchart`, `graph`
    Flowchart,
    /// `timeline`
    Timeline,
    /// `gitGraph`
    GitGraph,
    /// `stateDiagram`, `stateDiagram-v2`
    State,
    /// `journey`
    Journey,
    /// `quadrantChart`
    Quadrant,
    /// `sankey`
    Sankey,
    /// `packet`
    Packet,
    /// `xychart`
    XyChart,
    /// `block`
    Block,
    /// `eventmodeling`
    EventModeling,
    /// `treeView-beta`
    TreeView,
    /// `radar-beta`
    Radar,
    /// `ishikawa-beta`
    Ishikawa,
    /// `treemap`
    Treemap,
    /// `railroad-beta`
    Railroad,
    /// `railroad-ebnf-beta`
    RailroadEbnf,
    /// `railroad-abnf-beta`
    RailroadAbnf,
    /// `railroad-peg-beta`
    RailroadPeg,
    /// `venn-beta`
    Venn,
    /// `wardley-beta`
    Wardley,
    /// `cynefin-beta`
    Cynefin,
    /// `usecase-beta`
    UseCase,
}

/// What may follow a header's word.
#[derive(Clone, Copy)]
enum Then {
    /// Anything but a word character.
    Boundary,
    /// White space or the end of the text.
    Space,
    /// Anything.
    Anything,
}

/// How much of a kind is read.
#[derive(Clone, Copy)]
pub(crate) enum Reads {
    /// The header only.
    Header,
    /// The statements, which are checked and not kept.
    Statements(Reader),
    /// Everything, into a tree.
    Tree,
}

/// How one kind is recognised, and read.
struct Row {
    kind: Kind,
    name: &'static str,
    /// Texts that start with one of these are of the kind.
    prefixes: &'static [&'static str],
    any_case: bool,
    /// Words that its grammar accepts as the first, longest first.
    headers: &'static [&'static str],
    then: Then,
    reads: Reads,
}

const fn row(
    kind: Kind,
    name: &'static str,
    prefixes: &'static [&'static str],
    headers: &'static [&'static str],
) -> Row {
    Row { kind, name, prefixes, any_case: false, headers, then: Then::Boundary, reads: Reads::Header }
}

impl Row {
    const fn then(self, then: Then) -> Self {
        Self { then, ..self }
    }

    const fn any_case(self) -> Self {
        Self { any_case: true, ..self }
    }

    /// Its statements are read by `reader`.
    const fn checked(self, reader: Reader) -> Self {
        Self { reads: Reads::Statements(reader), ..self }
    }

    /// Its statements become a tree.
    const fn kept(self) -> Self {
        Self { reads: Reads::Tree, ..self }
    }
}

/// In the order in which Mermaid asks.
static KINDS: [Row; 38] = [
    row(Kind::Dashes, "---", &["---"], &[]),
    row(Kind::FlowchartElk, "flowchart-elk", &["flowchart-elk"], &["flowchart-elk"]).kept(),
    row(Kind::Mindmap, "mindmap", &["mindmap"], &["mindmap"]),
    row(Kind::Architecture, "architecture", &["architecture"], &["architecture-beta"]),
    row(Kind::Agentflow, "agentflow", &["agentflow-beta"], &["agentflow-beta"]),
    row(Kind::C4, "c4", &["C4Context"], &C4_HEADERS).then(Then::Space).checked(other::c4::check),
    row(Kind::Kanban, "kanban", &["kanban"], &["kanban"]),
    row(Kind::Class, "classDiagram", &["classDiagram"], &["classDiagram-v2", "classDiagram"])
        .checked(other::class::check),
    row(Kind::EntityRelationship, "er", &["erDiagram"], &["erDiagram"])
        .checked(other::entity_relationship::check),
    row(Kind::Gantt, "gantt", &["gantt"], &["gantt"]).checked(other::gantt::check),
    row(Kind::Info, "info", &["info"], &["info"]).checked(other::info::check),
    row(Kind::Pie, "pie", &["pie"], &["pie"]).checked(other::pie::check),
    row(Kind::Requirement, "requirement", &["requirement"], &["requirementDiagram"])
        .any_case()
        .checked(other::requirement::check),
    row(Kind::Sequence, "sequence", &["sequenceDiagram"], &["sequenceDiagram"]).kept(),
    row(Kind::Swimlane, "swimlane", &["swimlane"], &["swimlane-beta"]),
    row(Kind::Flowchart, "flowchart-v2", &["flowchart", "graph"], &["flowchart", "graph"]).kept(),
    row(Kind::Timeline, "timeline", &["timeline"], &["timeline"]).then(Then::Anything),
    row(Kind::GitGraph, "gitGraph", &["gitGraph"], &["gitGraph"]).checked(other::git_graph::check),
    row(Kind::State, "stateDiagram", &["stateDiagram"], &["stateDiagram-v2", "stateDiagram"])
        .then(Then::Space)
        .kept(),
    row(Kind::Journey, "journey", &["journey"], &["journey"]).then(Then::Space),
    row(Kind::Quadrant, "quadrantChart", &["quadrantChart"], &["quadrantChart"]),
    row(Kind::Sankey, "sankey", &["sankey"], &["sankey-beta", "sankey"]).checked(other::sankey::check),
    row(Kind::Packet, "packet", &["packet"], &["packet-beta", "packet"]).checked(other::packet::check),
    row(Kind::XyChart, "xychart", &["xychart"], &["xychart-beta", "xychart"])
        .then(Then::Space)
        .checked(other::xy_chart::check),
    row(Kind::Block, "block", &["block"], &["block-beta", "block"]),
    row(Kind::EventModeling, "eventmodeling", &["eventmodeling"], &["eventmodeling"]),
    row(Kind::TreeView, "treeView", &["treeView"], &["treeView-beta"]),
    row(Kind::Radar, "radar", &["radar-beta"], &["radar-beta"]).checked(other::radar::check),
    row(Kind::Ishikawa, "ishikawa", &["ishikawa"], &["ishikawa-beta", "ishikawa"]).any_case(),
    row(Kind::Treemap, "treemap", &["treemap"], &["treemap-beta", "treemap"]).checked(other::treemap::check),
    row(Kind::Railroad, "railroad", &["railroad-beta"], &["railroad-beta"]).any_case(),
    row(Kind::RailroadEbnf, "railroadEbnf", &["railroad-ebnf"], &["railroad-ebnf-beta"]).any_case(),
    row(Kind::RailroadAbnf, "railroadAbnf", &["railroad-abnf"], &["railroad-abnf-beta"]).any_case(),
    row(Kind::RailroadPeg, "railroadPeg", &["railroad-peg"], &["railroad-peg-beta"]).any_case(),
    row(Kind::Venn, "venn", &["venn"], &["venn-beta"]),
    row(Kind::Wardley, "wardley", &["wardley-beta"], &["wardley-beta"]).any_case(),
    row(Kind::Cynefin, "cynefin", &["cynefin"], &["cynefin-beta"]),
    row(Kind::UseCase, "usecase", &["usecase-beta"], &["usecase-beta"]).then(Then::Space),
];

const C4_HEADERS: [&str; 5] = ["C4Context", "C4Container", "C4Component", "C4Dynamic", "C4Deployment"];

/// Mermaid looks for these anywhere in a text, and takes it for C4 where they are; only `C4Context` must come first.
pub(crate) const C4_ANYWHERE: &[&str] = C4_HEADERS.split_at(1).1;

impl Kind {
    fn row(self) -> Option<&'static Row> {
        KINDS.iter().find(|row| row.kind == self)
    }

    /// Mermaid's own name for the kind, as its `parse` returns it.
    pub fn name(self) -> &'static str {
        self.row().map_or("error", |row| row.name)
    }

    /// The key of the configuration that holds the kind's own settings.
    pub(crate) fn config_section(self) -> &'static str {
        match self {
            Self::Flowchart | Self::FlowchartElk => "flowchart",
            Self::State => "state",
            _ => self.name(),
        }
    }

    /// The headers that the kind's grammar accepts, without options.
    pub fn headers(self) -> &'static [&'static str] {
        self.row().map_or(&[], |row| row.headers)
    }

    /// How much of the kind is read.
    pub(crate) fn reads(self) -> Reads {
        self.row().map_or(Reads::Header, |row| row.reads)
    }

    /// True for the kinds that are understood: their statements become a diagram, which is checked and drawn.
    pub fn is_read(self) -> bool {
        matches!(self.reads(), Reads::Tree)
    }

    /// True for the kinds whose grammar itself steps over a front matter that Mermaid did not read, because something
    /// stands before it (the grammars of `@mermaid-js/parser` hide it like white space).
    pub(crate) fn hides_front_matter(self) -> bool {
        matches!(
            self,
            Self::Architecture
                | Self::GitGraph
                | Self::Info
                | Self::Packet
                | Self::Pie
                | Self::Radar
                | Self::Treemap
        )
    }

    /// True for the kinds that are known by their first line only: what stands behind it is not looked at.
    pub fn is_known_by_header(self) -> bool {
        matches!(self.reads(), Reads::Header) && !matches!(self, Self::Dashes | Self::Error)
    }

    /// Length of the header that `text` starts with; `None` when the kind has no such header.
    pub(crate) fn header_width(self, text: &str) -> Option<usize> {
        let row = self.row()?;
        row.headers.iter().find_map(|header| {
            let word = text.get(..header.len())?;
            let same = if row.any_case { word.eq_ignore_ascii_case(header) } else { word == *header };
            let next = text[word.len()..].chars().next();
            let ends = match row.then {
                Then::Boundary => !next.is_some_and(|c| is_word(c) || c == '-'),
                Then::Space => next.is_none_or(is_space),
                Then::Anything => true,
            };
            (same && ends).then_some(header.len())
        })
    }
}

/// The first words that Mermaid accepts, in the order in which it asks for their kinds.
pub fn headers() -> impl Iterator<Item = &'static str> {
    KINDS.iter().flat_map(|row| row.headers).copied()
}

/// A kind, and where its header stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Detected {
    pub(crate) kind: Kind,
    /// Byte of the text; behind what detection skips and grammars do not.
    pub(crate) at: usize,
}

/// The kind of the diagram that starts at byte `start` of a prepared text.
pub(crate) fn detect(text: &str, start: usize) -> Option<Detected> {
    let mut body = text.get(start..)?.trim_start_matches(is_space);
    loop {
        let skipped = unread_front_matter(body)
            .or_else(|| if body.starts_with("%%") { body.find('\n').map(|end| end + 1) } else { None });
        let Some(rest) = skipped.and_then(|len| body.get(len..)) else {
            break;
        };
        body = rest.trim_start_matches(is_space);
    }
    let at = text.len() - body.len();
    if body.trim_matches(is_space).eq_ignore_ascii_case("error") {
        return Some(Detected { kind: Kind::Error, at });
    }
    let kind = begun_kind(body);
    // Only what Mermaid asks before C4 wins over its words.
    let is_before_c4 = kind.is_some_and(|kind| kind < Kind::C4);
    let kind = if !is_before_c4 && body.contains("C4") && c4_words(body).next().is_some() {
        Some(Kind::C4)
    } else {
        kind
    };
    kind.map(|kind| Detected { kind, at })
}

/// The kind that the first letters of `body` name, whatever stands behind them.
pub(crate) fn begun_kind(body: &str) -> Option<Kind> {
    let starts = |row: &&Row| {
        row.prefixes.iter().any(|prefix| match body.get(..prefix.len()) {
            Some(word) if row.any_case => word.eq_ignore_ascii_case(prefix),
            Some(word) => word == *prefix,
            None => false,
        })
    };
    KINDS.iter().find(starts).map(|row| row.kind)
}

/// The words of `body` for which Mermaid takes it for C4 wherever they stand outside a comment, in order.
pub(crate) fn c4_words(body: &str) -> impl Iterator<Item = Range<usize>> {
    let mut next = 0;
    let lines = body.split_inclusive('\n').map(move |line| {
        let start = next;
        next += line.len();
        // A comment needs the end of its line.
        (start, if line.ends_with('\n') { line.split("%%").next().unwrap_or(line) } else { line })
    });
    lines.flat_map(|(start, code)| {
        code.match_indices("C4").filter_map(move |(at, _)| {
            let word = C4_ANYWHERE.iter().find(|word| code[at..].starts_with(**word))?;
            Some(start + at..start + at + word.len())
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(text: &str) -> Option<Kind> {
        detect(text, 0).map(|found| found.kind)
    }

    #[test]
    fn kinds_are_found_by_their_first_letters_in_order() {
        let table = [
            ("graph TD", Some(Kind::Flowchart)),
            ("flowchart-elk", Some(Kind::FlowchartElk)),
            ("pieX", Some(Kind::Pie)),
            ("Pie", None),
            ("ISHIKAWA-beta", Some(Kind::Ishikawa)),
            ("graph TD\nA[my C4Container]", Some(Kind::C4)),
            ("graph TD\n%% C4Container\nA", Some(Kind::Flowchart)),
            ("mindmap\n C4Container", Some(Kind::Mindmap)),
            ("graph TD\nA[C4Context]", Some(Kind::Flowchart)),
            ("---\nx", Some(Kind::Dashes)),
            ("---\nx: 1\n---\ngraph TD", Some(Kind::Flowchart)),
            (" Error\n", Some(Kind::Error)),
            ("", None),
        ];
        for (text, expected) in table {
            assert_eq!(kind(text), expected, "{text:?}");
        }
    }

    #[test]
    fn the_order_of_the_table_is_the_order_of_the_kinds() {
        assert!(KINDS.is_sorted_by_key(|row| row.kind));
    }

    #[test]
    fn headers_end_where_their_kind_says() {
        assert_eq!(Kind::Pie.header_width("pie title x"), Some(3));
        assert_eq!(Kind::Pie.header_width("pieX"), None);
        assert_eq!(Kind::C4.header_width("C4Context;"), None);
        assert_eq!(Kind::Requirement.header_width("requirementDIAGRAM"), Some(18));
    }
}
