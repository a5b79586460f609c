//! What holds for every reader and every text.

use proptest::prelude::*;

use crate::base::offset_map::OffsetMap;
use crate::base::text::Span;

use super::*;

const READERS: [Reader; 13] = [
    c4::check,
    class::check,
    entity_relationship::check,
    gantt::check,
    git_graph::check,
    info::check,
    packet::check,
    pie::check,
    radar::check,
    requirement::check,
    sankey::check,
    treemap::check,
    xy_chart::check,
];

/// Pieces that the grammars know, and some that none does.
const PIECES: [&str; 56] = [
    "\n",
    " ",
    "\"",
    "'",
    "`",
    "~",
    "{",
    "}",
    "[",
    "]",
    "(",
    ")",
    ":",
    ":::",
    ",",
    ";",
    "-",
    "--",
    "..",
    "<<",
    ">>",
    "<|",
    "|{",
    "o{",
    "||",
    "%%",
    "#",
    "\\",
    "ä",
    "\u{2028}",
    "title",
    "accDescr",
    "accTitle",
    "class ",
    "note ",
    "note for ",
    "namespace ",
    "direction LR",
    "commit",
    "branch ",
    "id:",
    "axis ",
    "curve ",
    "ticks ",
    "x-axis ",
    "line ",
    "bar ",
    "-->",
    "classDef ",
    "0-3",
    "+8",
    "1.5",
    "-2",
    "PK",
    "Rel(",
    "$a=\"",
];

/// What stands where the mistakes of a text were made.
pub(super) fn stops(read: Reader, text: &str) -> Vec<&str> {
    let map = OffsetMap::copy_of(Span::new(0, text.len() as u32));
    let errors = read(Source { text, map: &map }, 0);
    errors.iter().map(|error| error.cause().slice(text)).collect()
}

fn assert_read(text: &str) {
    let map = OffsetMap::copy_of(Span::new(0, text.len() as u32));
    let source = Source { text, map: &map };
    for read in READERS {
        let errors = read(source, 0);
        for error in &errors {
            assert!(error.span.end as usize <= text.len(), "{error:?} in {text:?}");
            let cause = error.cause();
            assert!(text.get(cause.start as usize..cause.end as usize).is_some(), "{error:?} in {text:?}");
        }
    }
}

proptest! {
    #[test]
    fn any_text_is_read(pieces in prop::collection::vec(prop::sample::select(PIECES.to_vec()), 0..60)) {
        assert_read(&pieces.concat());
    }

    #[test]
    fn any_characters_are_read(text in "\\PC*", line in "[ -~\n\t]*") {
        assert_read(&text);
        assert_read(&line);
    }
}

#[test]
fn a_long_text_of_one_mistake_takes_linear_time() {
    for piece in PIECES {
        assert_read(&piece.repeat(5_000));
    }
}
