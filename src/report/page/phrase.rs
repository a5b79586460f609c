//! Words of Merrow's own, in which names stand between backticks.

use crate::base::markup::Markup;

/// Writes a phrase; what stands between backticks is code.
pub(super) fn phrase(text: &str, out: &mut Markup) {
    let mut parts = text.split('`');
    if text.matches('`').count() % 2 == 1 {
        // A backtick without a partner stands for itself.
        out.text(text);
        return;
    }
    if let Some(first) = parts.next() {
        out.text(first);
    }
    while let Some(code) = parts.next() {
        out.element("code", code);
        if let Some(text) = parts.next() {
            out.text(text);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_code() {
        let table = [
            ("`a` is <b>", "<code>a</code> is &lt;b&gt;"),
            ("a `b` c `d`", "a <code>b</code> c <code>d</code>"),
            ("a ` b", "a ` b"),
            ("", ""),
        ];
        for (text, expected) in table {
            let mut out = Markup::new();
            phrase(text, &mut out);
            assert_eq!(out.finish(), expected, "{text}");
        }
    }
}
