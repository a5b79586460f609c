//! The configuration that a diagram carries: front matter `config` and `%%{init: {...}}%%` directives.
//!
//! Only reading it is done here; which keys mean something is for those who ask.

use serde_json::{Map, Value};

/// Keys that Mermaid never takes from a diagram's own text (mermaid 12, `secure` and what it guards).
const SITE_ONLY: [&str; 6] =
    ["securityLevel", "maxEdges", "maxTextSize", "secure", "startOnLoad", "suppressErrorRendering"];

/// A tree of settings as the author wrote them; unknown keys are kept.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Config {
    keys: Map<String, Value>,
}

impl Config {
    /// Lays `keys` over what is there, mapping by mapping; what comes later wins.
    pub(crate) fn merge(&mut self, keys: Map<String, Value>) {
        for key in SITE_ONLY {
            self.keys.remove(key);
        }
        merge_into(&mut self.keys, keys);
        for key in SITE_ONLY {
            self.keys.remove(key);
        }
    }

    /// Lays what stands under `config` over the section of the diagram's kind: that is where Mermaid puts it.
    pub(crate) fn scope(&mut self, section: &str) {
        if let Some(Value::Object(keys)) = self.keys.remove("config") {
            self.merge([(section.to_owned(), Value::Object(keys))].into_iter().collect());
        }
    }

    /// The value at `path`, if every key of it is there.
    pub(crate) fn get(&self, path: &[&str]) -> Option<&Value> {
        let (first, rest) = path.split_first()?;
        rest.iter().try_fold(self.keys.get(*first)?, |value, key| value.get(key))
    }

    /// True when the value at `path` is `true`.
    pub(crate) fn flag(&self, path: &[&str]) -> bool {
        self.get(path).and_then(Value::as_bool).unwrap_or(false)
    }
}

/// Recursion is bounded: values come from `serde_json` and from [`super::yaml`], which both limit their depth.
fn merge_into(base: &mut Map<String, Value>, over: Map<String, Value>) {
    for (key, value) in over {
        match (base.get_mut(&key), value) {
            (Some(Value::Object(old)), Value::Object(new)) => merge_into(old, new),
            (_, value) => {
                base.insert(key, value);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn config(values: &[Value]) -> Config {
        let mut config = Config::default();
        for value in values {
            config.merge(value.as_object().cloned().unwrap_or_default());
        }
        config
    }

    #[test]
    fn later_values_win_key_by_key() {
        let config = config(&[
            json!({"flowchart": {"curve": "basis", "inheritDir": true}}),
            json!({"flowchart": {"curve": "step"}, "wrap": true}),
        ]);
        assert_eq!(config.get(&["flowchart", "curve"]), Some(&json!("step")));
        assert!(config.flag(&["flowchart", "inheritDir"]));
        assert!(config.flag(&["wrap"]));
        assert!(!config.flag(&["wrap", "deeper"]));
    }

    #[test]
    fn what_a_directive_calls_config_belongs_to_the_kind() {
        let mut config = config(&[json!({"sequence": {"a": 1}, "config": {"wrap": true}})]);
        config.scope("sequence");
        assert!(config.flag(&["sequence", "wrap"]));
        assert!(config.get(&["sequence", "a"]).is_some());
        assert_eq!(config.get(&["config"]), None);
    }

    #[test]
    fn a_site_setting_cannot_be_made_from_the_text() {
        assert!(config(&[json!({"securityLevel": "loose", "maxEdges": 9})]).keys.is_empty());
    }
}
