//! Characters that are written as references.

/// Names that authors of diagrams write, sorted, with what they stand for (HTML Living Standard, "Named character
/// references"; the full list has 2231).
const NAMED: [(&str, char); 96] = [
    ("Alpha", 'Α'),
    ("Beta", 'Β'),
    ("Delta", 'Δ'),
    ("Gamma", 'Γ'),
    ("Omega", 'Ω'),
    ("Sigma", 'Σ'),
    ("alpha", 'α'),
    ("amp", '&'),
    ("apos", '\''),
    ("approx", '≈'),
    ("ast", '*'),
    ("asymp", '≈'),
    ("auml", 'ä'),
    ("beta", 'β'),
    ("bull", '•'),
    ("cent", '¢'),
    ("check", '✓'),
    ("clubs", '♣'),
    ("colon", ':'),
    ("comma", ','),
    ("copy", '©'),
    ("crarr", '↵'),
    ("cross", '✗'),
    ("dArr", '⇓'),
    ("dagger", '†'),
    ("darr", '↓'),
    ("deg", '°'),
    ("delta", 'δ'),
    ("diams", '♦'),
    ("divide", '÷'),
    ("dollar", '$'),
    ("eacute", 'é'),
    ("egrave", 'è'),
    ("emsp", '\u{2003}'),
    ("ensp", '\u{2002}'),
    ("epsilon", 'ε'),
    ("equals", '='),
    ("euro", '€'),
    ("frac12", '½'),
    ("frac14", '¼'),
    ("gamma", 'γ'),
    ("ge", '≥'),
    ("gt", '>'),
    ("hArr", '⇔'),
    ("harr", '↔'),
    ("hearts", '♥'),
    ("hellip", '…'),
    ("infin", '∞'),
    ("lArr", '⇐'),
    ("lambda", 'λ'),
    ("laquo", '«'),
    ("larr", '←'),
    ("lbrace", '{'),
    ("lbrack", '['),
    ("ldquo", '“'),
    ("le", '≤'),
    ("lpar", '('),
    ("lsquo", '‘'),
    ("lt", '<'),
    ("mdash", '—'),
    ("micro", 'µ'),
    ("middot", '·'),
    ("minus", '−'),
    ("mu", 'μ'),
    ("nbsp", '\u{a0}'),
    ("ndash", '–'),
    ("ne", '≠'),
    ("num", '#'),
    ("omega", 'ω'),
    ("ouml", 'ö'),
    ("percnt", '%'),
    ("pi", 'π'),
    ("plus", '+'),
    ("plusmn", '±'),
    ("pound", '£'),
    ("quot", '"'),
    ("rArr", '⇒'),
    ("raquo", '»'),
    ("rarr", '→'),
    ("rbrace", '}'),
    ("rbrack", ']'),
    ("rdquo", '”'),
    ("reg", '®'),
    ("rpar", ')'),
    ("rsquo", '’'),
    ("sect", '§'),
    ("semi", ';'),
    ("sigma", 'σ'),
    ("spades", '♠'),
    ("star", '☆'),
    ("szlig", 'ß'),
    ("times", '×'),
    ("trade", '™'),
    ("uArr", '⇑'),
    ("uarr", '↑'),
    ("uuml", 'ü'),
];

/// The longest reference that is looked for, bytes.
const MAX_LEN: usize = 12;

/// The character that `text` starts with a reference to, and how many bytes the reference has.
pub(super) fn entity(text: &str) -> Option<(char, usize)> {
    let end = text.bytes().take(MAX_LEN).position(|byte| byte == b';')?;
    let name = text.get(1..end).filter(|_| text.starts_with('&'))?;
    let number = match name.strip_prefix('#') {
        None => {
            let at = NAMED.binary_search_by_key(&name, |(known, _)| known).ok()?;
            return Some((NAMED[at].1, end + 1));
        }
        Some(number) => match number.strip_prefix(['x', 'X']) {
            Some(hexadecimal) => (hexadecimal, 16),
            None => (number, 10),
        },
    };
    let (digits, radix) = number;
    if digits.is_empty() || !digits.chars().all(|c| c.is_digit(radix)) {
        return None;
    }
    let code = u32::from_str_radix(digits, radix).ok().filter(|code| *code != 0);
    Some((code.and_then(char::from_u32).unwrap_or('\u{fffd}'), end + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_sorted_and_unique() {
        assert!(NAMED.windows(2).all(|pair| pair[0].0 < pair[1].0));
        assert!(NAMED.iter().all(|(name, _)| name.len() + 2 <= MAX_LEN));
    }

    #[test]
    fn references_are_read_to_their_end() {
        let table = [
            ("&lt;x", Some(('<', 4))),
            ("&#35;", Some(('#', 5))),
            ("&#X41;", Some(('A', 6))),
            ("&#;", None),
            ("&#+1;", None),
            ("&é;", None),
            ("&lt", None),
            ("lt;", None),
        ];
        for (text, expected) in table {
            assert_eq!(entity(text), expected, "{text}");
        }
    }
}
