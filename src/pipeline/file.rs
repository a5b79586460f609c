//! One file: what stands in it, what it says about a cluster, and what its own rules find.

use crate::base::diagnostic::Diagnostic;
use crate::base::margin::Margins;
use crate::base::text::{FileId, Place, Span};
use crate::claims::read::{self as claims, ConfigurationMaterial, DiagramMaterial, Material, Statements};
use crate::cluster::formats::{self, Configuration};

use crate::document::{self, Block, BlockKind, Document, Form, Link, SourceKind};
use crate::lint;
use crate::lint::rule::{ConfigCx, DiagramCx, DocumentCx};
use crate::lint::suppress;
use crate::lint::suppression::Suppression;
use crate::mermaid;
use crate::mermaid::detect::Kind;

use super::gist;
use super::settings::Settings;

/// A file that is looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// Its place in the set.
    pub id: FileId,
    /// Path as the user gave it, with `/`.
    pub path: String,
    /// Path from the folder of the settings, with `/`; what globs and links are matched with.
    pub project_path: String,
    /// How it is read.
    pub kind: SourceKind,
    /// Why it is looked at.
    pub standing: Standing,
    /// Its text.
    pub text: String,
}

/// Why a file is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// The user named it, or a folder above it.
    AskedFor,
    /// A file that was asked for speaks of the same cluster.
    Context,
}

/// What one file says, and what is wrong with it alone.
///
/// What was read of it (blocks, diagrams, configuration) is not kept: a set of many files would hold all of it at once.
#[derive(Debug, Clone)]
pub struct FileFacts {
    /// The file.
    pub id: FileId,
    /// What it links to, in file order.
    pub links: Vec<Link>,
    /// Number of its diagrams.
    pub n_diagrams: usize,
    /// Its diagrams of kinds that Merrow does not understand, in file order.
    pub not_understood: Vec<(Place, Kind)>,
    /// Number of its blocks with configuration; a script that writes further files is one.
    pub n_configs: usize,
    /// For each block, in file order, the number of mistakes against the syntax of what it holds; `None` where nobody
    /// reads that.
    pub n_mistakes: Vec<Option<usize>>,
    /// What stands in front of the lines of its blocks.
    pub margins: Margins,
    /// What it says about a cluster.
    pub statements: Statements,
    /// Findings of the rules that need no other file; not yet settled with the suppressions.
    pub diagnostics: Vec<Diagnostic>,
    /// Comments of the author that allow findings.
    pub suppressions: Vec<Suppression>,
}

/// A diagram of a file.
struct Drawn {
    /// Its block, an index into [`Document::blocks`].
    block: usize,
    reading: mermaid::Reading,
}

/// A configuration that a file shows or is.
struct Configured {
    /// Its block, an index into [`Document::blocks`]; a script can hold several.
    block: usize,
    configuration: Configuration,
}

/// Reads and judges one file.
pub fn file(settings: &Settings, source: &Source) -> FileFacts {
    let document = document::read(&source.text, source.kind);
    let cx = DocumentCx { file: source.id, text: &source.text, document: &document };
    let mut diagnostics = lint::check_document(&settings.selection, &cx);
    let mut suppressions = suppress::in_document(&cx);
    let mut diagrams = Vec::new();
    let mut configurations: Vec<Configured> = Vec::new();
    let mut n_mistakes = vec![None; document.blocks.len()];
    for (index, block) in document.blocks.iter().enumerate() {
        if block.kind == BlockKind::Code {
            for configuration in configurations_of(source, block) {
                let cx =
                    ConfigCx { file: source.id, text: &source.text, block, configuration: &configuration };
                diagnostics.extend(lint::check_config(&settings.selection, &cx));
                *n_mistakes[index].get_or_insert(0) += configuration.errors().len();
                configurations.push(Configured { block: index, configuration });
            }
        } else {
            let reading = mermaid::read_for(&block.excerpt, &settings.diagrams);
            let profile = &settings.diagrams.profile;
            let cx = DiagramCx { file: source.id, text: &source.text, block, reading: &reading, profile };
            diagnostics.extend(lint::check_diagram(&settings.selection, &cx));
            suppressions.extend(suppress::in_diagram(&cx));
            n_mistakes[index] = Some(reading.errors.len());
            diagrams.push(Drawn { block: index, reading });
        }
    }
    diagnostics.extend(gist::findings(settings, source.id, &document));
    let comments = comments(&document, &diagrams);
    for (text, span) in &comments {
        let place = Place::new(source.id, *span);
        diagnostics.extend(lint::check_remark(&settings.selection, place, text));
    }
    let statements = statements(settings, source, &document, &diagrams, &configurations, &comments);
    let excerpts = document.blocks.iter().map(|block| &block.excerpt);
    let margins =
        Margins::of(&source.text, excerpts.chain(document.comments.iter().map(|comment| &comment.excerpt)));
    FileFacts {
        id: source.id,
        n_mistakes,
        margins,
        n_diagrams: diagrams.len(),
        not_understood: not_understood(source.id, &diagrams, &document),
        n_configs: configurations.chunk_by(|a, b| a.block == b.block).count(),
        statements,
        diagnostics,
        suppressions,
        links: document.links,
    }
}

/// The diagrams whose kind is known and whose statements are not kept.
fn not_understood(file: FileId, diagrams: &[Drawn], document: &Document) -> Vec<(Place, Kind)> {
    let kinds = diagrams.iter().filter_map(|drawn| {
        let kind = drawn.reading.kind.filter(|kind| !kind.is_read())?;
        let block = document.blocks.get(drawn.block)?;
        Some((Place::new(file, block.span), kind))
    });
    kinds.collect()
}

/// The configuration in a block; none when Merrow does not read its format.
fn configurations_of(source: &Source, block: &Block) -> Vec<Configuration> {
    let file_name = match block.form {
        // The only TOML that is a file of the set is a cluster file, whatever it is called.
        Form::WholeFile if source.kind == (SourceKind::Config { language: "toml" }) => Some("cluster.toml"),
        Form::WholeFile => Some(source.path.as_str()),
        _ => block.file_name(),
    };
    let format = formats::recognize(&block.language, file_name, &block.excerpt.text);
    format.map(|format| formats::read(format, &block.excerpt)).unwrap_or_default()
}

/// What the file says about a cluster.
fn statements(
    settings: &Settings,
    source: &Source,
    document: &Document,
    diagrams: &[Drawn],
    configurations: &[Configured],
    comments: &[(&str, Span)],
) -> Statements {
    let material: Vec<DiagramMaterial> = diagrams
        .iter()
        // What looks stated in a broken diagram may be what is missing from a line that could not be read.
        .filter(|drawn| drawn.reading.errors.is_empty())
        .filter_map(|drawn| {
            Some(DiagramMaterial {
                block: drawn.block,
                diagram: drawn.reading.diagram.as_ref()?,
                section: document.blocks[drawn.block].section.as_deref(),
            })
        })
        .collect();
    let configurations: Vec<ConfigurationMaterial> = configurations
        .iter()
        .map(|shown| ConfigurationMaterial { block: shown.block, configuration: &shown.configuration })
        .collect();
    claims::read(
        &Material {
            file: source.id,
            text: &source.text,
            diagrams: &material,
            configurations: &configurations,
            comments,
        },
        &settings.vocabulary,
    )
}

/// The comments of a file: text behind the marker, and place. Of code only those that speak to Merrow, behind a `#`.
fn comments<'a>(document: &'a Document, diagrams: &'a [Drawn]) -> Vec<(&'a str, Span)> {
    let in_markdown = document.comments.iter().map(|comment| (comment.excerpt.text.as_str(), comment.span));
    let in_diagrams = diagrams.iter().flat_map(|facts| &facts.reading.comments);
    let mut all: Vec<(&str, Span)> =
        in_markdown.chain(in_diagrams.map(|comment| (comment.text.as_str(), comment.span))).collect();
    for block in document.blocks.iter().filter(|block| block.kind == BlockKind::Code) {
        let text = block.excerpt.text.as_str();
        for (at, _) in text.match_indices("# merrow:") {
            let line = text[at..].lines().next().unwrap_or_default();
            all.push((&line[1..], block.excerpt.span(at..at + line.len())));
        }
    }
    all
}
