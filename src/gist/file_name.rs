//! What a file that leaves a post is called.

use crate::base::slug::slug;
use crate::document::Block;

use super::language::Language;

/// Characters that a name may have.
const MAX: usize = 80;

/// The name of the file that `block` becomes: a name without folders, of ASCII letters, digits, `.`, `_` and `-`.
///
/// By what the author calls it in the info string, else by the path in its first comment, else by its format, else by the
/// heading above it or, without one, by `post`.
pub(super) fn file_name(block: &Block, language: &Language, post: &str) -> String {
    let title = block.file_name();
    if let Some(name) = title.and_then(name_of_path) {
        return name;
    }
    if let Some(name) = first_comment(&block.excerpt.text, language).and_then(named_path) {
        return name;
    }
    let ending = ending(block, language);
    if let Some(slug) = title.map(slug).filter(|slug| !slug.is_empty()) {
        return format!("{slug}.{ending}");
    }
    if let Some(name) = language.file_name.and_then(name_of_path) {
        return name;
    }
    let heading = block.section.as_deref().map(slug).filter(|slug| !slug.is_empty());
    format!("{}.{ending}", heading.as_deref().unwrap_or(post))
}

/// What stands behind the dot: the language's word, or the one that the author uses for it.
fn ending(block: &Block, language: &Language) -> String {
    let word = block.language.to_ascii_lowercase();
    let is_ending = (1..=10).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_alphanumeric());
    if is_ending && (!language.is_known() || word == "yaml") { word } else { language.ending.to_owned() }
}

/// The name at the end of `path`, when the path is one and no title in words.
fn name_of_path(path: &str) -> Option<String> {
    let path = path.trim();
    let name = path.rsplit(['/', '\\']).next().unwrap_or(path);
    let is_path = name.len() < path.len() || name.contains('.') || is_well_known(name);
    let is_word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-' | '+' | '@');
    if !is_path || name.is_empty() || !name.chars().all(is_word) {
        return None;
    }
    safe(name)
}

/// Names of files without an ending.
fn is_well_known(name: &str) -> bool {
    [
        "Dockerfile",
        "Containerfile",
        "Makefile",
        "Jenkinsfile",
        "Vagrantfile",
        "Caddyfile",
        "Justfile",
        "interfaces",
    ]
    .contains(&name)
}

/// The name without what some system does not take: dots and hyphens at its start, dots at its end, too many characters.
fn safe(name: &str) -> Option<String> {
    let kept: String = name.chars().map(|c| if matches!(c, '+' | '@') { '-' } else { c }).collect();
    let kept = kept.trim_start_matches(['.', '-']).trim_end_matches('.');
    let kept = kept.get(..MAX.min(kept.len())).unwrap_or_default();
    let is_device = ["con", "prn", "aux", "nul"].contains(&kept.split('.').next().unwrap_or_default());
    (!kept.is_empty() && !is_device).then(|| kept.to_owned())
}

/// The first line of `text` when it is a comment, a line with the interpreter's path left aside.
fn first_comment<'a>(text: &'a str, language: &Language) -> Option<&'a str> {
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with("#!"));
    lines.next().filter(|line| language.is_comment(line))
}

/// The name of the first file whose path stands in `comment`: `# /etc/network/interfaces of pve-01`, `# docker-compose.yml`.
fn named_path(comment: &str) -> Option<String> {
    let is_around =
        |c: char| matches!(c, '`' | '"' | '\'' | '(' | ')' | ',' | ':' | ';' | '<' | '>' | '*' | '#');
    comment.split_whitespace().find_map(|word| {
        let word = word.trim_matches(is_around).trim_end_matches('.');
        if word.contains("://") {
            return None;
        }
        let is_rooted = ["/", "~/", "./", "../"].iter().any(|root| word.starts_with(root));
        let is_deep = word.trim_matches('/').contains('/');
        let (stem, ending) = word.rsplit_once('.').unwrap_or((word, ""));
        let has_ending = !stem.is_empty() && Language::has_ending(&ending.to_ascii_lowercase());
        let is_path = (is_rooted && is_deep && !word.ends_with('/')) || has_ending || is_well_known(word);
        if is_path { name_of_path(word) } else { None }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cluster::formats;
    use crate::document::{self, SourceKind};

    fn name(post: &str) -> String {
        let document = document::read(post, SourceKind::Markdown);
        let block = &document.blocks[0];
        let text = &block.excerpt.text;
        let format = formats::recognize(&block.language, block.file_name(), text);
        file_name(block, &Language::of(&block.language, format, text), "post")
    }

    #[test]
    fn a_file_is_called_what_its_author_calls_it() {
        let table = [
            ("```yaml title=\"stacks/docker-compose.yml\"\na: 1\n```", "docker-compose.yml"),
            ("```yaml title=\"The stack\"\na: 1\n```", "the-stack.yaml"),
            ("```env file=.env\nA=1\n```", "env"),
            ("```sh title=\"../../etc/passwd\"\na\n```", "passwd"),
            ("```sh title=\"..\"\na\n```", "post.sh"),
            ("```text\n# /etc/network/interfaces of pve-01\nauto lo\n```", "interfaces"),
            ("```python\n#!/usr/bin/env python3\n# scripts/ssp.py: makes it\nx\n```", "ssp.py"),
            ("```yml\n# see https://example.net/x.yml and/or ask\na: 1\n```", "post.yml"),
            ("```bash\n# cat /etc/pve/corosync.conf\ntotem {\n}\nquorum {\n}\n```", "corosync.conf"),
            ("```\ntotem {\n}\nnodelist {\n}\n```", "corosync.conf"),
            ("```\nvm: 100\n\tstate started\n```", "resources.cfg"),
            ("# Über: Docker / HA\n\n```dockerfile\nFROM x\n```", "Dockerfile"),
            ("# Set up, 2 of 3\n\n```bash\nls\n```", "set-up-2-of-3.sh"),
            ("# 集群\n\n```json\n{}\n```", "post.json"),
            ("```quux\na\n```", "post.quux"),
            ("```console\n$ a\n```", "post.txt"),
            ("```\na\n```", "post.txt"),
            ("```sh title=\"con.sh\"\na\n```", "con-sh.sh"),
        ];
        for (post, expected) in table {
            assert_eq!(name(post), expected, "{post}");
        }
    }
}
