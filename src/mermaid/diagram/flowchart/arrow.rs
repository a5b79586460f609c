//! What an arrow means: heads, stroke, length (mermaid 12, `destructLink`).

use super::{Head, Heads, Stroke};

/// Ranks that an edge may span; Mermaid caps what is longer.
const MAX_LENGTH: usize = 10;

/// Heads, stroke and length of an arrow; all absent where Mermaid calls the halves of it INVALID.
///
/// Only a head that stands at both ends counts as one at the start. Otherwise it stays in front of the line, which is
/// then one longer and, as Mermaid looks at its first character, never thick.
pub(super) fn meaning(opening: Option<&str>, arrow: &str) -> (Option<Heads>, Option<Stroke>, Option<u8>) {
    let head_of = |c: Option<char>| match c {
        Some('x') => Head::Cross,
        Some('o') => Head::Circle,
        Some('>' | '<') => Head::Point,
        _ => Head::Open,
    };
    let end = head_of(arrow.chars().last());
    let first = arrow.chars().next();
    let is_double = end != Head::Open && matches!(first, Some('x' | 'o' | '<')) && head_of(first) == end;
    let line = arrow.strip_prefix(['x', 'o', '<']).filter(|_| is_double).unwrap_or(arrow);
    let dots = arrow.matches('.').count();
    let stroke = match line.chars().next() {
        _ if dots > 0 => Stroke::Dotted,
        Some('=') => Stroke::Thick,
        Some('~') => Stroke::Invisible,
        _ => Stroke::Normal,
    };
    let length = if dots > 0 { dots } else { line.len().saturating_sub(2) }.min(MAX_LENGTH) as u8;
    let Some(opening) = opening else {
        return (Some(Heads { end, double: is_double }), Some(stroke), Some(length));
    };
    let start = head_of(opening.chars().next());
    let start_stroke = match opening {
        _ if opening.contains('=') => Stroke::Thick,
        _ if opening.contains('.') => Stroke::Dotted,
        _ => Stroke::Normal,
    };
    if start_stroke != stroke || (start != Head::Open && (start != end || is_double)) {
        return (None, None, None);
    }
    (Some(Heads { end, double: is_double || start != Head::Open }), Some(stroke), Some(length))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arrows_mean_what_mermaid_makes_of_them() {
        let point = Heads { end: Head::Point, double: false };
        let open = Heads { end: Head::Open, double: false };
        let table = [
            (None, "-->", (Some(point), Some(Stroke::Normal), Some(1))),
            (None, "---->", (Some(point), Some(Stroke::Normal), Some(3))),
            (None, "---", (Some(open), Some(Stroke::Normal), Some(1))),
            (None, "<-->", (Some(Heads { double: true, ..point }), Some(Stroke::Normal), Some(1))),
            (None, "<---", (Some(open), Some(Stroke::Normal), Some(2))),
            (None, "x==>", (Some(point), Some(Stroke::Normal), Some(2))),
            (None, "-...->", (Some(point), Some(Stroke::Dotted), Some(3))),
            (None, "~~~~", (Some(open), Some(Stroke::Invisible), Some(2))),
            (None, "------------->", (Some(point), Some(Stroke::Normal), Some(10))),
            (Some("--"), "---->", (Some(point), Some(Stroke::Normal), Some(3))),
            (Some("<=="), "==>", (Some(Heads { double: true, ..point }), Some(Stroke::Thick), Some(1))),
            (Some("x--"), "-->", (None, None, None)),
        ];
        for (opening, arrow, expected) in table {
            assert_eq!(meaning(opening, arrow), expected, "{opening:?} {arrow}");
        }
    }
}
