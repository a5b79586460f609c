//! A block of code or a diagram, and the ways to write one.

use crate::base::offset_map::Excerpt;
use crate::base::text::Span;

use super::attributes::{Attribute, AttributeKind};

/// What a block holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BlockKind {
    /// A Mermaid diagram.
    Mermaid,
    /// Anything else.
    Code,
}

/// How a block is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Between lines of backticks or tildes.
    Fence {
        /// `` ` `` or `~`.
        character: char,
        /// Number of them in the opening line, 3 or more.
        length: usize,
    },
    /// Indented by four columns.
    Indented,
    /// `{{< mermaid >}}` or `{{% mermaid %}}` to its closing tag (Hugo).
    HugoShortcode,
    /// `{% mermaid %}` to `{% endmermaid %}` (Jekyll, Liquid).
    LiquidTag,
    /// `<pre class="mermaid">`, entities decoded.
    Pre,
    /// `:::mermaid` to `:::` (Azure `DevOps`, markdown-it).
    Container,
    /// The whole file.
    WholeFile,
}

/// A block of code or a diagram.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// What it holds.
    pub kind: BlockKind,
    /// How it is written.
    pub form: Form,
    /// First word of the info string as written, without braces and dot; may be empty.
    pub language: String,
    /// The rest of the info string or of the opening tag.
    pub attributes: Vec<Attribute>,
    /// What stands in it: quote and list prefixes removed, every line end is `\n`.
    pub excerpt: Excerpt,
    /// The whole block in the file, fences or tags included; starts behind the indentation, ends before the newline.
    pub span: Span,
    /// The opening line or tag; empty for forms that have none.
    pub opening: Span,
    /// Text of the heading above.
    pub section: Option<String>,
    /// False when the file ends before the closing fence or tag.
    pub is_closed: bool,
}

impl Block {
    /// The file that the block is said to be, by `title`, `file`, `filename` or `name` in its info string.
    pub fn file_name(&self) -> Option<&str> {
        const KEYS: [&str; 4] = ["title", "file", "filename", "name"];
        self.attributes.iter().find_map(|attribute| match &attribute.kind {
            AttributeKind::Value { key, value } if KEYS.contains(&key.as_str()) => Some(value.as_str()),
            _ => None,
        })
    }
}
