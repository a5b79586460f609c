//! Laws of reading Markdown, over every fixture and what other editors make of it.

use merrow::base::text::Span;
use merrow::document::{self, Document, SourceKind};

use crate::fixtures;

/// Texts of the blocks, and their kinds.
fn blocks(document: &Document) -> Vec<(document::BlockKind, &str)> {
    document.blocks.iter().map(|block| (block.kind, block.excerpt.text.as_str())).collect()
}

fn spans_hold(text: &str, document: &Document) {
    for block in &document.blocks {
        let excerpt = &block.excerpt;
        for line in excerpt.text.split_inclusive('\n') {
            let start = line.as_ptr() as usize - excerpt.text.as_ptr() as usize;
            let content = line.trim_end_matches('\n');
            let lead = content.len() - content.trim_start().len();
            let range = start + lead..start + content.len();
            assert_eq!(
                excerpt.span(range).slice(text),
                content.trim_start(),
                "a line is found where it stands"
            );
        }
        assert!(block.span.contains(excerpt.full_span()));
        assert!(Span::new(0, text.len() as u32).contains(block.span));
    }
}

#[test]
fn every_line_of_a_block_is_where_it_says() {
    let mut n_blocks = 0;
    for (_, text) in fixtures::pages() {
        let document = document::read(&text, SourceKind::Markdown);
        n_blocks += document.blocks.len();
        spans_hold(&text, &document);
    }
    assert!(n_blocks > 20, "the fixtures have blocks");
}

#[test]
fn line_ends_a_byte_order_mark_and_quotes_change_no_block() {
    for (name, text) in fixtures::pages() {
        let plain = document::read(&text, SourceKind::Markdown);
        let variants = [("CRLF", text.replace('\n', "\r\n")), ("byte order mark", format!("\u{feff}{text}"))];
        for (variant, text) in variants {
            let read = document::read(&text, SourceKind::Markdown);
            assert_eq!(blocks(&read), blocks(&plain), "{name} with {variant}");
            assert_eq!(read.front_matter.is_some(), plain.front_matter.is_some(), "{name} with {variant}");
            spans_hold(&text, &read);
        }
        if plain.front_matter.is_none() {
            let quoted = format!("> {}\n", text.trim_end_matches('\n').replace('\n', "\n> "));
            let read = document::read(&quoted, SourceKind::Markdown);
            assert_eq!(blocks(&read), blocks(&plain), "{name} in a quote");
            spans_hold(&quoted, &read);
        }
    }
}
