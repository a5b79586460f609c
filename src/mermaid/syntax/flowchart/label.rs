//! Texts: in brackets, in bars, between quotes, on the line of an arrow.

use crate::base::text::Span;
use crate::mermaid::syntax::character::is_space;
use crate::mermaid::syntax::source::Word;
use crate::mermaid::syntax::{Found, Problem, Remedy, SyntaxError};

use super::arrow::{self, Line};
use super::parse::{Parser, Stop};
use super::tree::{Bracket, Label, Quoting};

impl Parser<'_> {
    /// Reads the label behind the bracket that was just taken, and its closer.
    pub(super) fn bracketed(
        &mut self,
        bracket: Bracket,
        opened: Word,
    ) -> Result<(Label, &'static str), Stop> {
        let start = self.lexer.at();
        let mut label = self.quoted_start(opened)?;
        loop {
            let bare = self.bare(bracket);
            label.bare = Word::from(label.bare.start()..bare);
            let rest = self.lexer.rest();
            if let Some(closer) = bracket.closers().iter().find(|closer| rest.starts_with(**closer)) {
                let is_empty = label.quoting == Quoting::Bare && self.slice(label.bare).is_empty();
                let is_blank_quote = label.quoting != Quoting::Bare && self.slice(label.quoted).is_empty();
                let at = self.lexer.at();
                if is_empty || is_blank_quote {
                    let all = Word::from(opened.start()..at + closer.len());
                    self.report(self.span(all), Problem::EmptyLabel);
                }
                self.lexer.seek(at + closer.len());
                return Ok((label, closer));
            }
            let close = self.refuse_in_label(bracket, opened, start)?;
            // The label goes on to the bracket that was probably meant; what stands in it is known all the same.
            label = Label { bare: Word::from(start..close), ..Label::default() };
            self.lexer.seek(close);
        }
    }

    /// The quoted text at the start of a label, if there is one.
    fn quoted_start(&mut self, opened: Word) -> Result<Label, Stop> {
        let mut label = Label::default();
        if self.lexer.byte() == b'"' {
            (label.quoting, label.quoted) = self.quoted(opened)?;
        }
        label.bare = Word::from(self.lexer.at()..self.lexer.at());
        Ok(label)
    }

    /// Moves over the bare text of a label, to the first character that it may not hold.
    fn bare(&mut self, bracket: Bracket) -> usize {
        let start = self.lexer.at();
        let rest = self.lexer.rest();
        let mut end = rest.len();
        for (at, byte) in rest.bytes().enumerate() {
            let next = || rest.as_bytes().get(at + 1).copied().unwrap_or(0);
            let stops = match byte {
                b'[' | b']' | b'(' | b')' | b'{' | b'}' | b'"' => true,
                b'|' => !matches!(bracket, Bracket::Slash | Bracket::Backslash | Bracket::Ellipse),
                b'/' | b'\\' => matches!(bracket, Bracket::Slash | Bracket::Backslash) && next() == b']',
                b'-' => bracket == Bracket::Ellipse && next() == b')',
                _ => false,
            };
            if stops {
                end = at;
                break;
            }
        }
        self.lexer.seek(start + end);
        start + end
    }

    /// Says what is wrong with the character that stopped a label, and where the label probably ends: on its own line,
    /// at the closer that the brackets in it leave over.
    fn refuse_in_label(&mut self, bracket: Bracket, opened: Word, start: usize) -> Result<usize, Stop> {
        let at = self.lexer.at();
        let source = self.lexer.source();
        let closer = bracket.closers().first().copied().unwrap_or_default();
        let unclosed = || Problem::UnclosedBracket {
            opener: self.slice(opened).to_owned(),
            closer,
            opened: self.span(opened),
        };
        if bracket == Bracket::Odd
            && let Some(dash) = opened.start().checked_sub(1)
            && let Some((arrow, nearest)) = source.text.get(dash..).and_then(arrow::foreign)
        {
            // `A->B` is a node `A-` with the label `B...` for Mermaid; nobody means that.
            let word = Word::from(dash..dash + arrow.len());
            let problem = Problem::ForeignArrow { arrow: arrow.to_owned(), nearest };
            self.errors.push(
                SyntaxError::new(self.span(word), problem)
                    .remedy(Remedy::Replace(self.span(word), nearest.to_owned())),
            );
            return self.stop_at(opened.start());
        }
        let Some(found) = self.lexer.rest().chars().next() else {
            return self.refuse_unclosed(source.span(at..at), unclosed(), opened);
        };
        let span = source.span(at..at + found.len_utf8());
        let close = probable_close(&source.text[start..], bracket).map(|len| start + len);
        if let Some(close) = close.filter(|close| *close > at) {
            let label = source.trim(Word::from(start..close));
            let trimmed = self.slice(label);
            let mut error = SyntaxError::new(span, Problem::NeedsQuotes { found, label: self.span(label) });
            if trimmed.contains('"') {
                // Quotes around all of it are meant to be quotes; those in it are not.
                let within =
                    trimmed.strip_prefix('"').and_then(|text| text.strip_suffix('"')).unwrap_or(trimmed);
                let quoted = format!("\"{}\"", within.replace('"', "#quot;"));
                error = error.remedy(Remedy::Replace(self.span(label), quoted));
            } else {
                error = error.remedy(Remedy::Quote(self.span(label)));
            }
            self.errors.push(error);
            return Ok(close);
        }
        let crosses_line = source.text[start..at].contains('\n');
        if crosses_line || matches!(found, '[' | '(' | '{' | '"') {
            return self.refuse_unclosed(span, unclosed(), opened);
        }
        let found = Found::Token(found.to_string());
        let problem = Problem::MismatchedBracket {
            opener: self.slice(opened).to_owned(),
            closer,
            opened: self.span(opened),
            found,
        };
        self.errors.push(SyntaxError::new(span, problem).remedy(Remedy::Replace(span, closer.to_owned())));
        self.stop_at(opened.start())
    }

    /// Says that nothing closes the bracket `opened`, and where that would probably be: before the next arrow, or at the
    /// end of its line.
    fn refuse_unclosed<T>(&mut self, span: Span, problem: Problem, opened: Word) -> Result<T, Stop> {
        let start = opened.end();
        let line = self.lexer.source().text[start..].split('\n').next().unwrap_or_default();
        let arrow = ["--", "==", "-.", "~~"].into_iter().filter_map(|stroke| line.find(stroke)).min();
        let label = line[..arrow.unwrap_or(line.len())].trim_end_matches(|c| is_space(c) || c == ';');
        let mut error = SyntaxError::new(span, problem);
        if let Problem::UnclosedBracket { closer, .. } = &error.problem
            && !label.trim_start_matches(is_space).is_empty()
            && !label.contains(['"', '[', ']', '(', ')', '{', '}', '|'])
        {
            let end = self.span(start + label.len()..start + label.len());
            let closer = (*closer).to_owned();
            error = error.remedy(Remedy::Insert(end, closer));
        }
        self.errors.push(error);
        self.stop_at(opened.start())
    }

    /// Reads a text between quotes, or between `` "` `` and `` `" ``; the cursor stands at the quote.
    pub(super) fn quoted(&mut self, opened: Word) -> Result<(Quoting, Word), Stop> {
        let quote = self.lexer.at();
        let is_markdown = self.lexer.rest().starts_with("\"`");
        if is_markdown {
            let start = quote + 2;
            let close = self.lexer.find(b'`', start).filter(|close| {
                let text = self.lexer.source().text;
                text[*close..].starts_with("`\"") && !text[start..*close].contains('"')
            });
            if let Some(close) = close {
                self.lexer.seek(close + 2);
                return Ok((Quoting::Markdown, Word::from(start..close)));
            }
        } else if let Some(close) = self.lexer.find(b'"', quote + 1) {
            self.lexer.seek(close + 1);
            return Ok((Quoting::Quoted, Word::from(quote + 1..close)));
        }
        let opened_quote = self.span(quote..quote + 1);
        let problem = if is_markdown {
            Problem::UnclosedMarkdown { opened: opened_quote }
        } else {
            Problem::UnclosedQuote { opened: opened_quote }
        };
        let span = if is_markdown { opened_quote } else { self.end_of_text() };
        self.report(span, problem);
        self.stop_at(opened.start())
    }

    /// Reads the label behind the first half of an arrow, and the second half: its bytes without white space.
    pub(super) fn in_line(&mut self, line: Line, opening: Word) -> Result<(Label, Word), Stop> {
        let n_errors = self.errors.len();
        let outcome = self.in_line_label(line, opening);
        if self.errors.len() > n_errors
            && let Some(error) = self.unfinished_arrow(line, opening)
        {
            self.errors.truncate(n_errors);
            self.errors.push(error);
            return self.stop_at(opening.start());
        }
        outcome
    }

    /// What to say when a mistake was met behind the first half of an arrow and the second half is not on its line: that
    /// the arrow ends as those of other kinds do, or never.
    fn unfinished_arrow(&self, line: Line, opening: Word) -> Option<SyntaxError> {
        let text = self.lexer.source().text;
        let start = opening.end();
        let end = text[start..].find('\n').map_or(text.len(), |len| start + len);
        let label = &text[start..end];
        if label.contains(line.stroke()) {
            return None;
        }
        let foreign = label.match_indices(['-', '=', '>', '<']).find_map(|(at, _)| {
            arrow::foreign(&label[at..]).map(|(arrow, _)| start + at..start + at + arrow.len())
        });
        let Some(arrow) = foreign else {
            let problem =
                Problem::UnclosedArrow { began: self.slice(opening).to_owned(), opened: self.span(opening) };
            return Some(SyntaxError::new(self.end_of_text(), problem));
        };
        let nearest = line.plain();
        let span = self.span(arrow.clone());
        let problem = Problem::ForeignArrow { arrow: text[arrow].to_owned(), nearest };
        Some(SyntaxError::new(span, problem).remedy(Remedy::Replace(span, nearest.to_owned())))
    }

    fn in_line_label(&mut self, line: Line, opening: Word) -> Result<(Label, Word), Stop> {
        let mut label = self.quoted_start(opening)?;
        let start = self.lexer.at();
        let text = self.lexer.source().text;
        let stroke = line.stroke();
        let Some(found) = text[start..].find(stroke).map(|len| start + len) else {
            let problem =
                Problem::UnclosedArrow { began: self.slice(opening).to_owned(), opened: self.span(opening) };
            self.report(self.end_of_text(), problem);
            return self.stop_at(opening.start());
        };
        // The head in front of the second half belongs to it, and so does the dash before its dots.
        let mut arrow_start = found;
        let before =
            |at: usize| at.checked_sub(1).filter(|at| *at >= start).and_then(|at| text.as_bytes().get(at));
        if line == Line::Dotted && before(arrow_start) == Some(&b'-') {
            arrow_start -= 1;
        }
        if matches!(before(arrow_start), Some(b'x' | b'o' | b'<')) {
            arrow_start -= 1;
        }
        let Some(len) = arrow::closing(&text[arrow_start..], line) else {
            let (found, span) = self.lexer.source().found(found);
            self.report(
                span,
                Problem::MismatchedArrow {
                    began: self.slice(opening).to_owned(),
                    opened: self.span(opening),
                    found,
                },
            );
            return self.stop_at(opening.start());
        };
        let bare = text[start..arrow_start].trim_end_matches(is_space);
        label.bare = Word::from(start..start + bare.len());
        let arrow = Word::from(arrow_start..arrow_start + len);
        if label.quoting == Quoting::Bare {
            let quote = bare.find('"');
            if bare.is_empty() {
                self.report(self.span(opening).join(self.span(arrow)), Problem::EmptyLabel);
            } else if let Some(quote) = quote {
                let at = start + quote;
                let label = self.span(label.bare);
                self.report(self.span(at..at + 1), Problem::NeedsQuotes { found: '"', label });
            }
        } else if let Some(more) = self.slice(label.bare).chars().next() {
            let span = self.span(label.bare);
            self.report(span, Problem::TextBehindQuotes { found: more });
        } else if self.slice(label.quoted).is_empty() {
            self.report(self.span(opening).join(self.span(arrow)), Problem::EmptyLabel);
        }
        let end = arrow_start + len;
        self.lexer.seek(text.len() - text[end..].trim_start_matches(is_space).len());
        Ok((label, arrow))
    }
}

/// Length of a label up to the closer that fits it when the brackets inside it are counted; on its first line only.
fn probable_close(text: &str, bracket: Bracket) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, byte) in text.bytes().enumerate() {
        let closes =
            || bracket.closers().iter().any(|closer| text.as_bytes()[at..].starts_with(closer.as_bytes()));
        match byte {
            b'\n' => return None,
            _ if depth == 0 && closes() => return Some(at),
            b'[' | b'(' | b'{' => depth += 1,
            b']' | b')' | b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    None
}
