//! Which rules run, and how severe their findings are: the options of this room.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::base::diagnostic::{Diagnostic, RuleMeta, Severity};

use super::registry;

/// What an author makes of a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// It does not run.
    Off,
    /// Its findings are notes.
    Note,
    /// Its findings are warnings.
    Warning,
    /// Its findings are errors.
    Error,
}

impl Level {
    /// Severity of a finding at this level; `None` when there is to be none.
    pub const fn severity(self) -> Option<Severity> {
        match self {
            Self::Off => None,
            Self::Note => Some(Severity::Note),
            Self::Warning => Some(Severity::Warning),
            Self::Error => Some(Severity::Error),
        }
    }
}

/// A name that no rule has.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no rule is called `{name}`")]
pub struct UnknownRule {
    /// The name as written.
    pub name: String,
    /// The rule that was probably meant.
    pub similar: Option<&'static str>,
}

/// The levels that an author chose; a rule without one keeps the severity it declares, or is off when it declares that.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Selection {
    levels: BTreeMap<&'static str, Level>,
}

impl Selection {
    /// Gives the rule called `name` (or with that code) a level.
    ///
    /// # Errors
    /// [`UnknownRule`] when there is none; it names the nearest.
    pub fn set(&mut self, name: &str, level: Level) -> Result<(), UnknownRule> {
        let Some(rule) = registry::find(name) else {
            return Err(UnknownRule { name: name.to_owned(), similar: registry::nearest(name) });
        };
        self.levels.insert(rule.meta.name, level);
        Ok(())
    }

    /// True when the rule runs: it was not switched off, or it was switched on.
    pub fn is_on(&self, rule: &RuleMeta) -> bool {
        self.levels.get(rule.name).map_or(!rule.is_off, |level| *level != Level::Off)
    }

    /// The finding with the severity that was chosen for its rule.
    ///
    /// Without a choice the finding keeps its own, which a rule may set below the one it declares.
    pub fn weigh(&self, mut finding: Diagnostic) -> Diagnostic {
        if let Some(severity) = self.levels.get(finding.rule.name).and_then(|level| level.severity()) {
            finding.severity = severity;
        }
        finding
    }
}
