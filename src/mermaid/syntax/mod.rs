//! Statements as the author wrote them, one folder for each kind of diagram.
//!
//! A kind has `token` (what a lexer sees), `tree` (statements with their spans), `parse` (never fails: what cannot be
//! read becomes a [`SyntaxError`] and reading goes on at the next statement). What the kinds share is in [`cursor`].
//! Problems are typed and carry facts; lint words them.
//!
//! Not here: what names mean ([`super::diagram`]).

pub(crate) mod character;
pub(crate) mod cursor;
pub mod flowchart;
mod foreign;
pub(crate) mod other;
pub mod sequence;
pub mod source;
pub mod state;
pub(crate) mod written;

use crate::base::text::Span;

use super::yaml::YamlProblem;
use source::Word;

/// What could be read of a kind whose statements are a list and no more.
#[derive(Debug)]
pub(crate) struct Listed<Kind> {
    /// In text order.
    pub(crate) statements: Vec<Statement<Kind>>,
    /// In text order.
    pub(crate) errors: Vec<SyntaxError>,
    /// Remarks that stand behind a statement or begin with `#`, in text order.
    pub(crate) remarks: Vec<Word>,
}

/// A statement with what it says, which each kind of diagram knows.
#[derive(Debug, Clone)]
pub struct Statement<Kind> {
    /// What it says.
    pub kind: Kind,
    /// From its first to its last character.
    pub word: Word,
}

/// A part of a statement, or why the statement cannot be read.
type Step<T> = Result<T, SyntaxError>;

/// Something Mermaid would refuse, with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SyntaxError {
    /// The token at which Mermaid stops; the end of the diagram when something was never closed.
    pub span: Span,
    /// What is wrong.
    pub problem: Problem,
    /// What would help, when that is known.
    pub remedy: Option<Remedy>,
}

impl SyntaxError {
    /// A problem at `span` without a known remedy.
    pub fn new(span: Span, problem: Problem) -> Self {
        Self { span, problem, remedy: None }
    }

    /// Where the mistake was made: what was opened and never closed, or else the offending token.
    pub fn cause(&self) -> Span {
        match &self.problem {
            Problem::UnclosedBracket { opened, .. }
            | Problem::UnclosedQuote { opened }
            | Problem::UnclosedMarkdown { opened }
            | Problem::UnclosedArrow { opened, .. }
            | Problem::Unclosed { opened, .. } => *opened,
            Problem::TrailingIndentation { blanks } => *blanks,
            _ => self.span,
        }
    }

    /// Adds what would help.
    pub fn remedy(mut self, remedy: Remedy) -> Self {
        self.remedy = Some(remedy);
        self
    }
}

/// What is wrong, with the facts that a message needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// Nothing names a kind of diagram.
    NoDiagram,
    /// Front matter that is opened but never closed, indented differently at its end, or not at the very start.
    UnreadFrontMatter,
    /// A line that is only `%%`: no comment for Mermaid, which wants one more character.
    BareComment,
    /// Front matter that is no YAML; Mermaid then looks no further.
    FrontMatter(YamlProblem),
    /// An `@{ }` that is no YAML.
    Metadata(YamlProblem),
    /// The kind is known by its first letters, but its first line is none that the kind has.
    Header {
        /// What stands there.
        found: String,
        /// Headers that Mermaid accepts, without their options.
        expected: &'static [&'static str],
    },
    /// A text that begins like another kind, and that Mermaid takes for C4 because of a word in it.
    TakenForC4,
    /// A colour in style declarations that the `;` behind it makes an entity of.
    EntityInStyles {
        /// The colour with its `;`, such as `#fff;`.
        entity: String,
    },
    /// A token that cannot stand here.
    Unexpected {
        /// What stands there.
        found: Found,
        /// What could.
        expected: &'static [Expected],
    },
    /// A character that no statement of this kind may hold here.
    UnknownCharacter(char),
    /// A bracket without its partner before the end of the text.
    UnclosedBracket {
        /// The bracket as written, such as `([`.
        opener: String,
        /// What would close it.
        closer: &'static str,
        /// Where it was opened.
        opened: Span,
    },
    /// A bracket closed by another kind of bracket.
    MismatchedBracket {
        /// The bracket as written, such as `([`.
        opener: String,
        /// What would close it.
        closer: &'static str,
        /// Where it was opened.
        opened: Span,
        /// What stands there instead.
        found: Found,
    },
    /// A character in a bare label that only a quoted label may hold.
    NeedsQuotes {
        /// The character.
        found: char,
        /// The whole label, as far as it could be read.
        label: Span,
    },
    /// A quote without its partner before the end of the text.
    UnclosedQuote {
        /// The quote.
        opened: Span,
    },
    /// A markdown string that does not end in a backtick and a quote, or that holds one of the two.
    UnclosedMarkdown {
        /// Its first quote.
        opened: Span,
    },
    /// A text behind a quoted one, where only the quoted one may stand.
    TextBehindQuotes {
        /// Its first character.
        found: char,
    },
    /// An `&` that joins nothing: no blank behind it, or the end of the line.
    UnjoinedAmpersand,
    /// Brackets with nothing in them.
    EmptyLabel,
    /// A number in brackets behind a complete node, like the citation `[9]`.
    CitationAfterNode {
        /// The label before it, brackets excluded.
        label: Span,
    },
    /// A word of the language used as a name.
    ReservedWord {
        /// The word.
        word: String,
    },
    /// A statement of another kind of diagram.
    ForeignStatement {
        /// Its first word.
        word: String,
        /// The header of a kind that has it.
        header: &'static str,
    },
    /// The header of a second diagram.
    SecondDiagram {
        /// The header as written.
        header: String,
    },
    /// A colour written as a function, such as `rgb(1, 2, 3)`, where no bracket may stand.
    ColourFunction {
        /// All of it.
        colour: String,
    },
    /// A note over more participants than two.
    NoteOverSeveral,
    /// A slice of a pie below 0.
    NegativeSlice,
    /// A field of a packet that does not begin where the one above it ends.
    BitGap {
        /// The bit at which it should begin.
        expected: u64,
    },
    /// A field of a packet that ends before it begins, or takes no bits.
    NoBits,
    /// Blanks behind the last row of a treemap, which Mermaid takes for the beginning of another one.
    TrailingIndentation {
        /// The blanks.
        blanks: Span,
    },
    /// An arrow of another kind of diagram, or of none.
    ForeignArrow {
        /// The arrow as written.
        arrow: String,
        /// The arrow of this kind that is nearest.
        nearest: &'static str,
    },
    /// An in-line label whose arrow ends in another line style than it began.
    MismatchedArrow {
        /// How it began, such as `--`.
        began: String,
        /// Where it began.
        opened: Span,
        /// What stands where it should end.
        found: Found,
    },
    /// The first half of an arrow whose second half never comes.
    UnclosedArrow {
        /// The half as written, such as `--`.
        began: String,
        /// Where it stands.
        opened: Span,
    },
    /// An arrow without anything behind it.
    MissingArrowTarget {
        /// The arrow as written.
        arrow: String,
    },
    /// An arrow without anything before it.
    MissingArrowSource {
        /// The arrow as written.
        arrow: String,
    },
    /// Two statements on a line with nothing between them.
    MissingSeparator {
        /// The second one's first token.
        found: String,
    },
    /// A remark behind a statement, where Mermaid knows no comments.
    TrailingComment,
    /// A block without its end: the innermost one, for all that the end of the text leaves open.
    Unclosed {
        /// The keyword that opened it.
        keyword: &'static str,
        /// What would close it.
        closer: &'static str,
        /// Where it was opened.
        opened: Span,
        /// How many blocks around it are not closed either.
        n_more: usize,
    },
    /// An `end` that closes nothing.
    StrayEnd,
    /// A subgraph without id and title, which Mermaid fails to number.
    NamelessSubgraph,
    /// A shape name that Mermaid does not have.
    UnknownShape {
        /// The name as written.
        name: String,
        /// The nearest name that it has.
        nearest: Option<&'static str>,
    },
    /// A value that Mermaid refuses in `@{ }`.
    BadMetadata {
        /// The key.
        key: String,
        /// The value as written.
        value: String,
    },
    /// `linkStyle` for an edge that does not exist yet.
    NoSuchEdge {
        /// The number as written.
        index: String,
        /// Edges so far.
        n_edges: usize,
    },
    /// A second arrow behind a transition.
    ChainedArrow {
        /// The arrow as written.
        arrow: String,
        /// The transition before it.
        first: Span,
    },
    /// A text between quotes where only an id may stand.
    QuotedId,
    /// A colon with nothing behind it.
    EmptyDescription,
    /// `as` without a text between quotes before it.
    AliasWithoutText,
    /// A composite whose name is several words.
    CompositeNameWithBlanks,
    /// A `{` without `state` before it.
    CompositeWithoutState,
    /// A composite with two descriptions or more, of which Mermaid can show only one.
    SeveralDescriptions {
        /// Its id.
        id: String,
    },
    /// A note without a text behind a colon and without `end note`.
    UnclosedNote {
        /// The word `note`.
        opened: Span,
    },
    /// A message without a colon, and so without a text.
    MissingMessageText,
    /// An `else`, `and` or `option` outside the fragment that has it.
    MisplacedOperand {
        /// The word as written.
        keyword: String,
        /// The fragment that has it.
        belongs_to: &'static str,
        /// The box or fragment that it stands in, and where that was opened.
        inside: Option<(&'static str, Span)>,
    },
    /// Something other than declarations in a `box`.
    NotInBox {
        /// What it begins with.
        found: String,
        /// Where the box was opened.
        opened: Span,
    },
    /// A participant in two boxes.
    InTwoBoxes {
        /// Its id.
        id: String,
    },
    /// The end of an activation of a participant that is not active.
    NotActive {
        /// Its id.
        id: String,
    },
    /// `create` for a participant that exists already.
    AlreadyExists {
        /// Its id.
        id: String,
        /// Where it was mentioned first.
        first: Span,
    },
    /// A created participant to which the next message does not go.
    NotCreatedByMessage {
        /// Its id.
        id: String,
        /// The statement that creates it.
        created: Span,
    },
    /// A destroyed participant which the next message neither leaves nor reaches.
    NotDestroyedByMessage {
        /// Its id.
        id: String,
        /// The statement that destroys it.
        destroyed: Span,
    },
}

/// A token that stands where another was expected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// The end of the diagram.
    EndOfText,
    /// The end of the line.
    EndOfLine,
    /// This.
    Token(String),
}

/// What could stand in a place, in the author's terms.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expected {
    /// A statement.
    Statement,
    /// The end of the line, or `;`.
    EndOfStatement,
    /// The end of the line and nothing else.
    EndOfLine,
    /// A node.
    Node,
    /// A participant.
    Participant,
    /// A state.
    State,
    /// An arrow.
    Arrow,
    /// An id.
    Id,
    /// A class name.
    ClassName,
    /// A direction.
    Direction,
    /// Style declarations.
    Styles,
    /// A number.
    Number,
    /// A text.
    Text,
    /// A text between double quotes.
    QuotedText,
    /// The name of an entity.
    Entity,
    /// The type of an attribute.
    AttributeType,
    /// The name of an attribute.
    AttributeName,
    /// Exactly this.
    Literal(&'static str),
}

/// What would help.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Remedy {
    /// Put the text of this span between double quotes.
    Quote(Span),
    /// Replace the text of this span.
    Replace(Span, String),
    /// Insert this at the place.
    Insert(Span, String),
    /// Remove the text of this span.
    Remove(Span),
}
