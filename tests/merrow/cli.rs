//! Stories of the command line, each in a folder of its own.
#![expect(clippy::disallowed_methods, reason = "a story sets its own stage")]

use std::fs;

use assert_cmd::Command;
use assert_cmd::assert::Assert;
use merrow::document::SourceKind;

use crate::folder::{Folder, stderr, stdout};

/// Standard error with the lines of a help put together again.
fn unwrapped_stderr(assert: &Assert) -> String {
    stderr(assert).replace("\n        ", " ")
}

/// A participant that nobody declared: a warning.
const POST: &str = "# Post\n\n```mermaid\nsequenceDiagram\n    participant A\n    A->>B: hello\n```\n";
const SOUND: &str = "# Post\n\n```mermaid\nsequenceDiagram\n    A->>B: hello\n```\n";

#[test]
fn a_finding_is_shown_and_fails_the_run() {
    let folder = Folder::new("finding", &[("posts/a.md", POST), ("b.md", SOUND)]);
    let assert = folder.run(&["check"]).code(1);
    assert!(stdout(&assert).contains("warning[undeclared-participant]: "), "{}", stdout(&assert));
    assert!(stdout(&assert).contains(" posts/a.md:6:9\n"), "{}", stdout(&assert));
    assert!(
        stdout(&assert).ends_with(
            "1 warning in 1 of 2 posts (2 diagrams, 0 configuration blocks)\n\
             1 can be fixed with `merrow check --fix`\n"
        ),
        "{}",
        stdout(&assert)
    );
    assert_eq!(stderr(&assert), "");
    folder.run(&["check", "--fail-on", "error"]).code(0);
    folder
        .run(&["check", "b.md"])
        .code(0)
        .stdout("Nothing found in 1 post (1 diagram, 0 configuration blocks)\n");
}

#[test]
fn programs_get_one_object_with_stable_names() {
    let folder = Folder::new("json", &[("a.md", POST)]);
    let assert = folder.run(&["check", "a.md", "gone.md", "--output-format", "json"]).code(2);
    let json: serde_json::Value = serde_json::from_str(&stdout(&assert)).unwrap();
    let keys = |value: &serde_json::Value| value.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    assert_eq!(keys(&json), ["diagnostics", "errors", "summary", "version"]);
    let finding = &json["diagnostics"][0];
    assert_eq!(
        keys(finding),
        [
            "code",
            "column",
            "end_column",
            "end_line",
            "fix",
            "help",
            "label",
            "line",
            "message",
            "notes",
            "path",
            "related",
            "rule",
            "severity"
        ]
    );
    let position = ["line", "column", "end_line", "end_column"].map(|key| finding[key].as_u64().unwrap());
    assert_eq!(position, [6, 9, 6, 10]);
    assert_eq!(finding["path"], "a.md");
    assert_eq!(keys(&json["errors"][0]), ["help", "message", "path"]);
    assert_eq!(json["errors"][0]["path"], "gone.md");
}

#[test]
fn what_cannot_be_read_is_told_and_the_rest_is_done() {
    let folder = Folder::new("unreadable", &[("a.md", POST), ("notes.txt", "x")]);
    folder.write("latin.md", b"fine\nStra\xdfe\n");
    let assert = folder.run(&["check", ".", "gone/x.md", "notes.txt"]).code(2);
    assert!(stdout(&assert).contains("a.md:6:9"), "{}", stdout(&assert));
    assert!(stdout(&assert).contains("; 3 files could not be read\n"), "{}", stdout(&assert));
    let expected = format!(
        "error: cannot read gone/x.md\n  there is no such file or folder\n  \
         help: check the path; Merrow looks from the current folder\n\
         error: cannot read latin.md\n  it is not UTF-8: byte 9 of the file, in line 2, is 0xdf\n  \
         help: save it as UTF-8, or leave it out with a .ignore file\n\
         error: cannot read notes.txt\n  its name does not say what it is\n  \
         help: Merrow reads {}\n",
        SourceKind::KNOWN
    );
    assert_eq!(unwrapped_stderr(&assert), expected);
}

#[cfg(unix)]
#[test]
fn links_that_lead_in_circles_end() {
    let folder = Folder::new("loops", &[("posts/a.md", SOUND)]);
    std::os::unix::fs::symlink(&folder.0, folder.0.join("posts/back")).unwrap();
    std::os::unix::fs::symlink("self.md", folder.0.join("self.md")).unwrap();
    let assert = folder.run(&["check"]).code(2);
    assert!(
        stderr(&assert).contains("cannot read posts/back\n  the symbolic link leads back to "),
        "{}",
        stderr(&assert)
    );
    assert!(stderr(&assert).contains("cannot read self.md\n"), "{}", stderr(&assert));
    assert!(stdout(&assert).starts_with("Nothing found in 1 post"), "{}", stdout(&assert));
}

#[cfg(unix)]
#[test]
fn a_pipe_is_not_waited_for() {
    let folder = Folder::new("pipe", &[("a.md", SOUND)]);
    let made = std::process::Command::new("mkfifo").arg(folder.0.join("pipe.md")).status();
    if made.is_ok_and(|status| status.success()) {
        let assert = folder.run(&["check", "pipe.md"]).code(2);
        assert!(stderr(&assert).contains("it is neither a file nor a folder"), "{}", stderr(&assert));
        folder.run(&["check"]).code(0);
    }
}

#[test]
fn a_file_beyond_the_limit_is_not_read() {
    let folder = Folder::new("large", &[("a.md", SOUND)]);
    // A file of holes: it takes no room on the disk.
    fs::File::create(folder.0.join("large.md")).unwrap().set_len((64 << 20) + 1).unwrap();
    let assert = folder.run(&["check"]).code(2);
    assert_eq!(
        stderr(&assert),
        "error: cannot read large.md\n  it has 67108865 bytes, and Merrow reads files up to 67108864\n  \
         help: split it, or leave it out with a .ignore file\n"
    );
    assert!(stdout(&assert).starts_with("Nothing found in 1 post"), "{}", stdout(&assert));
}

#[test]
fn hidden_and_ignored_files_are_left_out_unless_named() {
    let files = [("a.md", SOUND), (".hidden.md", POST), ("drafts/b.md", POST), (".gitignore", "drafts/\n")];
    let folder = Folder::new("ignored", &files);
    folder.run(&["check"]).code(0);
    folder.run(&["check", "drafts/b.md"]).code(1);
    folder.run(&["check", "./.hidden.md"]).code(1);
}

#[test]
fn settings_are_found_above_the_paths() {
    let off = "[rules]\nundeclared-participant = \"off\"\n";
    let folder =
        Folder::new("settings", &[("site/merrow.toml", off), ("site/posts/a.md", POST), ("b.md", POST)]);
    folder.run(&["check", "site/posts"]).code(0);
    folder.run(&["check", "b.md"]).code(1);
    folder.run(&["check", "b.md", "--config", "site/merrow.toml"]).code(0);
    let assert = folder.run(&["check", "site", "b.md"]).code(2);
    assert!(
        stderr(&assert)
            .starts_with("error: site and b.md belong to different settings: site/merrow.toml and none\n"),
        "{}",
        stderr(&assert)
    );
}

#[test]
fn a_mistake_in_the_settings_has_a_place_and_a_remedy() {
    let settings = "[[lab]]\nname = \"ha\"\nfile = [\"*.md\"]\n\n[rules]\nisolated-nodes = \"off\"\n";
    let folder = Folder::new("bad-settings", &[("merrow.toml", settings), ("a.md", POST)]);
    let assert = folder.run(&["check"]).code(2);
    assert_eq!(
        stderr(&assert),
        "error: cannot use merrow.toml\n  \
         merrow.toml:1:1: this lab has no `files`\n    help: say which files speak of its cluster: files = [\"*.md\"]\n  \
         merrow.toml:3:1: there is no key `file` in [[lab]]\n    help: did you mean `files`?\n  \
         merrow.toml:6:1: no rule is called `isolated-nodes`\n    help: did you mean `isolated-node`?\n"
    );
    assert_eq!(stdout(&assert), "");
}

#[test]
fn programs_get_their_object_when_settings_cannot_be_used() {
    let settings = "[rules]\nisolated-nodes = \"off\"\n";
    let files = [("bad.toml", settings), ("a.md", POST), ("site/merrow.toml", ""), ("site/b.md", POST)];
    let folder = Folder::new("json-settings", &files);
    let table: [(&[&str], &str, &str); 3] = [
        (&["--config", "nope.toml"], "nope.toml", "there is no such file or folder"),
        (&["--config", "bad.toml"], "bad.toml", "line 2, column 1: no rule is called `isolated-nodes`"),
        (&["a.md", "site"], "site", "a.md and site belong to different settings: none and site/merrow.toml"),
    ];
    for (arguments, path, message) in table {
        let assert = folder.run(&[&["check", "--output-format", "json"], arguments].concat()).code(2);
        let json: serde_json::Value = serde_json::from_str(&stdout(&assert)).unwrap();
        assert_eq!(
            (&json["errors"][0]["path"], &json["errors"][0]["message"]),
            (&path.into(), &message.into())
        );
        assert_eq!(json["diagnostics"], serde_json::json!([]));
    }
}

/// A lab with two nodes in `cluster.toml` and another address for one of them in the post.
const LAB: &str = "[[lab]]\nname = \"cellar\"\nfiles = [\"posts/cellar-*.md\", \"cluster.toml\"]\n";
const CLUSTER: &str = "[[node]]\nname = \"pve1\"\nlinks = [\"10.0.0.1\"]\n";
const CELLAR: &str =
    "Proxmox\n\n```mermaid\nflowchart LR\n    A[pve1<br/>10.0.0.9] --> B[pve2<br/>10.0.0.2]\n```\n";

#[test]
fn the_rest_of_a_lab_is_known_and_not_judged() {
    let files = [
        ("merrow.toml", LAB),
        ("cluster.toml", CLUSTER),
        ("posts/cellar-1.md", CELLAR),
        ("posts/cellar-2.md", POST),
        ("posts/attic.md", SOUND),
    ];
    let folder = Folder::new("lab-context", &files);
    let assert = folder.run(&["check", "posts/cellar-1.md"]).code(1);
    assert!(stdout(&assert).contains("[disputed-fact]"), "{}", stdout(&assert));
    assert!(stdout(&assert).contains(" cluster.toml:3:"), "{}", stdout(&assert));
    assert!(!stdout(&assert).contains("undeclared-participant"), "{}", stdout(&assert));
    assert!(
        stdout(&assert).ends_with(" in 1 of 1 post (1 diagram, 0 configuration blocks)\n"),
        "{}",
        stdout(&assert)
    );
    let model = stdout(&folder.run(&["model", "posts/cellar-1.md"]).code(0));
    assert!(model.starts_with("lab cellar: cluster.toml, posts/cellar-1.md, posts/cellar-2.md\n"), "{model}");
    assert!(model.contains("DISPUTED"), "{model}");
    folder.run(&["check", "posts/attic.md"]).code(0);

    let mut command = Command::cargo_bin("merrow").unwrap();
    let below = command.current_dir(folder.0.join("posts")).args(["check", "cellar-1.md"]).assert().code(1);
    assert!(stdout(&below).contains(" ../cluster.toml:3:"), "{}", stdout(&below));
}

#[test]
fn nothing_to_check_is_said() {
    let folder = Folder::new("nothing", &[("empty/photo.png", ""), ("merrow.toml", LAB), ("a.md", SOUND)]);
    let assert = folder.run(&["check", "empty"]).code(0);
    assert_eq!(
        unwrapped_stderr(&assert),
        format!(
            "warning: nothing to check below empty\n  help: Merrow reads {}; what is hidden or ignored by git must be named\n",
            SourceKind::KNOWN
        )
    );
    let assert = folder.run(&["check"]).code(0);
    assert!(
        stderr(&assert).starts_with("warning: the lab `cellar` has no files: its patterns match none\n"),
        "{}",
        stderr(&assert)
    );
    assert_eq!(stderr(&folder.run(&["check", "a.md"]).code(0)), "");
}

#[test]
fn a_rule_is_explained_by_name_and_by_code() {
    let folder = Folder::new("explain", &[]);
    let by_name = stdout(&folder.run(&["explain", "isolated-node"]).code(0));
    assert!(by_name.starts_with("# isolated-node\n"), "{by_name}");
    let code = by_name.lines().nth(2).unwrap().split(',').next().unwrap().to_lowercase();
    assert_eq!(stdout(&folder.run(&["explain", &code]).code(0)), by_name);
    assert!(stdout(&folder.run(&["explain"]).code(0)).contains("isolated-node"));
    folder
        .run(&["explain", "isolated-nodes"])
        .code(2)
        .stderr("error: no rule is called `isolated-nodes`\n  help: did you mean `isolated-node`?\n");
}

#[test]
fn the_simulated_cluster_answers() {
    let folder = Folder::new("sim", &[]);
    let ask = ["sim", "what-if", "--nodes", "3", "--qdevice", "lms", "--down", "node1,node2"];
    let answer = stdout(&folder.run(&ask).code(0));
    assert!(answer.contains("  node3   1 + 2 (QDevice) = 3 votes   quorate\n"), "{answer}");
    let json = stdout(&folder.run(&[&ask[..], &["--output-format", "json"]].concat()).code(0));
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["expected"], 5);
    folder.run(&["sim", "what-if", "--nodes", "3", "--down", "node1, node2"]).code(0);
    for (arguments, expected) in [
        (["--nodes", "0", "--down", "node1"], "error: a cluster has 1 to 65535 nodes, not 0\n"),
        (
            ["--nodes", "3", "--down", "Node1"],
            "error: there is no `Node1` in a cluster of node1 to node3\n  help: did you mean `node1`?\n",
        ),
        (
            ["--nodes", "1", "--qdevice", "lms"],
            "error: a QDevice with lms has a vote less than there are nodes: none beside a single node\n  \
             help: ask with --qdevice ffsplit, or about more nodes\n",
        ),
    ] {
        let assert = folder.run(&[&["sim", "what-if"], &arguments[..]].concat()).code(2);
        assert_eq!(stderr(&assert), expected);
    }
    let assert = folder.run(&["sim", "what-if", "--nodes", "3", "--down", "node9"]).code(2);
    assert!(
        stderr(&assert).starts_with("error: there is no `node9` in a cluster of node1 to node3\n"),
        "{}",
        stderr(&assert)
    );
}

#[test]
fn the_schema_is_json() {
    let text = stdout(&Folder::new("schema", &[]).run(&["schema"]).code(0));
    let schema: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(schema["title"], "merrow.toml");
}

#[test]
fn wrong_arguments_are_a_failure_and_help_is_none() {
    let folder = Folder::new("arguments", &[]);
    folder.run(&["chekc"]).code(2);
    folder.run(&["--help"]).code(0);
    folder.run(&["--version"]).code(0).stdout(format!("merrow {}\n", env!("CARGO_PKG_VERSION")));
}

#[cfg(unix)]
#[test]
fn a_reader_that_goes_away_is_no_failure() {
    let text = POST.repeat(2000);
    let folder = Folder::new("broken-pipe", &[("a.md", &text)]);
    let merrow = assert_cmd::cargo::cargo_bin("merrow");
    let mut child = std::process::Command::new(merrow)
        .current_dir(&folder.0)
        .args(["check", "--fail-on", "error"])
        .stdout(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    assert_eq!(child.wait().unwrap().code(), Some(0));
}
