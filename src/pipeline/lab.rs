//! Which files speak of the same cluster.

use std::collections::BTreeMap;

use crate::document::SourceKind;

use super::file::{FileFacts, Source};
use super::settings::Settings;

/// Files that speak of the same cluster.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lab {
    /// The name that the settings give it.
    pub name: Option<String>,
    /// Its files in the order of the set, as indices into the set.
    pub files: Vec<usize>,
}

/// What a page of diagrams is called after the post that it belongs to.
const COMPANION: &str = "_diagrams";

/// The labs of a set: those of the settings, then one for each post that the settings do not mention.
///
/// Such a post is joined by its companion (`X_diagrams.md` beside `X.md`, or anywhere in the set when only one post is
/// called so) and by the diagrams, configuration files and scripts that it links to. Another *post* that it links to
/// stays for itself: posts cite each other without speaking of one cluster. A file that no post claims is a lab of its
/// own. A file can be in several labs.
pub fn labs(settings: &Settings, files: &[(&Source, &FileFacts)]) -> Vec<Lab> {
    let mut labs: Vec<Lab> = Vec::new();
    let mut is_claimed = vec![false; files.len()];
    for rule in &settings.labs {
        let members: Vec<usize> =
            (0..files.len()).filter(|index| rule.files.is_match(&files[*index].0.project_path)).collect();
        for index in &members {
            is_claimed[*index] = true;
        }
        if !members.is_empty() {
            labs.push(Lab { name: Some(rule.name.clone()), files: members });
        }
    }

    let by_path: BTreeMap<&str, usize> =
        files.iter().enumerate().map(|(index, (source, _))| (source.project_path.as_str(), index)).collect();
    let mut joined = post_labs(files, &by_path, &is_claimed);
    for index in joined.iter().flat_map(|lab| &lab.files) {
        is_claimed[*index] = true;
    }
    let alone = (0..files.len()).filter(|index| !is_claimed[*index]);
    joined.extend(alone.map(|index| Lab { name: None, files: vec![index] }));
    joined.sort_by_key(|lab| lab.files[0]);
    labs.extend(joined);
    labs
}

/// A lab for each unclaimed post with what joins it.
fn post_labs(
    files: &[(&Source, &FileFacts)],
    by_path: &BTreeMap<&str, usize>,
    is_claimed: &[bool],
) -> Vec<Lab> {
    let posts: Vec<usize> = (0..files.len())
        .filter(|index| {
            !is_claimed[*index]
                && is_post(files[*index].0)
                && companion_of(&files[*index].0.project_path).is_none()
        })
        .collect();
    let mut by_stem: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for index in &posts {
        by_stem.entry(stem(&files[*index].0.project_path)).or_default().push(*index);
    }
    let mut members: BTreeMap<usize, Vec<usize>> = posts.iter().map(|post| (*post, vec![*post])).collect();
    for (index, (source, facts)) in files.iter().enumerate() {
        if let Some(stem) = companion_of(&source.project_path).filter(|_| is_post(source)) {
            let namesakes = by_stem.get(stem).map(Vec::as_slice).unwrap_or_default();
            let beside = namesakes
                .iter()
                .find(|post| folder(&files[**post].0.project_path) == folder(&source.project_path));
            let post = beside.or(match namesakes {
                [only] => Some(only),
                _ => None,
            });
            if let Some(list) = post.and_then(|post| members.get_mut(post)) {
                list.push(index);
            }
        }
        if let Some(list) = members.get_mut(&index) {
            let targets = facts.links.iter().filter(|link| !link.is_url());
            let linked =
                targets.filter_map(|link| by_path.get(resolve(&source.project_path, &link.target).as_str()));
            list.extend(linked.filter(|linked| !is_post(files[**linked].0)));
        }
    }
    members
        .into_values()
        .map(|mut files| {
            files.sort_unstable();
            files.dedup();
            Lab { name: None, files }
        })
        .collect()
}

fn is_post(source: &Source) -> bool {
    source.kind == SourceKind::Markdown
}

fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// The name of a file without its ending.
fn stem(path: &str) -> &str {
    let name = path.rsplit_once('/').map_or(path, |(_, name)| name);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

/// The stem of the post that a page of diagrams belongs to.
fn companion_of(path: &str) -> Option<&str> {
    stem(path).strip_suffix(COMPANION).filter(|stem| !stem.is_empty())
}

/// The project path that a link's `target` in the file `from` means.
fn resolve(from: &str, target: &str) -> String {
    let target = target.split(['#', '?']).next().unwrap_or_default();
    let mut parts: Vec<&str> = folder(from).split('/').filter(|part| !part.is_empty()).collect();
    for part in target.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::text::FileId;
    use crate::pipeline::file::Standing;
    use crate::pipeline::{file, settings};

    /// The labs of a set, each as the paths of its files.
    fn labs_of(settings: &str, set: &[(&str, &str)]) -> Vec<Vec<String>> {
        let settings = settings::read(settings).unwrap();
        let sources: Vec<Source> = set
            .iter()
            .enumerate()
            .map(|(index, (path, text))| Source {
                id: FileId(index as u32),
                path: (*path).to_owned(),
                project_path: (*path).to_owned(),
                kind: SourceKind::of(path).unwrap(),
                standing: Standing::AskedFor,
                text: (*text).to_owned(),
            })
            .collect();
        let facts: Vec<FileFacts> = sources.iter().map(|source| file::file(&settings, source)).collect();
        let files: Vec<(&Source, &FileFacts)> = sources.iter().zip(&facts).collect();
        let paths = |lab: Lab| lab.files.iter().map(|index| sources[*index].path.clone()).collect();
        labs(&settings, &files).into_iter().map(paths).collect()
    }

    #[test]
    fn a_post_is_joined_by_its_diagrams_and_by_what_it_links_to() {
        let set = [
            ("etc/c.conf", ""),
            ("posts/a.md", "[c](../etc/c.conf#x) [b](b.md)"),
            ("posts/a_diagrams.md", ""),
            ("posts/b.md", "[d](./d.mmd) [away](../../../etc/passwd)"),
            ("posts/d.mmd", ""),
            ("pages/b_diagrams.md", ""),
            ("pages/z_diagrams.md", ""),
            ("z.sh", ""),
        ];
        assert_eq!(
            labs_of("", &set),
            [
                vec!["etc/c.conf", "posts/a.md", "posts/a_diagrams.md"],
                vec!["posts/b.md", "posts/d.mmd", "pages/b_diagrams.md"],
                vec!["pages/z_diagrams.md"],
                vec!["z.sh"],
            ]
        );
    }

    #[test]
    fn settings_say_what_belongs_together() {
        let set = [("a.md", ""), ("b.md", "[x](gists/c.conf)"), ("gists/c.conf", ""), ("sub/d.md", "")];
        let settings = "[[lab]]\nname = \"ha\"\nfiles = [\"a.md\", \"gists/*\"]\n";
        assert_eq!(
            labs_of(settings, &set),
            [vec!["a.md", "gists/c.conf"], vec!["b.md", "gists/c.conf"], vec!["sub/d.md"]]
        );
        assert_eq!(labs_of("[[lab]]\nname = \"x\"\nfiles = [\"*.md\"]\n", &set)[0], ["a.md", "b.md"]);
    }
}
