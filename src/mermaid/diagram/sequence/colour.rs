//! Which words CSS knows as colours: the word behind `box` is one or belongs to the label.

/// Named colours of CSS Color Module Level 4, section 6.1, sorted.
const NAMED: [&str; 148] = [
    "aliceblue",
    "antiquewhite",
    "aqua",
    "aquamarine",
    "azure",
    "beige",
    "bisque",
    "black",
    "blanchedalmond",
    "blue",
    "blueviolet",
    "brown",
    "burlywood",
    "cadetblue",
    "chartreuse",
    "chocolate",
    "coral",
    "cornflowerblue",
    "cornsilk",
    "crimson",
    "cyan",
    "darkblue",
    "darkcyan",
    "darkgoldenrod",
    "darkgray",
    "darkgreen",
    "darkgrey",
    "darkkhaki",
    "darkmagenta",
    "darkolivegreen",
    "darkorange",
    "darkorchid",
    "darkred",
    "darksalmon",
    "darkseagreen",
    "darkslateblue",
    "darkslategray",
    "darkslategrey",
    "darkturquoise",
    "darkviolet",
    "deeppink",
    "deepskyblue",
    "dimgray",
    "dimgrey",
    "dodgerblue",
    "firebrick",
    "floralwhite",
    "forestgreen",
    "fuchsia",
    "gainsboro",
    "ghostwhite",
    "gold",
    "goldenrod",
    "gray",
    "green",
    "greenyellow",
    "grey",
    "honeydew",
    "hotpink",
    "indianred",
    "indigo",
    "ivory",
    "khaki",
    "lavender",
    "lavenderblush",
    "lawngreen",
    "lemonchiffon",
    "lightblue",
    "lightcoral",
    "lightcyan",
    "lightgoldenrodyellow",
    "lightgray",
    "lightgreen",
    "lightgrey",
    "lightpink",
    "lightsalmon",
    "lightseagreen",
    "lightskyblue",
    "lightslategray",
    "lightslategrey",
    "lightsteelblue",
    "lightyellow",
    "lime",
    "limegreen",
    "linen",
    "magenta",
    "maroon",
    "mediumaquamarine",
    "mediumblue",
    "mediumorchid",
    "mediumpurple",
    "mediumseagreen",
    "mediumslateblue",
    "mediumspringgreen",
    "mediumturquoise",
    "mediumvioletred",
    "midnightblue",
    "mintcream",
    "mistyrose",
    "moccasin",
    "navajowhite",
    "navy",
    "oldlace",
    "olive",
    "olivedrab",
    "orange",
    "orangered",
    "orchid",
    "palegoldenrod",
    "palegreen",
    "paleturquoise",
    "palevioletred",
    "papayawhip",
    "peachpuff",
    "peru",
    "pink",
    "plum",
    "powderblue",
    "purple",
    "rebeccapurple",
    "red",
    "rosybrown",
    "royalblue",
    "saddlebrown",
    "salmon",
    "sandybrown",
    "seagreen",
    "seashell",
    "sienna",
    "silver",
    "skyblue",
    "slateblue",
    "slategray",
    "slategrey",
    "snow",
    "springgreen",
    "steelblue",
    "tan",
    "teal",
    "thistle",
    "tomato",
    "turquoise",
    "violet",
    "wheat",
    "white",
    "whitesmoke",
    "yellow",
    "yellowgreen",
];

/// Other words that stand where CSS expects a colour: system colours (section 6.2 there), special and global ones.
const OTHER: [&str; 26] = [
    "accentcolor",
    "accentcolortext",
    "activetext",
    "buttonborder",
    "buttonface",
    "buttontext",
    "canvas",
    "canvastext",
    "currentcolor",
    "field",
    "fieldtext",
    "graytext",
    "highlight",
    "highlighttext",
    "inherit",
    "initial",
    "linktext",
    "mark",
    "marktext",
    "revert",
    "selecteditem",
    "selecteditemtext",
    "transparent",
    "unset",
    "visitedtext",
    "window",
];

/// True when CSS knows `word` as a colour, in any case.
fn is_named(word: &str) -> bool {
    let lower = word.to_ascii_lowercase();
    NAMED.binary_search(&lower.as_str()).is_ok() || OTHER.binary_search(&lower.as_str()).is_ok()
}

/// Splits what stands behind `box` into a colour and the rest.
///
/// The colour is a word that CSS knows, or `rgb()`, `rgba()`, `hsl()`, `hsla()` up to the last bracket of the line.
pub(super) fn split_colour(text: &str) -> Option<(&str, &str)> {
    let word_len = text.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'_').count();
    let (word, after) = text.split_at(word_len);
    let is_function = ["rgb", "rgba", "hsl", "hsla"].iter().any(|name| word.eq_ignore_ascii_case(name));
    if is_function && after.trim_start().starts_with('(') {
        let end = text.rfind(')')? + 1;
        let arguments = text.get(word_len..end)?;
        let is_plain =
            arguments.bytes().all(|byte| byte.is_ascii_alphanumeric() || b" \t(),.%/+-".contains(&byte));
        return is_plain.then(|| text.split_at(end));
    }
    is_named(word).then_some((word, after))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_are_sorted() {
        assert!(NAMED.is_sorted());
        assert!(OTHER.is_sorted());
    }

    #[test]
    fn a_colour_comes_first_or_not_at_all() {
        let table = [
            ("Aqua Servers", Some(("Aqua", " Servers"))),
            ("rgba(0, 0, 0, .5) Rack 1", Some(("rgba(0, 0, 0, .5)", " Rack 1"))),
            ("transparent", Some(("transparent", ""))),
            ("bluish Rack", None),
            ("rgb Rack", None),
            ("rgb(no;way) Rack", None),
            ("#fff Rack", None),
            ("", None),
        ];
        for (text, expected) in table {
            assert_eq!(split_colour(text), expected, "{text:?}");
        }
    }
}
