//! What looks like a secret in a text: passwords, tokens, private keys.
//!
//! Looked for are literal values; a variable, a placeholder and a word that every manual uses are none. *The value itself
//! is never part of a result*, so that no report can print it.

mod assignment;
mod placeholder;
mod shape;

use std::ops::Range;

use crate::base::offset_map::Excerpt;
use crate::base::text::Span;

/// A place that looks like a secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SecretFound {
    /// What it looks like.
    pub kind: SecretKind,
    /// The value, in file bytes; of several in one line all of them and what stands between.
    pub span: Span,
}

/// Kinds of secrets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SecretKind {
    /// `-----BEGIN ... PRIVATE KEY-----`
    PrivateKey,
    /// The value of a key such as `password`.
    Password,
    /// The value of a key such as `token` or `api_key`.
    Token,
    /// A password in front of the host of a URL.
    UrlPassword,
    /// The hash of a password, as in `/etc/shadow`.
    PasswordHash,
    /// An API token of Proxmox VE.
    ProxmoxToken,
    /// A key of a Ceph keyring.
    CephKey,
    /// An access key of AWS.
    AwsKey,
    /// A token of GitHub.
    GithubToken,
    /// A token of GitLab.
    GitlabToken,
    /// A token or webhook of Slack.
    SlackToken,
    /// A token of another service, by the letters that it starts with.
    ServiceToken,
    /// A JSON web token.
    WebToken,
}

impl SecretKind {
    /// What it is, with its article.
    pub const fn noun(self) -> &'static str {
        match self {
            Self::PrivateKey => "a private key",
            Self::Password => "a password",
            Self::Token => "a token or key",
            Self::UrlPassword => "a password in a URL",
            Self::PasswordHash => "the hash of a password",
            Self::ProxmoxToken => "an API token of Proxmox VE",
            Self::CephKey => "a key of Ceph",
            Self::AwsKey => "an access key of AWS",
            Self::GithubToken => "a token of GitHub",
            Self::GitlabToken => "a token of GitLab",
            Self::SlackToken => "a token of Slack",
            Self::ServiceToken => "a token of a service",
            Self::WebToken => "a JSON web token",
        }
    }
}

/// A secret in a line: what it looks like, and its bytes there.
type InLine = (SecretKind, Range<usize>);

/// What looks like a secret in a text that an info string calls `language`, at most one for each line, in order.
pub fn find(language: &str, excerpt: &Excerpt) -> Vec<SecretFound> {
    let is_program = is_program(language);
    let mut found = Vec::new();
    let mut start = 0;
    for line in excerpt.text.split_inclusive('\n') {
        let mut in_line: Vec<InLine> = shape::find(line);
        assignment::find(line, is_program, &mut in_line);
        if shape::begins_private_key(line) && holds_key(&excerpt.text[start + line.len()..]) {
            in_line.push((SecretKind::PrivateKey, 0..line.trim_end().len()));
        }
        // What a shape says is more than what its key says.
        if let Some((kind, first)) = in_line.first().cloned() {
            let whole = in_line.iter().fold(first, |a, (_, b)| a.start.min(b.start)..a.end.max(b.end));
            found.push(SecretFound { kind, span: excerpt.span(start + whole.start..start + whole.end) });
        }
        start += line.len();
    }
    found
}

/// True for languages in which a value without quotes is an expression.
fn is_program(language: &str) -> bool {
    const PROGRAMS: [&str; 36] = [
        "python",
        "py",
        "python3",
        "javascript",
        "js",
        "jsx",
        "mjs",
        "typescript",
        "ts",
        "tsx",
        "java",
        "kotlin",
        "kt",
        "scala",
        "groovy",
        "c",
        "cpp",
        "c++",
        "csharp",
        "cs",
        "go",
        "golang",
        "rust",
        "rs",
        "swift",
        "dart",
        "php",
        "ruby",
        "rb",
        "perl",
        "lua",
        "solidity",
        "sql",
        "hcl",
        "terraform",
        "powershell",
    ];
    PROGRAMS.contains(&language.to_ascii_lowercase().as_str())
}

/// True when a line of a key follows in `rest`, and not what stands for one.
fn holds_key(rest: &str) -> bool {
    let lines = rest.lines().map(str::trim).filter(|line| !line.is_empty() && !line.contains(": "));
    lines.take(2).any(|line| {
        let is_base64 = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '/' | '=');
        line.len() >= 32 && line.chars().all(is_base64) && !placeholder::is_made_up(line)
    })
}

#[cfg(test)]
mod tests;
