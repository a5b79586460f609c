//! `merrow render`

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use crate::base::diagnostic::{Diagnostic, Severity};
use crate::base::text::LineIndex;
use crate::document::{self, Document};
use crate::draw::measure::FontMetrics;
use crate::draw::scene::Scene;
use crate::draw::style::{self, Style};
use crate::draw::svg;
use crate::host::console::Console;
use crate::host::input;
use crate::host::output_folder::OutputFolder;
use crate::host::write_file;
use crate::mermaid::Options;
use crate::pipeline::drawing::{self, Sketch, Undrawn};
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
    /// What is written
    #[arg(long, value_name = "FORMAT", default_value = "svg")]
    to: Format,
    /// Redraw for a width of so many px, such as that of a phone, instead of as wide as it gets
    #[arg(long, value_name = "PX", value_parser = fit_width)]
    fit: Option<f64>,
}

/// Reads the width that a drawing is made for.
fn fit_width(text: &str) -> Result<f64, String> {
    style::fit_width(text).map_err(|error| error.to_string())
}

/// What a drawing is written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// An SVG document
    Svg,
}

impl Format {
    /// The ending of its files.
    const fn ending(self) -> &'static str {
        match self {
            Self::Svg => "svg",
        }
    }

    fn write(self, scene: &Scene, id: &str) -> Vec<u8> {
        match self {
            Self::Svg => svg::write(scene, &svg::Options { id }).into_bytes(),
        }
    }
}

pub(super) fn run(args: &RenderArgs, console: &mut Console) -> Result<Outcome, CliError> {
    let source = input::read(&args.input)?;
    let document = document::read(&source.text, source.kind);
    let (options, style) = (Options::default(), Style { fit: args.fit, ..Style::default() });
    let sketches = drawing::sketches(&source.path, &document, &options, &style, &FontMetrics::new());
    if sketches.is_empty() {
        let hint = "Merrow draws the diagrams of Markdown posts and of .mmd files";
        return Err(CliError::user(format!("{} holds no diagram", source.path)).hint(hint));
    }
    let format = args.to;
    let out = args.out.as_deref();
    let is_file = out.is_none_or(|path| path.extension().is_some());
    if let Some(path) =
        out.filter(|path| is_file && path.extension().is_none_or(|ending| ending != format.ending()))
    {
        let told = CliError::user(format!("{} is no place for a drawing", path.display()));
        return Err(told.hint(format!("give the file the ending .{}, or name a folder", format.ending())));
    }
    if is_file && sketches.len() > 1 {
        let told = CliError::user(format!("{} holds {} diagrams", source.path, sketches.len()));
        return Err(told.hint("name a folder for their drawings: -o FOLDER"));
    }
    let drawn: Vec<(&str, Vec<u8>)> = sketches
        .iter()
        .filter_map(|sketch| {
            let scene = sketch.outcome.as_ref().ok()?;
            Some((sketch.name.as_str(), format.write(scene, &sketch.id)))
        })
        .collect();
    match (out, drawn.as_slice()) {
        (None, [(_, bytes)]) => console.print_bytes(bytes)?,
        (Some(path), [(_, bytes)]) if is_file => write_file::write(path, bytes)?,
        (Some(path), drawn) if !is_file && !drawn.is_empty() => write_all(path, format, drawn)?,
        _ => {}
    }
    tell_undrawn(&source, &document, &sketches, console);
    Ok(if drawn.len() < sketches.len() { Outcome::Failed } else { Outcome::Clean })
}

fn write_all(folder: &Path, format: Format, drawn: &[(&str, Vec<u8>)]) -> Result<(), CliError> {
    let folder = OutputFolder::open(folder)?;
    for (name, bytes) in drawn {
        folder.write(&format!("{name}.{}", format.ending()), bytes)?;
    }
    Ok(())
}

/// Tells on standard error why diagrams are not drawn: their mistakes as `check` tells them.
fn tell_undrawn(source: &Source, document: &Document, sketches: &[Sketch], console: &mut Console) {
    let lines = LineIndex::new(&source.text);
    let mut findings: Option<Vec<Diagnostic>> = None;
    for sketch in sketches {
        let (Err(reason), Some(block)) = (&sketch.outcome, document.blocks.get(sketch.block)) else {
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
