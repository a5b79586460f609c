//! Secrets that are known by their key: `password = "..."`, `--token ...`, `wpa-psk ...`.

use std::ops::Range;

use super::placeholder::is_placeholder;
use super::{InLine, SecretKind};

/// Adds the values in `line` that keys say are secret. In a program a value without quotes is an expression.
pub(super) fn find(line: &str, is_program: bool, found: &mut Vec<InLine>) {
    for (at, _) in line.match_indices(['=', ':']) {
        let is_comparison =
            line[at + 1..].starts_with('=') || line[..at].ends_with(['=', '!', '<', '>', ':']);
        if is_comparison && !line[..at].ends_with(':') {
            continue;
        }
        if let Some(kind) = key_before(&line[..at]).and_then(|key| kind_of(&key)) {
            let start = at + 1 + usize::from(line[at + 1..].starts_with('>'));
            found.extend(value(line, start, kind, is_program).map(|range| (kind, range)));
        }
    }
    directives(line, found);
    if let Some(at) = line.find("Bearer ") {
        let start = at + "Bearer ".len();
        let end = bare_end(line, start);
        let is_token = end - start >= 20 && is_telling(&line[start..end], SecretKind::Token);
        found.extend(is_token.then_some((SecretKind::Token, start..end)));
    }
}

/// The key that ends in front of its `=` or `:`, quotes and blanks left aside.
fn key_before(before: &str) -> Option<String> {
    let before = before.trim_end();
    let before = before.strip_suffix([':', '?']).unwrap_or(before).trim_end();
    let before = before.strip_suffix(['"', '\'', '`', ']']).unwrap_or(before);
    let before = before.strip_suffix(['"', '\'']).unwrap_or(before);
    let start = before.rfind(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.')));
    let key = &before[start.map_or(0, |at| at + before[at..].chars().next().map_or(1, char::len_utf8))..];
    (!key.is_empty()).then(|| key.to_owned())
}

/// What the last words of a key say that its value is: `POSTGRES_PASSWORD`, `clientSecret`, `api-key`.
fn kind_of(key: &str) -> Option<SecretKind> {
    const PASSWORDS: [&str; 11] = [
        "password",
        "passwd",
        "passphrase",
        "psk",
        "pwd",
        "requirepass",
        "masterauth",
        "secretpassword",
        "rootpw",
        "wpapsk",
        "dbpass",
    ];
    const TOKENS: [&str; 6] = ["token", "secret", "apikey", "accesstoken", "authtoken", "secretkey"];
    const KEYS: [&str; 12] = [
        "api",
        "access",
        "secret",
        "private",
        "auth",
        "encryption",
        "master",
        "preshared",
        "signing",
        "license",
        "shared",
        "account",
    ];
    let words = words(key);
    let (last, before) = words.split_last()?;
    let last = last.as_str();
    let is_pass = last == "pass" && !before.is_empty();
    // `PGPASSWORD` and Proxmox's `cipassword` are one word.
    let is_glued = ["password", "passwd", "passphrase"].iter().any(|word| last.ends_with(word));
    if PASSWORDS.contains(&last) || is_pass || is_glued {
        return Some(SecretKind::Password);
    }
    let is_key = last == "key" && before.last().is_some_and(|word| KEYS.contains(&word.as_str()));
    (TOKENS.contains(&last) || is_key).then_some(SecretKind::Token)
}

/// The words of an identifier in lower case: `dbPassword` is `db`, `password`.
fn words(key: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut was_lower = false;
    for c in key.chars() {
        if matches!(c, '_' | '-' | '.') {
            words.push(String::new());
        } else {
            if words.is_empty() || (was_lower && c.is_ascii_uppercase()) {
                words.push(String::new());
            }
            if let Some(word) = words.last_mut() {
                word.push(c.to_ascii_lowercase());
            }
        }
        was_lower = c.is_ascii_lowercase() || c.is_ascii_digit();
    }
    words.retain(|word| !word.is_empty());
    words
}

/// The bytes of the literal value from byte `start` of the line on, when it looks like a secret.
fn value(line: &str, start: usize, kind: SecretKind, is_program: bool) -> Option<Range<usize>> {
    let rest = line.get(start..)?;
    let lead = rest.len() - rest.trim_start_matches([' ', '\t']).len();
    let start = start + lead;
    let rest = &line[start..];
    let first = rest.chars().next()?;
    let range = if matches!(first, '"' | '\'' | '`') {
        let inside = &rest[1..];
        let len = inside.find(first)?;
        start + 1..start + 1 + len
    } else if is_program {
        return None;
    } else {
        start..bare_end(line, start)
    };
    let value = line.get(range.clone())?;
    is_telling(value, kind).then_some(range)
}

/// Where the value without quotes that starts at `start` ends.
fn bare_end(line: &str, start: usize) -> usize {
    let rest = line.get(start..).unwrap_or_default();
    let ends = |c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '`' | ',' | ';' | ')' | '|');
    start + rest.find(ends).unwrap_or(rest.len())
}

/// True for a value that somebody could use, as far as can be told from its letters.
fn is_telling(value: &str, kind: SecretKind) -> bool {
    if is_placeholder(value) || value.contains(char::is_whitespace) || value.contains('(') {
        return false;
    }
    let has = |is: fn(&char) -> bool| value.chars().any(|c| is(&c));
    let (has_digit, has_letter) = (has(char::is_ascii_digit), has(char::is_ascii_alphabetic));
    let is_words = value.split(['-', '_', '.', '/']).all(|word| {
        word.bytes().all(|byte| byte.is_ascii_alphabetic()) || word.bytes().all(|byte| byte.is_ascii_digit())
    });
    if kind == SecretKind::Token {
        // `auth: token-file`, `secret: tls-cert-2` name something; a token has no words.
        return value.len() >= 16 && has_digit && has_letter && !is_words;
    }
    let is_lower_word = value.bytes().all(|byte| byte.is_ascii_lowercase() || matches!(byte, b'-' | b'_'));
    value.len() >= 6 && !is_lower_word
}

/// Options and settings whose value stands behind a blank.
fn directives(line: &str, found: &mut Vec<InLine>) {
    const PLAIN: [&str; 7] =
        ["wpa-psk", "requirepass", "masterauth", "wireless-key", "rpcpassword", "auth_pass", "passphrase"];
    let mut words = Vec::new();
    let mut at = 0;
    for word in line.split_inclusive(char::is_whitespace) {
        let bare = word.trim_end();
        if !bare.is_empty() {
            words.push(at..at + bare.len());
        }
        at += word.len();
    }
    let text = |range: &Range<usize>| line.get(range.clone()).unwrap_or_default();
    let is_sshpass = words.iter().any(|word| text(word) == "sshpass");
    let is_curl = words.iter().any(|word| text(word) == "curl");
    for pair in words.windows(2) {
        let (option, value) = (text(&pair[0]), text(&pair[1]));
        let is_option = option.starts_with('-') && !option.contains('=');
        let kind = if PLAIN.contains(&option) || (is_sshpass && option == "-p") {
            Some(SecretKind::Password)
        } else if is_option {
            kind_of(option.trim_start_matches('-'))
        } else {
            None
        };
        let bare = value.trim_matches(['"', '\'']);
        let lead = value.find(bare).unwrap_or_default();
        let range = pair[1].start + lead..pair[1].start + lead + bare.len();
        if let Some(kind) = kind.filter(|kind| !bare.starts_with('-') && is_telling(bare, *kind)) {
            found.push((kind, range));
        } else if is_curl
            && (option == "-u" || option == "--user")
            && let Some((user, password)) = bare.split_once(':')
            && is_telling(password, SecretKind::Password)
            && user != password
        {
            found.push((SecretKind::Password, range.start + user.len() + 1..range.end));
        }
    }
}
