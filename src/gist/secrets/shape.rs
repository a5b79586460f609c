//! Secrets that are known by how they look, whatever stands in front of them.

use std::ops::Range;

use super::placeholder::is_made_up;
use super::{InLine, SecretKind};

/// A token that begins with letters of its own.
struct Shape {
    kind: SecretKind,
    prefix: &'static str,
    /// Characters behind the prefix, at least and at most.
    len: Range<usize>,
    is_part: fn(char) -> bool,
}

const fn shape(
    kind: SecretKind,
    prefix: &'static str,
    len: Range<usize>,
    is_part: fn(char) -> bool,
) -> Shape {
    Shape { kind, prefix, len, is_part }
}

fn is_upper(c: char) -> bool {
    c.is_ascii_uppercase() || c.is_ascii_digit()
}

fn is_alphanumeric(c: char) -> bool {
    c.is_ascii_alphanumeric()
}

fn is_url_safe(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '-' | '_')
}

fn is_dotted(c: char) -> bool {
    is_url_safe(c) || c == '.'
}

fn is_path(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '/'
}

fn is_hash(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '.' | '/' | '$' | '=' | ',' | '+')
}

/// Shapes as their makers document them, and as gitleaks and GitHub's secret scanning know them.
const SHAPES: &[Shape] = {
    use SecretKind::{AwsKey, GithubToken, GitlabToken, PasswordHash, ServiceToken, SlackToken, WebToken};
    &[
        shape(AwsKey, "AKIA", 16..17, is_upper),
        shape(AwsKey, "ASIA", 16..17, is_upper),
        shape(GithubToken, "ghp_", 36..256, is_alphanumeric),
        shape(GithubToken, "gho_", 36..256, is_alphanumeric),
        shape(GithubToken, "ghu_", 36..256, is_alphanumeric),
        shape(GithubToken, "ghs_", 36..256, is_alphanumeric),
        shape(GithubToken, "ghr_", 36..256, is_alphanumeric),
        shape(GithubToken, "github_pat_", 40..256, is_url_safe),
        shape(GitlabToken, "glpat-", 20..256, is_dotted),
        shape(SlackToken, "xoxb-", 20..256, is_url_safe),
        shape(SlackToken, "xoxp-", 20..256, is_url_safe),
        shape(SlackToken, "xoxa-", 20..256, is_url_safe),
        shape(SlackToken, "xoxs-", 20..256, is_url_safe),
        shape(SlackToken, "hooks.slack.com/services/T", 30..128, is_path),
        shape(ServiceToken, "discord.com/api/webhooks/", 60..200, |c| is_url_safe(c) || c == '/'),
        shape(ServiceToken, "AIza", 35..36, is_url_safe),
        shape(ServiceToken, "sk_live_", 20..256, is_alphanumeric),
        shape(ServiceToken, "rk_live_", 20..256, is_alphanumeric),
        shape(ServiceToken, "sk-proj-", 40..256, is_url_safe),
        shape(ServiceToken, "sk-ant-", 40..256, is_url_safe),
        shape(ServiceToken, "SG.", 60..80, is_dotted),
        shape(ServiceToken, "npm_", 36..37, is_alphanumeric),
        shape(ServiceToken, "pypi-", 60..256, is_url_safe),
        shape(ServiceToken, "hvs.", 24..256, is_url_safe),
        shape(ServiceToken, "tskey-", 24..128, is_url_safe),
        shape(ServiceToken, "dop_v1_", 64..65, is_alphanumeric),
        shape(ServiceToken, "glsa_", 32..64, is_url_safe),
        shape(ServiceToken, "AGE-SECRET-KEY-1", 58..59, is_upper),
        shape(WebToken, "eyJ", 40..4096, is_dotted),
        shape(PasswordHash, "$6$", 40..256, is_hash),
        shape(PasswordHash, "$5$", 40..256, is_hash),
        shape(PasswordHash, "$y$", 40..256, is_hash),
        shape(PasswordHash, "$2b$", 40..256, is_hash),
        shape(PasswordHash, "$2y$", 40..256, is_hash),
        shape(PasswordHash, "$argon2id$", 40..512, is_hash),
    ]
};

/// Secrets of a known shape in `line`, shapes in the order of the table.
pub(super) fn find(line: &str) -> Vec<InLine> {
    let mut found = Vec::new();
    for shape in SHAPES {
        for (at, _) in line.match_indices(shape.prefix) {
            let is_apart = !line[..at].ends_with(|c: char| c.is_ascii_alphanumeric() || c == '_');
            if !is_apart {
                continue;
            }
            let rest = &line[at + shape.prefix.len()..];
            // Parts of tokens are ASCII; a longer run is no token, and need not be read to its end.
            let len = rest.chars().take(shape.len.end).take_while(|c| (shape.is_part)(*c)).count();
            let token = &rest[..len];
            let fits = shape.len.contains(&len) && !is_made_up(token);
            if fits && (shape.kind != SecretKind::WebToken || is_web_token(token)) {
                found.push((shape.kind, at..at + shape.prefix.len() + len));
            }
        }
    }
    found.extend(ceph_key(line));
    found.extend(proxmox_token(line));
    found.extend(url_password(line));
    found
}

/// True for a line that begins a private key, of OpenSSH, OpenSSL or `GnuPG`.
pub(super) fn begins_private_key(line: &str) -> bool {
    line.split_once("-----BEGIN ").is_some_and(|(_, rest)| {
        let label = rest.split("-----").next().unwrap_or_default();
        label.ends_with("PRIVATE KEY") || label == "PGP PRIVATE KEY BLOCK"
    })
}

/// Three parts between dots; the second begins with `{"` as well (RFC 7519, 3.1). `rest` is the token behind its `eyJ`.
fn is_web_token(rest: &str) -> bool {
    let parts: Vec<&str> = rest.split('.').collect();
    matches!(parts[..], [head, body, mark] if head.len() > 8 && body.starts_with("eyJ") && mark.len() >= 16)
}

/// A secret of `CephX`: 28 bytes, of which the first are a type, a date and a length, in base64 (`ceph-authtool --gen-print-key`).
fn ceph_key(line: &str) -> Option<InLine> {
    const LEN: usize = 40;
    let (at, _) = line.match_indices("AQ").find(|(at, _)| {
        let is_apart = !line[..*at].ends_with(|c: char| c.is_ascii_alphanumeric());
        line.get(*at..*at + LEN).is_some_and(|key| {
            let body = key.strip_suffix("==").unwrap_or_default();
            let is_base64 = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '/');
            is_apart && !body.is_empty() && body.chars().all(is_base64) && !is_made_up(body)
        })
    })?;
    Some((SecretKind::CephKey, at..at + LEN))
}

/// `user@realm!name=UUID`, also with `:` or blanks in front of the UUID (`pveum user token add`).
fn proxmox_token(line: &str) -> Option<InLine> {
    const LEN: usize = 36;
    /// Proxmox VE takes user ids of up to 64 characters (`PVE::AccessControl`).
    const MAX_USER: usize = 64;
    line.match_indices('!').find_map(|(at, _)| {
        let is_user = |c: &char| !(c.is_whitespace() || matches!(c, '"' | '\'' | '=' | '!'));
        let user: String = line[..at].chars().rev().take(MAX_USER).take_while(is_user).collect();
        // Read backwards: realm, then user.
        user.split_once('@').filter(|(realm, user)| !user.is_empty() && !realm.is_empty())?;
        let rest = &line[at + 1..];
        let name = rest.find(|c: char| !is_dotted(c))?;
        let value = rest[name..]
            .trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '=' | ':' | '"' | '\''));
        let start = line.len() - value.len();
        let uuid = value.get(..LEN)?;
        (is_uuid(uuid) && !is_made_up(uuid)).then_some((SecretKind::ProxmoxToken, start..start + LEN))
    })
}

/// Groups of 8, 4, 4, 4 and 12 hexadecimal digits, not each of one digit only.
fn is_uuid(text: &str) -> bool {
    let groups: Vec<&str> = text.split('-').collect();
    let lens: Vec<usize> = groups.iter().map(|group| group.len()).collect();
    let is_hex = groups.iter().all(|group| group.bytes().all(|byte| byte.is_ascii_hexdigit()));
    let is_one = |group: &&str| group.bytes().all(|byte| Some(byte) == group.bytes().next());
    lens == [8, 4, 4, 4, 12] && is_hex && !groups.iter().all(is_one)
}

/// `scheme://user:password@host`
fn url_password(line: &str) -> Option<InLine> {
    line.match_indices("://").find_map(|(at, mark)| {
        let start = at + mark.len();
        let rest = &line[start..];
        let end = rest
            .find(|c: char| c.is_whitespace() || matches!(c, '/' | '?' | '#' | '"' | '\'' | '`' | '<' | '>'));
        let (login, host) = rest[..end.unwrap_or(rest.len())].rsplit_once('@')?;
        let (user, password) = login.split_once(':')?;
        let is_real = !super::placeholder::is_placeholder(password) && user != password && !host.is_empty();
        let is_telling = password.len() >= 8 || password.contains(|c: char| !c.is_ascii_lowercase());
        let from = start + user.len() + 1;
        (is_real && is_telling).then_some((SecretKind::UrlPassword, from..from + password.len()))
    })
}
