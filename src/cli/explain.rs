//! `merrow explain`

use std::fmt::Write as _;

use clap::Args;

use crate::host::console::Console;
use crate::lint::reference;
use crate::lint::registry::{self, RULES};
use crate::report::terminal;

use super::{CliError, Outcome};

#[derive(Debug, Args)]
pub(super) struct ExplainArgs {
    /// Name or code of a rule; all rules are listed without one
    rule: Option<String>,
}

pub(super) fn run(args: &ExplainArgs, console: &mut Console) -> Result<Outcome, CliError> {
    let text = match &args.rule {
        None => list(),
        Some(name) => match registry::find(name) {
            Some(rule) => terminal::page(&reference::page(rule), console.look()),
            None => return Err(unknown(name)),
        },
    };
    console.print(&text)?;
    Ok(Outcome::Clean)
}

fn list() -> String {
    let width = RULES.iter().map(|rule| rule.meta.name.len()).max().unwrap_or_default();
    let mut out = String::new();
    for rule in RULES {
        let meta = &rule.meta;
        // Writing to a string cannot fail.
        let _ = writeln!(
            out,
            "{}  {:7}  {:width$}  {}",
            meta.code,
            meta.default_level(),
            meta.name,
            first_sentence(meta.summary())
        );
    }
    out
}

/// A summary's first sentence in one line.
fn first_sentence(summary: &str) -> String {
    let line = summary.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.find(". ") {
        Some(end) => line[..end].to_owned(),
        None => line.trim_end_matches('.').to_owned(),
    }
}

fn unknown(name: &str) -> CliError {
    let error = CliError::user(format!("no rule is called `{name}`"));
    match registry::nearest(name) {
        Some(similar) => error.hint(format!("did you mean `{similar}`?")),
        None => error.hint("`merrow explain` without a name lists the rules"),
    }
}
