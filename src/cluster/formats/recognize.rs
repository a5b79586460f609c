//! Which format a block is written in: by its file name, its language, and what stands in it.

use super::section_file::FileKind;
use super::{corosync, interfaces, section_file};

/// A format that is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// `corosync.conf`
    Corosync,
    /// `/etc/network/interfaces`
    Interfaces,
    /// `cluster.toml`
    Cluster,
    /// A file of sections.
    Sections(FileKind),
    /// Shell.
    Shell,
}

/// Lines that are looked at before a block counts as something else.
const N_LINES: usize = 60;

/// Programs whose commands say something about a cluster: a block that starts with one is shell in any case.
const PROGRAMS: [&str; 6] = ["pvecm", "pveceph", "ha-manager", "vzdump", "pvesm", "ceph"];

/// The format of a block: `language` is the first word of its info string, may be empty; `file_name` the file it is,
/// or is said to be.
///
/// Content outranks the language for shells and plain text, because authors mark a `corosync.conf` as `bash`. Blocks of
/// any other language (YAML, Python, a Dockerfile) are not looked into: `None`.
pub fn recognize(language: &str, file_name: Option<&str>, text: &str) -> Option<Format> {
    if let Some(format) = file_name.and_then(by_file_name) {
        return Some(format);
    }
    let language = language.to_ascii_lowercase();
    let is_shell = matches!(
        language.as_str(),
        "bash"
            | "sh"
            | "shell"
            | "zsh"
            | "ksh"
            | "console"
            | "shell-session"
            | "shellsession"
            | "sh-session"
            | "terminal"
    );
    let is_plain = matches!(
        language.as_str(),
        "" | "text"
            | "txt"
            | "plain"
            | "plaintext"
            | "conf"
            | "config"
            | "cfg"
            | "ini"
            | "corosync"
            | "interfaces"
            | "properties"
    );
    if !is_shell && !is_plain {
        return None;
    }
    let by_content = by_content(text);
    if is_shell { by_content.or(Some(Format::Shell)) } else { by_content }
}

/// The format of the file at `path`.
pub(super) fn by_file_name(path: &str) -> Option<Format> {
    let mut parts = path.rsplit(['/', '\\']);
    let (name, folder) = (parts.next()?, parts.next());
    match (folder, name) {
        (_, "corosync.conf") => Some(Format::Corosync),
        (_, "cluster.toml") => Some(Format::Cluster),
        (_, "interfaces") | (Some("interfaces.d"), _) => Some(Format::Interfaces),
        (_, "storage.cfg") => Some(Format::Sections(FileKind::Storage)),
        (_, "jobs.cfg") => Some(Format::Sections(FileKind::Jobs)),
        (None | Some("ha"), "resources.cfg") => Some(Format::Sections(FileKind::HaResources)),
        _ if ["sh", "bash"]
            .iter()
            .any(|ending| name.rsplit_once('.').is_some_and(|(_, end)| end == *ending)) =>
        {
            Some(Format::Shell)
        }
        _ => None,
    }
}

/// The format that the first telling line belongs to.
fn by_content(text: &str) -> Option<Format> {
    for line in text.lines().take(N_LINES) {
        let line = line.trim_end();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        if corosync::opens_section(line) {
            return Some(Format::Corosync);
        }
        if interfaces::opens_stanza(line) {
            return Some(Format::Interfaces);
        }
        if let Some(kind) = section_file::kind_of_head(line) {
            return Some(Format::Sections(kind));
        }
        let command = line.trim_start().trim_start_matches("$ ").trim_start_matches("sudo ");
        let program = command.split_whitespace().next().unwrap_or_default();
        // A here-document's body must not be taken for the block itself.
        return PROGRAMS.contains(&program).then_some(Format::Shell);
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_and_context_decide() {
        let storage = Format::Sections(FileKind::Storage);
        let table = [
            ("bash", None, "apt update\n", Some(Format::Shell)),
            ("bash", None, "# on any node\ntotem {\n", Some(Format::Corosync)),
            ("bash", None, "cat > x <<EOF\ntotem {\nEOF\n", Some(Format::Shell)),
            ("", None, "\nnodelist {\n", Some(Format::Corosync)),
            ("", None, "auto vmbr0\niface vmbr0 inet static\n", Some(Format::Interfaces)),
            ("text", None, "zfspool: tank\n  pool tank\n", Some(storage)),
            ("", None, "vzdump: nightly\n  schedule 02:00\n", Some(Format::Sections(FileKind::Jobs))),
            ("", None, "vm: 100\n\tstate started\n", Some(Format::Sections(FileKind::HaResources))),
            ("", None, "$ pvecm status\n", Some(Format::Shell)),
            ("", None, "Some words.\n", None),
            ("", None, "note: this\n", None),
            ("yaml", None, "dir: x\n", None),
            ("python", None, "auto = 1\n", None),
            ("dockerfile", Some("Dockerfile"), "RUN x\n", None),
            ("yaml", Some("/etc/pve/storage.cfg"), "", Some(storage)),
            ("", Some("setup.sh"), "x", Some(Format::Shell)),
            ("", Some("rules/resources.cfg"), "x", None),
        ];
        for (language, file_name, text, expected) in table {
            assert_eq!(recognize(language, file_name, text), expected, "{language} {file_name:?} {text:?}");
        }
    }
}
