//! What a test asks of the rules: the findings of one page.

use merrow::base::diagnostic::Diagnostic;
use merrow::base::text::FileId;
use merrow::document::{self, SourceKind};
use merrow::lint::rule::{DiagramCx, DocumentCx};
use merrow::lint::selection::Selection;
use merrow::lint::{self, suppress};
use merrow::mermaid;

/// The findings of the Markdown page `text`, each rule at its own severity.
pub(crate) fn findings(text: &str) -> Vec<Diagnostic> {
    let selection = Selection::default();
    let file = FileId(0);
    let document = document::read(text, SourceKind::Markdown);
    let cx = DocumentCx {
        file,
        text,
        document: &document,
    };
    let mut findings = lint::check_document(&selection, &cx);
    let mut suppressions = suppress::in_document(&cx);
    for block in document.diagrams() {
        let reading = mermaid::read(&block.excerpt);
        let cx = DiagramCx {
            file,
            text,
            block,
            reading: &reading,
        };
        findings.extend(lint::check_diagram(&selection, &cx));
        suppressions.extend(suppress::in_diagram(&cx));
    }
    lint::settle(&selection, findings, &suppressions)
}
