//! `merrow render`

mod writer;

use std::path::{Path, PathBuf};

use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};

use crate::base::diagnostic::{Diagnostic, Severity};
use crate::base::text::LineIndex;
use crate::document::{self, Document};
use crate::draw::measure::FontMetrics;
use crate::draw::style::{self, Style};
use crate::draw::theme::{Theme, ThemeChoice};
use crate::host::console::Console;
use crate::host::input;
use crate::host::output_folder::OutputFolder;
use crate::host::write_file;
use crate::mermaid::Options;
use crate::pipeline::drawing::{self, Sketch, Undrawn};
use crate::pipeline::file::{self, Source};
use crate::pipeline::settings::Settings;
use crate::report::source_text::SourceText;
use crate::report::{self, CheckReport, Scope};

use super::{CliError, Outcome};

use writer::{Format, Writer};

#[derive(Debug, Args)]
pub(super) struct RenderArgs {
    /// A post, a .mmd file, or - for standard input
    #[arg(value_name = "FILE")]
    input: PathBuf,
    /// Where the drawings go: a file when the path has an ending, else a folder; one drawing goes to standard output without
    /// it
    #[arg(short, long, value_name = "PATH")]
    out: Option<PathBuf>,
    /// What is written [default: what the ending of PATH says, else svg]
    #[arg(long, value_name = "FORMAT")]
    to: Option<Format>,
    /// Redraw for a width of so many px, such as that of a phone, instead of as wide as it gets
    #[arg(long, value_name = "PX", value_parser = fit_width)]
    fit: Option<f64>,
    /// Put the fonts that the drawing was measured with into the SVG, as far as it uses them, so that it looks the same
    /// everywhere
    #[arg(long)]
    embed_font: bool,
    /// Px of a PNG for each px of the drawing [default: 2]
    #[arg(long, value_name = "N", value_parser = writer::scale)]
    scale: Option<f64>,
    /// An OpenType font for characters of a PNG that Merrow's own fonts lack; may be given several times
    #[arg(long, value_name = "FILE")]
    font: Vec<PathBuf>,
    /// How wide a terminal drawing may be [default: as wide as the terminal, or 80]
    #[arg(long, value_name = "N")]
    columns: Option<usize>,
    /// The colours, whatever theme the diagrams name
    #[arg(long, value_name = "NAME", value_parser = theme_parser())]
    theme: Option<Theme>,
    /// Keep text colours that are hard to read
    #[arg(long)]
    keep_colors: bool,
}

/// Reads the name of a theme.
fn theme_parser() -> impl TypedValueParser<Value = Theme> {
    PossibleValuesParser::new(Theme::NAMED.map(|(name, _)| name))
        .map(|name| Theme::named(&name).unwrap_or_default())
}

/// Reads the width that a drawing is made for.
fn fit_width(text: &str) -> Result<f64, String> {
    style::fit_width(text).map_err(|error| error.to_string())
}

pub(super) fn run(args: &RenderArgs, console: &mut Console) -> Result<Outcome, CliError> {
    let source = input::read(&args.input)?;
    let document = document::read(&source.text, source.kind);
    let options = Options::default();
    let theme = args.theme.map(|theme| ThemeChoice { theme, is_final: true }).unwrap_or_default();
    let style = Style { fit: args.fit, theme, keeps_colors: args.keep_colors, ..Style::default() };
    let sketches = drawing::sketches(&source.path, &document, &options, &style, &FontMetrics::new());
    if sketches.is_empty() {
        let hint = "Merrow draws the diagrams of Markdown posts and of .mmd files";
        return Err(CliError::user(format!("{} holds no diagram", source.path)).hint(hint));
    }
    let out = args.out.as_deref();
    let format = args.to.or_else(|| Format::of_ending(out?)).unwrap_or(Format::Svg);
    let writer = Writer::of(args, format, console)?;
    let is_file = out.is_none_or(|path| path.extension().is_some());
    if let Some(path) =
        out.filter(|path| is_file && path.extension().is_none_or(|ending| ending != format.ending()))
    {
        let told = CliError::user(format!("{} is no place for a drawing", path.display()));
        return Err(told.hint(format!("give the file the ending .{}, or name a folder", format.ending())));
    }
    // Texts can stand below each other.
    if is_file && sketches.len() > 1 && !(out.is_none() && format.is_text()) {
        let told = CliError::user(format!("{} holds {} diagrams", source.path, sketches.len()));
        return Err(told.hint("name a folder for their drawings: -o FOLDER"));
    }
    let mut drawn: Vec<(&str, Vec<u8>)> = Vec::new();
    for sketch in &sketches {
        if let Ok(scene) = &sketch.outcome {
            let mut bytes = writer.write(scene, sketch, console)?;
            if out.is_none() && sketches.len() > 1 {
                bytes.splice(0..0, writer.heading(scene).into_bytes());
            }
            drawn.push((&sketch.name, bytes));
        }
    }
    match (out, drawn.as_slice()) {
        (None, drawn) => {
            let texts: Vec<&[u8]> = drawn.iter().map(|(_, bytes)| bytes.as_slice()).collect();
            console.print_bytes(&texts.join(&b'\n'))?;
        }
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
            console.print_error(&report::terminal::findings(&report, console.error_look()));
        } else {
            told = told.hint("Merrow draws flowcharts, state diagrams and sequence diagrams");
        }
        console.print_error(&told.to_string());
    }
}
