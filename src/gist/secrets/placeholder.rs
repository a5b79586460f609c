//! What stands for a secret and is none.

/// True for a value that nobody could use: a variable, a placeholder, a path, a word of manuals.
pub(super) fn is_placeholder(value: &str) -> bool {
    const STARTS: [&str; 18] = [
        "$", "<", "[", "{", "%", "@", "&", "/", "./", "../", "~/", "file:", "env:", "vault:", "op://",
        "arn:", "enc[", "!",
    ];
    const INSIDE: [&str; 10] = ["${", "$(", "{{", "<%", "***", "...", "…", "://", "{}", "%s"];
    const WORDS: [&str; 33] = [
        "example",
        "your",
        "change",
        "replace",
        "placeholder",
        "dummy",
        "sample",
        "fake",
        "redacted",
        "secret",
        "password",
        "passwort",
        "passwd",
        "passphrase",
        "token",
        "here",
        "xxx",
        "test",
        "todo",
        "foobar",
        "insert",
        "enter",
        "generate",
        "random",
        "hunter2",
        "letmein",
        "correct-horse",
        "mypass",
        "strong",
        "secure",
        "somekey",
        "apikey",
        "api",
    ];
    const EXACT: [&str; 34] = [
        "none",
        "null",
        "nil",
        "true",
        "false",
        "undefined",
        "string",
        "text",
        "str",
        "bytes",
        "int",
        "integer",
        "bool",
        "boolean",
        "object",
        "any",
        "required",
        "optional",
        "prompt",
        "hidden",
        "default",
        "admin",
        "root",
        "guest",
        "user",
        "postgres",
        "mysql",
        "redis",
        "minioadmin",
        "raspberry",
        "ubuntu",
        "pass",
        "demo",
        "disabled",
    ];
    /// What stands between such words.
    const FILLERS: [&str; 24] = [
        "database", "string", "value", "super", "admin", "mysql", "with", "this", "long", "very", "some",
        "root", "user", "key", "app", "jwt", "new", "the", "and", "for", "my", "me", "db", "it",
    ];
    let lower = value.trim().to_lowercase();
    let plain = without_digit_letters(&lower);
    lower.chars().count() < 4
        || STARTS.iter().any(|start| lower.starts_with(start))
        || INSIDE.iter().any(|part| lower.contains(part))
        || has_variable(&lower)
        || [&lower, &plain].into_iter().any(|value| consists_of(value, &WORDS, &FILLERS))
        || EXACT.contains(&lower.as_str())
        || (lower.len() < 8 && lower.bytes().all(|byte| byte.is_ascii_digit()))
        || is_made_up(&lower)
}

/// True when hardly a letter is left of the value without `words`, of which it holds one, and without `fillers`.
///
/// A word within a longer one says nothing: `WhereIsMyCake7!x` holds `here` and is a password.
fn consists_of(value: &str, words: &[&str], fillers: &[&str]) -> bool {
    const MOST_LEFT: usize = 2;
    let without =
        |value: String, words: &[&str]| words.iter().fold(value, |left, word| left.replace(word, " "));
    let left = without(value.to_owned(), words);
    left != value && without(left, fillers).chars().filter(|c| c.is_alphabetic()).count() <= MOST_LEFT
}

/// True for digits and letters that count up or repeat, as nobody's key does.
pub(super) fn is_made_up(value: &str) -> bool {
    let lower = value.to_lowercase();
    let counts = ["123456", "234567", "abcdef", "987654", "qwerty", "deadbeef", "example"];
    let mut n_same = 0;
    let mut last = None;
    let repeats = lower.chars().any(|c| {
        n_same = if last == Some(c) { n_same + 1 } else { 1 };
        last = Some(c);
        n_same >= 6
    });
    repeats || counts.iter().any(|count| lower.contains(count))
}

/// True when a `$` stands in front of a name, or a name between braces.
fn has_variable(value: &str) -> bool {
    let named =
        value.split('$').skip(1).any(|rest| rest.starts_with(|c: char| c.is_alphabetic() || c == '_'));
    let braced = value.split('{').skip(1).any(|rest| {
        rest.split_once('}')
            .is_some_and(|(name, _)| name.chars().all(|c| c.is_alphanumeric() || c == '_' || c == '.'))
    });
    named || braced
}

/// `p@ssw0rd` as `password`.
fn without_digit_letters(value: &str) -> String {
    value
        .chars()
        .map(|c| match c {
            '@' | '4' => 'a',
            '0' => 'o',
            '1' => 'i',
            '3' => 'e',
            '5' | '$' => 's',
            c => c,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_for_a_secret_is_none() {
        let placeholders = [
            "",
            "x",
            "changeme",
            "CHANGE_ME",
            "<your-password>",
            "${DB_PASSWORD}",
            "$TOKEN",
            "$(pass show x)",
            "{{ vault }}",
            "***",
            "********",
            "p@ssw0rd",
            "StrongP@ssw0rd!",
            "your-secure-password-here",
            "mysecretpassword",
            "test1234",
            "insert_new_api_token_here",
            "xxxxxxxxxxxx",
            "AKIAIOSFODNN7EXAMPLE",
            "/run/key",
            "0000",
            "pre-$ENV-x",
            "{api_token}",
            "ghp_xxxxxxxxxxxxxxxxxxxx",
            "admin",
            "null",
            "1234",
            "12345678-1234-1234-1234-123456789abc",
            "!vault",
            "...",
        ];
        for value in placeholders {
            assert!(is_placeholder(value), "{value}");
        }
        for value in [
            "vK9!mz2Q",
            "tr0ub4dor&3",
            "Zx81-plumtree",
            "7f9c2ba4e88f827d61604550",
            "Sommer2026!",
            "WhereIsMyCake7!x",
            "LatestNews2026!k",
            "ThereWasATime9Z",
            "kq82mzTestLab!91",
            "hunter2isbad",
        ] {
            assert!(!is_placeholder(value), "{value}");
        }
    }
}
