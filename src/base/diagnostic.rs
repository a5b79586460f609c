//! What a rule says: one problem, where, what else belongs to it, and what to do.

use serde::Serialize;

use super::edit::Edit;
use super::text::Place;

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth knowing; never fails a run.
    Note,
    /// Probably a mistake.
    Warning,
    /// A mistake.
    Error,
}

impl Severity {
    /// The word that users see and write.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// What is known about a rule without running it.
#[derive(Debug, PartialEq, Eq)]
pub struct RuleMeta {
    /// Kebab-case name that completes "allow ..." and names the problem, such as `qdevice-odd-nodes`.
    pub name: &'static str,
    /// Two letters for the family and three digits, such as `CL004`.
    pub code: &'static str,
    /// Severity unless settings say otherwise.
    pub severity: Severity,
    /// It runs only where settings give it a level.
    pub is_off: bool,
    /// Markdown with the headings "What it checks", "Why it matters", "Example", "Use instead".
    pub docs: &'static str,
}

impl RuleMeta {
    /// What settings would call its level: `off`, or its severity.
    pub const fn default_level(&self) -> &'static str {
        if self.is_off { "off" } else { self.severity.name() }
    }

    /// The first sentence of "What it checks".
    pub fn summary(&self) -> &'static str {
        let body = self.docs.split_once("## What it checks").map_or(self.docs, |(_, body)| body).trim_start();
        let end = body.find("\n\n").unwrap_or(body.len());
        body[..end].trim_end()
    }
}

/// A second place that belongs to a finding, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// Where.
    pub place: Place,
    /// What stands there, in the author's terms.
    pub message: String,
}

/// What a tool may do with a fix.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Applicability {
    /// Keeps the meaning; may be applied unasked.
    Safe,
    /// May change the meaning; applied when asked for.
    Unsafe,
    /// Shown, never applied.
    DisplayOnly,
}

/// Edits that would remove a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// What a tool may do with it.
    pub applicability: Applicability,
    /// The edits, all in the file of the finding.
    pub edits: Vec<Edit>,
}

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// The rule that found it.
    pub rule: &'static RuleMeta,
    /// Severity in force.
    pub severity: Severity,
    /// What is wrong, with names and numbers.
    pub message: String,
    /// Where.
    pub place: Place,
    /// What stands at `place`, when that says more than the message.
    pub label: Option<String>,
    /// Where else.
    pub related: Vec<Label>,
    /// Why it is so: facts with their source, or what a simulation answered. May hold several lines.
    pub notes: Vec<String>,
    /// What to do.
    pub help: Option<String>,
    /// Edits that do it.
    pub fix: Option<Fix>,
    /// True when what stands at `place` must not be shown to whoever reads the report.
    pub conceals: bool,
}

impl Diagnostic {
    /// A finding of `rule` at `place`, with the rule's own severity.
    pub fn new(rule: &'static RuleMeta, place: Place, message: impl Into<String>) -> Self {
        Self {
            rule,
            severity: rule.severity,
            message: message.into(),
            place,
            label: None,
            related: Vec::new(),
            notes: Vec::new(),
            help: None,
            fix: None,
            conceals: false,
        }
    }

    /// Says what stands at the finding's own place.
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = Some(label.into());
        self
    }

    /// Adds another place that belongs to the finding.
    pub fn related(mut self, place: Place, message: impl Into<String>) -> Self {
        self.related.push(Label { place, message: message.into() });
        self
    }

    /// Adds a fact with its source.
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.notes.push(note.into());
        self
    }

    /// Says what to do.
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Offers edits that do it.
    pub fn fix(mut self, applicability: Applicability, edits: Vec<Edit>) -> Self {
        self.fix = Some(Fix { applicability, edits });
        self
    }

    /// Says that what stands at the finding's own place must not be shown.
    pub fn conceal(mut self) -> Self {
        self.conceals = true;
        self
    }

    /// The key that findings are sorted by: file, place, code, message.
    pub fn sort_key(&self) -> (Place, &'static str, &str) {
        (self.place, self.rule.code, &self.message)
    }
}
