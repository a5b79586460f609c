use crate::base::diagnostic::{Diagnostic, Severity};
use crate::cluster::formats::{Configuration, FormatError, Problem};
use crate::lint::rule::{ConfigCx, Rule, Stage, declare_rule};
use crate::lint::wording::{code, or};

declare_rule! {
    /// ## What it checks
    /// Lines of configuration files and commands that the program they are written for does not read.
    ///
    /// ## Why it matters
    /// Readers copy configuration. A line that is skipped in silence, or that keeps a service from starting, is copied with
    /// the rest. What a page leaves out (`...`, `<address>`) is no finding.
    ///
    /// A mistake in a `cluster.toml` is an error: nothing of that file is used until it is corrected.
    ///
    /// ## Example
    /// ```text
    /// quorum {
    ///   provider: corosync_votequorum
    ///   expected_votes = 3
    /// }
    /// ```
    ///
    /// ## Use instead
    /// ```text
    /// quorum {
    ///   provider: corosync_votequorum
    ///   expected_votes: 3
    /// }
    /// ```
    pub(crate) static CONFIG_SYNTAX = {
        name: "config-syntax", code: "CF001", severity: Severity::Warning,
        check: Stage::Config(check),
    }
}

fn check(cx: &ConfigCx) -> Vec<Diagnostic> {
    let errors = cx.configuration.errors().iter();
    if let Configuration::Cluster(_) = cx.configuration {
        // Merrow's own file: what it says is lost until it is corrected.
        return errors
            .map(|error| Diagnostic { severity: Severity::Error, ..word(&CONFIG_SYNTAX, cx, error) })
            .map(|finding| finding.note("until this is corrected, nothing of the cluster file is used"))
            .collect();
    }
    errors
        .filter(|error| !is_left_out(cx.text_at(error.span)))
        .map(|error| word(&CONFIG_SYNTAX, cx, error))
        .collect()
}

/// True for `...`, `<name>` and the like, which a page writes where a reader puts something else.
fn is_left_out(text: &str) -> bool {
    let text = text.trim();
    ["...", "…", "<", "[...", "(...", "YOUR_", "your-"].iter().any(|mark| text.starts_with(mark))
        || (!text.is_empty() && text.chars().all(|c| matches!(c, 'x' | 'X' | '.')))
}

/// What is wrong, with the facts of the problem, as a finding of `rule`.
pub(super) fn word(rule: &'static Rule, cx: &ConfigCx, error: &FormatError) -> Diagnostic {
    let say = |message: String| Diagnostic::new(&rule.meta, cx.place(error.span), message);
    let file = word_file(cx.configuration);
    match &error.problem {
        Problem::NotAnEntry => say(format!("this is no line that {file} can hold"))
            .help("write `key: value`, or `section {` and `}` on lines of their own"),
        Problem::UnexpectedBrace => say("this `}` closes no section".to_owned()),
        Problem::UnclosedSection { name } => {
            say(format!("the section `{name}` is never closed")).help("end it with `}` on a line of its own")
        }
        Problem::TextAfterBrace => {
            say("nothing may stand behind `{`".to_owned()).help("put what follows on a line of its own")
        }
        Problem::LineTooLong { n_bytes, max } => {
            say(format!("this line has {n_bytes} bytes; {file} is read with lines of up to {max}"))
        }
        Problem::BadKey { key } if key.is_empty() => say("no key stands before the colon".to_owned()),
        Problem::BadKey { key } => say(format!("`{key}` cannot be a key of {file}"))
            .note("keys are made of letters, digits and `.`, `_`, `-`, `/`"),
        Problem::NotANumber { key, value, max } if value.is_empty() => {
            say(format!("`{key}` has no value")).help(format!("give it a number from 0 to {max}"))
        }
        Problem::NotANumber { key, value, max } => {
            say(format!("`{key}` is `{value}`, which is no number from 0 to {max}"))
        }
        Problem::UnknownWord { key, value, allowed } => {
            say(format!("`{key}` cannot be `{value}`")).help(format!("it can be {}", or(&code(allowed))))
        }
        Problem::NotAnAddress { value } => say(format!("`{value}` is no IP address")),
        Problem::Duplicate { what, first } => {
            say(format!("{what} stands here a second time")).related(cx.place(*first), "the first time")
        }
        Problem::Missing { what } => say(format!("{file} has no `{what}`")),
        Problem::WrongVersion { version } => say(format!("`totem.version` is {version}; only 2 exists")),
        Problem::UnequalLinks { n, others } => {
            say(format!("this node has {n} links, the first node has {others}"))
                .help("give every node an address on every link")
        }
        Problem::LinkOutOfRange { link, max } => {
            say(format!("there is no link {link}: the transport has links 0 to {max}"))
        }
        Problem::MixedFamilies { link, first } => say(format!("link {link} has IPv4 and IPv6 addresses"))
            .related(cx.place(*first), "the other family"),
        Problem::NodeIdOutOfRange { id, max } => say(format!("node id {id} is not from 1 to {max}")),
        Problem::CipherWithoutHash { cipher } => {
            say(format!("`crypto_cipher` is `{cipher}`, but there is no `crypto_hash`"))
        }
        Problem::CryptoNeedsKnet => say("only the transport knet encrypts".to_owned()),
        Problem::OutsideStanza { option } => {
            say(format!("`{option}` stands before any `iface` or `auto` line"))
                .help("move it below the `iface` line it belongs to")
        }
        Problem::IgnoredLine => say(format!("{file} does not read this line")),
        Problem::UnknownSectionType { kind, allowed } => {
            say(format!("{file} has no section of type `{kind}`, and skips all of it"))
                .help(format!("it has {}", or(&code(allowed))))
        }
        Problem::UnclosedQuote { quote } => say(format!("this `{quote}` is never closed"))
            .note("the shell would read on to the end of the script"),
        Problem::NotToml { reason } => say("the cluster file is no TOML here".to_owned())
            .note(format!("the reader of TOML says: {reason}"))
            .help(
                "write `key = value` lines, below a head such as `[[node]]`; texts go between double quotes",
            ),
        Problem::UnknownKey { key, table, nearest, known } => {
            say(format!("{} has no key `{key}`", word_table(table))).help(match nearest {
                Some(nearest) => format!("write `{nearest}` if that is meant"),
                None => format!("it can have {}", or(&code(known))),
            })
        }
        Problem::MissingKey { table, key } => {
            say(format!("this `{table}` has no `{key}`")).help(format!("add a line `{key} = ...`"))
        }
        Problem::UnfitValue { key, value, expected } => {
            let value = value.lines().next().unwrap_or_default();
            let expected = if expected.starts_with('[') {
                format!("a table headed `{expected}`")
            } else {
                (*expected).to_owned()
            };
            say(format!("`{key}` cannot be `{value}`")).help(format!("write {expected}"))
        }
        Problem::UnclosedHeredoc { delimiter } => {
            say(format!("no line `{delimiter}` ends this here-document"))
                .help(format!("end it with a line that holds `{delimiter}` and nothing else"))
        }
    }
}

/// The table with that head, or the file itself.
fn word_table(head: &str) -> String {
    if head.starts_with('[') { format!("`{head}`") } else { head.to_owned() }
}

fn word_file(configuration: &Configuration) -> &'static str {
    match configuration {
        Configuration::Corosync(_) => "corosync.conf",
        Configuration::Cluster(_) => "the cluster file",
        Configuration::Interfaces(_) => "the file of network interfaces",
        Configuration::Sections(_) => "this file",
        Configuration::Shell(_) => "the script",
    }
}
