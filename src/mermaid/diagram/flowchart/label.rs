//! A label's text as Mermaid understands it.

use crate::mermaid::diagram::text::{Text, TextKind};
use crate::mermaid::syntax::character::is_space;
use crate::mermaid::syntax::flowchart::tree::{Label, Quoting};
use crate::mermaid::syntax::source::{Source, Word};

/// A label as Mermaid understands it: trimmed, the parts joined, entities spelled as HTML. Blanks between `}` and a
/// newline are gone, as everywhere in a flowchart.
pub(super) fn text(source: Source<'_>, label: &Label) -> Text {
    let kind = match label.quoting {
        Quoting::Bare => TextKind::Plain,
        Quoting::Quoted => TextKind::Quoted,
        Quoting::Markdown => TextKind::Markdown,
    };
    let parts = [label.quoted, label.bare];
    if let Some(word) = label.only_part()
        && !source.slice(word).contains('}')
    {
        return Text { excerpt: source.excerpt(source.trim(word)), kind };
    }
    let mut words: Vec<Word> = parts.into_iter().filter(|word| !source.slice(*word).is_empty()).collect();
    if let Some(first) = words.first_mut() {
        let text = source.slice(*first).trim_start_matches(is_space);
        *first = Word::from(first.end() - text.len()..first.end());
    }
    if let Some(last) = words.last_mut() {
        let text = source.slice(*last).trim_end_matches(is_space);
        *last = Word::from(last.start()..last.start() + text.len());
    }
    if words.iter().any(|word| source.slice(*word).contains('}')) {
        words = words.into_iter().flat_map(|word| without_gaps(source, word)).collect();
    }
    let excerpt = match words.as_slice() {
        [word] => source.excerpt(*word),
        words => source.excerpt_of(words),
    };
    Text { excerpt, kind }
}

/// The word without the blanks that stand between a `}` and the last newline behind it.
fn without_gaps(source: Source<'_>, word: Word) -> Vec<Word> {
    let mut words = Vec::new();
    let mut done = 0;
    for (brace, _) in source.slice(word).match_indices('}') {
        let after = &source.slice(word)[brace + 1..];
        let gap = &after[..after.len() - after.trim_start_matches(is_space).len()];
        if let Some(newline) = gap.rfind('\n').filter(|newline| *newline > 0) {
            words.push(Word::from(word.start() + done..word.start() + brace + 1));
            done = brace + 1 + newline;
        }
    }
    words.push(Word::from(word.start() + done..word.range().end));
    words
}

#[cfg(test)]
mod tests {
    use crate::base::offset_map::OffsetMap;
    use crate::base::text::Span;

    use super::*;

    #[test]
    fn parts_are_joined_and_keep_their_places() {
        let file = "\"{ a  }  \n\n b\" tail ";
        let map = OffsetMap::copy_of(Span::new(0, file.len() as u32));
        let source = Source { text: file, map: &map };
        let quote = file.rfind('"').unwrap();
        let quoted = Word::from(1..quote);
        let label = Label { quoting: Quoting::Quoted, quoted, bare: Word::from(quote + 1..file.len()) };
        let text = text(source, &label);
        assert_eq!((text.as_str(), text.kind), ("{ a  }\n b tail", TextKind::Quoted));
        let tail = text.as_str().find("tail").unwrap();
        assert_eq!(text.excerpt.span(tail..tail + 4).slice(file), "tail");
    }
}
