//! What kind of file a path names.

/// How a file is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum SourceKind {
    /// Markdown with blocks in it.
    Markdown,
    /// One Mermaid diagram.
    Mermaid,
    /// One block of configuration, or a script.
    Config {
        /// What an info string would call it; empty when the file's name says nothing.
        language: &'static str,
    },
}

impl SourceKind {
    /// The endings and names that [`Self::of`] knows, as a user would write them.
    pub const KNOWN: &str =
        ".md, .markdown, .mmd, .mermaid, .conf, .cfg, .sh, .yml, .yaml, `interfaces` and `cluster.toml`";

    /// The kind of the file at `path` by its name, `None` for files that Merrow has no reading of.
    pub fn of(path: &str) -> Option<Self> {
        let name = path.rsplit(['/', '\\']).next().unwrap_or(path);
        if name == "interfaces" {
            return Some(Self::Config { language: "" });
        }
        if name == "cluster.toml" {
            return Some(Self::Config { language: "toml" });
        }
        let (stem, ending) = name.rsplit_once('.')?;
        if stem.is_empty() {
            return None;
        }
        Some(match ending.to_ascii_lowercase().as_str() {
            "md" | "markdown" => Self::Markdown,
            "mmd" | "mermaid" => Self::Mermaid,
            "conf" | "cfg" => Self::Config { language: "" },
            "sh" => Self::Config { language: "sh" },
            "yml" | "yaml" => Self::Config { language: "yaml" },
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_says_the_kind() {
        let table = [
            ("posts/a.md", Some(SourceKind::Markdown)),
            ("A.MARKDOWN", Some(SourceKind::Markdown)),
            ("a.b.mmd", Some(SourceKind::Mermaid)),
            ("etc/network/interfaces", Some(SourceKind::Config { language: "" })),
            ("lab/cluster.toml", Some(SourceKind::Config { language: "toml" })),
            ("merrow.toml", None),
            ("x.sh", Some(SourceKind::Config { language: "sh" })),
            ("README", None),
            (".md", None),
            ("photo.png", None),
        ];
        for (path, kind) in table {
            assert_eq!(SourceKind::of(path), kind, "{path}");
        }
    }
}
