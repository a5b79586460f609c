//! How `merrow render` writes a drawing.

use std::path::Path;

use clap::ValueEnum;

use crate::draw::layout::cells::Misfit;
use crate::draw::prose;
use crate::draw::raster::{self, FontBook, RasterError};
use crate::draw::scene::Scene;
use crate::draw::svg::{self, Fonts};
use crate::draw::terminal;
use crate::host::console::Console;
use crate::host::font_file;
use crate::mermaid::diagram::Diagram;
use crate::pipeline::drawing::Sketch;

use super::RenderArgs;
use crate::cli::CliError;

/// Px of a PNG for each px of the drawing, unless it is said.
const SCALE: f64 = 2.0;

/// Reads how large a PNG is.
pub(super) fn scale(text: &str) -> Result<f64, String> {
    let scale = text.parse().ok().filter(|scale| (0.05..=64.0).contains(scale));
    scale.ok_or_else(|| "a scale is a number from 0.05 to 64".to_owned())
}

/// What a drawing is written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// An SVG document
    Svg,
    /// A picture made of px, light
    Png,
    /// A drawing with box characters, as wide as the terminal
    Terminal,
    /// A list of what leads where, as Markdown
    Prose,
}

impl Format {
    /// The format whose files end like this one.
    pub(super) fn of_ending(path: &Path) -> Option<Self> {
        let ending = path.extension()?.to_str()?;
        let mut formats = Self::value_variants().iter().copied();
        formats.find(|format| format.ending().eq_ignore_ascii_case(ending))
    }

    /// The ending of its files.
    pub(super) const fn ending(self) -> &'static str {
        match self {
            Self::Svg => "svg",
            Self::Png => "png",
            Self::Terminal => "txt",
            Self::Prose => "md",
        }
    }

    /// True for what is read in lines.
    pub(super) const fn is_text(self) -> bool {
        matches!(self, Self::Terminal | Self::Prose)
    }
}

/// A format with all that it needs to know.
pub(super) enum Writer {
    /// [`Format::Svg`]
    Svg(Fonts),
    /// [`Format::Png`]
    Png {
        /// The fonts that there are.
        book: Box<FontBook>,
        /// Px for each px of the drawing.
        scale: f64,
    },
    /// [`Format::Terminal`]
    Terminal(Page),
    /// [`Format::Prose`]
    Prose,
}

/// Where drawings with box characters stand.
#[derive(Debug, Clone, Copy)]
pub(super) struct Page {
    columns: usize,
    is_coloured: bool,
}

impl Page {
    /// Columns of a terminal that nothing is known of.
    const COLUMNS: usize = 80;

    fn of(args: &RenderArgs, console: &Console) -> Self {
        let columns = args.columns.or_else(|| console.columns().filter(|_| args.out.is_none()));
        Self {
            columns: columns.unwrap_or(Self::COLUMNS),
            is_coloured: args.out.is_none() && console.look().is_coloured,
        }
    }
}

impl Writer {
    /// The writer that was asked for.
    ///
    /// # Errors
    /// An option of another format, and a font that cannot be read.
    pub(super) fn of(args: &RenderArgs, format: Format, console: &Console) -> Result<Self, CliError> {
        let options = [
            ("--scale", args.scale.is_some(), Format::Png, "PNG", "png"),
            ("--font", !args.font.is_empty(), Format::Png, "PNG", "png"),
            ("--embed-font", args.embed_font, Format::Svg, "SVG", "svg"),
            ("--columns", args.columns.is_some(), Format::Terminal, "terminal drawings", "terminal"),
        ];
        for (option, is_given, owner, name, word) in options {
            if is_given && owner != format {
                let told = CliError::user(format!("{option} is for {name} only"));
                return Err(told.hint(format!("add --to {word}")));
            }
        }
        Ok(match format {
            Format::Svg => Self::Svg(if args.embed_font { Fonts::Embedded } else { Fonts::Reader }),
            Format::Png => {
                let mut book = FontBook::new();
                for path in &args.font {
                    if !book.add(font_file::read(path)?) {
                        let told = CliError::user(format!("{} is no font", path.display()));
                        return Err(told.hint("--font reads OpenType files: .ttf, .otf, .ttc"));
                    }
                }
                Self::Png { book: Box::new(book), scale: args.scale.unwrap_or(SCALE) }
            }
            Format::Terminal => Self::Terminal(Page::of(args, console)),
            Format::Prose => Self::Prose,
        })
    }

    /// What stands above one of several drawings that are printed one below the other.
    pub(super) fn heading(&self, scene: &Scene) -> String {
        match self {
            Self::Svg(_) | Self::Png { .. } => String::new(),
            Self::Terminal(page) => terminal::heading(&scene.title, page.is_coloured),
            Self::Prose => prose::heading(&scene.title),
        }
    }

    /// Writes a drawing. What a reader should know of it is told on standard error.
    ///
    /// # Errors
    /// A picture that is too large.
    pub(super) fn write(
        &self,
        scene: &Scene,
        sketch: &Sketch,
        console: &mut Console,
    ) -> Result<Vec<u8>, CliError> {
        let options = |fonts| svg::Options { id: &sketch.id, fonts, switch: None };
        match (self, &sketch.diagram) {
            (Self::Png { book, scale }, _) => {
                tell_lacking(book, scene, &sketch.name, console);
                raster::png(scene, &options(Fonts::Reader), book, *scale).map_err(|error| {
                    let told = CliError::user(error.to_string());
                    match error {
                        RasterError::TooLarge { largest_scale, .. } if largest_scale > 0.0 => {
                            told.hint(format!("--scale {largest_scale} is the largest for this drawing"))
                        }
                        _ => told.hint("--to svg has no limit"),
                    }
                })
            }
            (Self::Terminal(page), Some(diagram)) => {
                Ok(in_terminal(diagram, &sketch.name, *page, console).into_bytes())
            }
            (Self::Prose, Some(diagram)) => Ok(prose::markdown(&prose::tell(diagram)).into_bytes()),
            (Self::Svg(fonts), _) => Ok(svg::write(scene, &options(*fonts)).into_bytes()),
            (Self::Terminal(_) | Self::Prose, None) => Ok(Vec::new()),
        }
    }
}

/// Warns on standard error of characters that are drawn as empty boxes.
fn tell_lacking(book: &FontBook, scene: &Scene, name: &str, console: &mut Console) {
    let lacking = book.lacking(scene);
    let n_characters: usize = lacking.iter().map(|lack| lack.n_characters).sum();
    if n_characters == 0 {
        return;
    }
    let scripts: Vec<&str> = lacking.iter().map(|lack| lack.script).collect();
    let (noun, verb) = if n_characters == 1 { ("character", "has") } else { ("characters", "have") };
    console.print_error(&format!(
        "warning: {name}: {n_characters} {noun} ({}) {verb} no glyph in the fonts at hand\n  help: --font FILE adds a font \
         that has them\n",
        scripts.join(", ")
    ));
}

/// The drawing, or the diagram in words where no drawing is narrow enough.
fn in_terminal(diagram: &Diagram, name: &str, page: Page, console: &mut Console) -> String {
    let misfit = match terminal::draw(diagram, page.columns, page.is_coloured) {
        Ok(drawing) => return drawing,
        Err(misfit) => misfit,
    };
    let told = match misfit {
        Misfit::Width(columns) => format!(
            "note: {name} is told in words: its drawing needs {columns} columns, and there are {}\n  help: --columns {columns} draws it \
             all the same\n",
            page.columns
        ),
        Misfit::Size => {
            format!("note: {name} is told in words: it has too many parts for a drawing in characters\n")
        }
    };
    console.print_error(&told);
    prose::markdown(&prose::tell(diagram))
}
