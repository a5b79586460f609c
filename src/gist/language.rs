//! What has to be known of a language to cut its text between statements and to add a comment.

use crate::cluster::formats::Format;

/// How a language writes comments, and where its statements end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Language {
    /// Words by which info strings call it, in lower case; the first one is its own.
    names: &'static [&'static str],
    /// How a comment is written.
    pub(super) comment: Comment,
    /// Where statements begin and end.
    pub(super) grammar: Grammar,
    /// What its files are called behind the dot.
    pub(super) ending: &'static str,
    /// The one name that its files have, where it is one.
    pub(super) file_name: Option<&'static str>,
}

/// How a language writes a comment on a line of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Comment {
    /// Behind a mark, to the end of the line.
    Line(&'static str),
    /// Between two marks.
    Around(&'static str, &'static str),
    /// Not at all.
    None,
}

/// Where statements of a language begin and end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Grammar {
    /// Lines that belong to the head above them: `[section]`.
    Sections,
    /// Lines that belong to the `auto` or `iface` above them: interfaces(5).
    Interfaces,
    /// A command each line, unless quotes, here-documents, brackets or `if` hold lines together.
    Shell,
    /// A statement each line, unless brackets hold lines together; what belongs to a line is indented.
    Indentation,
    /// Sections in brackets and statements, each on lines of its own: corosync.conf, nginx.
    Blocks,
    /// Statements of one or more lines; only empty lines part them for certain.
    Paragraphs,
    /// Nothing may be cut out of it.
    Whole,
}

impl Grammar {
    /// True when a stretch without empty lines may be cut between its statements.
    pub(super) const fn parts_statements(self) -> bool {
        !matches!(self, Self::Paragraphs | Self::Whole)
    }
}

const fn language(
    names: &'static [&'static str],
    comment: Comment,
    grammar: Grammar,
    ending: &'static str,
) -> Language {
    Language { names, comment, grammar, ending, file_name: None }
}

/// A language with one file name.
const fn named(
    names: &'static [&'static str],
    grammar: Grammar,
    ending: &'static str,
    file_name: &'static str,
) -> Language {
    Language { names, comment: Comment::Line("#"), grammar, ending, file_name: Some(file_name) }
}

/// Languages by the words of info strings.
///
/// Marks and endings are those of each language's own manual, endings as GitHub's linguist lists them first.
const LANGUAGES: &[Language] = {
    use Comment::{Around, Line, None};
    use Grammar::{Blocks, Indentation, Paragraphs, Sections, Shell, Whole};
    &[
        language(
            &["bash", "sh", "shell", "zsh", "ksh", "ash", "dash", "shellscript"],
            Line("#"),
            Shell,
            "sh",
        ),
        language(
            &["console", "shell-session", "shellsession", "sh-session", "terminal"],
            Line("#"),
            Paragraphs,
            "txt",
        ),
        language(&["fish"], Line("#"), Paragraphs, "fish"),
        language(&["powershell", "pwsh", "ps1"], Line("#"), Paragraphs, "ps1"),
        language(&["batch", "bat", "cmd"], Line("REM"), Paragraphs, "bat"),
        language(&["yaml", "yml"], Line("#"), Indentation, "yml"),
        language(&["python", "py", "python3"], Line("#"), Indentation, "py"),
        language(&["toml"], Line("#"), Sections, "toml"),
        language(&["ini", "systemd", "desktop", "gitconfig"], Line("#"), Sections, "ini"),
        language(&["conf", "cfg", "config"], Line("#"), Blocks, "conf"),
        language(&["properties", "dotenv", "env"], Line("#"), Blocks, "env"),
        language(&["nginx", "caddy", "caddyfile", "haproxy", "nftables"], Line("#"), Blocks, "conf"),
        language(&["apache", "apacheconf"], Line("#"), Paragraphs, "conf"),
        language(&["hcl", "terraform", "tf"], Line("#"), Blocks, "tf"),
        language(&["nix"], Line("#"), Whole, "nix"),
        named(&["dockerfile", "docker", "containerfile"], Shell, "dockerfile", "Dockerfile"),
        named(&["makefile", "make", "mk"], Paragraphs, "mk", "Makefile"),
        language(&["cron", "crontab"], Line("#"), Shell, "cron"),
        language(&["promql", "prometheus", "logql"], Line("#"), Paragraphs, "promql"),
        language(&["rego"], Line("#"), Paragraphs, "rego"),
        language(&["ruby", "rb"], Line("#"), Paragraphs, "rb"),
        language(&["perl", "pl"], Line("#"), Paragraphs, "pl"),
        language(&["r"], Line("#"), Paragraphs, "r"),
        language(&["elixir", "ex"], Line("#"), Paragraphs, "ex"),
        language(&["graphql", "gql"], Line("#"), Paragraphs, "graphql"),
        language(&["json"], None, Whole, "json"),
        language(&["jsonc", "json5"], Line("//"), Whole, "json5"),
        language(&["javascript", "js", "jsx", "mjs", "node"], Line("//"), Paragraphs, "js"),
        language(&["typescript", "ts", "tsx"], Line("//"), Paragraphs, "ts"),
        language(&["java"], Line("//"), Paragraphs, "java"),
        language(&["kotlin", "kt"], Line("//"), Paragraphs, "kt"),
        language(&["scala"], Line("//"), Paragraphs, "scala"),
        language(&["groovy", "jenkinsfile"], Line("//"), Paragraphs, "groovy"),
        language(&["c", "h"], Line("//"), Paragraphs, "c"),
        language(&["cpp", "c++", "cc", "hpp", "cxx", "arduino"], Line("//"), Paragraphs, "cpp"),
        language(&["csharp", "cs", "c#"], Line("//"), Paragraphs, "cs"),
        language(&["go", "golang"], Line("//"), Paragraphs, "go"),
        language(&["rust", "rs"], Line("//"), Paragraphs, "rs"),
        language(&["swift"], Line("//"), Paragraphs, "swift"),
        language(&["dart"], Line("//"), Paragraphs, "dart"),
        language(&["php"], Line("//"), Paragraphs, "php"),
        language(&["solidity", "sol"], Line("//"), Paragraphs, "sol"),
        language(&["protobuf", "proto"], Line("//"), Paragraphs, "proto"),
        language(&["zig"], Line("//"), Paragraphs, "zig"),
        language(&["scss", "sass", "less"], Line("//"), Paragraphs, "scss"),
        language(&["css"], Around("/*", "*/"), Paragraphs, "css"),
        language(&["sql", "mysql", "postgresql", "plsql"], Line("--"), Paragraphs, "sql"),
        language(&["lua"], Line("--"), Paragraphs, "lua"),
        language(&["haskell", "hs", "elm"], Line("--"), Paragraphs, "hs"),
        language(&["latex", "tex", "matlab"], Line("%"), Paragraphs, "tex"),
        language(&["erlang", "erl", "prolog"], Line("%"), Paragraphs, "erl"),
        language(&["lisp", "clojure", "clj", "scheme", "elisp", "emacs-lisp"], Line(";"), Paragraphs, "lisp"),
        language(&["zone", "dns", "bind", "asm", "nasm"], Line(";"), Paragraphs, "txt"),
        language(&["reg", "registry"], Line(";"), Sections, "reg"),
        language(&["vim", "viml", "vimscript"], Line("\""), Paragraphs, "vim"),
        language(&["vb", "vbnet", "vbscript"], Line("'"), Paragraphs, "vb"),
        language(&["html", "htm", "vue", "svelte", "astro"], Around("<!--", "-->"), Whole, "html"),
        language(&["xml", "xsd", "plist"], Around("<!--", "-->"), Whole, "xml"),
        language(&["svg"], Around("<!--", "-->"), Whole, "svg"),
        language(&["markdown", "md", "mdx"], Around("<!--", "-->"), Whole, "md"),
        language(&["diff", "patch"], None, Whole, "diff"),
        language(&["csv"], None, Whole, "csv"),
    ]
};

/// A text that no info string says anything about.
const PLAIN: Language = language(&[], Comment::None, Grammar::Paragraphs, "txt");

impl Language {
    /// The language that an info string calls `name`; `format` is what the text was recognised as, and knows better: authors
    /// call a `corosync.conf` `bash`.
    pub(super) fn of(name: &str, format: Option<Format>, text: &str) -> Self {
        if let Some(format) = format.and_then(of_format) {
            return format;
        }
        let name = name.to_ascii_lowercase();
        let known = LANGUAGES.iter().find(|language| language.names.contains(&name.as_str())).copied();
        let mut language = known.unwrap_or(PLAIN);
        match (language.comment, own_mark(text)) {
            (Comment::None, Some(mark)) if known.is_none() => {
                language.comment = Comment::Line(mark);
            }
            // Some programs read `;` only, and their authors know it.
            (Comment::Line("#"), Some(";")) => language.comment = Comment::Line(";"),
            _ => {}
        }
        language
    }

    /// True unless the info string says nothing that is known, and the text neither.
    pub(super) const fn is_known(&self) -> bool {
        !self.names.is_empty() || self.file_name.is_some()
    }

    /// True when files of some language are called `ending` behind the dot.
    pub(super) fn has_ending(ending: &str) -> bool {
        const OTHERS: &[&str] = &[
            "conf", "cfg", "config", "cnf", "list", "local", "rules", "service", "timer", "socket", "mount",
            "target", "network", "netdev", "repo", "sources", "j2", "tmpl", "tpl", "yaml", "txt", "zone",
            "db", "plist", "tfvars", "jsonl", "lock", "crt", "pem",
        ];
        LANGUAGES.iter().any(|language| language.names.contains(&ending) || language.ending == ending)
            || OTHERS.contains(&ending)
    }

    /// `text` as a comment on a line of its own; `None` when the language has no comments, or `text` would end this one.
    pub(super) fn comment(&self, text: &str) -> Option<String> {
        match self.comment {
            Comment::Line(mark) => Some(format!("{mark} {text}")),
            // `--` may not stand in a comment of XML (XML 1.0, "Comments").
            Comment::Around(open, close) if !text.contains("--") && !text.contains(close) => {
                Some(format!("{open} {text} {close}"))
            }
            Comment::Around(..) | Comment::None => None,
        }
    }

    /// True when the line `text` is nothing but a comment.
    pub(super) fn is_comment(&self, text: &str) -> bool {
        let text = text.trim();
        match self.comment {
            Comment::Line("REM") => text.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("rem ")),
            Comment::Line(mark) => text.starts_with(mark),
            Comment::Around(open, close) => text.starts_with(open) && text.ends_with(close),
            Comment::None => false,
        }
    }
}

/// How a recognised format is written; shells are left to the info string.
fn of_format(format: Format) -> Option<Language> {
    let (grammar, ending, file_name) = match format {
        Format::Corosync => (Grammar::Blocks, "conf", "corosync.conf"),
        Format::Interfaces => (Grammar::Interfaces, "conf", "interfaces"),
        Format::Cluster => (Grammar::Sections, "toml", "cluster.toml"),
        Format::Sections(kind) => (Grammar::Indentation, "cfg", kind.file_name()),
        Format::Shell | Format::Printed => return None,
    };
    Some(Language { names: &[], comment: Comment::Line("#"), grammar, ending, file_name: Some(file_name) })
}

/// The mark that begins the first comment of a `text` in an unknown language.
fn own_mark(text: &str) -> Option<&'static str> {
    let lines = text.lines().map(str::trim_start);
    let marks = ["# ", "// ", "; ", "-- ", "% "];
    let found = lines.filter_map(|line| marks.into_iter().find(|mark| line.starts_with(mark)));
    found.map(str::trim_end).next()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_comment_is_written_as_the_language_writes_it() {
        let table = [
            ("bash", "", Some("# x")),
            ("YAML", "", Some("# x")),
            ("ini", "; listen here\na=1\n", Some("; x")),
            ("lua", "", Some("-- x")),
            ("css", "", Some("/* x */")),
            ("xml", "", Some("<!-- x -->")),
            ("vim", "", Some("\" x")),
            ("tex", "", Some("% x")),
            ("bat", "", Some("REM x")),
            ("js", "", Some("// x")),
            ("json", "", None),
            ("", "Words.\n", None),
            ("quux", "// a\n", Some("// x")),
        ];
        for (name, text, expected) in table {
            assert_eq!(Language::of(name, None, text).comment("x").as_deref(), expected, "{name} {text}");
        }
        assert_eq!(Language::of("html", None, "").comment("a--b"), None);
    }

    #[test]
    fn no_word_means_two_languages() {
        let mut names: Vec<&str> = LANGUAGES.iter().flat_map(|language| language.names).copied().collect();
        let n_names = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), n_names);
    }
}
