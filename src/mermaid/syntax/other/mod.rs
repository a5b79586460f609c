//! Kinds whose statements are checked and not kept: one reader for each, which says where Mermaid stops.
//!
//! Nothing here understands a diagram. A reader follows the grammar of its kind (those of mermaid 12) as far as it is sure:
//! where it is not, what follows is taken for accepted, because a text that Mermaid draws must never be refused. Statements
//! are read one behind the other, without recursion, each byte a bounded number of times.
//!
//! Not here: kinds whose statements become a tree ([`super::flowchart`], [`super::state`], [`super::sequence`]), and kinds
//! that are known by their first line only.

pub(crate) mod c4;
pub(crate) mod class;
pub(crate) mod entity_relationship;
pub(crate) mod gantt;
pub(crate) mod git_graph;
pub(crate) mod info;
#[cfg(test)]
mod laws;
pub(crate) mod packet;
pub(crate) mod pie;
pub(crate) mod radar;
pub(crate) mod requirement;
pub(crate) mod sankey;
mod token;
pub(crate) mod treemap;
pub(crate) mod xy_chart;

use super::cursor::Cursor;
use super::source::Source;
use super::{Expected, Problem, SyntaxError};

/// Reads the statements behind a header that ends at a byte of the text, and returns what Mermaid would refuse in them, in
/// text order.
pub(crate) type Reader = fn(Source<'_>, usize) -> Vec<SyntaxError>;

/// Why a statement is not read to its end.
enum Stop {
    /// Mermaid stops here.
    Refused(SyntaxError),
    /// Mermaid may know more than the reader: all that follows is taken for accepted.
    Unsure,
}

impl From<SyntaxError> for Stop {
    fn from(error: SyntaxError) -> Self {
        Self::Refused(error)
    }
}

/// A part of a statement, or why there is none.
type Step<T = ()> = Result<T, Stop>;

/// Reads statements to the end of the text; behind one that is refused reading goes on at the next line.
fn each<'a>(mut cursor: Cursor<'a>, mut read: impl FnMut(&mut Cursor<'a>) -> Step) -> Vec<SyntaxError> {
    let mut errors = Vec::new();
    while !cursor.is_done() {
        let start = cursor.at;
        match read(&mut cursor) {
            Ok(()) if cursor.at > start => {}
            Err(Stop::Refused(error)) => {
                errors.push(error);
                cursor.skip_to(|byte| byte == b'\n');
                cursor.skip(1);
            }
            Ok(()) | Err(Stop::Unsure) => break,
        }
    }
    errors
}

/// The token that comes next cannot stand there.
fn misplaced(cursor: &Cursor<'_>, expected: &'static [Expected]) -> SyntaxError {
    let (found, span) = cursor.source.found(cursor.at);
    SyntaxError::new(span, Problem::Unexpected { found, expected })
}

/// The statement ends at a token that cannot stand there.
fn unexpected(cursor: &Cursor<'_>, expected: &'static [Expected]) -> Stop {
    misplaced(cursor, expected).into()
}
