//! `merrow.toml`: reads it into the options that the rooms own.

use std::collections::BTreeMap;

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};
use serde_json::{Value, json};
use thiserror::Error;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::base::similar;
use crate::base::text::Span;
use crate::claims::vocabulary::Vocabulary;
use crate::draw::style::{self, Style, UnfitWidth};
use crate::draw::svg::switch::{SelectorError, Selectors};
use crate::draw::theme::Theme;
use crate::gist::link::{LinkPattern, LinkPatternError};
use crate::gist::thresholds::Thresholds;
use crate::lint::registry::RULES;
use crate::lint::selection::{Level, Selection, UnknownRule};
use crate::mermaid;
use crate::mermaid::limit::Limits;
use crate::mermaid::profile::{self, Profile};

use super::embed::{EmbedMode, Embedding};

/// The name of the settings file.
pub const FILE_NAME: &str = "merrow.toml";

/// Everything that an author can set.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Which files speak of the same cluster.
    pub labs: Vec<LabRule>,
    /// Which rules run, and how severe they are.
    pub selection: Selection,
    /// The author's own words for the things of a cluster.
    pub vocabulary: Vocabulary,
    /// How drawings stand in built posts.
    pub embedding: Embedding,
    /// Which blocks leave their posts.
    pub thresholds: Thresholds,
    /// Where diagrams will be read, and how much of one is built.
    pub diagrams: mermaid::Options,
    /// How drawings look; where it has a width to fit, each drawing that is wider has a second one for narrow screens.
    pub style: Style,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            labs: Vec::new(),
            selection: Selection::default(),
            vocabulary: Vocabulary::default(),
            embedding: Embedding::default(),
            thresholds: Thresholds::default(),
            diagrams: mermaid::Options::default(),
            style: Style { fit: Some(style::PHONE), ..Style::default() },
        }
    }
}

/// A `[[lab]]`.
#[derive(Debug, Clone)]
pub struct LabRule {
    /// Its name.
    pub name: String,
    /// The project paths that belong to it.
    pub files: GlobSet,
}

/// What is wrong at one place of the settings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SettingsError {
    /// Where.
    pub span: Span,
    /// What.
    pub problem: SettingsProblem,
}

/// Why settings cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum SettingsProblem {
    /// The file is no TOML.
    #[error("this is no TOML: {0}")]
    Syntax(String),
    /// Nothing reads this key.
    #[error("there is no key `{key}` in {section}")]
    UnknownKey {
        /// The key as written.
        key: String,
        /// The table that holds it.
        section: &'static str,
        /// All keys of that table.
        known: &'static [&'static str],
    },
    /// A value of another type.
    #[error("`{key}` is {expected}, not a TOML {found}")]
    WrongType {
        /// The key.
        key: String,
        /// What belongs there.
        expected: &'static str,
        /// The TOML type that stands there.
        found: &'static str,
    },
    /// A key that has to be there.
    #[error("this lab has no `{0}`")]
    Missing(&'static str),
    /// A second lab with the same name.
    #[error("there are two labs called `{0}`")]
    DuplicateLab(String),
    /// A pattern that cannot be read.
    #[error("`{pattern}` is no pattern: {reason}")]
    Glob {
        /// As written.
        pattern: String,
        /// In the words of the glob reader.
        reason: String,
    },
    /// A rule that does not exist.
    #[error(transparent)]
    Rule(UnknownRule),
    /// A level that does not exist.
    #[error("`{0}` is no level")]
    Level(String),
    /// Neither a release of Mermaid nor the name of a place that runs one.
    #[error("`{0}` is no Mermaid that Merrow knows")]
    Mermaid(String),
    /// A width that no drawing is made for.
    #[error("{0}; `false` is for none")]
    Fit(UnfitWidth),
    /// A way to embed that does not exist.
    #[error("`{0}` is no way to embed a drawing")]
    EmbedMode(String),
    /// A theme that does not exist.
    #[error("`{0}` is no theme")]
    Theme(String),
    /// A text that cannot stand as a selector in the style of a drawing.
    #[error("`{key}` is no selector: {reason}")]
    Selector {
        /// The key.
        key: &'static str,
        /// Why.
        reason: SelectorError,
    },
    /// A number that is too small.
    #[error("`{key}` is a number from {least} on")]
    Number {
        /// The key.
        key: &'static str,
        /// The smallest number that makes sense.
        least: usize,
    },
    /// A pattern for links that makes none.
    #[error("`{pattern}` is no address of a gist: {reason}")]
    Link {
        /// As written.
        pattern: String,
        /// Why.
        reason: LinkPatternError,
    },
    /// A role that does not exist.
    #[error("there is no role `{0}` to add words for")]
    Role(String),
}

impl SettingsProblem {
    /// What to do, when more can be said than the problem says.
    pub fn help(&self) -> Option<String> {
        match self {
            Self::UnknownKey { key, known, .. } => Some(nearest_or_all(key, known)),
            Self::Rule(UnknownRule { similar: Some(similar), .. }) => {
                Some(format!("did you mean `{similar}`?"))
            }
            Self::Rule(_) => Some("`merrow explain` lists the rules".to_owned()),
            Self::Level(word) => Some(nearest_or_all(word, &LEVELS.map(|(name, _)| name))),
            Self::Mermaid(word) => {
                let names: Vec<&str> = profile::names().collect();
                let known = nearest_or_all(word, &names);
                // A question is complete; a list of what is known is not without the releases.
                Some(if known.ends_with('?') {
                    known
                } else {
                    format!("{known}, and releases from `10.2` on")
                })
            }
            Self::EmbedMode(word) => Some(nearest_or_all(word, &EmbedMode::NAMED.map(|(name, _)| name))),
            Self::Theme(word) => Some(nearest_or_all(word, &Theme::NAMED.map(|(name, _)| name))),
            Self::Selector { .. } => Some(
                "write what matches your page when it is dark or light, such as `[data-theme=dark]`"
                    .to_owned(),
            ),
            Self::Role(word) => Some(nearest_or_all(word, &Vocabulary::role_names().collect::<Vec<_>>())),
            Self::Link { .. } => Some(
                "write it like `https://gist.github.com/you/{file}`; `{post}` is the post's folder"
                    .to_owned(),
            ),
            Self::Missing("name") => Some("give it one: name = \"homelab\"".to_owned()),
            Self::Missing(_) => Some("say which files speak of its cluster: files = [\"*.md\"]".to_owned()),
            Self::Syntax(_)
            | Self::WrongType { .. }
            | Self::DuplicateLab(_)
            | Self::Number { .. }
            | Self::Fit(_)
            | Self::Glob { .. } => None,
        }
    }
}

const SECTIONS: &[&str] = &["build", "gist", "lab", "limits", "mermaid", "rules", "vocabulary"];
const BUILD_KEYS: &[&str] =
    &["asset-url", "dark-selector", "embed", "fit", "light-selector", "text-alternative", "theme"];
const GIST_KEYS: &[&str] = &["keep", "lines", "url"];
const LAB_KEYS: &[&str] = &["name", "files"];
const LIMIT_KEYS: &[&str] = &["edges", "nodes", "text"];
const LEVELS: [(&str, Level); 4] =
    [("off", Level::Off), ("note", Level::Note), ("warning", Level::Warning), ("error", Level::Error)];

/// What was probably meant by `word`, or else everything that could be.
fn nearest_or_all(word: &str, known: &[&str]) -> String {
    if let Some(similar) = similar::nearest(word, known.iter().copied()) {
        return format!("did you mean `{similar}`?");
    }
    let quoted: Vec<String> = known.iter().map(|name| format!("`{name}`")).collect();
    format!("known are {}", quoted.join(", "))
}

/// Reads the text of a settings file.
///
/// # Errors
/// Everything that is wrong with it, in file order; a file that is no TOML has one error.
pub fn read(text: &str) -> Result<Settings, Vec<SettingsError>> {
    let table = DeTable::parse(text).map_err(|error| {
        let span = Span::from(error.span().unwrap_or_default());
        vec![SettingsError { span, problem: SettingsProblem::Syntax(error.message().to_owned()) }]
    })?;
    let mut reader = Reader::default();
    for (key, value) in table.get_ref() {
        match key.get_ref().as_ref() {
            "build" => reader.build(value),
            "gist" => reader.gist(value),
            "lab" => reader.labs(value),
            "limits" => reader.limits(value),
            "mermaid" => reader.mermaid(value),
            "rules" => reader.rules(value),
            "vocabulary" => reader.vocabulary(value),
            _ => reader.unknown(key, "merrow.toml", SECTIONS),
        }
    }
    let Reader { site_limits: SiteLimits { edges, text }, .. } = reader;
    let profile = &mut reader.settings.diagrams.profile;
    profile.max_edges = edges.unwrap_or(profile.max_edges);
    profile.max_text_units = text.unwrap_or(profile.max_text_units);
    if reader.errors.is_empty() {
        return Ok(reader.settings);
    }
    reader.errors.sort_by_key(|error| error.span);
    Err(reader.errors)
}

type Key<'i> = Spanned<std::borrow::Cow<'i, str>>;

/// What a site has set in place of Mermaid's own limits; kept until all is read, as the profile may follow.
#[derive(Default, Clone, Copy)]
struct SiteLimits {
    edges: Option<usize>,
    text: Option<usize>,
}

#[derive(Default)]
struct Reader {
    settings: Settings,
    site_limits: SiteLimits,
    errors: Vec<SettingsError>,
}

impl Reader {
    fn error<T>(&mut self, at: &Spanned<T>, problem: SettingsProblem) {
        self.errors.push(SettingsError { span: Span::from(at.span()), problem });
    }

    fn unknown(&mut self, key: &Key<'_>, section: &'static str, known: &'static [&'static str]) {
        let name = key.get_ref().to_string();
        self.error(key, SettingsProblem::UnknownKey { key: name, section, known });
    }

    fn wrong(&mut self, key: &str, value: &Spanned<DeValue<'_>>, expected: &'static str) {
        let found = value.get_ref().type_str();
        self.error(value, SettingsProblem::WrongType { key: key.to_owned(), expected, found });
    }

    fn text<'v>(&mut self, key: &str, value: &'v Spanned<DeValue<'_>>) -> Option<&'v str> {
        let text = value.get_ref().as_str();
        if text.is_none() {
            self.wrong(key, value, "a text in quotes");
        }
        text
    }

    fn texts<'v, 'i>(
        &mut self,
        key: &str,
        value: &'v Spanned<DeValue<'i>>,
    ) -> Vec<(&'v Spanned<DeValue<'i>>, &'v str)> {
        let Some(array) = value.get_ref().as_array() else {
            self.wrong(key, value, "a list of texts");
            return Vec::new();
        };
        array.iter().filter_map(|item| Some((item, self.text(key, item)?))).collect()
    }

    fn labs(&mut self, value: &Spanned<DeValue<'_>>) {
        let Some(labs) = value.get_ref().as_array() else {
            return self.wrong("lab", value, "a list of tables, each begun with [[lab]]");
        };
        for lab in labs {
            match lab.get_ref().as_table() {
                Some(table) => self.lab(lab, table),
                None => self.wrong("lab", lab, "a list of tables, each begun with [[lab]]"),
            }
        }
    }

    fn lab(&mut self, lab: &Spanned<DeValue<'_>>, table: &DeTable<'_>) {
        let mut name = None;
        let mut files = GlobSetBuilder::new();
        for (key, value) in table {
            match key.get_ref().as_ref() {
                "name" => name = self.text("name", value).map(|text| (value, text)),
                "files" => {
                    for (item, pattern) in self.texts("files", value) {
                        match GlobBuilder::new(pattern).literal_separator(true).build() {
                            Ok(glob) => {
                                files.add(glob);
                            }
                            Err(error) => {
                                let reason = error.kind().to_string();
                                self.error(
                                    item,
                                    SettingsProblem::Glob { pattern: pattern.to_owned(), reason },
                                );
                            }
                        }
                    }
                }
                _ => self.unknown(key, "[[lab]]", LAB_KEYS),
            }
        }
        for required in LAB_KEYS {
            if !table.contains_key(*required) {
                self.error(lab, SettingsProblem::Missing(required));
            }
        }
        let Some((at, name)) = name else { return };
        if self.settings.labs.iter().any(|known| known.name == name) {
            return self.error(at, SettingsProblem::DuplicateLab(name.to_owned()));
        }
        match files.build() {
            Ok(files) => self.settings.labs.push(LabRule { name: name.to_owned(), files }),
            Err(error) => {
                let reason = error.kind().to_string();
                self.error(lab, SettingsProblem::Glob { pattern: name.to_owned(), reason });
            }
        }
    }

    fn selectors(&mut self, key: &'static str, value: &Spanned<DeValue<'_>>) -> Option<Selectors> {
        let text = self.text(key, value)?;
        match Selectors::parse(text) {
            Ok(selectors) => Some(selectors),
            Err(reason) => {
                self.error(value, SettingsProblem::Selector { key, reason });
                None
            }
        }
    }

    fn build(&mut self, value: &Spanned<DeValue<'_>>) {
        let Some(table) = value.get_ref().as_table() else {
            return self.wrong("build", value, "a table");
        };
        for (key, value) in table {
            match key.get_ref().as_ref() {
                "embed" => {
                    let Some(word) = self.text("embed", value) else { continue };
                    match EmbedMode::NAMED.iter().find(|(name, _)| *name == word) {
                        Some((_, mode)) => self.settings.embedding.mode = *mode,
                        None => self.error(value, SettingsProblem::EmbedMode(word.to_owned())),
                    }
                }
                "asset-url" => {
                    self.settings.embedding.asset_url = self.text("asset-url", value).map(str::to_owned);
                }
                "dark-selector" => {
                    if let Some(selectors) = self.selectors("dark-selector", value) {
                        self.settings.embedding.switch.dark = selectors;
                    }
                }
                "light-selector" => {
                    if let Some(selectors) = self.selectors("light-selector", value) {
                        self.settings.embedding.switch.light = selectors;
                    }
                }
                "theme" => {
                    let Some(word) = self.text("theme", value) else { continue };
                    match Theme::named(word) {
                        Some(theme) => self.settings.style.theme.theme = theme,
                        None => self.error(value, SettingsProblem::Theme(word.to_owned())),
                    }
                }
                "fit" => self.fit(value),
                "text-alternative" => match value.get_ref().as_bool() {
                    Some(has_words) => self.settings.embedding.has_words = has_words,
                    None => self.wrong("text-alternative", value, "true or false"),
                },
                _ => self.unknown(key, "[build]", BUILD_KEYS),
            }
        }
    }

    /// The width of drawings for narrow screens; `false` or 0 for no such drawings.
    fn fit(&mut self, value: &Spanned<DeValue<'_>>) {
        let fit = match value.get_ref() {
            DeValue::Boolean(false) => Ok(None),
            DeValue::Integer(number) => match usize::from_str_radix(number.as_str(), number.radix()) {
                Ok(0) => Ok(None),
                Ok(px) => style::checked_fit(px as f64).map(Some),
                Err(_) => Err(UnfitWidth),
            },
            _ => return self.wrong("fit", value, "a whole number of px, or `false`"),
        };
        match fit {
            Ok(fit) => self.settings.style.fit = fit,
            Err(error) => self.error(value, SettingsProblem::Fit(error)),
        }
    }

    fn number(&mut self, key: &'static str, value: &Spanned<DeValue<'_>>, least: usize) -> Option<usize> {
        let Some(written) = value.get_ref().as_integer() else {
            self.wrong(key, value, "a whole number");
            return None;
        };
        let number = usize::from_str_radix(written.as_str(), written.radix()).ok();
        let number = number.filter(|number| *number >= least);
        if number.is_none() {
            self.error(value, SettingsProblem::Number { key, least });
        }
        number
    }

    fn limits(&mut self, value: &Spanned<DeValue<'_>>) {
        let Some(table) = value.get_ref().as_table() else {
            return self.wrong("limits", value, "a table");
        };
        for (key, value) in table {
            match key.get_ref().as_ref() {
                "edges" => self.site_limits.edges = self.number("edges", value, 1),
                "nodes" => {
                    if let Some(nodes) = self.number("nodes", value, 1) {
                        self.settings.diagrams.limits.nodes = nodes;
                    }
                }
                "text" => self.site_limits.text = self.number("text", value, 1),
                _ => self.unknown(key, "[limits]", LIMIT_KEYS),
            }
        }
    }

    fn mermaid(&mut self, value: &Spanned<DeValue<'_>>) {
        let Some(name) = self.text("mermaid", value) else { return };
        match Profile::named(name) {
            Some(profile) => self.settings.diagrams.profile = profile,
            None => self.error(value, SettingsProblem::Mermaid(name.to_owned())),
        }
    }

    fn gist(&mut self, value: &Spanned<DeValue<'_>>) {
        let Some(table) = value.get_ref().as_table() else {
            return self.wrong("gist", value, "a table");
        };
        for (key, value) in table {
            match key.get_ref().as_ref() {
                "keep" => {
                    if let Some(keep) = self.number("keep", value, 0) {
                        self.settings.thresholds.keep = keep;
                    }
                }
                "lines" => {
                    if let Some(lines) = self.number("lines", value, Thresholds::LEAST_LINES) {
                        self.settings.thresholds.lines = lines;
                    }
                }
                "url" => {
                    let Some(pattern) = self.text("url", value) else { continue };
                    match LinkPattern::new(pattern) {
                        Ok(url) => self.settings.thresholds.url = Some(url),
                        Err(reason) => {
                            let pattern = pattern.to_owned();
                            self.error(value, SettingsProblem::Link { pattern, reason });
                        }
                    }
                }
                _ => self.unknown(key, "[gist]", GIST_KEYS),
            }
        }
    }

    fn rules(&mut self, value: &Spanned<DeValue<'_>>) {
        let Some(table) = value.get_ref().as_table() else {
            return self.wrong("rules", value, "a table of rule names and levels");
        };
        for (key, value) in table {
            let Some(word) = self.text(key.get_ref(), value) else {
                continue;
            };
            let Some((_, level)) = LEVELS.iter().find(|(name, _)| *name == word) else {
                self.error(value, SettingsProblem::Level(word.to_owned()));
                continue;
            };
            if let Err(unknown) = self.settings.selection.set(key.get_ref(), *level) {
                self.error(key, SettingsProblem::Rule(unknown));
            }
        }
    }

    fn vocabulary(&mut self, value: &Spanned<DeValue<'_>>) {
        let Some(table) = value.get_ref().as_table() else {
            return self.wrong("vocabulary", value, "a table of roles, each with a list of words");
        };
        let mut words: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (key, value) in table {
            let role = key.get_ref().to_string();
            if !Vocabulary::role_names().any(|name| name == role) {
                self.error(key, SettingsProblem::Role(role));
                continue;
            }
            let texts = self.texts(&role, value).into_iter().map(|(_, word)| word.to_owned()).collect();
            words.insert(role, texts);
        }
        self.settings.vocabulary = Vocabulary::with_words(&words);
    }
}

/// The JSON Schema of a settings file, for editors (draft 2020-12).
pub fn schema() -> Value {
    let texts = json!({ "type": "array", "items": { "type": "string" } });
    let level = json!({ "enum": LEVELS.map(|(name, _)| name) });
    let rules: serde_json::Map<String, Value> = RULES
        .iter()
        .map(|rule| {
            let described = json!({
                "enum": LEVELS.map(|(name, _)| name),
                "default": rule.meta.default_level(),
                "description": rule.meta.summary(),
            });
            (rule.meta.name.to_owned(), described)
        })
        .collect();
    let codes = json!({ "^[A-Z]{2}[0-9]{3}$": level });
    let role_words: serde_json::Map<String, Value> =
        Vocabulary::role_names().map(|role| (role.to_owned(), texts.clone())).collect();
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "merrow.toml",
        "type": "object",
        "additionalProperties": false,
        "properties": {
            "build": {
                "description": "How drawings stand in built posts.",
                "type": "object",
                "additionalProperties": false,
                "properties": {
                    "embed": {
                        "enum": EmbedMode::NAMED.map(|(name, _)| name),
                        "default": "picture",
                        "description": "A picture file, the drawing itself, or a picture with the folded source below.",
                    },
                    "asset-url": {
                        "type": "string",
                        "description": "What stands in front of a drawing's path in its URL; without it URLs are relative.",
                    },
                    "dark-selector": {
                        "type": "string",
                        "description": "CSS selectors that match around a drawing while your page is dark, for drawings embedded inline; without a light-selector such drawings are light elsewhere.",
                    },
                    "light-selector": {
                        "type": "string",
                        "description": "CSS selectors that match around a drawing while your page is light, for drawings embedded inline.",
                    },
                    "theme": {
                        "enum": Theme::NAMED.map(|(name, _)| name),
                        "default": "merrow",
                        "description": "The colours of diagrams that name no theme of their own.",
                    },
                    "fit": {
                        "description": "The width in px of a second drawing for narrow screens of each diagram that is wider; `false` for none.",
                        "anyOf": [
                            { "type": "integer", "minimum": style::LEAST_FIT, "maximum": style::MOST_FIT },
                            { "enum": [false, 0] },
                        ],
                        "default": style::PHONE,
                    },
                    "text-alternative": {
                        "type": "boolean",
                        "default": false,
                        "description": "Whether the diagram in words stands below its drawing, folded.",
                    },
                },
            },
            "gist": {
                "description": "Which blocks leave their posts for files of their own.",
                "type": "object",
                "additionalProperties": false,
                "properties": {
                    "lines": {
                        "type": "integer",
                        "minimum": Thresholds::LEAST_LINES,
                        "default": Thresholds::default().lines,
                        "description": "Blocks with as many lines or more leave.",
                    },
                    "keep": {
                        "type": "integer",
                        "minimum": 0,
                        "default": Thresholds::default().keep,
                        "description": "At most as many lines of such a block stay.",
                    },
                    "url": {
                        "type": "string",
                        "description": "The address of a file that left, with `{post}` and `{file}` in it.",
                    },
                },
            },
            "lab": {
                "description": "Which files speak of the same cluster.",
                "type": "array",
                "items": {
                    "type": "object",
                    "additionalProperties": false,
                    "required": LAB_KEYS,
                    "properties": {
                        "name": { "type": "string", "description": "Shown where its findings need a name." },
                        "files": {
                            "type": "array",
                            "items": { "type": "string" },
                            "description": "Patterns from the folder of merrow.toml; `*` stays in a folder, `**` does not.",
                        },
                    },
                },
            },
            "limits": {
                "description": "How large a diagram may be.",
                "type": "object",
                "additionalProperties": false,
                "properties": {
                    "edges": {
                        "type": "integer",
                        "minimum": 1,
                        "default": Profile::default().max_edges,
                        "description": "Edges that Mermaid draws in a flowchart: what your site sets as `maxEdges`.",
                    },
                    "nodes": {
                        "type": "integer",
                        "minimum": 1,
                        "default": Limits::default().nodes,
                        "description": "Nodes, states or participants of one diagram that Merrow builds.",
                    },
                    "text": {
                        "type": "integer",
                        "minimum": 1,
                        "default": Profile::default().max_text_units,
                        "description": "Characters of a diagram that Mermaid draws: what your site sets as `maxTextSize`.",
                    },
                },
            },
            "mermaid": {
                "description": "Where posts will be read: a release of Mermaid, or a place that runs one.",
                "anyOf": [
                    { "enum": profile::names().collect::<Vec<_>>() },
                    { "type": "string", "pattern": r"^[0-9]+\.[0-9]+(\.[0-9]+)?$" },
                ],
                "default": "12",
            },
            "rules": {
                "description": "The level of each rule, by name or code.",
                "type": "object",
                "additionalProperties": false,
                "properties": rules,
                "patternProperties": codes,
            },
            "vocabulary": {
                "description": "Your own words for the things of a cluster: a role and its words.",
                "type": "object",
                "additionalProperties": false,
                "properties": role_words,
            },
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::claims::vocabulary::Role;
    use crate::claims::words::Words;

    /// Each error as the text it stands at and what it says.
    fn errors(text: &str) -> Vec<(String, String)> {
        let errors = read(text).unwrap_err();
        let said = |error: SettingsError| {
            let help = error.problem.help().map(|help| format!("; {help}")).unwrap_or_default();
            (error.span.slice(text).to_owned(), format!("{}{help}", error.problem))
        };
        errors.into_iter().map(said).collect()
    }

    #[test]
    fn settings_are_read_into_the_options_of_the_rooms() {
        let text = "[[lab]]\nname = \"ha\"\nfiles = [\"*.md\"]\n[rules]\nisolated-node = \"off\"\nundeclared-participant = \"note\"\n\
                    [vocabulary]\nnode = [\"blade\"]\n";
        let settings = read(text).unwrap();
        assert_eq!(settings.labs[0].name, "ha");
        assert!(settings.labs[0].files.is_match("a.md") && !settings.labs[0].files.is_match("b/a.md"));
        let mut selection = Selection::default();
        selection.set("isolated-node", Level::Off).unwrap();
        selection.set("undeclared-participant", Level::Note).unwrap();
        assert_eq!(settings.selection, selection);
        let words = Words::of("blade 3");
        assert_eq!(
            settings.vocabulary.naming(&words, words.len()).map(|naming| naming.role),
            Some(Role::Node)
        );
        assert!(read("").unwrap().labs.is_empty());
    }

    #[test]
    fn a_site_says_how_wide_its_narrow_drawings_are() {
        let fit = |text: &str| read(text).unwrap().style.fit;
        assert_eq!(fit(""), Some(390.0));
        assert_eq!(fit("[build]\nfit = 360\n"), Some(360.0));
        assert_eq!(fit("[build]\nfit = false\n"), None);
        assert_eq!(fit("[build]\nfit = 0\n"), None);
    }

    #[test]
    fn a_site_may_raise_the_limits_of_its_mermaid() {
        let diagrams = |text: &str| read(text).unwrap().diagrams;
        let raised = diagrams("mermaid = \"github\"\n[limits]\nedges = 900\nnodes = 7\n");
        assert_eq!(raised.profile.version, Profile::named("github").unwrap().version);
        assert_eq!((raised.profile.max_edges, raised.profile.max_text_units), (900, 50_000));
        assert_eq!(raised.limits.nodes, 7);
        assert_eq!(diagrams("mermaid = \"10.6\"\n").profile.max_edges, 280);
        assert_eq!(diagrams("").profile, Profile::default());
    }

    #[test]
    fn each_error_has_its_place_and_its_remedy() {
        let table = [
            ("[rule]\n", "rule", "there is no key `rule` in merrow.toml; did you mean `rules`?"),
            (
                "[[lab]]\nname = \"x\"\nfiles = []\npaths = []\n",
                "paths",
                "there is no key `paths` in [[lab]]; known are `name`, `files`",
            ),
            (
                "[rules]\nisolated-nod = \"off\"\n",
                "isolated-nod",
                "no rule is called `isolated-nod`; did you mean `isolated-node`?",
            ),
            (
                "[rules]\nisolated-node = \"warn\"\n",
                "\"warn\"",
                "`warn` is no level; did you mean `warning`?",
            ),
            ("[rules]\nisolated-node = 3\n", "3", "`isolated-node` is a text in quotes, not a TOML integer"),
            (
                "mermaid = \"githb\"\n",
                "\"githb\"",
                "`githb` is no Mermaid that Merrow knows; did you mean `github`?",
            ),
            (
                "mermaid = \"9\"\n",
                "\"9\"",
                "`9` is no Mermaid that Merrow knows; known are `12`, `11`, `10`, `github`, `gitlab`, and releases from \
                 `10.2` on",
            ),
            ("mermaid = 12\n", "12", "`mermaid` is a text in quotes, not a TOML integer"),
            ("[limits]\nnodes = 0\n", "0", "`nodes` is a number from 1 on"),
            ("[limits]\nnode = 9\n", "node", "there is no key `node` in [limits]; did you mean `nodes`?"),
            (
                "[build]\ntheme = \"forrest\"\n",
                "\"forrest\"",
                "`forrest` is no theme; did you mean `forest`?",
            ),
            (
                "[build]\ndark-selector = \"</style>\"\n",
                "\"</style>\"",
                "`dark-selector` is no selector: `<` has no place in it; write what matches your page when it is dark or \
                 light, such as `[data-theme=dark]`",
            ),
            (
                "[build]\nfit = 50\n",
                "50",
                "a drawing is made for a width from 240 to 10000 px; `false` is for none",
            ),
            (
                "[build]\nfit = true\n",
                "true",
                "`fit` is a whole number of px, or `false`, not a TOML boolean",
            ),
            ("[gist]\nlines = 7\n", "7", "`lines` is a number from 8 on"),
            ("[gist]\nkeep = \"x\"\n", "\"x\"", "`keep` is a whole number, not a TOML string"),
            ("[gist]\nline = 9\n", "line", "there is no key `line` in [gist]; did you mean `lines`?"),
            (
                "[gist]\nurl = \"gists/{file}\"\n",
                "\"gists/{file}\"",
                "`gists/{file}` is no address of a gist: it does not start with `https://`; write it like \
                 `https://gist.github.com/you/{file}`; `{post}` is the post's folder",
            ),
            (
                "[vocabulary]\nnodes = []\n",
                "nodes",
                "there is no role `nodes` to add words for; did you mean `node`?",
            ),
            ("[vocabulary]\nnode = \"x\"\n", "\"x\"", "`node` is a list of texts, not a TOML string"),
            (
                "[[lab]]\nname = \"x\"\nfiles = [\"[\"]\n",
                "\"[\"",
                "`[` is no pattern: unclosed character class; missing ']'",
            ),
        ];
        for (text, at, said) in table {
            assert_eq!(errors(text), [(at.to_owned(), said.to_owned())], "{text}");
        }
        assert_eq!(
            errors("[[lab]]\nfiles = []\n")[0].1,
            "this lab has no `name`; give it one: name = \"homelab\""
        );
        assert!(errors("lab = [\n")[0].1.starts_with("this is no TOML"));
        assert_eq!(errors("a = 1\nb = 2\n").len(), 2, "all of them are told");
    }

    #[test]
    fn the_schema_knows_what_the_reader_knows() {
        let schema = schema();
        let keys = |pointer: &str| -> Vec<String> {
            schema.pointer(pointer).unwrap().as_object().unwrap().keys().cloned().collect()
        };
        let sorted = |names: &[&str]| {
            let mut names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
            names.sort();
            names
        };
        assert_eq!(keys("/properties"), sorted(SECTIONS));
        assert_eq!(keys("/properties/lab/items/properties"), sorted(LAB_KEYS));
        assert_eq!(keys("/properties/build/properties"), sorted(BUILD_KEYS));
        assert_eq!(keys("/properties/gist/properties"), sorted(GIST_KEYS));
        assert_eq!(keys("/properties/limits/properties"), sorted(LIMIT_KEYS));
        for role in keys("/properties/vocabulary/properties") {
            assert!(read(&format!("[vocabulary]\n{role} = []\n")).is_ok(), "{role}");
        }
        for rule in keys("/properties/rules/properties") {
            assert!(read(&format!("[rules]\n{rule} = \"off\"\n")).is_ok(), "{rule}");
        }
    }
}
