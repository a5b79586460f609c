//! Stories of `merrow gist`, each in a folder of its own, and what holds of every post.
#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "a story sets its own stage, and fails when it cannot"
)]

use std::fs;
use std::path::Path;

use merrow::base::edit;
use merrow::base::text::FileId;
use merrow::document::{self, SourceKind};
use merrow::gist::shelf::Shelf;
use merrow::gist::thresholds::Thresholds;
use merrow::pipeline::file::{self, FileFacts, Source, Standing};
use merrow::pipeline::settings::Settings;
use merrow::pipeline::{gist_plan, set};

use crate::folder::{Folder, stderr, stdout};

/// Settings with which ten lines are too many.
const SETTINGS: &str = "[gist]\nlines = 10\nkeep = 6\n";

/// A script of 12 lines that makes a cluster.
const SCRIPT: &str = "# Make the cluster\n\napt update\napt install -y chrony\n\npvecm create attic \\\n  --link0 192.0.2.11\n\n\
                      systemctl enable --now chrony\nchronyc tracking\npvecm status\nexit 0\n";

/// What stays of it.
const STAYS: &str = "# Make the cluster\n\npvecm create attic \\\n  --link0 192.0.2.11\n\n";

/// A post with `script` below the heading "Nodes".
fn post(script: &str) -> String {
    format!("# Nodes\n\nOn the first:\n\n```bash\n{script}```\n\nThat is all.\n")
}

/// All files below the folder `path`, sorted.
fn files(path: &Path) -> Vec<String> {
    let mut names = Vec::new();
    for entry in fs::read_dir(path).into_iter().flatten() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() {
            names.extend(files(&path).into_iter().map(|below| format!("{name}/{below}")));
        } else {
            names.push(name);
        }
    }
    names.sort();
    names
}

#[test]
fn a_plan_shows_what_stays_and_what_leaves_and_writes_nothing() {
    let text = post(SCRIPT);
    let folder = Folder::new("gist-plan", &[("merrow.toml", SETTINGS), ("posts/attic.md", &text)]);
    let plan = stdout(&folder.run(&["gist", "plan"]).code(0));
    assert!(plan.starts_with("--- a/posts/attic.md\n+++ b/posts/attic.md\n@@ "), "{plan}");
    assert!(plan.contains("\n+# Full configuration: ../gists/attic/nodes.sh\n"), "{plan}");
    assert!(
        plan.contains("gists/attic/nodes.sh: 12 lines of posts/attic.md:5 leave, 3 stay; 164 bytes\n"),
        "{plan}"
    );
    let added: String = SCRIPT.lines().flat_map(|line| ["+", line, "\n"]).collect();
    assert!(
        plan.contains(&format!("--- /dev/null\n+++ b/gists/attic/nodes.sh\n@@ -0,0 +1,12 @@\n{added}")),
        "{plan}"
    );
    assert!(plan.ends_with("\n1 block would leave 1 post: 12 lines would go to gists\n"), "{plan}");
    assert_eq!(files(&folder.0), ["merrow.toml", "posts/attic.md"]);
    assert_eq!(folder.read("posts/attic.md"), text);

    let json = stdout(&folder.run(&["gist", "plan", "--to", "out/", "--output-format", "json"]).code(0));
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let split = &json["posts"][0]["splits"][0];
    assert_eq!(split["contents"], SCRIPT);
    assert_eq!(split["link"], "../out/attic/nodes.sh");
    assert_eq!((&split["line"], &split["lines"], &split["kept"]), (&5.into(), &12.into(), &3.into()));
}

#[test]
fn what_was_moved_is_not_moved_again() {
    let folder = Folder::new("gist-apply", &[("merrow.toml", SETTINGS), ("posts/attic.md", &post(SCRIPT))]);
    let told = stdout(&folder.run(&["gist", "apply", "posts", "--to", "gists"]).code(0));
    assert_eq!(
        told,
        "gists/attic/nodes.sh: 12 lines of posts/attic.md\n1 block left 1 post: 12 lines went to gists\n"
    );
    assert_eq!(folder.read("gists/attic/nodes.sh"), SCRIPT);
    let link = "# Full configuration: ../gists/attic/nodes.sh\n";
    assert_eq!(folder.read("posts/attic.md"), post(&format!("{STAYS}{link}")));
    let ledger = folder.read("gists/merrow-gists.json");
    assert!(ledger.contains("\"post\": \"posts/attic.md\""), "{ledger}");

    let told = stdout(&folder.run(&["gist", "apply", "posts", "--to", "gists"]).code(0));
    assert_eq!(told, "Nothing to move: no block of 1 post has 10 lines or more\n");
    assert_eq!(folder.read("gists/merrow-gists.json"), ledger);
    assert_eq!(files(&folder.0.join("gists")), ["attic/nodes.sh", "merrow-gists.json"]);

    // Another block of the same heading is another file.
    let more = format!("{}\n{}", folder.read("posts/attic.md"), post(&SCRIPT.replace("attic", "cellar")));
    folder.write("posts/attic.md", more.as_bytes());
    folder.run(&["gist", "apply", "posts", "--to", "gists"]).code(0);
    assert_eq!(folder.read("gists/attic/nodes.sh"), SCRIPT);
    assert_eq!(folder.read("gists/attic/nodes-2.sh"), SCRIPT.replace("attic", "cellar"));
    assert!(folder.read("gists/merrow-gists.json").contains("nodes-2.sh"));
}

#[test]
fn two_posts_of_one_name_do_not_share_a_file() {
    let other = SCRIPT.replace("192.0.2.11", "192.0.2.12");
    let files = [("merrow.toml", SETTINGS), ("2025/lab.md", &post(SCRIPT)), ("2026/lab.md", &post(&other))];
    let folder = Folder::new("gist-namesakes", &files);
    folder.run(&["gist", "apply", "--to", "gists"]).code(0);
    assert_eq!(folder.read("gists/lab/nodes.sh"), SCRIPT);
    assert_eq!(folder.read("gists/lab/nodes-2.sh"), other);
    assert!(folder.read("2026/lab.md").contains("../gists/lab/nodes-2.sh\n"));
}

#[test]
fn an_address_of_ones_own_is_the_link() {
    let settings = format!("{SETTINGS}url = \"https://example.net/{{post}}/{{file}}\"\n");
    let folder = Folder::new("gist-url", &[("merrow.toml", &settings), ("attic.md", &post(SCRIPT))]);
    folder.run(&["gist", "apply", "--to", "gists"]).code(0);
    assert!(folder.read("attic.md").contains("\n# Full configuration: https://example.net/attic/nodes.sh\n"));
}

#[test]
fn a_secret_keeps_its_block_in_the_post() {
    let secret = SCRIPT.replace("exit 0", "export PBS_PASSWORD=vK9+mz2Q");
    let text = format!("{}\n{}", post(&secret), post(SCRIPT));
    let folder = Folder::new("gist-secret", &[("merrow.toml", SETTINGS), ("attic.md", &text)]);
    for action in [vec!["gist", "plan"], vec!["gist", "apply", "--to", "gists"]] {
        let assert = folder.run(&action).code(1);
        let told = stdout(&assert);
        assert!(
            told.contains("error[secret-in-gist]: a password would leave the post with this block\n"),
            "{told}"
        );
        assert!(
            told.contains(" attic.md:17:21\n") && told.contains("export PBS_PASSWORD=********\n"),
            "{told}"
        );
        assert!(told.ends_with("; 1 block stays because of a secret\n"), "{told}");
        assert!(!told.contains("vK9+mz2Q") && !stderr(&assert).contains("vK9+mz2Q"), "{told}");
    }
    assert_eq!(files(&folder.0.join("gists")), ["attic/nodes.sh", "merrow-gists.json"]);
    assert_eq!(folder.read("gists/attic/nodes.sh"), SCRIPT);
    let stayed = folder.read("attic.md");
    assert!(stayed.contains(&secret), "{stayed}");
    let told = stdout(&folder.run(&["gist", "apply", "--to", "gists"]).code(1));
    assert!(told.ends_with("Nothing to move: 1 block would take a secret along\n"), "{told}");
    folder.run(&["check"]).code(1);

    let allowed =
        stayed.replace("export PBS", "# merrow: allow secret-in-gist: a lab without a door\nexport PBS");
    folder.write("attic.md", allowed.as_bytes());
    folder.run(&["gist", "apply", "--to", "gists"]).code(0);
    assert!(folder.read("gists/attic/nodes-2.sh").contains("export PBS_PASSWORD=vK9+mz2Q\n"));
}

#[test]
fn line_ends_quotes_and_lists_stay_as_they_are() {
    let quoted: String = post(SCRIPT).lines().flat_map(|line| ["> ", line, "\r\n"]).collect();
    let listed: String =
        post(SCRIPT).lines().map(|line| format!("  {line}\n").replace("  \n", "\n")).collect();
    let (quoted, listed) = (format!("\u{feff}{quoted}"), format!("- a\n\n{listed}"));
    let folder = Folder::new(
        "gist-forms",
        &[("merrow.toml", SETTINGS), ("quoted.md", &quoted), ("listed.md", &listed)],
    );
    folder.run(&["gist", "apply", "--to", "gists"]).code(0);
    assert_eq!(folder.read("gists/quoted/nodes.sh"), SCRIPT.replace('\n', "\r\n"));
    assert_eq!(folder.read("gists/listed/nodes.sh"), SCRIPT);
    let stays = format!("{STAYS}# Full configuration: gists/quoted/nodes.sh\n");
    let expected: String = post(&stays).lines().flat_map(|line| ["> ", line, "\r\n"]).collect();
    // An empty line that is put in has no blank behind its mark.
    let expected =
        expected.replace("> \r\n> pvecm", ">\r\n> pvecm").replace("> \r\n> # Full", ">\r\n> # Full");
    assert_eq!(folder.read("quoted.md"), format!("\u{feff}{expected}"));
    assert!(folder.read("listed.md").contains("\n\n  # Full configuration: gists/listed/nodes.sh\n  ```\n"));
}

#[test]
fn a_run_that_was_killed_is_completed_by_the_next() {
    let text = post(SCRIPT);
    let whole = Folder::new("gist-whole", &[("merrow.toml", SETTINGS), ("attic.md", &text)]);
    whole.run(&["gist", "apply", "--to", "gists"]).code(0);
    let ledger = whole.read("gists/merrow-gists.json");
    let before_list = vec![("merrow.toml", SETTINGS), ("attic.md", &text), ("gists/attic/nodes.sh", SCRIPT)];
    let before_post = [before_list.clone(), vec![("gists/merrow-gists.json", ledger.as_str())]].concat();
    for (name, files) in [("gist-before-list", before_list), ("gist-before-post", before_post)] {
        let folder = Folder::new(name, &files);
        folder.run(&["gist", "apply", "--to", "gists"]).code(0);
        assert_eq!(folder.read("attic.md"), whole.read("attic.md"));
        assert_eq!(folder.read("gists/merrow-gists.json"), ledger);
        assert_eq!(self::files(&folder.0.join("gists")), ["attic/nodes.sh", "merrow-gists.json"]);
    }
}

#[test]
fn nothing_is_overwritten_and_a_post_without_its_file_stays() {
    let text = post(SCRIPT);
    let stage = [("merrow.toml", SETTINGS), ("attic.md", &text), ("gists/attic/nodes.sh", "mine\n")];
    let folder = Folder::new("gist-taken", &stage);
    let assert = folder.run(&["gist", "apply", "--to", "gists"]).code(2);
    assert_eq!(
        stderr(&assert),
        "error: cannot write gists/attic/nodes.sh\n  another file stands there, and nothing is overwritten\n  \
         help: move it away, choose another folder, or name the block's own file: title=\"NAME\"\n"
    );
    assert_eq!(stdout(&assert), "");
    assert_eq!(folder.read("attic.md"), text);
    assert_eq!(folder.read("gists/attic/nodes.sh"), "mine\n");

    let assert = folder.run(&["gist", "apply", "--to", "attic.md"]).code(2);
    assert!(stderr(&assert).contains("attic.md"), "{}", stderr(&assert));
    folder.write("gists/merrow-gists.json", b"{}");
    let assert = folder.run(&["gist", "plan"]).code(2);
    assert!(
        stderr(&assert).starts_with("error: cannot read gists/merrow-gists.json\n"),
        "{}",
        stderr(&assert)
    );
    assert_eq!(folder.read("attic.md"), text);
}

#[cfg(unix)]
#[test]
fn a_post_that_may_not_be_written_is_told_and_the_others_are_done() {
    use std::os::unix::fs::PermissionsExt as _;
    let text = post(SCRIPT);
    let folder =
        Folder::new("gist-protected", &[("merrow.toml", SETTINGS), ("a.md", &text), ("b.md", &text)]);
    fs::set_permissions(folder.0.join("a.md"), fs::Permissions::from_mode(0o444)).unwrap();
    let assert = folder.run(&["gist", "apply", "--to", "gists"]).code(2);
    assert!(
        stderr(&assert).starts_with("error: cannot write a.md\n  it is write-protected\n  help: "),
        "{}",
        stderr(&assert)
    );
    assert_eq!(
        stdout(&assert),
        "gists/b/nodes.sh: 12 lines of b.md\n1 block left 1 post: 12 lines went to gists\n"
    );
    assert_eq!(folder.read("a.md"), text);
    fs::set_permissions(folder.0.join("a.md"), fs::Permissions::from_mode(0o644)).unwrap();
    folder.run(&["gist", "apply", "--to", "gists"]).code(0);
    assert_eq!(folder.read("gists/a/nodes.sh"), SCRIPT);
}

/// A post as the pipeline takes it, with what it says.
fn source(text: String) -> Source {
    Source {
        id: FileId(0),
        path: "post.md".to_owned(),
        project_path: "post.md".to_owned(),
        kind: SourceKind::Markdown,
        standing: Standing::AskedFor,
        text,
    }
}

/// The messages of all findings about a post taken alone, sorted.
fn messages(settings: &Settings, source: &Source, facts: &FileFacts) -> Vec<String> {
    let findings = set::set(settings, &[(source, facts)]).diagnostics;
    let mut messages: Vec<String> =
        findings.iter().map(|finding| format!("[{}] {}", finding.rule.name, finding.message)).collect();
    messages.sort();
    messages
}

/// What holds of every post, whatever is too large for it: what leaves is what stood in the block; between the edits nothing
/// changes; nothing leaves twice; and no finding is new. Says how many blocks left.
pub(crate) fn leaves_as_it_stands(name: &str, text: &str, lines: usize, keep: usize) -> usize {
    let settings = Settings { thresholds: Thresholds { lines, keep, url: None }, ..Settings::default() };
    let before = source(text.to_owned());
    let facts = file::file(&settings, &before);
    let document = document::read(text, SourceKind::Markdown);
    let plan = gist_plan::plan(&settings, &before, &document, &facts, "", &mut Shelf::default());
    for split in &plan.splits {
        let block = &document.blocks[split.block];
        assert_eq!(split.contents.replace("\r\n", "\n"), block.excerpt.text, "{name}");
        assert!(split.n_kept <= keep, "{name}: {} lines stay of {}", split.n_kept, split.file);
    }
    let after = source(edit::apply(text, &plan.edits()));
    let after_facts = file::file(&settings, &after);
    let document = document::read(&after.text, SourceKind::Markdown);
    let again = gist_plan::plan(&settings, &after, &document, &after_facts, "", &mut Shelf::default());
    assert!(again.splits.is_empty(), "{name}: {:?}", again.splits);
    let known = messages(&settings, &before, &facts);
    let new: Vec<String> = messages(&settings, &after, &after_facts)
        .into_iter()
        .filter(|message| known.binary_search(message).is_err())
        .collect();
    assert!(new.is_empty(), "{name}: {new:?}");
    plan.splits.len()
}

#[test]
fn what_leaves_the_homelab_is_what_stood_there() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/homelab");
    let mut n_left = 0;
    for name in ["moving-the-cluster-to-the-attic.md", "proxmox-high-availability-homelab.md"] {
        let text = fs::read_to_string(folder.join(name)).unwrap();
        n_left += leaves_as_it_stands(name, &text, 56, 20);
        for text in [text.clone(), text.replace('\n', "\r\n")] {
            leaves_as_it_stands(name, &text, 8, 5);
        }
    }
    assert_eq!(n_left, 2);
}
