//! `merrow render`

use std::path::{Path, PathBuf};

use clap::Args;

use crate::base::diagnostic::{Diagnostic, Severity};
use crate::base::text::LineIndex;
use crate::document::{self, Document};
use crate::draw::measure::FontMetrics;
use crate::host::console::Console;
use crate::host::input;
use crate::host::output_folder::OutputFolder;
use crate::host::write_file;
use crate::mermaid::Options;
use crate::pipeline::drawing::{self, Drawing, Picture, Undrawn};
use crate::pipeline::file::{self, Source};
use crate::pipeline::settings::Settings;
use crate::report::source_text::SourceText;
use crate::report::{CheckReport, Scope, terminal};

use super::{CliError, Outcome};

#[derive(Debug, Args)]
pub(super) struct RenderArgs {
    /// A post, a .mmd file, or - for standard input
    #[arg(value_name = "FILE")]
    input: PathBuf,
    /// Where the drawings go: a file when the path has an ending, else a folder; one drawing goes to standard output without
    /// it
    #[arg(short, long, value_name = "PATH")]
    out: Option<PathBuf>,
}

pub(super) fn run(args: &RenderArgs, console: &mut Console) -> Result<Outcome, CliError> {
    let source = input::read(&args.input)?;
    let document = document::read(&source.text, source.kind);
    let drawings = drawing::drawings(&source.path, &document, &Options::default(), &FontMetrics::new());
    if drawings.is_empty() {
        let hint = "Merrow draws the diagrams of Markdown posts and of .mmd files";
        return Err(CliError::user(format!("{} holds no diagram", source.path)).hint(hint));
    }
    let out = args.out.as_deref();
    let is_file = out.is_none_or(|path| path.extension().is_some());
    if let Some(path) = out.filter(|path| is_file && path.extension().is_none_or(|ending| ending != "svg")) {
        let told = CliError::user(format!("{} is no place for a drawing", path.display()));
        return Err(told.hint("give the file the ending .svg, or name a folder"));
    }
    if is_file && drawings.len() > 1 {
        let told = CliError::user(format!("{} holds {} diagrams", source.path, drawings.len()));
        return Err(told.hint("name a folder for their drawings: -o FOLDER"));
    }
    let pictures: Vec<(&str, &Picture)> = drawings
        .iter()
        .filter_map(|drawing| Some((drawing.name.as_str(), drawing.outcome.as_ref().ok()?)))
        .collect();
    match (out, pictures.as_slice()) {
        (None, [(_, picture)]) => console.print(&picture.svg)?,
        (Some(path), [(_, picture)]) if is_file => write_file::write(path, picture.svg.as_bytes())?,
        (Some(path), pictures) if !is_file && !pictures.is_empty() => write_all(path, pictures)?,
        _ => {}
    }
    tell_undrawn(&source, &document, &drawings, console);
    Ok(if pictures.len() < drawings.len() { Outcome::Failed } else { Outcome::Clean })
}

fn write_all(folder: &Path, pictures: &[(&str, &Picture)]) -> Result<(), CliError> {
    let folder = OutputFolder::open(folder)?;
    for (name, picture) in pictures {
        folder.write(&format!("{name}.svg"), picture.svg.as_bytes())?;
    }
    Ok(())
}

/// Tells on standard error why diagrams are not drawn: their mistakes as `check` tells them.
fn tell_undrawn(source: &Source, document: &Document, drawings: &[Drawing], console: &mut Console) {
    let lines = LineIndex::new(&source.text);
    let mut findings: Option<Vec<Diagnostic>> = None;
    for drawing in drawings {
        let (Err(reason), Some(block)) = (&drawing.outcome, document.blocks.get(drawing.block)) else {
            continue;
        };
        let place = format!("{}:{}", source.path, lines.line(block.span.start));
        let mut told = CliError::user(format!("the diagram at {place} is not drawn: {reason}"));
        if let Undrawn::Mistakes(_) = reason {
            let all = findings.get_or_insert_with(|| file::file(&Settings::default(), source).diagnostics);
            let is_mistake = |finding: &&Diagnostic| {
                let at = finding.place.span;
                finding.severity == Severity::Error
                    && block.span.start <= at.start
                    && at.end <= block.span.end
            };
            let mistakes: Vec<Diagnostic> = all.iter().filter(is_mistake).cloned().collect();
            let sources = [SourceText { path: &source.path, text: &source.text }];
            let report = CheckReport {
                sources: &sources,
                diagnostics: &mistakes,
                failures: &[],
                scope: Scope::default(),
            };
            console.print_error(&terminal::findings(&report, console.error_look()));
        } else {
            told = told.hint("Merrow draws flowcharts, state diagrams and sequence diagrams");
        }
        console.print_error(&told.to_string());
    }
}
