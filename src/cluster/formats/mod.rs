//! Configuration as it stands in files and in blocks of a page: read into typed values that know their place.
//!
//! Readers are lenient: they return what they could read, and beside it a [`FormatError`] for what they could not.
//! Not here: what a value means for a cluster (`claims`), and whether a value is wise (`lint`).

pub mod cluster_file;
pub mod corosync;
pub mod interfaces;
mod recognize;
pub mod section_file;
pub mod shell;
mod source;

use std::net::IpAddr;

pub use recognize::{Format, recognize};
pub use source::Spanned;

use crate::base::offset_map::Excerpt;
use crate::base::text::Span;

/// Something in a configuration that cannot be read, or that its program refuses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormatError {
    /// Where, in file bytes.
    pub span: Span,
    /// What.
    pub problem: Problem,
}

/// What is wrong with a piece of configuration. Carries facts; `lint` finds the words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// A line that is neither `name {`, `}` nor `key: value`.
    NotAnEntry,
    /// `}` without an open section.
    UnexpectedBrace,
    /// A section that is never closed.
    UnclosedSection {
        /// Its name.
        name: String,
    },
    /// Something stands behind `{`.
    TextAfterBrace,
    /// A line longer than its program reads.
    LineTooLong {
        /// Bytes it has.
        n_bytes: usize,
        /// Bytes it may have.
        max: usize,
    },
    /// A name with other characters than letters, digits and `._-/`; may be empty.
    BadKey {
        /// As written.
        key: String,
    },
    /// A value that should be a number from 0 to `max`.
    NotANumber {
        /// Its key.
        key: String,
        /// As written; may be empty.
        value: String,
        /// Greatest number.
        max: u64,
    },
    /// A value that should be one of a few words.
    UnknownWord {
        /// Its key.
        key: String,
        /// As written.
        value: String,
        /// The words.
        allowed: &'static [&'static str],
    },
    /// A value that should be an address, with or without a prefix length.
    NotAnAddress {
        /// As written.
        value: String,
    },
    /// Something that may stand once stands again.
    Duplicate {
        /// What, as a reader would call it.
        what: String,
        /// The first place.
        first: Span,
    },
    /// Something that must be there is not.
    Missing {
        /// What, as the format calls it.
        what: &'static str,
    },
    /// `totem.version` is not 2.
    WrongVersion {
        /// As written.
        version: u32,
    },
    /// A node has another number of links than the first node.
    UnequalLinks {
        /// Links it has.
        n: usize,
        /// Links the first node has.
        others: usize,
    },
    /// A link number that the transport does not have.
    LinkOutOfRange {
        /// As written.
        link: u32,
        /// Highest link number.
        max: u32,
    },
    /// IPv4 and IPv6 addresses on one link.
    MixedFamilies {
        /// The link.
        link: u32,
        /// An address of the other family.
        first: Span,
    },
    /// A node id that the transport does not take.
    NodeIdOutOfRange {
        /// As written.
        id: u32,
        /// Highest id; the lowest is 1.
        max: u32,
    },
    /// A cipher, and no hash.
    CipherWithoutHash {
        /// The cipher.
        cipher: String,
    },
    /// Encryption with a transport other than knet.
    CryptoNeedsKnet,
    /// An option before any stanza.
    OutsideStanza {
        /// The option.
        option: String,
    },
    /// A line that a section file ignores.
    IgnoredLine,
    /// A section of a type that the file does not have; all of it is skipped.
    UnknownSectionType {
        /// As written.
        kind: String,
        /// The types.
        allowed: &'static [&'static str],
    },
    /// A cluster file that is no TOML.
    NotToml {
        /// What the reader of TOML says.
        reason: String,
    },
    /// A key that a table of the cluster file does not have.
    UnknownKey {
        /// As written.
        key: String,
        /// The head of the table, as its author writes it.
        table: &'static str,
        /// The key that was probably meant.
        nearest: Option<&'static str>,
        /// The keys it has.
        known: &'static [&'static str],
    },
    /// A table of the cluster file without the key that tells it from others.
    MissingKey {
        /// The head of the table, as its author writes it.
        table: &'static str,
        /// The key.
        key: &'static str,
    },
    /// A value that a key of the cluster file does not take.
    UnfitValue {
        /// The key.
        key: String,
        /// As written, with its quotes.
        value: String,
        /// What it takes, in words.
        expected: &'static str,
    },
    /// A quote that is never closed.
    UnclosedQuote {
        /// `'`, `"` or a backtick.
        quote: char,
    },
    /// A here-document whose end never comes.
    UnclosedHeredoc {
        /// The line that should end it.
        delimiter: String,
    },
}

/// A configuration that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Configuration {
    /// `corosync.conf`
    Corosync(Box<corosync::CorosyncConf>),
    /// `/etc/network/interfaces`
    Interfaces(interfaces::Interfaces),
    /// `storage.cfg`, `jobs.cfg` or `ha/resources.cfg`
    Sections(section_file::SectionFile),
    /// `cluster.toml`
    Cluster(Box<cluster_file::ClusterFile>),
    /// A shell script, or commands on a page.
    Shell(shell::Script),
}

impl Configuration {
    /// What could not be read, in order.
    pub fn errors(&self) -> &[FormatError] {
        match self {
            Self::Corosync(conf) => &conf.errors,
            Self::Interfaces(interfaces) => &interfaces.errors,
            Self::Sections(file) => &file.errors,
            Self::Cluster(file) => &file.errors,
            Self::Shell(script) => &script.errors,
        }
    }
}

/// Reads `excerpt` as `format`.
///
/// In text order, and more than one where a page mixes: a script comes before the files that its here-documents write, a
/// `corosync.conf` before the commands that follow it in the same block. A here-document that the shell would change
/// (`$`, backticks) is left out: what it writes is unknown.
pub fn read(format: Format, excerpt: &Excerpt) -> Vec<Configuration> {
    match format {
        Format::Corosync => read_corosync(excerpt),
        Format::Interfaces => vec![Configuration::Interfaces(interfaces::read(excerpt))],
        Format::Sections(kind) => vec![Configuration::Sections(section_file::read(kind, excerpt))],
        Format::Cluster => vec![Configuration::Cluster(Box::new(cluster_file::read(excerpt)))],
        Format::Printed => read_printed(excerpt),
        Format::Shell => {
            let script = shell::read(excerpt);
            let files: Vec<Configuration> = script
                .files
                .iter()
                .filter(|file| !file.is_changed_by_shell())
                .filter_map(|file| {
                    let path = file.path.known()?;
                    let format = recognize::by_file_name(path).filter(|format| *format != Format::Shell)?;
                    Some(read(format, &file.body))
                })
                .flatten()
                .collect();
            let mut all = vec![Configuration::Shell(script)];
            all.extend(files);
            all
        }
    }
}

/// Reads sections, and the commands that an author put behind them ("# Apply changes", `systemctl restart ...`).
fn read_corosync(excerpt: &Excerpt) -> Vec<Configuration> {
    let end = corosync::sections_end(&excerpt.text);
    let (sections, rest) = excerpt.text.split_at_checked(end).unwrap_or((&excerpt.text, ""));
    let is_command =
        |line: &str| line.split_once(' ').is_some_and(|(word, _)| !word.ends_with([':', '{', '}']));
    if !rest.lines().any(is_command) {
        return vec![Configuration::Corosync(Box::new(corosync::read(excerpt)))];
    }
    let mut all = vec![Configuration::Corosync(Box::new(corosync::read(&part(excerpt, 0..end, sections))))];
    all.extend(read(Format::Shell, &part(excerpt, end..excerpt.text.len(), rest)));
    all
}

/// Reads a session in which `cat PATH` prints configuration: each file by its name, and the commands between them.
fn read_printed(excerpt: &Excerpt) -> Vec<Configuration> {
    let mut all = Vec::new();
    let mut at = 0;
    while let Some(rest) = excerpt.text.get(at..).filter(|rest| !rest.trim().is_empty()) {
        let (format, len) = match recognize::printed(rest) {
            Some(printed) => {
                at += printed.start;
                (printed.format, printed.len)
            }
            // What follows a file up to the next prompt that prints one is a script.
            None => (Format::Shell, recognize::before_printed(rest)),
        };
        let Some(text) = excerpt.text.get(at..at + len) else {
            break;
        };
        all.extend(read(format, &part(excerpt, at..at + len, text)));
        at += len;
    }
    all
}

/// The part of `excerpt` at `range`, which holds `text`.
fn part(excerpt: &Excerpt, range: std::ops::Range<usize>, text: &str) -> Excerpt {
    Excerpt { text: text.to_owned(), map: excerpt.map.slice(range) }
}

/// The address that `text` names.
fn address(text: &str) -> Option<IpAddr> {
    text.parse().ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const MIXED: &str = "\
# on any node
quorum {
  expected_votes: 3
}

# apply
systemctl restart corosync
cat > /etc/network/interfaces <<'EOF'
auto vmbr9
iface vmbr9 inet static
  address 192.0.2.7/28
EOF
cat > /etc/pve/storage.cfg <<EOF
dir: $NAME
  path /x
EOF
";

    #[test]
    fn a_block_may_hold_several_configurations() {
        let format = recognize("bash", None, MIXED).unwrap();
        let all = read(format, &Excerpt::whole(MIXED, 30));
        let [
            Configuration::Corosync(conf),
            Configuration::Shell(script),
            Configuration::Interfaces(interfaces),
        ] = &all[..]
        else {
            panic!("{all:?}");
        };
        assert!(all.iter().all(|configuration| configuration.errors().is_empty()));
        assert_eq!(conf.quorum.expected_votes.as_ref().unwrap().span.slice(&file()), "3");
        assert_eq!(script.files.len(), 2);
        assert_eq!(interfaces.interfaces[0].addresses[0].span.slice(&file()), "192.0.2.7/28");
    }

    fn file() -> String {
        format!("{}{MIXED}", " ".repeat(30))
    }

    #[test]
    fn what_a_session_prints_is_read_as_the_file_it_is() {
        let text = "$ cat /etc/pve/corosync.conf\nquorum {\n  expected_votes: 3\n}\n$ pvecm status\n\
                    $ cat /etc/network/interfaces\nauto lo\niface lo inet loopback\n";
        let format = recognize("console", None, text).unwrap();
        let all = read(format, &Excerpt::whole(text, 0));
        let [Configuration::Corosync(conf), Configuration::Shell(_), Configuration::Interfaces(interfaces)] =
            &all[..]
        else {
            panic!("{all:?}");
        };
        assert_eq!(conf.quorum.expected_votes.as_ref().unwrap().span.slice(text), "3");
        assert_eq!(interfaces.interfaces.len(), 1);
        assert!(all.iter().all(|configuration| configuration.errors().is_empty()), "{all:?}");
    }

    #[test]
    fn a_stray_line_does_not_make_a_script() {
        let text = "totem {\n}\n}\n";
        let all = read(Format::Corosync, &Excerpt::whole(text, 0));
        assert!(matches!(&all[..], [Configuration::Corosync(conf)] if conf.errors.len() == 1), "{all:?}");
    }

    fn formats() -> impl Strategy<Value = Format> {
        use section_file::FileKind;
        prop_oneof![
            Just(Format::Corosync),
            Just(Format::Interfaces),
            Just(Format::Sections(FileKind::Storage)),
            Just(Format::Sections(FileKind::HaResources)),
            Just(Format::Shell),
            Just(Format::Printed),
        ]
    }

    /// Lines such as the formats are made of, and any.
    fn texts() -> impl Strategy<Value = String> {
        let line = prop_oneof![
            Just("totem {".to_owned()),
            Just("nodelist {\nnode {".to_owned()),
            Just("}".to_owned()),
            Just("quorum {".to_owned()),
            Just("device {".to_owned()),
            Just("cat > corosync.conf <<EOF".to_owned()),
            Just("EOF".to_owned()),
            Just("$ cat /etc/pve/corosync.conf".to_owned()),
            Just("logging {\ndebug: on".to_owned()),
            Just("iface a inet static".to_owned()),
            Just("dir: a".to_owned()),
            "[a-z_0-9]{0,12}[:= ]{1,2}[äa-z0-9./]{0,9}",
            "\\PC{0,20}",
        ];
        prop::collection::vec(line, 0..12).prop_map(|lines| lines.join("\n"))
    }

    proptest! {
        #[test]
        fn any_text_is_read_and_errors_stay_inside(format in formats(), text in texts()) {
            let excerpt = Excerpt::whole(&text, 5);
            for configuration in read(format, &excerpt) {
                for error in configuration.errors() {
                    prop_assert!(excerpt.full_span().contains(error.span), "{error:?}");
                }
                if let Configuration::Corosync(conf) = &configuration {
                    for error in conf.refusals() {
                        prop_assert!(excerpt.full_span().contains(error.span), "{error:?}");
                    }
                }
            }
            let _ = recognize("bash", None, &text);
        }
    }
}
