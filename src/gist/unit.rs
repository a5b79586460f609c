//! Cuts a text into units that can stand alone: statements, or paragraphs of them, never a part of one.
//!
//! This is no parser of any language. It errs to the safe side: where a statement may go on, it goes on.

use std::ops::Range;

use super::language::{Grammar, Language};
use super::scanner::Scanner;

/// A stretch of whole lines that can stand alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Unit {
    /// Its lines, counted from 0; it neither starts nor ends with an empty one.
    pub(super) lines: Range<usize>,
}

/// A text cut into units.
#[derive(Debug, Default)]
pub(super) struct Units {
    /// The comment at the top, which says what the text is.
    pub(super) lead: Option<Unit>,
    /// The rest, in order.
    pub(super) rest: Vec<Unit>,
    /// Where the text may be cut off: behind how many lines, so that they read well without the rest, and the columns by
    /// which the rest is indented.
    pub(super) ends: Vec<(usize, usize)>,
}

/// Cuts `lines` into units of at most `n_most` lines where the language allows that, and larger ones where not.
pub(super) fn units(lines: &[&str], language: &Language, n_most: usize) -> Units {
    let traits = traits(lines, language);
    let n_blank = traits.iter().take_while(|line| line.is_blank()).count();
    let n_comment = traits[n_blank..].iter().take_while(|line| line.is_comment()).count();
    let lead_end = n_blank + n_comment;
    let lead = (n_comment > 0).then_some(Unit { lines: n_blank..lead_end });
    if language.grammar == Grammar::Whole {
        return Units { lead, ..Units::default() };
    }
    let statements = statements(&traits, lead_end, language.grammar);
    let mut units: Vec<Unit> = Vec::new();
    // A section is a unit, whatever stands right below it.
    let has_sections = traits.iter().any(|line| line.kind == Kind::Head);
    for paragraph in statements.chunk_by(|a, b| !has_sections && a.end == b.start) {
        let whole =
            paragraph.first().map_or(0, |first| first.start)..paragraph.last().map_or(0, |last| last.end);
        if whole.len() <= n_most || !language.grammar.parts_statements() {
            units.push(Unit { lines: whole });
        } else {
            units.extend(paragraph.iter().map(|statement| Unit { lines: statement.clone() }));
        }
    }
    let ends = if language.grammar == Grammar::Indentation { ends(&traits, lead_end) } else { Vec::new() };
    Units { lead, rest: units, ends }
}

/// What can be seen of a line without knowing the language well.
#[derive(Debug, Clone, Copy)]
struct Traits {
    kind: Kind,
    /// Columns of white space in front, a tab to the next multiple of 8.
    indent: usize,
    /// The line above does not end a statement, or this one begins with what only follows something: `}`, `else`, `fi`.
    goes_on: bool,
    asks_for: AsksFor,
}

impl Traits {
    fn is_blank(&self) -> bool {
        self.kind == Kind::Blank
    }

    fn is_comment(&self) -> bool {
        self.kind == Kind::Comment
    }
}

/// What a line holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Blank,
    /// Nothing but a comment.
    Comment,
    /// The beginning of a section, in a language that has them.
    Head,
    Code,
}

/// What a line needs below it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum AsksFor {
    Nothing,
    /// The next line: `@decorator`, `---`.
    Line,
    /// The indented lines, which are its value: `run: |` (YAML 1.2, "Block Scalar Styles").
    Text,
}

fn traits(lines: &[&str], language: &Language) -> Vec<Traits> {
    let mut scanner = Scanner::new(language);
    let mut above = "";
    let mut traits = Vec::with_capacity(lines.len());
    for line in lines {
        let is_open = scanner.is_open();
        let text = line.trim();
        let follows = text.starts_with(['}', ')', ']', '.', '|', '&'])
            || FOLLOWERS.iter().any(|word| starts_with_word(text, word));
        let kind = if text.is_empty() {
            Kind::Blank
        } else if !is_open && language.is_comment(text) {
            Kind::Comment
        } else if is_head(language.grammar, text, above) {
            Kind::Head
        } else {
            Kind::Code
        };
        let asks_for = if language.grammar != Grammar::Indentation {
            AsksFor::Nothing
        } else if text.starts_with('@') || text == "---" {
            AsksFor::Line
        } else if opens_text(text) {
            AsksFor::Text
        } else {
            AsksFor::Nothing
        };
        traits.push(Traits { kind, indent: indent(line), goes_on: is_open || follows, asks_for });
        scanner.line(line);
        if kind != Kind::Blank {
            above = text;
        }
    }
    traits
}

/// True when the line ends with one of YAML's marks for a text below it.
fn opens_text(text: &str) -> bool {
    ["|", ">", "|-", ">-", "|+", ">+"]
        .iter()
        .any(|mark| text.strip_suffix(mark).is_some_and(|rest| rest.ends_with(": ") || rest.ends_with("- ")))
}

/// Words at the start of a line that go on with what stands above it, in the languages that write so.
const FOLLOWERS: &[&str] = &[
    "else", "elif", "elsif", "elseif", "fi", "done", "esac", "then", "do", "end", "except", "finally",
    "catch", "rescue", "ensure",
];

fn starts_with_word(text: &str, word: &str) -> bool {
    let rest = text.strip_prefix(word);
    rest.is_some_and(|rest| {
        !rest.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '=' | '.'))
    })
}

fn indent(line: &str) -> usize {
    let margin = line.chars().take_while(|c| c.is_whitespace());
    margin.fold(0, |columns, c| if c == '\t' { columns - columns % 8 + 8 } else { columns + 1 })
}

/// True when the line begins a section; `above` is the last line that holds something.
fn is_head(grammar: Grammar, text: &str, above: &str) -> bool {
    const STANZAS: [&str; 7] =
        ["auto", "mapping", "source", "source-directory", "rename", "template", "no-auto-down"];
    let first = |line: &str| line.split_whitespace().next().unwrap_or_default().to_owned();
    match grammar {
        Grammar::Sections => text.starts_with('['),
        Grammar::Interfaces => {
            let is_prelude = |word: &str| word == "auto" || word.starts_with("allow-");
            let word = first(text);
            // `auto` and the `iface` below it are about one interface.
            STANZAS.contains(&word.as_str()) && !(is_prelude(&word) && is_prelude(&first(above)))
                || word.starts_with("allow-") && !is_prelude(&first(above))
                || word == "iface" && !is_prelude(&first(above))
        }
        _ => false,
    }
}

/// The statements from line `start` on, without the empty lines around them.
fn statements(lines: &[Traits], start: usize, grammar: Grammar) -> Vec<Range<usize>> {
    let rest = lines.get(start..).unwrap_or_default();
    let filled = || rest.iter().filter(|line| !line.is_blank());
    let margin = filled().map(|line| line.indent).min().unwrap_or_default();
    let has_sections = filled().any(|line| line.kind == Kind::Head);
    let is_above_head = above_heads(lines);
    let mut statements: Vec<Range<usize>> = Vec::new();
    // What stands above the first line that may begin a statement belongs to nothing; it becomes one.
    let mut is_complete = true;
    for (index, line) in lines.iter().enumerate().skip(start).filter(|(_, line)| !line.is_blank()) {
        let may_begin = !line.goes_on && line.indent <= margin;
        let begins = match grammar {
            // A comment may belong to the section above or below; below is what authors mean.
            Grammar::Sections | Grammar::Interfaces if has_sections => {
                may_begin
                    && match line.kind {
                        Kind::Comment => is_above_head.get(index) == Some(&true),
                        kind => kind == Kind::Head,
                    }
            }
            _ => may_begin,
        };
        match statements.last_mut() {
            Some(last) if !(begins && is_complete) => last.end = index + 1,
            _ => statements.push(index..index + 1),
        }
        is_complete = !line.is_comment() && line.asks_for != AsksFor::Line;
    }
    statements
}

/// For each line whether the next one that is neither empty nor a comment begins a section.
fn above_heads(lines: &[Traits]) -> Vec<bool> {
    let mut is_above = false;
    let mut above: Vec<bool> = lines
        .iter()
        .rev()
        .map(|line| {
            let was_above = is_above;
            if !line.is_blank() && !line.is_comment() {
                is_above = line.kind == Kind::Head;
            }
            was_above
        })
        .collect();
    above.reverse();
    above
}

/// Where an indented text may be cut off behind line `start`: the last line above ends a whole statement.
fn ends(lines: &[Traits], start: usize) -> Vec<(usize, usize)> {
    let mut ends = Vec::new();
    let mut above: Option<(usize, Traits)> = None;
    let mut text_above: Option<usize> = None;
    for (index, line) in lines.iter().enumerate().skip(start).filter(|(_, line)| !line.is_blank()) {
        if text_above.is_some_and(|indent| line.indent > indent) {
            above = above.map(|(_, opener)| (index + 1, opener));
            continue;
        }
        text_above = (line.asks_for == AsksFor::Text).then_some(line.indent);
        if let Some((end, above)) = above
            && !line.goes_on
            && line.indent <= above.indent
            && !above.is_comment()
            && above.asks_for != AsksFor::Line
        {
            ends.push((end, line.indent));
        }
        above = Some((index + 1, *line));
    }
    ends
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The lead and the units of a text, as their first lines and numbers of lines.
    fn cut(name: &str, text: &str, n_most: usize) -> Vec<String> {
        let lines: Vec<&str> = text.lines().collect();
        let language = Language::of(name, crate::cluster::formats::recognize(name, None, text), text);
        let units = units(&lines, &language, n_most);
        units
            .lead
            .iter()
            .chain(&units.rest)
            .map(|unit| format!("{}:{}", lines[unit.lines.start].trim(), unit.lines.len()))
            .collect()
    }

    #[test]
    fn statements_are_never_cut() {
        let table: [(&str, &str, usize, &[&str]); 14] = [
            ("bash", "# top\napt update\n\na \\\n  b\nc\n", 9, &["# top:1", "apt update:1", "a \\:3"]),
            ("bash", "a \\\n  b\nc\n", 1, &["a \\:2", "c:1"]),
            ("bash", "cat > x <<'EOF'\n\ny\nEOF\n\nz\n", 9, &["cat > x <<'EOF':4", "z:1"]),
            ("bash", "cat <<<x\n\ny\n", 9, &["cat <<<x:1", "y:1"]),
            ("bash", "if a; then\n\nb\n\nfi\n\nc\n", 9, &["if a; then:5", "c:1"]),
            ("bash", "for x in 1 2\ndo\n\ny\ndone\n\nc\n", 9, &["for x in 1 2:5", "c:1"]),
            ("bash", "f() {\na\n\nb\n}\n\nf\n", 9, &["f() {:5", "f:1"]),
            ("bash", "echo 'a\n\nb'\n\nc\n", 9, &["echo 'a:3", "c:1"]),
            ("bash", "# a\n\n# b\nx\n# c\n\ny\n", 9, &["# a:1", "# b:5"]),
            (
                "python",
                "import a\n\ndef f():\n    a()\n\n    b()\n\n@x\ndef g(\n\n): pass\n",
                9,
                &["import a:1", "def f()::4", "@x:4"],
            ),
            ("", "totem {\n  a: 1\n}\nquorum {\n  b: 2\n\n  c: 3\n}\n", 4, &["totem {:3", "quorum {:5"]),
            ("ini", "; why\n[a]\nx=1\n\ny=2\n; of b\n[b]\nz=3\n", 9, &["; why:1", "[a]:4", "; of b:3"]),
            (
                "",
                "auto lo\niface lo inet loopback\niface a inet static\naddress 10.0.0.1/24\n\nmtu 9000\nauto b\niface b inet dhcp\n",
                3,
                &["auto lo:2", "iface a inet static:4", "auto b:2"],
            ),
            ("json", "{\n}\n", 9, &[]),
        ];
        for (name, text, n_most, expected) in table {
            assert_eq!(cut(name, text, n_most), expected, "{name} {text}");
        }
    }

    #[test]
    fn an_indented_text_ends_behind_whole_entries() {
        let text = "services:\n  a:\n    image: x\n    ports:\n      - 1\n      - 2\n  b:\n    run: |\n      y\n\n      z\n\n    c: 1\n";
        let lines: Vec<&str> = text.lines().collect();
        let ends = units(&lines, &Language::of("yaml", None, text), 3).ends;
        assert_eq!(ends, [(3, 4), (5, 6), (6, 2), (11, 4)]);
    }

    proptest::proptest! {
        #[test]
        fn units_are_in_order_and_hold_every_statement(
            text in "([a-c#{}()'\"`\\\\|<\t ]{0,8}(<<E|E|if |fi|do|done)?\n){0,12}",
            name in proptest::sample::select(vec!["bash", "yaml", "ini", "js", "nginx", "", "json", "html"]),
        ) {
            let lines: Vec<&str> = text.lines().collect();
            let language = Language::of(name, None, &text);
            let units = units(&lines, &language, 4);
            let mut at = 0;
            for unit in units.lead.iter().chain(&units.rest) {
                proptest::prop_assert!(at <= unit.lines.start && !unit.lines.is_empty());
                let between = &lines[at..unit.lines.start];
                proptest::prop_assert!(between.iter().all(|line| line.trim().is_empty()));
                at = unit.lines.end;
            }
            if language.grammar != Grammar::Whole {
                proptest::prop_assert!(lines[at..].iter().all(|line| line.trim().is_empty()));
            }
        }
    }
}
