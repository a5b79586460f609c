//! From text to tokens.

use std::borrow::Cow;
use std::ops::Range;

use nom::bytes::complete::{take_while, take_while1};
use nom::character::complete::char;
use nom::sequence::delimited;
use nom::{IResult, Parser};

use crate::base::offset_map::{Excerpt, OffsetMapBuilder};
use crate::base::text::Span;
use crate::cluster::formats::{FormatError, Problem};

/// A word, still in the text where nothing had to be taken out of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct RawWord<'a> {
    /// Its text once quotes are removed.
    pub(super) text: Cow<'a, str>,
    /// False when the shell, or the reader, would put something else here.
    pub(super) known: bool,
    /// Without quotes, so that it may be a reserved word.
    pub(super) bare: bool,
    /// Its bytes in the script.
    pub(super) range: Range<usize>,
}

impl RawWord<'_> {
    /// The text, unless it is unknown.
    pub(super) fn known(&self) -> Option<&str> {
        self.known.then_some(&*self.text)
    }
}

/// A token.
#[derive(Debug)]
pub(super) enum Token<'a> {
    /// A word.
    Word(RawWord<'a>),
    /// What ends a command.
    Separator(Separator),
    /// `> target`, `>> target`
    Output { target: RawWord<'a>, append: bool },
    /// `<< delimiter`, with the index of its body among the bodies, which come when the line ends.
    Heredoc { body: usize, expands: bool },
}

/// What stands between two commands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Separator {
    /// A newline, `;`, `&`, `|`, `&&` and brackets.
    Next,
    /// `||`
    Or,
}

/// A here-document whose body is still to come.
struct Pending {
    /// Its place among the bodies.
    at: usize,
    delimiter: String,
    delimiter_span: Span,
    strips_tabs: bool,
}

/// How often the reader goes on behind a quote that is never closed. Each time costs a look at the rest of the text.
const MAX_RESUMED: usize = 8;

/// The tokens of a script.
pub(super) struct Lexed<'a> {
    pub(super) tokens: Vec<Token<'a>>,
    /// What the here-documents hold.
    pub(super) bodies: Vec<Excerpt>,
    /// What could not be read.
    pub(super) errors: Vec<FormatError>,
}

pub(super) struct Lexer<'a> {
    excerpt: &'a Excerpt,
    at: usize,
    tokens: Vec<Token<'a>>,
    bodies: Vec<Excerpt>,
    pending: Vec<Pending>,
    errors: Vec<FormatError>,
}

impl<'a> Lexer<'a> {
    pub(super) fn new(excerpt: &'a Excerpt) -> Self {
        Self {
            excerpt,
            at: 0,
            tokens: Vec::with_capacity(excerpt.text.len() / 8 + 1),
            bodies: Vec::new(),
            pending: Vec::new(),
            errors: Vec::new(),
        }
    }

    /// What the script consists of.
    pub(super) fn run(mut self) -> Lexed<'a> {
        while self.token() {}
        // A here-document announced on the last line has no body.
        self.bodies();
        Lexed { tokens: self.tokens, bodies: self.bodies, errors: self.errors }
    }

    fn rest(&self) -> &'a str {
        self.excerpt.text.get(self.at..).unwrap_or_default()
    }

    /// Moves behind `part`, which the rest starts with.
    fn skip(&mut self, part: &str) {
        self.at += part.len();
    }

    /// Reads one token; false at the end.
    fn token(&mut self) -> bool {
        self.blanks();
        let rest = self.rest();
        let Some(first) = rest.chars().next() else {
            return false;
        };
        match first {
            '\n' => {
                self.skip("\n");
                self.tokens.push(Token::Separator(Separator::Next));
                self.bodies();
            }
            '#' => self.skip(till_line_end(rest)),
            ';' | '&' | '|' | '(' | ')' => self.separator(rest),
            '<' if placeholder(rest).is_none() => self.input(rest),
            '>' => self.output(rest),
            '0'..='9' if descriptor(rest).is_some() => self.skip(descriptor(rest).unwrap_or_default()),
            _ => {
                let word = self.word();
                self.tokens.push(Token::Word(word));
            }
        }
        true
    }

    fn blanks(&mut self) {
        loop {
            self.at += match self.rest().as_bytes() {
                [b' ' | b'\t' | b'\r', ..] => 1,
                [b'\\', b'\n', ..] => 2,
                [b'\\', b'\r', b'\n', ..] => 3,
                _ => return,
            }
        }
    }

    fn separator(&mut self, rest: &str) {
        // `&>` and `&>>` send both outputs to a file.
        if let Some(output) = rest.strip_prefix('&').filter(|after| after.starts_with('>')) {
            self.skip("&");
            return self.output(output);
        }
        let text = ["&&", "||", ";;", "|&"].into_iter().find(|long| rest.starts_with(long));
        let kind = if text == Some("||") { Separator::Or } else { Separator::Next };
        self.skip(text.unwrap_or(";"));
        self.tokens.push(Token::Separator(kind));
    }

    /// `>`, `>>`, `>|`, `>&`, behind which a target stands.
    fn output(&mut self, rest: &str) {
        let sign = [">>", ">|", ">&", ">("].into_iter().find(|sign| rest.starts_with(sign)).unwrap_or(">");
        self.skip(sign);
        self.blanks();
        if self.at_word() {
            let target = self.word();
            self.tokens.push(Token::Output { target, append: sign == ">>" });
        }
    }

    /// `<`, `<<`, `<<-`, `<<<`
    fn input(&mut self, rest: &str) {
        let sign = ["<<<", "<<-", "<<", "<(", "<&", "<>"].into_iter().find(|sign| rest.starts_with(sign));
        let sign = sign.unwrap_or("<");
        self.skip(sign);
        self.blanks();
        if !self.at_word() {
            return;
        }
        let word = self.word();
        if !matches!(sign, "<<" | "<<-") {
            return;
        }
        // A quote anywhere in the delimiter keeps the shell from changing the body (POSIX, 2.7.4).
        let expands = word.bare;
        self.pending.push(Pending {
            at: self.bodies.len(),
            delimiter_span: self.span(word.range),
            delimiter: word.text.into_owned(),
            strips_tabs: sign == "<<-",
        });
        self.tokens.push(Token::Heredoc { body: self.bodies.len(), expands });
        self.bodies.push(Excerpt::default());
    }

    /// Reads the bodies of the here-documents that the line just ended announced.
    fn bodies(&mut self) {
        for pending in std::mem::take(&mut self.pending) {
            let read = self.body(&pending);
            if let Some(body) = self.bodies.get_mut(pending.at) {
                *body = read;
            }
        }
    }

    fn body(&mut self, pending: &Pending) -> Excerpt {
        let start_of_body = self.at;
        let mut text = String::new();
        let mut map = OffsetMapBuilder::new();
        let mut ended = false;
        while !self.rest().is_empty() {
            let line = self.rest().split_inclusive('\n').next().unwrap_or_default();
            let start = self.at;
            self.skip(line);
            let kept = if pending.strips_tabs { line.trim_start_matches('\t') } else { line };
            if kept.trim_end_matches(['\n', '\r']) == pending.delimiter {
                ended = true;
                break;
            }
            text.push_str(kept);
            let end = start + line.len();
            map.copy(Span::new((end - kept.len()) as u32, end as u32));
        }
        if !ended {
            let problem = Problem::UnclosedHeredoc { delimiter: pending.delimiter.clone() };
            self.errors.push(FormatError { span: pending.delimiter_span, problem });
        }
        if text.is_empty() {
            // Nothing stands for nothing: an empty body still has a place.
            return Excerpt { text, map: self.excerpt.map.slice(start_of_body..start_of_body) };
        }
        Excerpt { text, map: map.finish().over(&self.excerpt.map) }
    }

    fn at_word(&self) -> bool {
        let rest = self.rest();
        let starts = rest.chars().next().is_some_and(|c| !ends_word(c));
        starts || placeholder(rest).is_some()
    }

    /// Reads a word: at least one character, so that the lexer moves on whatever it meets.
    fn word(&mut self) -> RawWord<'a> {
        let start = self.at;
        let plain = plain_run(self.rest());
        self.skip(plain);
        if self.rest().chars().next().is_none_or(|c| ends_word(c) && c != '<') {
            let text = Cow::Borrowed(plain);
            return RawWord { known: !has_braces(plain), bare: true, range: start..self.at, text };
        }
        let mut value = plain.to_owned();
        let mut known = true;
        let mut bare = true;
        while let Some(first) = self.rest().chars().next() {
            let rest = self.rest();
            match first {
                '\\' => {
                    bare = false;
                    self.skip("\\");
                    if let Some(escaped) = self.rest().chars().next() {
                        self.at += escaped.len_utf8();
                        if escaped != '\n' {
                            value.push(escaped);
                        }
                    }
                }
                '\'' | '"' => {
                    bare = false;
                    known &= self.quoted(first, &mut value);
                }
                '$' | '`' => {
                    known = false;
                    value.push_str(self.expansion(first));
                }
                '<' => {
                    let Some(part) = placeholder(rest) else { break };
                    known = false;
                    self.skip(part);
                    value.push_str(part);
                }
                '*' | '?' => {
                    known = false;
                    self.at += first.len_utf8();
                    value.push(first);
                }
                _ if ends_word(first) => break,
                _ => {
                    let part = plain_run(rest);
                    self.skip(part);
                    value.push_str(part);
                }
            }
        }
        known &= !(bare && has_braces(&value));
        RawWord { text: Cow::Owned(value), known, bare, range: start..self.at }
    }

    /// Reads a quoted part onto `value`; false when the shell would change it.
    fn quoted(&mut self, quote: char, value: &mut String) -> bool {
        let start = self.at;
        let before = value.len();
        let mut known = true;
        self.at += quote.len_utf8();
        loop {
            let rest = self.rest();
            let part = match quote {
                '\'' => matching(rest, |c| c != '\''),
                _ => matching(rest, |c| !matches!(c, '"' | '\\' | '$' | '`')),
            };
            self.skip(part);
            value.push_str(part);
            match self.rest().chars().next() {
                None => {
                    // The rest of the script is lost in the quote; the reader goes on behind the line instead.
                    self.errors.push(FormatError {
                        span: self.span(start..start + quote.len_utf8()),
                        problem: Problem::UnclosedQuote { quote },
                    });
                    if self.errors.len() < MAX_RESUMED {
                        let line = self.excerpt.text.get(start..).map(till_line_end).unwrap_or_default();
                        self.at = start + line.len();
                        value.truncate(before);
                        value.push_str(line);
                    }
                    return false;
                }
                Some(end) if end == quote => {
                    self.at += quote.len_utf8();
                    return known;
                }
                Some('\\') => {
                    self.skip("\\");
                    if let Some(escaped) = self.rest().chars().next() {
                        self.at += escaped.len_utf8();
                        // Only these lose their backslash between double quotes (POSIX, 2.2.3).
                        match escaped {
                            '\n' => {}
                            '$' | '`' | '"' | '\\' => value.push(escaped),
                            _ => value.extend(['\\', escaped]),
                        }
                    }
                }
                Some(expands) => {
                    known = false;
                    value.push_str(self.expansion(expands));
                }
            }
        }
    }

    /// Reads `$name`, `${...}`, `$(...)`, `$((...))` or a backquoted command.
    fn expansion(&mut self, sign: char) -> &'a str {
        let start = self.at;
        self.at += sign.len_utf8();
        let rest = self.rest();
        let body = match (sign, rest.chars().next()) {
            ('`', _) => delimited_by(rest, '`'),
            (_, Some(open @ ('(' | '{'))) => balanced(rest, open),
            (_, Some('#' | '?' | '@' | '*' | '!' | '$' | '-')) => &rest[..1],
            _ => matching(rest, |c| c.is_ascii_alphanumeric() || c == '_'),
        };
        self.skip(body);
        self.excerpt.text.get(start..self.at).unwrap_or_default()
    }

    fn span(&self, range: Range<usize>) -> Span {
        self.excerpt.span(range)
    }
}

/// What `text` starts with as long as `keep` holds; may be empty.
fn matching(text: &str, keep: impl Fn(char) -> bool) -> &str {
    fn parse(text: &str, keep: impl Fn(char) -> bool) -> IResult<&str, &str> {
        take_while(keep).parse(text)
    }
    parse(text, keep).map_or("", |(_, part)| part)
}

fn till_line_end(text: &str) -> &str {
    text.split('\n').next().unwrap_or_default()
}

/// What `text` starts with that neither ends a word nor changes it; may be empty.
fn plain_run(text: &str) -> &str {
    let end = text.bytes().position(|byte| !PLAIN[byte as usize]).unwrap_or(text.len());
    // Only ASCII bytes stop it, so that it ends between characters.
    text.get(..end).unwrap_or_default()
}

/// For each byte, whether it may stand in a bare word as itself.
const PLAIN: [bool; 256] = {
    let mut plain = [true; 256];
    let special = b" \t\r\n;&|()<>\\'\"$`*?";
    let mut at = 0;
    while at < special.len() {
        plain[special[at] as usize] = false;
        at += 1;
    }
    plain
};

/// `<word>` as a page writes for what the reader must fill in; a redirection has no `>` right behind its file.
fn placeholder(text: &str) -> Option<&str> {
    let name = take_while1(|c: char| c.is_alphanumeric() || "_-.: ".contains(c));
    let parsed: IResult<&str, &str> = delimited(char('<'), name, char('>')).parse(text);
    let (rest, name) = parsed.ok()?;
    let starts_well = name.starts_with(|c: char| c.is_alphanumeric());
    let whole = text.get(..text.len() - rest.len())?;
    starts_well.then_some(whole)
}

/// The digits of `2>`, if a redirection follows them.
fn descriptor(text: &str) -> Option<&str> {
    let digits = matching(text, |c| c.is_ascii_digit());
    let after = text.get(digits.len()..)?;
    after.starts_with(['<', '>']).then_some(digits)
}

/// Up to and with the next `quote`, or all of `text`.
fn delimited_by(text: &str, quote: char) -> &str {
    text.find(quote).and_then(|at| text.get(..at + quote.len_utf8())).unwrap_or(text)
}

/// From the opening bracket that `text` starts with to its closing one, or to the end.
///
/// Brackets inside single quotes do not count.
fn balanced(text: &str, open: char) -> &str {
    let close = if open == '(' { ')' } else { '}' };
    let mut depth = 0usize;
    let mut in_quote = false;
    for (at, c) in text.char_indices() {
        match c {
            '\'' => in_quote = !in_quote,
            _ if in_quote => {}
            _ if c == open => depth += 1,
            _ if c == close => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return text.get(..at + close.len_utf8()).unwrap_or(text);
                }
            }
            _ => {}
        }
    }
    text
}

/// `{a,b}`, which the shell makes several words of.
fn has_braces(text: &str) -> bool {
    text.contains('{') && text.contains(',')
}

fn ends_word(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\r' | '\n' | ';' | '&' | '|' | '(' | ')' | '<' | '>')
}
