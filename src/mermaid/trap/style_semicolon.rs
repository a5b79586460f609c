//! `;` between style declarations, where Mermaid wants commas.

use std::ops::Range;

use crate::base::text::Span;
use crate::mermaid::syntax::character::{entity_width, is_space};
use crate::mermaid::syntax::source::{Source, Word};

use super::place::editable;

/// The `;` between the declarations of a statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StyleSemicolons {
    /// The characters, in order; at least one.
    pub semicolons: Vec<Span>,
    /// What Mermaid makes of the first.
    pub effect: Effect,
    /// All of them are bytes of the file that edits may replace.
    pub is_editable: bool,
}

/// What Mermaid makes of a `;` between declarations.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// With the `#` before it, it spells a character: the colour, `;` included, as written.
    Entity(String),
    /// Mermaid removes it, and the declarations beside it become one.
    Dropped,
    /// It ends the statement, and the declaration behind it is a node.
    Node(String),
}

impl StyleSemicolons {
    /// The one at `byte` of the prepared text.
    pub(super) fn one(source: Source<'_>, byte: usize, effect: Effect) -> Self {
        let mut found = Self { semicolons: Vec::new(), effect, is_editable: true };
        found.add(source, byte..byte + 1);
        found
    }

    /// Adds a further one.
    pub(super) fn add(&mut self, source: Source<'_>, byte: Range<usize>) {
        self.is_editable &= editable(source, byte.clone()).is_some();
        self.semicolons.push(source.span(byte));
    }
}

/// The trap in declarations that hold their `;` themselves, as those of a state diagram do; the last `;` parts nothing.
pub(super) fn find(source: Source<'_>, pieces: Word) -> Option<StyleSemicolons> {
    let text = source.slice(pieces).trim_end_matches(|c| is_space(c) || c == ';');
    let mut found: Option<StyleSemicolons> = None;
    let mut at = 0;
    while let Some(stop) = text[at..].find(['#', ';']).map(|found| at + found) {
        let width = entity_width(&text[stop..]);
        at = stop + width.max(1);
        if width == 0 && text[stop..].starts_with('#') {
            continue;
        }
        let byte = pieces.start() + at - 1;
        let effect = if width > 0 { Effect::Entity(text[stop..at].to_owned()) } else { Effect::Dropped };
        match &mut found {
            Some(found) => found.add(source, byte..byte + 1),
            None => found = Some(StyleSemicolons::one(source, byte, effect)),
        }
    }
    match (found, removed(source, pieces)) {
        (Some(mut found), Some(removed)) => {
            found.semicolons.extend(removed.semicolons);
            found.semicolons.sort_unstable();
            Some(found)
        }
        (found, removed) => found.or(removed),
    }
}

/// The `;` that is in the file and not in the text: Mermaid removes the last one of a line with a `#`.
pub(super) fn removed(source: Source<'_>, pieces: Word) -> Option<StyleSemicolons> {
    if source.map.is_contiguous(pieces.range()) {
        return None;
    }
    let mut bytes = pieces.start()..pieces.end().saturating_sub(1);
    let gap = bytes.find_map(|at| {
        let (end, start) = (source.span(at..at + 1).end, source.span(at + 1..at + 2).start);
        (end < start).then_some(Span::new(end, start))
    })?;
    // More than one byte is a directive.
    (gap.len() == 1).then(|| StyleSemicolons {
        semicolons: vec![gap],
        effect: Effect::Dropped,
        is_editable: true,
    })
}

/// True for a name like `stroke-width:2px`.
pub(super) fn is_declaration(name: &str) -> bool {
    name.split_once(':').is_some_and(|(key, value)| {
        let is_key = |c: char| c.is_ascii_lowercase() || c == '-';
        !key.is_empty() && key.chars().all(is_key) && !value.is_empty() && !value.starts_with(':')
    })
}
