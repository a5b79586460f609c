//! Stories of `build`: what is written, and what is left as it is.
#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "a story looks at what was written, and fails when it cannot"
)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use serde_json::Value;

use crate::corpus::blog;
use crate::folder::Folder;

fn merrow() -> Command {
    Command::cargo_bin("merrow").unwrap()
}

/// Every file below `root`, by its path from there.
fn files(root: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(root).unwrap().to_string_lossy().replace('\\', "/");
                files.insert(name, fs::read(&path).unwrap());
            }
        }
    }
    files
}

/// Builds `input` into `out` and returns the exit code and the report.
fn build(input: &Path, out: &Path) -> (i32, Value) {
    let output = merrow().arg("build").arg(input).arg("--out").arg(out).output().unwrap();
    let code = output.status.code().unwrap();
    assert!(code < 2, "{}", String::from_utf8_lossy(&output.stderr));
    (code, serde_json::from_slice(&fs::read(out.join("report.json")).unwrap()).unwrap())
}

/// Asserts that each post equals its source outside of the blocks that the report says were replaced, and returns the
/// number of posts and of replaced blocks.
fn assert_rest_is_untouched(report: &Value, out: &Path) -> (usize, usize) {
    let (mut n_posts, mut n_replaced) = (0, 0);
    for file in report["files"].as_array().unwrap() {
        let Some(post) = file["post"].as_str() else { continue };
        let path = file["path"].as_str().unwrap();
        let source = fs::read(path).unwrap();
        let built = fs::read(out.join(post)).unwrap();
        let offset = |part: &Value, key: &str| usize::try_from(part[key].as_u64().unwrap()).unwrap();
        let drawn = file["drawings"].as_array().unwrap().iter().filter(|drawing| drawing["svg"].is_string());
        let left = file["gists"].as_array().unwrap().iter();
        let mut replaced: Vec<(usize, usize)> =
            drawn.chain(left).map(|part| (offset(part, "start"), offset(part, "end"))).collect();
        replaced.sort_unstable();
        n_posts += 1;
        n_replaced += replaced.len();
        let mut kept: Vec<&[u8]> = Vec::new();
        let mut done = 0;
        for (start, end) in &replaced {
            kept.push(&source[done..*start]);
            done = *end;
        }
        let tail = &source[done..];
        if kept.is_empty() {
            assert_eq!(built, source, "{path}: nothing was replaced");
            continue;
        }
        let mut at = 0;
        for (index, piece) in kept.iter().enumerate() {
            let found = if index == 0 {
                built.starts_with(piece).then_some(0)
            } else {
                built[at..].windows(piece.len().max(1)).position(|window| window == *piece)
            };
            at += found.unwrap_or_else(|| panic!("{path}: piece {index} is not in the post")) + piece.len();
        }
        assert!(
            built[at..].ends_with(tail),
            "{path}: what stands behind the last replaced block has changed"
        );
    }
    (n_posts, n_replaced)
}

#[test]
fn the_tour_writes_everything() {
    let folder = Folder::new("build-tour", &[]);
    let input = Path::new("fixtures/homelab");
    let (code, report) = build(input, &folder.path("out"));
    assert_eq!(code, 1, "the fixture holds mistakes on purpose");
    let written = files(&folder.path("out"));
    let drawings: Vec<&String> = written.keys().filter(|name| name.starts_with("drawings/")).collect();
    let (narrow, wide): (Vec<&&String>, Vec<&&String>) =
        drawings.iter().partition(|name| name.ends_with(".narrow.svg"));
    assert_eq!(wide.len(), 21, "{drawings:?}");
    assert_eq!(wide.iter().filter(|name| name.contains("proxmox-high-availability")).count(), 8);
    for name in &narrow {
        assert!(
            wide.iter().any(|wide| wide.strip_suffix(".svg") == name.strip_suffix(".narrow.svg")),
            "{name}"
        );
    }
    assert!(!narrow.is_empty());
    for name in [
        "index.html",
        "report.json",
        "proxmox-high-availability-homelab.md",
        "moving-the-cluster-to-the-attic.md",
        "three-nodes-in-the-cellar.md",
    ] {
        assert!(written.contains_key(name), "{name}");
    }
    assert_eq!(written.keys().filter(|name| name.starts_with("gists/")).count(), 2);
    assert_eq!(assert_rest_is_untouched(&report, &folder.path("out")), (3, 23));
    let page = String::from_utf8(written["index.html"].clone()).unwrap();
    for drawing in drawings {
        assert!(page.contains(drawing.as_str()), "the page shows {drawing}");
    }

    build(input, &folder.path("again"));
    assert_eq!(files(&folder.path("again")), written, "the same input gives the same bytes");
}

#[test]
fn a_wide_drawing_has_a_narrow_one_beside_it() {
    let chain = (1..9).map(|n| format!("  a{n}[Machine {n}] --> a{}[Machine {}]\n", n + 1, n + 1));
    let post = format!(
        "# Wide\n\n```mermaid\nflowchart LR\n{}```\n\n# Small\n\n```mermaid\nflowchart LR\n  a --> b\n```\n",
        chain.collect::<String>()
    );
    let table = [
        ("", true),
        ("[build]\nfit = 300\n", true),
        ("[build]\nfit = false\n", false),
        ("[build]\nembed = \"inline\"\n", true),
    ];
    for (settings, has_narrow) in table {
        let folder = Folder::new("build-narrow", &[("in/a.md", &post), ("merrow.toml", settings)]);
        folder.run(&["build", "in", "-o", "out"]).code(0);
        let written = files(&folder.path("out"));
        let narrow: Vec<&String> = written.keys().filter(|name| name.ends_with(".narrow.svg")).collect();
        assert_eq!(
            narrow,
            if has_narrow { vec!["drawings/a/wide.narrow.svg"] } else { vec![] },
            "{settings}"
        );
        let built = String::from_utf8(written["a.md"].clone()).unwrap();
        let report: Value = serde_json::from_slice(&written["report.json"]).unwrap();
        let drawings = &report["files"][0]["drawings"];
        assert_eq!(drawings[0]["narrow"].is_object(), has_narrow, "{settings}");
        assert!(drawings[1]["narrow"].is_null());
        if settings.contains("inline") {
            assert_eq!(
                built.matches("<svg ").count(),
                3,
                "two drawings of the one diagram, one of the other"
            );
            assert!(built.contains("@media (max-width: 640px){ #m"));
        } else {
            assert_eq!(
                built.contains("<source media=\"(max-width: 640px)\" srcset=\"drawings/a/wide.narrow.svg\""),
                has_narrow,
                "{settings}\n{built}"
            );
        }
    }
}

#[test]
fn every_post_of_the_blog_builds() {
    let Some(blog) = blog() else { return };
    let folder = Folder::new("build-blog", &[]);
    for part in ["posts", "posts-before-gist", "posts-after-gist", "templates"] {
        let out = folder.path(part);
        let (_, report) = build(&blog.join(part), &out);
        let (n_posts, n_replaced) = assert_rest_is_untouched(&report, &out);
        assert!(n_posts > 3 && n_replaced > 3, "{part}: {n_posts} posts, {n_replaced} blocks");
        assert_eq!(report["errors"], Value::Array(Vec::new()), "{part}");
    }
}

const POST: &str = "# Quorum\n\n> ```mermaid\n> graph TD\n>   A --> B\n> ```\n\nEnd\n";

fn post(name: &str, settings: &str) -> (Folder, PathBuf) {
    let folder = Folder::new(&format!("build-{name}"), &[("in/post.md", POST), ("in/merrow.toml", settings)]);
    let out = folder.path("out");
    (folder, out)
}

#[test]
fn settings_say_how_a_drawing_stands_in_a_post() {
    let (folder, out) = post("embed-inline", "[build]\nembed = \"inline\"\n");
    build(&folder.path("in"), &out);
    let built = fs::read_to_string(out.join("post.md")).unwrap();
    assert!(built.starts_with("# Quorum\n\n> <figure class=\"merrow-diagram\">\n> <svg "), "{built}");
    assert!(built.ends_with("</svg>\n> </figure>\n\nEnd\n"), "{built}");

    let (folder, out) = post("embed-details", "[build]\nembed = \"details\"\nasset-url = \"/img\"\n");
    build(&folder.path("in"), &out);
    let built = fs::read_to_string(out.join("post.md")).unwrap();
    assert!(built.contains("<img src=\"/img/post/quorum.svg\""), "{built}");
    assert!(built.contains("\n> ```text\n> graph TD\n>   A --> B\n> ```\n>\n> </details>\n\nEnd"), "{built}");
}

#[test]
fn what_was_built_is_not_built_again() {
    let (folder, _) = post("within", "");
    let out = folder.path("in/public");
    let (_, report) = build(&folder.path("in"), &out);
    let (_, again) = build(&folder.path("in"), &out);
    assert_eq!(report, again);
    assert_eq!(report["files"].as_array().unwrap().len(), 1);
}

#[test]
fn posts_are_never_written_over() {
    let (folder, _) = post("over", "");
    for out in ["in", "."] {
        let run = merrow().arg("build").arg(folder.path("in")).arg("--out").arg(folder.path(out)).assert();
        let output = run.code(2).get_output().clone();
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(told.contains("which is read") && told.contains("--out"), "{told}");
    }
    assert_eq!(fs::read_to_string(folder.path("in/post.md")).unwrap(), POST);
}

#[test]
fn a_diagram_that_cannot_be_drawn_stays() {
    let folder = Folder::new("build-undrawn", &[]);
    let text = "```mermaid\npie\n\"a\": 1\n```\n\n```mermaid\ngraph TD\nA[x\n```\n\n```mermaid\ngraph TD\nA-->B\n```\n";
    folder.write("in/post.md", text.as_bytes());
    let (code, report) = build(&folder.path("in"), &folder.path("out"));
    assert_eq!(code, 1);
    let drawings = report["files"][0]["drawings"].as_array().unwrap();
    assert_eq!(drawings[0]["reason"], "Merrow does not draw diagrams of the kind `pie`");
    assert_eq!(drawings[1]["reason"], "it holds a mistake");
    assert!(drawings[2]["svg"].is_string());
    let built = fs::read_to_string(folder.path("out/post.md")).unwrap();
    assert!(built.starts_with(&text[..text.rfind("```mermaid").unwrap()]), "{built}");
}

#[test]
fn nothing_that_somebody_else_has_written_is_lost() {
    let (folder, out) = post("foreign", "");
    folder.write("out/by-hand.md", b"by hand");
    let run = merrow().arg("build").arg(folder.path("in")).arg("--out").arg(&out).assert();
    let told = String::from_utf8_lossy(&run.code(2).get_output().stderr).into_owned();
    assert!(told.contains("did not write") && told.contains("--out"), "{told}");
    assert_eq!(files(&out).len(), 1);
}

#[test]
fn what_only_an_earlier_build_has_written_goes() {
    let (folder, out) = post("stale", "");
    folder.write("in/sub/old.md", POST.as_bytes());
    build(&folder.path("in"), &out);
    assert!(out.join("sub/old.md").exists() && out.join("drawings/sub/old/quorum.svg").exists());
    fs::remove_file(folder.path("in/sub/old.md")).unwrap();
    build(&folder.path("in"), &out);
    let left: Vec<String> = files(&out).into_keys().collect();
    let expected = [".ignore", "drawings/post/quorum.svg", "index.html", "post.md", "report.json"];
    assert_eq!(left, expected);
    assert!(!out.join("sub").exists(), "empty folders go with their files");
}

#[test]
fn a_built_folder_is_no_input_of_another_build() {
    let (folder, _) = post("twice", "");
    build(&folder.path("in"), &folder.path("in/one"));
    let (_, report) = build(&folder.path("in"), &folder.path("in/two"));
    assert_eq!(report["files"].as_array().unwrap().len(), 1);
}

#[test]
fn two_things_never_get_one_place() {
    let folder = Folder::new("build-collision", &[]);
    let block = format!("```markdown title=\"x.md\"\n{}```\n", "line\n".repeat(70));
    folder.write("in/a.md", block.as_bytes());
    folder.write("in/gists/a/x.md", b"# Another\n");
    let run = merrow().arg("build").arg(folder.path("in")).arg("--out").arg(folder.path("out")).assert();
    let told = String::from_utf8_lossy(&run.code(2).get_output().stderr).into_owned();
    assert!(told.contains("would both become gists/a/x.md"), "{told}");
    assert_eq!(files(&folder.path("out")).len(), 1, "nothing but the mark was written");
}

#[cfg(unix)]
#[test]
fn posts_behind_links_are_called_as_they_are_seen() {
    let (folder, out) = post("links", "");
    folder.write("far/index.md", b"# Far\n");
    std::os::unix::fs::symlink(folder.path("far"), folder.path("in/near")).unwrap();
    build(&folder.path("in"), &out);
    assert_eq!(fs::read_to_string(out.join("near/index.md")).unwrap(), "# Far\n");
}

#[cfg(unix)]
#[test]
fn nothing_is_written_outside_of_the_output_folder() {
    let (folder, out) = post("outside", "");
    build(&folder.path("in"), &out);
    fs::remove_dir_all(out.join("drawings")).unwrap();
    folder.write("elsewhere/keep.md", b"kept");
    std::os::unix::fs::symlink(folder.path("elsewhere"), out.join("drawings")).unwrap();
    let run = merrow().arg("build").arg(folder.path("in")).arg("--out").arg(&out).assert();
    let output = run.code(2).get_output().clone();
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(told.contains("a link leads out"), "{told}");
    assert_eq!(files(&folder.path("elsewhere")).len(), 1);
}
