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
    /// A session in which `cat PATH` prints configuration.
    Printed,
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
    let by_content = by_content(text).or_else(|| printed(text).map(|_| Format::Printed));
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
    let mut lines = text.lines().take(N_LINES);
    while let Some(line) = lines.next() {
        let line = line.trim_end();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        if corosync::begins(line, lines.clone()) {
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

/// A file that a session prints.
pub(super) struct Printed {
    /// How it is written.
    pub(super) format: Format,
    /// Where it begins in the session, behind the line of the command.
    pub(super) start: usize,
    /// Bytes up to the next prompt.
    pub(super) len: usize,
}

/// The file that `text` prints when its first command is a lone `cat PATH` with a name that tells the format, and what
/// follows looks like that format: a script may print a file, too, and go on with other commands.
pub(super) fn printed(text: &str) -> Option<Printed> {
    let mut start = 0;
    let mut command = "";
    for line in text.split_inclusive('\n') {
        start += line.len();
        command = line.trim();
        if !(command.is_empty() || command.starts_with("# ")) {
            break;
        }
    }
    let mut words = behind_prompt(command).unwrap_or(command).split_whitespace();
    let program = words.find(|word| *word != "sudo");
    let (Some("cat"), Some(path), None) = (program, words.next(), words.next()) else {
        return None;
    };
    let format = by_file_name(path)?;
    let rest = text.get(start..)?;
    let len = up_to(rest, |line| behind_prompt(line).is_some());
    let is_it = matches!(format, Format::Corosync | Format::Interfaces | Format::Sections(_))
        && by_content(rest.get(..len)?) == Some(format);
    is_it.then_some(Printed { format, start, len })
}

/// Bytes of `text` in front of the next prompt that prints a file; all of it without one.
pub(super) fn before_printed(text: &str) -> usize {
    let mut is_first = true;
    up_to(text, |line| {
        let is_command = !std::mem::take(&mut is_first);
        let command = behind_prompt(line).filter(|_| is_command);
        command.is_some_and(|command| command.trim_start_matches("sudo ").starts_with("cat "))
    })
}

/// Bytes of `text` in front of the first line that `ends` it; all of it without one.
fn up_to(text: &str, mut ends: impl FnMut(&str) -> bool) -> usize {
    text.split_inclusive('\n').take_while(|line| !ends(line)).map(str::len).sum()
}

/// The command behind `$ ` or `root@pve1:~# `.
fn behind_prompt(line: &str) -> Option<&str> {
    let (prompt, command) = line.trim_start().split_once(' ')?;
    (prompt == "$" || (prompt.contains('@') && prompt.ends_with(['#', '$']))).then(|| command.trim())
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
            ("bash", None, "# /etc/pve/corosync.conf\nlogging {\n  debug: off\n}\n", Some(Format::Corosync)),
            ("conf", None, "logging {\n}\ntotem {\n}\n", Some(Format::Corosync)),
            ("", None, "resources {\n  system {\n  }\n}\nquorum {\n", Some(Format::Corosync)),
            ("", None, "logging {\n  level = 3\n}\n", None),
            ("conf", None, "server {\n  listen 80;\n}\n", None),
            ("text", None, "root@a:~# cat /etc/pve/storage.cfg\ndir: x\n\tpath /x\n", Some(Format::Printed)),
            ("bash", None, "cat /etc/pve/corosync.conf\nsystemctl restart corosync\n", Some(Format::Shell)),
            ("bash", None, "$ cat /etc/pve/corosync.conf | grep x\ntotem {\n", Some(Format::Shell)),
            ("", None, "$ cat notes.txt\ntotem {\n", None),
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
