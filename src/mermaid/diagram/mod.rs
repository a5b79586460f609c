//! Diagrams with their names resolved: the one form that checking and drawing share.

mod allowance;
pub mod connection;
pub mod flowchart;
pub(crate) mod same;
pub mod sequence;
pub mod state;
pub mod text;

use flowchart::Flowchart;
use sequence::SequenceDiagram;
use state::StateDiagram;

use crate::mermaid::syntax::character::is_space;
use crate::mermaid::syntax::source::{Source, Word};

/// A resolved diagram.
#[derive(Debug, Clone)]
pub enum Diagram {
    /// `flowchart`, `graph`, `flowchart-elk`.
    Flowchart(Flowchart),
    /// `stateDiagram`, `stateDiagram-v2`.
    State(StateDiagram),
    /// `sequenceDiagram`.
    Sequence(SequenceDiagram),
}

impl Diagram {
    /// Its titles, to fill in what stands outside its statements.
    pub(crate) fn titles_mut(&mut self) -> &mut Titles {
        match self {
            Self::Flowchart(chart) => &mut chart.titles,
            Self::State(diagram) => &mut diagram.titles,
            Self::Sequence(diagram) => &mut diagram.titles,
        }
    }
}

/// Title and accessibility texts that any kind may carry.
#[derive(Debug, Clone, Default)]
pub struct Titles {
    /// Front matter `title`, or the in-diagram `title` statement, which wins.
    pub title: Option<String>,
    /// `accTitle`, left-trimmed.
    pub acc_title: Option<String>,
    /// `accDescr`; newlines with the blanks behind them are one newline.
    pub acc_descr: Option<String>,
}

/// The text of an `accDescr`: trimmed, newlines with the blanks behind them are one newline; `None` when it is empty.
pub(crate) fn description(source: Source<'_>, word: Word) -> Option<String> {
    let text = source.decoded(source.trim(word));
    let mut lines = text.split('\n');
    let mut description = lines.next().unwrap_or_default().to_owned();
    for line in lines.map(|line| line.trim_start_matches(is_space)).filter(|line| !line.is_empty()) {
        description.push('\n');
        description.push_str(line);
    }
    Some(description).filter(|text| !text.is_empty())
}

/// Where a diagram, subgraph or composite state flows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Direction {
    /// `TB`, `v` and, in a flowchart's header, `TD`.
    #[default]
    TopToBottom,
    /// `TD` as a subgraph's own direction; drawn like `TB`.
    TopDown,
    /// `BT`, `^`.
    BottomToTop,
    /// `LR`, `>`.
    LeftToRight,
    /// `RL`, `<`.
    RightToLeft,
    /// `BR`, which Mermaid's flowchart header accepts and keeps.
    BottomRight,
}

impl Direction {
    /// Mermaid's name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::TopToBottom => "TB",
            Self::TopDown => "TD",
            Self::BottomToTop => "BT",
            Self::LeftToRight => "LR",
            Self::RightToLeft => "RL",
            Self::BottomRight => "BR",
        }
    }
}

/// A `classDef`: a class name and its style declarations.
#[derive(Debug, Clone)]
pub struct ClassDef {
    /// Name as written.
    pub name: String,
    /// Declarations such as `fill:#f00`, trimmed.
    pub styles: Vec<String>,
    /// The statement.
    pub span: crate::base::text::Span,
}
