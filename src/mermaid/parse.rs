//! A diagram as it is written.

use std::borrow::Cow;

use crate::base::offset_map::{Excerpt, OffsetMap};
use crate::base::text::Span;

use super::config::Config;
use super::detect::{self, Detected, Kind, Reads};
use super::prepare::{self, Comment, Directive, Prepared};
use super::syntax::cursor::Cursor;
use super::syntax::source::{Source, Word};
use super::syntax::{self, Listed, Problem, Statement, SyntaxError};

/// What is written in a diagram, statement by statement, with its places; names are not resolved.
///
/// A statement that cannot be read is missing from the tree, and is an error beside it.
#[derive(Debug)]
pub struct Parse<'a> {
    prepared: Prepared<'a>,
    /// The kind of the diagram; `None` when the text names none.
    pub kind: Option<Kind>,
    /// Its statements.
    pub tree: Tree,
    /// What Mermaid would refuse for the way it is written, in file order.
    ///
    /// Mistakes of meaning, such as an activation that never began, are found when names are resolved
    /// ([`Reading::errors`](super::Reading::errors)).
    pub errors: Vec<SyntaxError>,
    /// Comments, in file order.
    pub comments: Vec<Comment>,
    /// Directives, in file order.
    pub directives: Vec<Directive>,
    /// What front matter and directives configure.
    pub config: Config,
    /// `title` of the front matter.
    pub title: Option<String>,
}

/// The statements of a diagram, by kind.
#[derive(Debug, Default)]
pub enum Tree {
    /// A kind whose statements are not kept, or none.
    #[default]
    Unread,
    /// `flowchart`, `graph`, `flowchart-elk`
    Flowchart(syntax::flowchart::tree::Tree),
    /// `stateDiagram`, `stateDiagram-v2`
    State(Vec<Statement<syntax::state::tree::StatementKind>>),
    /// `sequenceDiagram`
    Sequence(Vec<Statement<syntax::sequence::tree::StatementKind>>),
}

/// Reads a Mermaid diagram as Mermaid 12 does. Never fails; takes time linear in the text, and allocates per statement at
/// most.
///
/// Spans are bytes of `text`. A text of more than 4 GiB is not read beyond them.
pub fn parse(text: &str) -> Parse<'_> {
    let end = u32::try_from(text.len()).unwrap_or(u32::MAX);
    let map = OffsetMap::copy_of(Span::new(0, end));
    of_prepared(prepare::prepare(Cow::Borrowed(text), Cow::Owned(map)))
}

/// Reads the diagram that is the text of a block. Spans are bytes of the file.
pub fn parse_excerpt(excerpt: &Excerpt) -> Parse<'_> {
    of_prepared(prepare::prepare(Cow::Borrowed(&excerpt.text), Cow::Borrowed(&excerpt.map)))
}

fn of_prepared(mut prepared: Prepared<'_>) -> Parse<'_> {
    let mut parse = Parse {
        kind: None,
        tree: Tree::Unread,
        errors: std::mem::take(&mut prepared.errors),
        comments: std::mem::take(&mut prepared.comments),
        directives: std::mem::take(&mut prepared.directives),
        config: std::mem::take(&mut prepared.config),
        title: prepared.title.take(),
        prepared,
    };
    let body = read_body(parse.prepared.source(), parse.prepared.start);
    parse.kind = body.kind;
    if let Some(kind) = body.kind {
        parse.config.scope(kind.config_section());
    }
    parse.tree = body.tree;
    parse.errors.extend(body.errors);
    parse.errors.sort_by_key(|error| error.span);
    parse.add_remarks(&body.remarks);
    parse
}

impl Parse<'_> {
    /// The characters of a word of the tree: those of the file, but for line ends (`\n`), quotes inside HTML tags (`'`), and
    /// comments and directives, which are left out.
    pub fn text(&self, word: Word) -> &str {
        self.source().slice(word)
    }

    /// Where a word of the tree stands in the file.
    pub fn span(&self, word: Word) -> Span {
        self.source().span(word)
    }

    /// Where the diagram starts, behind front matter and white space; `None` when only that is there.
    pub(crate) fn start(&self) -> Option<usize> {
        Some(self.prepared.start).filter(|start| *start < self.prepared.source().text.len())
    }

    /// The text that its words are of.
    pub(crate) fn source(&self) -> Source<'_> {
        self.prepared.source()
    }

    /// The front matter with its fences, in the file.
    pub(crate) fn front_matter(&self) -> Option<Span> {
        self.prepared.front_matter
    }

    /// The first word of the diagram, with the direction behind it that a flowchart's header may have.
    pub(crate) fn header(&self) -> Word {
        let start = self.prepared.start;
        let text = self.source().text.get(start..).unwrap_or_default();
        let end = match (&self.tree, self.kind) {
            (Tree::Flowchart(syntax::flowchart::tree::Tree { direction: Some(direction), .. }), _) => {
                direction.end()
            }
            (Tree::State(_) | Tree::Sequence(_), Some(kind)) => {
                start + kind.header_width(text).unwrap_or_default()
            }
            _ => start + text.find(|c: char| !c.is_ascii_alphabetic() && c != '-').unwrap_or(text.len()),
        };
        Word::from(start..end)
    }

    /// Adds comments that only a grammar sees: those behind a statement.
    fn add_remarks(&mut self, remarks: &[Word]) {
        for remark in remarks {
            let text = self.source().slice(*remark);
            // In front of `%%` a sequence diagram's comment may have any one character.
            let text = text.find(['#', '%']).map_or(text, |at| &text[at..]);
            let text = text.trim_start_matches(['#', '%']).trim().to_owned();
            let span = self.source().span(*remark);
            self.comments.push(Comment { text, span });
        }
        self.comments.sort_by_key(|comment| comment.span);
    }
}

/// What stands behind front matter and white space.
#[derive(Default)]
struct Body {
    kind: Option<Kind>,
    tree: Tree,
    errors: Vec<SyntaxError>,
    remarks: Vec<Word>,
}

/// Reads the diagram that starts at byte `start` of a prepared text.
fn read_body(source: Source<'_>, start: usize) -> Body {
    let mut body = Body::default();
    let Some(Detected { kind, at }) = detect::detect(source.text, start) else {
        let (_, span) = source.found(start);
        body.errors.push(SyntaxError::new(span, Problem::NoDiagram));
        return body;
    };
    body.kind = Some(kind);
    if (at > start && !kind.hides_front_matter()) || kind == Kind::Dashes {
        let problem = if source.text[start..].starts_with("---") {
            Problem::UnreadFrontMatter
        } else {
            Problem::BareComment
        };
        let line = Cursor::new(source, start).take_while(|c| c != '\n');
        body.errors.push(SyntaxError::new(source.span(line), problem));
    }
    match kind {
        Kind::Flowchart | Kind::FlowchartElk => {
            let (tree, errors) = syntax::flowchart::parse(source, at);
            body.tree = Tree::Flowchart(tree);
            body.errors.extend(errors);
        }
        Kind::State => {
            let at = body.header(source, kind, at);
            let listed = syntax::state::parse(source, at);
            body.tree = Tree::State(body.list(listed));
        }
        Kind::Sequence => {
            let at = body.header(source, kind, at);
            let listed = syntax::sequence::parse(source, at);
            body.tree = Tree::Sequence(body.list(listed));
        }
        Kind::Dashes | Kind::Error => {}
        Kind::C4 if detect::begun_kind(&source.text[at..]).is_some_and(|begun| begun != kind) => {
            let line = Cursor::new(source, at).take_while(|c| c != '\n');
            body.errors.push(SyntaxError::new(source.span(line), Problem::TakenForC4));
        }
        _ => {
            let n_errors = body.errors.len();
            let at = body.header(source, kind, at);
            if let (Reads::Statements(check), true) = (kind.reads(), body.errors.len() == n_errors) {
                body.errors.extend(check(source, at));
            }
        }
    }
    body
}

impl Body {
    fn list<K>(&mut self, listed: Listed<K>) -> Vec<Statement<K>> {
        self.errors.extend(listed.errors);
        self.remarks = listed.remarks;
        listed.statements
    }

    /// Where the statements behind the header at byte `at` begin: behind its line when the kind has no such header.
    fn header(&mut self, source: Source<'_>, kind: Kind, at: usize) -> usize {
        if let Some(len) = kind.header_width(&source.text[at..]) {
            return at + len;
        }
        let line = Cursor::new(source, at).take_while(|c| c != '\n');
        let problem = Problem::Header { found: source.slice(line).to_owned(), expected: kind.headers() };
        self.errors.push(SyntaxError::new(source.span(line), problem));
        line.end()
    }
}
