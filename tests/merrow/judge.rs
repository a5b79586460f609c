//! What a test asks of the rules: the findings of one page.

use merrow::base::diagnostic::Diagnostic;
use merrow::base::text::FileId;
use merrow::document::SourceKind;
use merrow::pipeline::file::{self, Source, Standing};
use merrow::pipeline::set;
use merrow::pipeline::settings::Settings;

/// The findings of the Markdown page `text` taken alone, each rule at its own severity.
pub(crate) fn findings(text: &str) -> Vec<Diagnostic> {
    let settings = Settings::default();
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
