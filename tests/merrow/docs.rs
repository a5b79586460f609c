//! Pages that are made from the code, or show what it prints, must be in step with it. `MERROW_BLESS=1` writes the former.
#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "tests read and bless the pages themselves"
)]

use std::fmt::Write;
use std::path::Path;

use assert_cmd::Command;
use merrow::lint::reference;
use merrow::report::releases;

#[test]
fn the_rule_reference_is_in_step_with_the_rules() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/rules.md");
    let made = reference::book();
    if std::env::var_os("MERROW_BLESS").is_some() {
        std::fs::write(&path, &made).unwrap();
    }
    let written = std::fs::read_to_string(&path).unwrap_or_default();
    let differs = written.lines().zip(made.lines()).position(|(a, b)| a != b);
    assert!(
        written == made,
        "docs/rules.md differs from the rules at line {:?}; MERROW_BLESS=1 writes it anew",
        differs.map(|at| at + 1)
    );
}

#[test]
fn the_page_about_releases_is_in_step_with_the_tables() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/mermaid.md");
    let made = releases::page();
    if std::env::var_os("MERROW_BLESS").is_some() {
        std::fs::write(&path, &made).unwrap();
    }
    let written = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(written == made, "docs/mermaid.md differs from the tables; MERROW_BLESS=1 writes it anew");
}

/// What `merrow` prints for these arguments, run in the folder of the project.
fn printed(arguments: &[&str]) -> String {
    let mut command = Command::cargo_bin("merrow").unwrap();
    let output = command.current_dir(env!("CARGO_MANIFEST_DIR")).args(arguments).output().unwrap();
    String::from_utf8(output.stdout).unwrap()
}

/// The blocks of `page` in the language `text`.
fn text_blocks(page: &str) -> Vec<&str> {
    let behind = page.split("```text\n").skip(1);
    behind.map(|rest| rest.split_once("```").expect("the block ends").0).collect()
}

/// Merrow draws its own picture.
#[test]
fn the_picture_is_in_step_with_its_diagram() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/merrow.svg");
    let drawn = printed(&["render", "docs/merrow.mmd"]);
    if std::env::var_os("MERROW_BLESS").is_some() {
        std::fs::write(&path, &drawn).unwrap();
    }
    assert!(drawn.starts_with("<svg "), "{drawn}");
    let written = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        written == drawn,
        "docs/merrow.svg is not what docs/merrow.mmd draws; MERROW_BLESS=1 writes it anew"
    );
}

/// The views of the gallery: how a view is called, what its files end in, and the options that draw it.
const VIEWS: [(&str, &str, &[&str]); 4] = [
    ("Wide, light", "wide-light", &["--theme", "merrow-light"]),
    ("Wide, dark", "wide-dark", &["--theme", "merrow-dark"]),
    ("390 px, light", "narrow-light", &["--fit", "390", "--theme", "merrow-light"]),
    ("390 px, dark", "narrow-dark", &["--fit", "390", "--theme", "merrow-dark"]),
];

/// Merrow draws its own gallery: the diagrams of a fixture in each view.
#[test]
fn the_gallery_is_in_step_with_the_fixture() {
    const POST: &str = "fixtures/homelab/proxmox-high-availability-homelab.md";
    let project = Path::new(env!("CARGO_MANIFEST_DIR"));
    let gallery = project.join("docs/gallery");
    let is_blessed = std::env::var_os("MERROW_BLESS").is_some();
    let mut names: Vec<String> = Vec::new();
    for (_, ending, options) in VIEWS {
        let drawn = Path::new(env!("CARGO_TARGET_TMPDIR")).join("gallery").join(ending);
        let mut command = Command::cargo_bin("merrow").unwrap();
        let mut arguments = vec!["render", POST, "-o", drawn.to_str().unwrap()];
        arguments.extend(options);
        command.current_dir(project).args(arguments).assert().success();
        let mut files: Vec<_> = std::fs::read_dir(&drawn).unwrap().map(|file| file.unwrap().path()).collect();
        files.sort();
        names = files.iter().map(|file| file.file_stem().unwrap().to_string_lossy().into_owned()).collect();
        for (file, name) in files.iter().zip(&names) {
            let kept = gallery.join(format!("{name}-{ending}.svg"));
            let svg = std::fs::read(file).unwrap();
            if is_blessed {
                std::fs::create_dir_all(&gallery).unwrap();
                std::fs::write(&kept, &svg).unwrap();
            }
            assert!(
                std::fs::read(&kept).unwrap_or_default() == svg,
                "{} is not what is drawn; MERROW_BLESS=1 writes it anew",
                kept.display()
            );
        }
    }
    assert_eq!(names.len(), 8);
    let mut page = format!(
        "# Gallery\n\nThe diagrams of [a post about a Proxmox cluster](../{POST}), drawn by Merrow: wide, and redrawn for a phone with \
         `--fit 390`. Without\n`--theme` a drawing is light or dark as its page is.\n"
    );
    for name in &names {
        let _ = write!(page, "\n## {}\n", name.replace('-', " "));
        for (view, ending, _) in VIEWS {
            let _ = write!(page, "\n{view}:\n\n![{view}](gallery/{name}-{ending}.svg)\n");
        }
    }
    let path = project.join("docs/gallery.md");
    if is_blessed {
        std::fs::write(&path, &page).unwrap();
    }
    assert!(
        std::fs::read_to_string(&path).unwrap_or_default() == page,
        "docs/gallery.md is not in step; MERROW_BLESS=1 writes it anew"
    );
}

#[test]
fn the_readme_shows_what_is_printed() {
    let page = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).unwrap();
    let blocks = text_blocks(&page);
    assert!(blocks.len() >= 3);
    let anything = [
        printed(&["check", "fixtures/homelab"]),
        printed(&["model", "fixtures/homelab/proxmox-high-availability-homelab.md"]),
    ];
    for block in blocks {
        if let Some((command, output)) =
            block.strip_prefix("$ merrow ").and_then(|rest| rest.split_once('\n'))
        {
            assert_eq!(printed(&command.split(' ').collect::<Vec<_>>()), output, "{command}");
        } else {
            assert!(anything.iter().any(|output| output.contains(block)), "nothing prints\n{block}");
        }
    }
}

#[test]
fn the_example_of_a_cluster_file_has_no_finding() {
    let page =
        std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/cluster-file.md")).unwrap();
    let example =
        page.split_once("```toml\n").and_then(|(_, rest)| rest.split_once("```")).expect("it has one").0;
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("example-of-a-cluster-file");
    std::fs::create_dir_all(&folder).unwrap();
    let check = |text: &str| {
        std::fs::write(folder.join("cluster.toml"), text).unwrap();
        let mut command = Command::cargo_bin("merrow").unwrap();
        command.current_dir(&folder).args(["check", "cluster.toml"]).assert()
    };
    let output = check(example).success().get_output().stdout.clone();
    let output = String::from_utf8(output).unwrap();
    assert!(output.starts_with("Nothing found in 1 file"), "{output}");

    let wrong = example.replace("size = 3", "size = 0").replace("vlan = 44", "vlan = 4400");
    let output = check(&wrong).code(1).get_output().stdout.clone();
    let output = String::from_utf8(output).unwrap();
    for part in
        ["error[config-syntax]: `size` cannot be `0`", "error[config-syntax]: `vlan` cannot be `4400`"]
    {
        assert!(output.contains(part), "{part}\n{output}");
    }
}
