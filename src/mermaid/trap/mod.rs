//! What Mermaid takes in silence although its author hardly meant it.
//!
//! Mermaid draws such a diagram without a word, and what its readers see is not what was written. A [`Trap`] says what was
//! written, what Mermaid makes of it, and which bytes of the file a remedy may replace; lint decides and words.
//!
//! Not here: what Mermaid refuses ([`super::syntax::Problem`]).

pub mod c4_word;
pub mod comment;
pub mod continuation;
pub mod cut_text;
mod flowchart;
pub mod ignored;
mod place;
pub mod redefinition;
mod sequence;
mod state;
pub mod state_semicolon;
pub mod style_semicolon;
pub mod swallowed;

use super::parse::{Parse, Tree};

use c4_word::C4Words;
use comment::{BareComment, ShownComment};
use continuation::BorrowedTarget;
use cut_text::CutText;
use ignored::IgnoredStatement;
use redefinition::Redefinition;
use state_semicolon::StateSemicolon;
use style_semicolon::StyleSemicolons;
use swallowed::SwallowedLine;

/// Something that Mermaid takes in silence, with the facts that a message and a fix need.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trap {
    /// A line that is dropped because `direction LR` stands in it.
    SwallowedLine(SwallowedLine),
    /// A word that makes C4 of a diagram of another kind; the one trap that ends in a refusal.
    C4Words(C4Words),
    /// An arrow at the end of a line that takes the node of the next statement as its target.
    BorrowedTarget(BorrowedTarget),
    /// A line of `%%` alone, which is a node.
    BareComment(BareComment),
    /// A remark behind a statement that becomes part of what is drawn.
    ShownComment(ShownComment),
    /// `;` between style declarations.
    StyleSemicolons(StyleSemicolons),
    /// A `;` that belongs to the name of a state, or is one.
    StateSemicolon(StateSemicolon),
    /// A statement inside a composite state that does nothing there.
    IgnoredStatement(IgnoredStatement),
    /// A second definition of a name, which wins or is ignored.
    Redefinition(Redefinition),
    /// A text that a `#` cuts.
    CutText(CutText),
}

/// The traps in a diagram, each kind of trap in file order. Takes time nearly linear in the text.
pub(crate) fn traps(parse: &Parse<'_>) -> Vec<Trap> {
    let source = parse.source();
    match &parse.tree {
        Tree::Unread => c4_word::find(parse).into_iter().map(Trap::C4Words).collect(),
        Tree::Flowchart(tree) => flowchart::traps(source, tree),
        Tree::State(statements) => state::traps(source, statements),
        Tree::Sequence(statements) => sequence::traps(source, statements),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mermaid::parse::parse;

    /// The name of each trap in the text.
    fn names(text: &str) -> Vec<String> {
        let name = |trap: &Trap| format!("{trap:?}").split('(').next().unwrap_or_default().to_owned();
        traps(&parse(text)).iter().map(name).collect()
    }

    #[test]
    fn each_trap_is_found_once() {
        let table = [
            ("graph TD\nA[go direction LR]", "SwallowedLine"),
            ("stateDiagram\nA : direction  tb now", "SwallowedLine"),
            ("stateDiagram\nstate X { direction LR", "SwallowedLine"),
            ("graph TD\nA[a C4Component]", "C4Words"),
            ("graph TD\nA -->\nB --> C", "BorrowedTarget"),
            ("graph TD\n A -- x -->\n B & C:::d ==> D", "BorrowedTarget"),
            ("graph TD\n%%\nA", "BareComment"),
            ("sequenceDiagram\nA->>B: hi %% why", "ShownComment"),
            ("sequenceDiagram\nA->>B: hi %% see #3", "ShownComment"),
            ("stateDiagram\nA --> B : hi %% why", "ShownComment"),
            ("graph TD\nclassDef a fill:red %% why", "ShownComment"),
            ("graph TD\nclassDef a fill:red;stroke:blue;color:red", "StyleSemicolons"),
            ("graph TD\nclassDef a fill:red;stroke:#f00", "StyleSemicolons"),
            ("stateDiagram\nclassDef a fill:#f00;stroke:#fff;color:red;", "StyleSemicolons"),
            ("stateDiagram\nstyle A fill:red;stroke:blue", "StyleSemicolons"),
            ("stateDiagram\nA --> B;", "StateSemicolon"),
            ("stateDiagram\nA --> [*];", "StateSemicolon"),
            ("stateDiagram\nA : one;two", "StateSemicolon"),
            ("stateDiagram\nA : one; B --> C", "StateSemicolon"),
            ("stateDiagram\nstate X {\nclass A b\n}", "IgnoredStatement"),
            ("stateDiagram\nstate X {\nscale 350 width\n}", "IgnoredStatement"),
            ("graph TD\nA[x] --> A[y]", "Redefinition"),
            ("graph TD\nA[x] --> A(x)", "Redefinition"),
            ("sequenceDiagram\nparticipant A as x\nparticipant A as y", "Redefinition"),
            ("sequenceDiagram\nA->>B: x\nactor A", "Redefinition"),
            ("sequenceDiagram\nA->>B: C# here", "CutText"),
            ("sequenceDiagram\nrect #ff0000\nend", "CutText"),
        ];
        for (text, expected) in table {
            assert_eq!(names(text), [expected], "{text:?}");
        }
    }

    #[test]
    fn what_is_meant_is_no_trap() {
        let texts = [
            "graph TD\nsubgraph s\ndirection LR;\nA\nend",
            "stateDiagram\ndirection LR %% why",
            "C4Container\nPerson(a, b)",
            "graph TD\nA\n--> B\nB -->\nC",
            "graph TD\nA -->\n  B --> C",
            "graph TD\nA -->\nB -->\nC",
            "sequenceDiagram\nA->>B: 50%% %%{wrap}%%\nA->>B: x # y\nA->>B: x-#; y",
            "graph TD\nstyle A fill:#f00,stroke:red;\nA --> B; C:d",
            "graph TD\nstyle A fill:red; B",
            "stateDiagram\nQ#35; --> A\nA : a#59;b",
            "stateDiagram\nstate X {\nhide --> scale\n}\nclass A b",
            "graph TD\nA[\"x y\"] --> A[x  y] --> A",
            "sequenceDiagram\nparticipant A\nparticipant A as x\nactor B\nB->>A: #35; #quot;",
        ];
        for text in texts {
            assert_eq!(names(text), [""; 0], "{text:?}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_searched(
            pieces in proptest::collection::vec(proptest::sample::select(PIECES.as_slice()), 0..60),
        ) {
            let text = pieces.concat();
            let found = traps(&parse(&text)).len();
            proptest::prop_assert!(found <= text.len());
        }
    }

    const PIECES: [&str; 30] = [
        "graph TD\n",
        "stateDiagram\n",
        "sequenceDiagram\n",
        "\n",
        " ",
        ";",
        "#",
        "%%",
        "%%{x}%%",
        ":",
        "-->",
        "->>",
        "direction LR",
        "C4Dynamic",
        "A",
        "é",
        "[x]",
        "\"",
        "style A fill:#f00",
        "classDef a",
        "state X {\n",
        "}",
        "rect ",
        "participant A as ",
        "actor A",
        "loop ",
        "end\n",
        "note over A:",
        "<a b=\"c\">",
        "\r\n",
    ];
}
