//! How a drawing takes the place of its diagram in a post.

use std::fmt::Write;

use crate::base::edit::Edit;
use crate::base::markup::Markup;
use crate::document::Block;
use crate::draw::prose;
use crate::draw::style::NARROW_PAGE;
use crate::draw::svg::switch::Switch;

use super::drawing::Picture;

/// How drawings stand in posts.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Embedding {
    /// What stands in the place of the diagram.
    pub mode: EmbedMode,
    /// What stands in front of a drawing's path in its URL, such as `/drawings/`; without it URLs are relative.
    pub asset_url: Option<String>,
    /// The diagram in words stands below its drawing, folded.
    pub has_words: bool,
    /// How the pages say that they are dark, to drawings that stand in them.
    pub switch: Switch,
}

impl Embedding {
    /// What drawings must know of the pages' switch: nothing where they are files that a page only shows.
    pub fn switch(&self) -> Option<&Switch> {
        Some(&self.switch).filter(|_| self.mode == EmbedMode::Inline)
    }
}

/// What stands in the place of a diagram.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum EmbedMode {
    /// A `<picture>` that shows the file.
    #[default]
    Picture,
    /// The drawing itself, as `<svg>`.
    Inline,
    /// A `<picture>`, and below it the source of the diagram, folded.
    Details,
}

impl EmbedMode {
    /// Every mode with the word that settings use.
    pub const NAMED: [(&str, Self); 3] =
        [("picture", Self::Picture), ("inline", Self::Inline), ("details", Self::Details)];
}

/// Where the drawings of a diagram are served.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Urls {
    /// The drawing.
    pub wide: String,
    /// The drawing for narrow screens, where there is one.
    pub narrow: String,
}

/// The edit of the file with this `text` that puts `picture`, which is served at `urls`, in the place of `block`.
///
/// What it writes is HTML of block level and stays in the quote or list item that holds the block. It holds no empty
/// line (which would end it), but may end with one, where text follows that would otherwise be taken for a part of it.
pub fn edit(text: &str, block: &Block, picture: &Picture, urls: &Urls, embedding: &Embedding) -> Edit {
    let margin = Margin::of(text, block);
    let mut lines: Vec<String> = Vec::new();
    match embedding.mode {
        EmbedMode::Picture => lines.push(figure(picture, urls)),
        EmbedMode::Inline => {
            lines.push("<figure class=\"merrow-diagram\">".to_owned());
            let narrow = picture.narrow.as_ref();
            lines.extend(narrow.map(|narrow| one_of(&picture.id, &narrow.id)));
            for svg in [Some(&picture.svg), narrow.map(|narrow| &narrow.svg)].into_iter().flatten() {
                lines.extend(svg.lines().filter(|line| !line.trim().is_empty()).map(str::to_owned));
            }
            lines.push("</figure>".to_owned());
        }
        EmbedMode::Details => {
            lines.push(figure(picture, urls));
            lines.push("<details><summary>Diagram as text</summary>".to_owned());
            lines.push(String::new());
            let fence = fence_around(&block.excerpt.text);
            // Called `mermaid`, it would be drawn a second time by sites that draw Mermaid themselves.
            lines.push(format!("{fence}text"));
            lines.extend(block.excerpt.text.lines().map(str::to_owned));
            lines.push(fence);
            lines.push(String::new());
            lines.push("</details>".to_owned());
        }
    }
    if embedding.has_words && !picture.words.is_empty() {
        lines.push(words(picture));
    }
    if margin.text_follows {
        lines.push(String::new());
    }
    Edit::replace(block.span, margin.join(&lines))
}

/// The element that shows the drawing's file.
fn figure(picture: &Picture, urls: &Urls) -> String {
    let mut markup = Markup::new();
    markup.open("figure").set("class", "merrow-diagram");
    markup.open("picture");
    if let Some(narrow) = &picture.narrow {
        markup
            .leaf("source")
            .set("media", NARROW_PAGE)
            // A blank would end the URL.
            .link("srcset", &urls.narrow.replace(' ', "%20"))
            .set("width", narrow.size.width.ceil())
            .set("height", narrow.size.height.ceil());
    }
    markup
        .leaf("img")
        .link("src", &urls.wide)
        .set("alt", &picture.title)
        .set("width", picture.size.width.ceil())
        .set("height", picture.size.height.ceil())
        .set("loading", "lazy")
        .set("style", "max-width:100%;height:auto");
    markup.finish()
}

/// The diagram in words, folded: HTML on one line, so that no reader of Markdown takes a part of it for something else.
fn words(picture: &Picture) -> String {
    let mut markup = Markup::new();
    markup.open("details").set("class", "merrow-words");
    markup.element("summary", "Diagram in words");
    markup.append(prose::html(&picture.words));
    markup.finish()
}

/// The style sheet that shows one of two drawings within a page, given by their ids, by the width of the page. What is not displayed is not
/// read aloud either.
fn one_of(wide: &str, narrow: &str) -> String {
    let mut markup = Markup::new();
    // The blank keeps `{` from `#`, which templates of sites act on.
    let css = format!(
        "@media {NARROW_PAGE}{{ #{wide}{{display:none}}}}@media not all and {NARROW_PAGE}{{ #{narrow}{{display:none}}}}"
    );
    markup.element("style", &css);
    markup.finish()
}

/// A fence of backticks that no line of `text` can close.
fn fence_around(text: &str) -> String {
    let runs = text.split(|c| c != '`').map(str::len);
    "`".repeat(runs.max().unwrap_or_default().max(2) + 1)
}

/// What stands around a block on its lines.
struct Margin {
    /// Quote marks and indentation of every line but the first, which keeps its own.
    prefix: String,
    newline: &'static str,
    /// The line below the block is not empty.
    text_follows: bool,
}

impl Margin {
    fn of(text: &str, block: &Block) -> Self {
        let before = text.get(..block.span.start as usize).unwrap_or_default();
        let lead = before.rsplit(['\n', '\r']).next().unwrap_or_default().trim_start_matches('\u{feff}');
        let after = text.get(block.span.end as usize..).unwrap_or_default();
        let below = after.lines().nth(1).unwrap_or_default();
        Self {
            // A list marker stands in the first line only; below it is as much room.
            prefix: lead.chars().map(|c| if c == '>' || c.is_whitespace() { c } else { ' ' }).collect(),
            newline: if text.contains("\r\n") { "\r\n" } else { "\n" },
            text_follows: !below.trim_start_matches(|c: char| c == '>' || c.is_whitespace()).is_empty(),
        }
    }

    /// The lines one below the other.
    fn join(&self, lines: &[String]) -> String {
        let mut joined = String::new();
        for (index, line) in lines.iter().enumerate() {
            if index > 0 {
                let prefix = if line.is_empty() { self.prefix.trim_end() } else { &self.prefix };
                let _ = write!(joined, "{}{prefix}", self.newline);
            }
            joined.push_str(line);
        }
        joined
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::edit;
    use crate::document::{self, BlockKind, SourceKind};
    use crate::draw::geometry::Size;
    use crate::draw::prose::Entry;
    use crate::pipeline::drawing::Narrow;

    fn embedded(text: &str, mode: EmbedMode) -> String {
        embedded_as(text, &Embedding { mode, ..Embedding::default() })
    }

    fn embedded_as(text: &str, embedding: &Embedding) -> String {
        let document = document::read(text, SourceKind::Markdown);
        let picture = Picture {
            id: "m0".to_owned(),
            svg: "<svg>\n<g/>\n\n</svg>\n".to_owned(),
            size: Size::new(80.5, 40.0),
            title: "A \"to\" B".to_owned(),
            description: String::new(),
            words: vec![Entry {
                subject: "A".to_owned(),
                text: "leads to B.".to_owned(),
                ..Entry::default()
            }],
            narrow: None,
        };
        let urls = Urls { wide: "d/x.svg".to_owned(), narrow: "d/x.narrow.svg".to_owned() };
        let edits: Vec<Edit> =
            document.diagrams().map(|block| super::edit(text, block, &picture, &urls, embedding)).collect();
        assert!(!edits.is_empty(), "{text}");
        edit::apply(text, &edits)
    }

    const FIGURE: &str = "<figure class=\"merrow-diagram\"><picture><img src=\"d/x.svg\" alt=\"A &quot;to&quot; B\" \
                          width=\"81\" height=\"40\" loading=\"lazy\" style=\"max-width:100%;height:auto\"/>\
                          </picture></figure>";

    #[test]
    fn a_picture_stands_where_the_diagram_stood() {
        let table = [
            ("a\n\n```mermaid\ngraph TD\n```\n\nb\n", format!("a\n\n{FIGURE}\n\nb\n")),
            ("```mermaid\ngraph TD\n```", FIGURE.to_owned()),
            ("```mermaid\r\ngraph TD\r\n```\r\nb\r\n", format!("{FIGURE}\r\n\r\nb\r\n")),
            ("> - ```mermaid\n>   graph TD\n>   ```\n>   b\n", format!("> - {FIGURE}\n>\n>   b\n")),
            (":::mermaid\ngraph TD\n:::\n", format!("{FIGURE}\n")),
        ];
        for (text, expected) in table {
            assert_eq!(embedded(text, EmbedMode::Picture), expected, "{text}");
        }
    }

    #[test]
    fn a_drawing_within_holds_no_empty_line() {
        assert_eq!(
            embedded("1. ```mermaid\n   graph TD\n   ```\n", EmbedMode::Inline),
            "1. <figure class=\"merrow-diagram\">\n   <svg>\n   <g/>\n   </svg>\n   </figure>\n"
        );
    }

    #[test]
    fn the_words_can_stand_below_in_one_line() {
        let words = "<details class=\"merrow-words\"><summary>Diagram in words</summary><ul><li><strong>A</strong> leads to \
                     B.</li></ul></details>";
        let embedding = Embedding { has_words: true, ..Embedding::default() };
        let built = embedded_as("> - ```mermaid\n>   graph TD\n>   ```\n>   b\n", &embedding);
        assert_eq!(built, format!("> - {FIGURE}\n>   {words}\n>\n>   b\n"));
    }

    #[test]
    fn narrow_screens_have_a_drawing_of_their_own() {
        let picture = Picture {
            id: "m1".to_owned(),
            svg: "<svg id=\"m1\"/>\n".to_owned(),
            size: Size::new(900.0, 40.0),
            title: "A".to_owned(),
            description: String::new(),
            words: Vec::new(),
            narrow: Some(Narrow {
                id: "m1n".to_owned(),
                svg: "<svg id=\"m1n\"/>\n".to_owned(),
                size: Size::new(388.0, 400.0),
            }),
        };
        let text = "```mermaid\ngraph TD\n```\n";
        let document = document::read(text, SourceKind::Markdown);
        let urls = Urls { wide: "a b.svg".to_owned(), narrow: "a b.narrow.svg".to_owned() };
        let built = |mode| {
            let embedding = Embedding { mode, ..Embedding::default() };
            let edits: Vec<Edit> = document
                .diagrams()
                .map(|block| super::edit(text, block, &picture, &urls, &embedding))
                .collect();
            edit::apply(text, &edits)
        };
        assert!(built(EmbedMode::Picture).contains(
            "<picture><source media=\"(max-width: 640px)\" srcset=\"a%20b.narrow.svg\" width=\"388\" \
             height=\"400\"/><img src=\"a b.svg\""
        ));
        assert_eq!(
            built(EmbedMode::Inline),
            "<figure class=\"merrow-diagram\">\n<style>@media (max-width: 640px){ #m1{display:none}}\
             @media not all and (max-width: 640px){ #m1n{display:none}}</style>\n<svg id=\"m1\"/>\n<svg id=\"m1n\"/>\n\
             </figure>\n"
        );
    }

    #[test]
    fn the_source_can_stay_below_as_text() {
        let built = embedded("> ~~~mermaid\n> graph TD\n>   A[\"```\"]\n> ~~~\n", EmbedMode::Details);
        assert_eq!(
            built,
            format!(
                "> {FIGURE}\n> <details><summary>Diagram as text</summary>\n>\n> ````text\n> graph TD\n>   A[\"```\"]\n\
                 > ````\n>\n> </details>\n"
            )
        );
        let document = document::read(&built, SourceKind::Markdown);
        assert_eq!(document.blocks.len(), 1);
        assert_eq!(document.blocks[0].kind, BlockKind::Code);
    }
}
