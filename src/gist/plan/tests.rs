use super::*;
use crate::base::edit;
use crate::document::{self, SourceKind};
use crate::gist::link::LinkPattern;

fn thresholds(lines: usize, keep: usize) -> Thresholds {
    Thresholds { lines, keep, url: None }
}

/// The plan of a post that says nothing about a cluster but in lines that hold `!`.
fn planned(text: &str, thresholds: &Thresholds) -> Plan {
    let document = document::read(text, SourceKind::Markdown);
    let essential: Vec<Span> =
        text.match_indices('!').map(|(at, mark)| Span::from(at..at + mark.len())).collect();
    let material = Material {
        text,
        document: &document,
        essential: &essential,
        allowed: &[],
        folder: "post",
        base: "gists/",
    };
    plan(&material, thresholds, &mut Shelf::default())
}

/// The post after its plan, and the files.
fn applied(text: &str, thresholds: &Thresholds) -> (String, Vec<(String, String)>) {
    let plan = planned(text, thresholds);
    let files = plan.splits.iter().map(|split| (split.file.clone(), split.contents.clone())).collect();
    (edit::apply(text, &plan.edits()), files)
}

/// A block of the language `name` with the lines of `head` and more, ten in all.
fn block(name: &str, head: &str, more: &str) -> String {
    let n_more = 10 - head.lines().count();
    format!("```{name}\n{head}{}```\n", format!("{more}\n").repeat(n_more))
}

#[test]
fn what_matters_stays_and_the_link_is_below() {
    let text = block("bash", "# Set up\n\napt update\n\npvecm create x! \\\n  --votes 1\n\n", "ls");
    let (post, files) = applied(&format!("# Nodes\n\n{text}\nEnd.\n"), &thresholds(10, 5));
    assert_eq!(
        post,
        "# Nodes\n\n```bash\n# Set up\n\npvecm create x! \\\n  --votes 1\n\n\
         # Full configuration: gists/post/nodes.sh\n```\n\nEnd.\n"
    );
    let contents = text.trim_start_matches("```bash\n").trim_end_matches("```\n").to_owned();
    assert_eq!(files, [("post/nodes.sh".to_owned(), contents)]);
}

#[test]
fn the_link_speaks_the_language_of_its_block() {
    let json = block("json", "{\n", "  \"a\": 1,");
    let url =
        Thresholds { url: LinkPattern::new("https://example.net/{post}/{file}").ok(), ..thresholds(10, 3) };
    let table = [
        (
            block("lua", "x = 1\n\n", "y = 2"),
            "```lua\nx = 1\n\n-- Full text: https://example.net/post/post.lua\n```\n",
        ),
        (
            block("css", "a {}\n\n", "b {}"),
            "```css\na {}\n\n/* Full text: https://example.net/post/post.css */\n```\n",
        ),
        (
            block("xml", "<a>\n", "<b/>"),
            "```xml\n<!-- Full configuration: https://example.net/post/post.xml -->\n```\n",
        ),
        (json.clone(), "Full configuration: [post.json](https://example.net/post/post.json)\n"),
        (
            format!("above\n{json}below\n"),
            "above\n\nFull configuration: [post.json](https://example.net/post/post.json)\n\nbelow\n",
        ),
        (
            block("", "words\n\n", "more"),
            "```\nwords\n```\n\nFull text: [post.txt](https://example.net/post/post.txt)\n",
        ),
    ];
    for (text, expected) in table {
        assert_eq!(applied(&text, &url).0, expected, "{text}");
    }
}

#[test]
fn a_block_keeps_its_place_in_quotes_and_lists() {
    let text = "> - a\n>\n>   ~~~sh\n>   one!\n>\n>   two\n>   three\n>   four\n>   five\n>   six\n>   seven\n>   ~~~\n>\n>   b\n";
    let (post, files) = applied(text, &thresholds(8, 2));
    assert_eq!(
        post,
        "> - a\n>\n>   ~~~sh\n>   one!\n>\n>   # Full configuration: gists/post/post.sh\n>   ~~~\n>\n>   b\n"
    );
    assert_eq!(files[0].1, "one!\n\ntwo\nthree\nfour\nfive\nsix\nseven\n");
    let indented = "a\n\n    1\n    2\n    3\n    4\n    5\n    6\n    7\n    8\n\nb\n";
    assert_eq!(
        applied(indented, &thresholds(8, 2)).0,
        "a\n\nFull text: [post.txt](gists/post/post.txt)\n\nb\n"
    );
}

#[test]
fn line_ends_and_what_is_no_block_stay_as_they_are() {
    let text = format!("\u{feff}# x\r\n\r\n{}\r\nlast", block("bash", "a!\n\n", "b"))
        .replace("\r\n", "\n")
        .replace('\n', "\r\n");
    let (post, files) = applied(&text, &thresholds(10, 2));
    assert_eq!(
        post,
        "\u{feff}# x\r\n\r\n```bash\r\na!\r\n\r\n# Full configuration: gists/post/x.sh\r\n```\r\n\r\nlast"
    );
    assert_eq!(files[0].1, format!("a!\r\n\r\n{}", "b\r\n".repeat(8)));
}

#[test]
fn what_is_no_oversized_code_stays() {
    let diagram = block("mermaid", "flowchart LR\n", "A --> B");
    let small = block("bash", "", "ls").replace("ls\n```", "```");
    for text in [diagram, small, "words\n".repeat(99)] {
        assert_eq!(planned(&text, &thresholds(10, 5)), Plan::default(), "{text}");
    }
    let script = document::read(&"ls\n".repeat(99), SourceKind::Config { language: "sh" });
    assert_eq!(oversized(&script, &thresholds(10, 5)).count(), 0);
}

#[test]
fn a_block_with_a_secret_does_not_leave() {
    let text = format!("{}\n{}", block("bash", "DB_PASSWORD=vK9+mz2Q\n", "ls"), block("bash", "", "ls"));
    let plan = planned(&text, &thresholds(10, 5));
    assert_eq!(plan.splits.len(), 1);
    assert_eq!(plan.refused.len(), 1);
    assert_eq!(plan.refused[0].secrets[0].span.slice(&text), "vK9+mz2Q");
}

#[test]
fn equal_blocks_are_one_file_and_others_are_not_overwritten() {
    let text = [block("bash", "a\n", "b"), block("bash", "a\n", "b"), block("bash", "a\n", "c")].join("\n");
    let plan = planned(&text, &thresholds(10, 5));
    let files: Vec<&str> = plan.splits.iter().map(|split| split.file.as_str()).collect();
    assert_eq!(files, ["post/post.sh", "post/post.sh", "post/post-2.sh"]);
}

/// Lines of which a post can be put together so that fences, prefixes and statements meet in any order.
const LINES: [&str; 24] = [
    "```bash",
    "```",
    "~~~yaml",
    "~~~",
    "````json",
    "````",
    "> ```",
    "> ",
    "> a: 1!",
    "- ```",
    "  b",
    "  ```",
    "    code",
    "",
    "# heading",
    "# c",
    "cat <<EOF",
    "EOF",
    "if a; then",
    "fi",
    "{",
    "}",
    "\tx: [1,",
    "key: v!",
];

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(400))]

    #[test]
    fn what_leaves_is_what_stood_there_and_nothing_leaves_twice(
        lines in proptest::collection::vec((0..LINES.len(), 1..6_usize), 0..30),
        newline in proptest::sample::select(vec!["\n", "\r\n"]),
        keep in 0..9_usize,
    ) {
        let text: String =
            lines.iter().flat_map(|(line, n)| vec![[LINES[*line], newline].concat(); *n]).collect();
        let thresholds = thresholds(8, keep);
        let document = document::read(&text, SourceKind::Markdown);
        let plan = planned(&text, &thresholds);
        let post = edit::apply(&text, &plan.edits());
        let after = document::read(&post, SourceKind::Markdown);
        let mut at = 0;
        for split in &plan.splits {
            let block = &document.blocks[split.block];
            proptest::prop_assert_eq!(split.contents.replace("\r\n", "\n"), &*block.excerpt.text, "{}", text);
            proptest::prop_assert!(block.span.join(split.edit.span).contains(split.edit.span), "{}", text);
            proptest::prop_assert!(at <= split.edit.span.start, "{}", text);
            at = split.edit.span.end;
        }
        proptest::prop_assert!(planned(&post, &thresholds).is_empty(), "{text}\n---\n{post}");
        // A block that stays in part is the same block, or a line in its place.
        let n_gone = plan.splits.iter().filter(|split| split.n_kept == 0 && !split.edit.text.contains('#')).count();
        proptest::prop_assert!(after.blocks.len() >= document.blocks.len() - n_gone, "{text}\n---\n{post}");
    }
}
