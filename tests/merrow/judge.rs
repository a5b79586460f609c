//! What a test asks of the rules: the findings of one page.

use merrow::base::diagnostic::Diagnostic;
use merrow::base::text::FileId;
use merrow::document::SourceKind;
use merrow::pipeline::file::{self, Source, Standing};
use merrow::pipeline::set;
use merrow::pipeline::settings::{self, Settings};

/// The settings that a page asks for: the default ones but for what `<!-- merrow.toml: KEY = VALUE -->` says.
pub(crate) fn settings_of(text: &str) -> Settings {
    let lines = text.lines().filter_map(|line| line.strip_prefix("<!-- merrow.toml: ")?.strip_suffix(" -->"));
    let toml: String = lines.flat_map(|line| [line, "\n"]).collect();
    settings::read(&toml).unwrap_or_else(|errors| panic!("{toml}: {errors:?}"))
}

/// The findings of the Markdown page `text` taken alone, each rule at its own severity.
pub(crate) fn findings(text: &str) -> Vec<Diagnostic> {
    let settings = settings_of(text);
    let source = Source {
        id: FileId(0),
        path: "page.md".to_owned(),
        project_path: "page.md".to_owned(),
        kind: SourceKind::Markdown,
        standing: Standing::AskedFor,
        text: text.to_owned(),
    };
    let facts = file::file(&settings, &source);
    set::set(&settings, &[(&source, &facts)]).diagnostics
}
