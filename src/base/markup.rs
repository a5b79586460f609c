//! XML and HTML: the only escaper of the program.
//!
//! Names of elements and attributes are the program's own, every other text is escaped, so that no word of a document
//! can end an element, an attribute or a script. What is written here is well-formed XML and, of HTML's elements, valid
//! HTML, so that the same drawing stands alone in a file and inline in a page.

use std::fmt::{Display, Write};

/// A piece of markup that is being written.
#[derive(Debug, Clone, Default)]
pub struct Markup {
    text: String,
    open: Vec<&'static str>,
}

impl Markup {
    /// An empty piece.
    pub fn new() -> Self {
        Self::default()
    }

    /// Opens an element; its tag ends when the returned guard is dropped.
    pub fn open(&mut self, name: &'static str) -> Tag<'_> {
        self.open.push(name);
        self.start(name, false)
    }

    /// Writes an element without content; of HTML only for its void elements, such as `img`.
    pub fn leaf(&mut self, name: &'static str) -> Tag<'_> {
        self.start(name, true)
    }

    fn start(&mut self, name: &'static str, is_leaf: bool) -> Tag<'_> {
        self.text.push('<');
        self.text.push_str(name);
        Tag { markup: self, is_leaf }
    }

    /// Closes the element that was opened last and is still open.
    pub fn close(&mut self) {
        if let Some(name) = self.open.pop() {
            let _ = write!(self.text, "</{name}>");
        }
    }

    /// Writes characters.
    pub fn text(&mut self, text: &str) {
        escape(&mut self.text, text);
    }

    /// Writes an element that holds nothing but characters.
    pub fn element(&mut self, name: &'static str, text: &str) {
        self.open(name);
        self.text(text);
        self.close();
    }

    /// Writes what the program itself is made of, as it is: a document type, a style sheet, a script.
    pub fn fixed(&mut self, text: &'static str) {
        self.text.push_str(text);
    }

    /// Adds a piece that was written elsewhere.
    pub fn append(&mut self, piece: Self) {
        self.text.push_str(&piece.finish());
    }

    /// Closes what is open and returns the text.
    pub fn finish(mut self) -> String {
        while !self.open.is_empty() {
            self.close();
        }
        self.text
    }
}

/// The tag of an element, which takes attributes until it is dropped.
#[derive(Debug)]
pub struct Tag<'a> {
    markup: &'a mut Markup,
    is_leaf: bool,
}

impl Tag<'_> {
    /// Writes an attribute.
    pub fn set(self, name: &'static str, value: impl Display) -> Self {
        let out = &mut self.markup.text;
        let _ = write!(out, " {name}=\"");
        escape(out, &value.to_string());
        out.push('"');
        self
    }

    /// Writes an attribute when there is a value for it.
    pub fn set_if(self, name: &'static str, value: Option<impl Display>) -> Self {
        match value {
            Some(value) => self.set(name, value),
            None => self,
        }
    }

    /// Writes an attribute that holds a URL, unless the URL could run a script (see [`is_safe_url`]).
    pub fn link(self, name: &'static str, url: &str) -> Self {
        if is_safe_url(url) { self.set(name, url) } else { self }
    }
}

impl Drop for Tag<'_> {
    fn drop(&mut self) {
        self.markup.text.push_str(if self.is_leaf { "/>" } else { ">" });
    }
}

/// True for `http`, `https` and `mailto` URLs and for relative references: what may be linked to from a page.
///
/// Browsers drop tabs, newlines and leading controls before they look for a scheme (WHATWG URL, "basic URL parser").
pub fn is_safe_url(url: &str) -> bool {
    let bare: String = url.chars().filter(|c| !c.is_control() && !c.is_whitespace()).collect();
    let scheme = bare.split(['/', '?', '#']).next().and_then(|head| head.split_once(':'));
    match scheme {
        Some((scheme, _)) => {
            ["http", "https", "mailto"].iter().any(|known| scheme.eq_ignore_ascii_case(known))
        }
        None => true,
    }
}

/// Writes `text` so that it stands for itself between tags and between quotes.
///
/// Characters that XML 1.0 forbids become U+FFFD. `{` before `{`, `%` or `#` becomes a reference, because the templates of
/// Hugo, Jekyll and Eleventy act on such pairs wherever they stand in a page.
fn escape(out: &mut String, text: &str) {
    let mut characters = text.chars().peekable();
    while let Some(c) = characters.next() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\n' => out.push_str("&#10;"),
            '\r' => out.push_str("&#13;"),
            '\t' => out.push_str("&#9;"),
            '{' if matches!(characters.peek(), Some('{' | '%' | '#')) => out.push_str("&#123;"),
            '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_can_end_what_holds_it() {
        let mut markup = Markup::new();
        markup.open("p").set("title", "\"><script>").set_if("id", None::<&str>);
        markup.text("</p>{{ x }} {% y %} {z} &amp;\0");
        markup.leaf("br");
        markup.element("b", "'");
        assert_eq!(
            markup.finish(),
            "<p title=\"&quot;&gt;&lt;script&gt;\">&lt;/p&gt;&#123;{ x }} &#123;% y %} {z} &amp;amp;\u{fffd}<br/>\
             <b>&#39;</b></p>"
        );
    }

    #[test]
    fn only_harmless_schemes_are_linked() {
        let table = [
            ("https://a.b/c:d", true),
            ("HTTP://a.b", true),
            ("mailto:a@b", true),
            ("../a/b.md#c", true),
            ("a/b:c", true),
            ("#x:y", true),
            ("", true),
            ("javascript:alert(1)", false),
            ("java\nscript:alert(1)", false),
            (" \u{1}javascript:alert(1)", false),
            ("data:text/html,x", false),
            ("vbscript:x", false),
        ];
        for (url, expected) in table {
            assert_eq!(is_safe_url(url), expected, "{url:?}");
        }
        let mut markup = Markup::new();
        markup.open("a").link("href", "javascript:alert(1)");
        assert_eq!(markup.finish(), "<a></a>");
    }
}
