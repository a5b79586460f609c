//! The terminal, or whatever stands in its place.

use std::io::{self, ErrorKind, IsTerminal, Write};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use serde::Serialize;
use terminal_size::{Height, Width, terminal_size_of};

use crate::report::terminal::Look;

/// Standard output and standard error of the process.
#[derive(Debug)]
pub struct Console {
    out: io::Stdout,
    err: io::Stderr,
    may_colour: bool,
}

impl Console {
    /// The console of this process; `NO_COLOR` is honoured (<https://no-color.org>).
    pub fn of_process() -> Self {
        let no_colour = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        Self { out: io::stdout(), err: io::stderr(), may_colour: !no_colour }
    }

    /// How text on standard output may look.
    pub fn look(&self) -> Look {
        self.look_on(self.out.is_terminal(), terminal_size_of(&self.out))
    }

    /// How text on standard error may look.
    pub fn error_look(&self) -> Look {
        self.look_on(self.err.is_terminal(), terminal_size_of(&self.err))
    }

    fn look_on(&self, is_terminal: bool, size: Option<(Width, Height)>) -> Look {
        if !is_terminal {
            return Look::PLAIN;
        }
        // A terminal that has not been told its size says 0.
        let width = size.map(|(Width(width), _)| usize::from(width)).filter(|width| *width > 0);
        Look { is_coloured: self.may_colour, width: width.unwrap_or(Look::PLAIN.width) }
    }

    /// The columns of the terminal on standard output; `None` where there is none or it does not say.
    pub fn columns(&self) -> Option<usize> {
        let size = terminal_size_of(&self.out).filter(|_| self.out.is_terminal());
        size.map(|(Width(width), _)| usize::from(width)).filter(|width| *width > 0)
    }

    /// True when somebody watches standard error.
    pub fn is_watched(&self) -> bool {
        self.err.is_terminal()
    }

    /// A bar on standard error that fills as `n_steps` are done; invisible when nobody watches.
    pub fn progress(&self, n_steps: usize, what: &'static str) -> Progress {
        let target =
            if self.is_watched() { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
        let bar = ProgressBar::with_draw_target(Some(n_steps as u64), target);
        if let Ok(style) = ProgressStyle::with_template("{msg} {bar:32} {pos}/{len}") {
            bar.set_style(style.progress_chars("━╸ "));
        }
        bar.set_message(what);
        Progress(bar)
    }

    /// Writes `text` to standard output; a reader that has gone away (`| head`) is no failure.
    ///
    /// # Errors
    /// What the operating system says, such as a full disk.
    pub fn print(&mut self, text: &str) -> io::Result<()> {
        self.print_bytes(text.as_bytes())
    }

    /// Writes `bytes` to standard output, as [`Self::print`] does.
    ///
    /// # Errors
    /// What the operating system says.
    pub fn print_bytes(&mut self, bytes: &[u8]) -> io::Result<()> {
        unless_reader_is_gone(write_all(&mut self.out.lock(), bytes))
    }

    /// Writes a value as JSON to standard output, as [`Self::print`] does.
    ///
    /// # Errors
    /// What the operating system says.
    pub fn print_json(&mut self, value: &impl Serialize) -> io::Result<()> {
        let mut text = serde_json::to_string_pretty(value)?;
        text.push('\n');
        self.print(&text)
    }

    /// Writes a value as JSON to standard error.
    ///
    /// # Errors
    /// That the value is none that JSON can hold.
    pub fn print_json_error(&mut self, value: &impl Serialize) -> io::Result<()> {
        let text = serde_json::to_string_pretty(value)?;
        self.print_error(&format!("{text}\n"));
        Ok(())
    }

    /// Writes `text` to standard error. That it cannot be written has nobody left to be told.
    pub fn print_error(&mut self, text: &str) {
        let _ = write_all(&mut self.err.lock(), text.as_bytes());
    }
}

/// A bar that fills; it is gone when it is dropped.
#[derive(Debug)]
pub struct Progress(ProgressBar);

impl Progress {
    /// One more step is done; may be told from any thread.
    pub fn step(&self) {
        self.0.inc(1);
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}

fn write_all(to: &mut impl Write, bytes: &[u8]) -> io::Result<()> {
    to.write_all(bytes)?;
    to.flush()
}

fn unless_reader_is_gone(result: io::Result<()>) -> io::Result<()> {
    match result {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        result => result,
    }
}
