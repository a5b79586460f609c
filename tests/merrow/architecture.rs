//! The order of the house: imports point to lower floors, never sideways, and nothing goes in circles.
//!
//! Reads the table in `docs/architecture.md` and every `crate::`, `super::` and `self::` path below `src`, comments and
//! strings removed. `lib.rs` and `main.rs` stand above the rooms.
#![expect(clippy::disallowed_methods, reason = "the test reads the sources themselves")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// A row of the table.
#[derive(Debug, Clone)]
struct Room {
    floor: u32,
    name: String,
    /// Modules in the order in which they may import each other; empty where only circles are forbidden.
    inside: Vec<String>,
}

/// The rooms of the table in `text`.
fn rooms(text: &str) -> Vec<Room> {
    let rows = text.lines().filter_map(|line| line.strip_prefix("| ")?.strip_suffix('|'));
    rows.filter_map(|row| {
        let cells: Vec<&str> = row.split('|').map(str::trim).collect();
        let [floor, name, inside] = cells[..] else {
            return None;
        };
        Some(Room {
            floor: floor.parse().ok()?,
            name: name.to_owned(),
            inside: inside
                .split(',')
                .map(str::trim)
                .filter(|name| !name.is_empty())
                .map(str::to_owned)
                .collect(),
        })
    })
    .collect()
}

/// `text` with comments, strings and characters replaced by blanks.
fn code_only(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = bytes.to_vec();
    let mut at = 0;
    while at < bytes.len() {
        let end = at + width_of_prose(&text[at..]).unwrap_or(0);
        if end == at {
            at += text[at..].chars().next().map_or(1, char::len_utf8);
            continue;
        }
        for byte in &mut out[at..end] {
            if *byte != b'\n' {
                *byte = b' ';
            }
        }
        at = end;
    }
    String::from_utf8(out).expect("whole characters were blanked")
}

/// Bytes of the comment, string or character that `text` starts with.
fn width_of_prose(text: &str) -> Option<usize> {
    if text.starts_with("//") {
        return Some(text.find('\n').unwrap_or(text.len()));
    }
    if text.starts_with("/*") {
        let mut depth = 0;
        let mut at = 0;
        while at < text.len() {
            let rest = &text[at..];
            let step = match () {
                () if rest.starts_with("/*") => {
                    depth += 1;
                    2
                }
                () if rest.starts_with("*/") => {
                    depth -= 1;
                    2
                }
                () => rest.chars().next().map_or(1, char::len_utf8),
            };
            at += step;
            if depth == 0 {
                break;
            }
        }
        return Some(at);
    }
    if let Some(rest) = text.strip_prefix('r') {
        let hashes = rest.len() - rest.trim_start_matches('#').len();
        if rest[hashes..].starts_with('"') {
            let close = format!("\"{}", "#".repeat(hashes));
            let body = 1 + hashes + 1;
            return Some(text[body..].find(&close).map_or(text.len(), |end| body + end + close.len()));
        }
        return None;
    }
    if text.starts_with('"') {
        let mut is_escaped = false;
        for (at, c) in text.char_indices().skip(1) {
            match c {
                _ if is_escaped => is_escaped = false,
                '\\' => is_escaped = true,
                '"' => return Some(at + 1),
                _ => {}
            }
        }
        return Some(text.len());
    }
    let character = text.strip_prefix('\'')?;
    if let Some(escape) = character.strip_prefix('\\') {
        return escape.char_indices().skip(1).find(|(_, c)| *c == '\'').map(|(at, _)| at + 3);
    }
    let width = character.chars().next()?.len_utf8();
    // Otherwise it is a lifetime.
    character[width..].starts_with('\'').then_some(width + 2)
}

/// Words and signs of code.
fn tokens(code: &str) -> Vec<&str> {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let mut tokens = Vec::new();
    let mut rest = code.trim_start();
    while let Some(first) = rest.chars().next() {
        let width = match first {
            _ if is_word(first) => rest.find(|c| !is_word(c)).unwrap_or(rest.len()),
            ':' if rest.starts_with("::") => 2,
            _ => first.len_utf8(),
        };
        tokens.push(&rest[..width]);
        rest = rest[width..].trim_start();
    }
    tokens
}

/// A path that a file mentions.
#[derive(Debug, PartialEq, Eq)]
struct Mention {
    /// From the root of the crate.
    path: Vec<String>,
    /// It stands in a `pub use`.
    is_public: bool,
}

/// Every path of a file that starts with `crate`, `super` or `self`; `module` is the file's own path.
fn mentions(text: &str, module: &[String]) -> Vec<Mention> {
    let code = code_only(text);
    let tokens = tokens(&code);
    let mut mentions = Vec::new();
    let mut here = module.to_vec();
    // For each open brace, whether it is the body of a module.
    let mut braces: Vec<bool> = Vec::new();
    let mut is_public = false;
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        match *token {
            "mod" if tokens.get(at + 2) == Some(&"{") => {
                here.push(tokens[at + 1].to_owned());
                braces.push(true);
                at += 3;
                continue;
            }
            "{" => braces.push(false),
            "}" if braces.pop() == Some(true) => {
                here.pop();
            }
            "use" => is_public = at > 0 && (tokens[at - 1] == "pub" || tokens[at - 1] == ")"),
            ";" => is_public = false,
            "crate" | "super" | "self"
                if tokens.get(at + 1) == Some(&"::") && (at == 0 || tokens[at - 1] != "::") =>
            {
                let mut start = if *token == "crate" { Vec::new() } else { here.clone() };
                if *token == "super" {
                    start.pop();
                }
                let (paths, next) = path_tree(&tokens, at + 2, start);
                mentions.extend(paths.into_iter().map(|path| Mention { path, is_public }));
                at = next;
                continue;
            }
            _ => {}
        }
        at += 1;
    }
    mentions
}

/// The paths of a tree such as `a::{b, c::d}`, each behind `prefix`, and the token behind the tree.
fn path_tree(tokens: &[&str], mut at: usize, mut prefix: Vec<String>) -> (Vec<Vec<String>>, usize) {
    loop {
        match tokens.get(at) {
            Some(&"{") => {
                let mut paths = Vec::new();
                at += 1;
                loop {
                    match tokens.get(at) {
                        Some(&"}") => return (paths, at + 1),
                        Some(&",") => at += 1,
                        Some(_) => {
                            let (found, next) = path_tree(tokens, at, prefix.clone());
                            paths.extend(found);
                            at = next;
                            if tokens.get(at) == Some(&"as") {
                                at += 2;
                            }
                        }
                        None => return (paths, at),
                    }
                }
            }
            Some(&"super") => {
                prefix.pop();
            }
            Some(&"self") => {}
            Some(name) => prefix.push((*name).to_owned()),
            None => return (vec![prefix], at),
        }
        at += 1;
        if tokens.get(at) != Some(&"::") {
            return (vec![prefix], at);
        }
        at += 1;
    }
}

/// The module of the file at `path` below `src`.
fn module(path: &str) -> Vec<String> {
    let path = path.strip_suffix(".rs").unwrap_or(path);
    let path = path.strip_suffix("/mod").unwrap_or(path);
    path.split('/').map(str::to_owned).collect()
}

/// What is wrong with the order of `files`, each a path below `src` and a text.
fn violations(rooms: &[Room], files: &[(String, String)]) -> Vec<String> {
    let mut violations = Vec::new();
    let room_of = |name: &str| rooms.iter().find(|room| room.name == name);
    let modules: BTreeMap<Vec<String>, &str> =
        files.iter().map(|(path, _)| (module(path), path.as_str())).collect();
    let mut edges: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (file, text) in files {
        if file == "lib.rs" || file == "main.rs" {
            continue;
        }
        let module = module(file);
        let Some(room) = room_of(&module[0]) else {
            violations.push(format!("{file}: the table has no room `{}`", module[0]));
            continue;
        };
        if let Some(child) = module.get(1)
            && !room.inside.is_empty()
            && !room.inside.contains(child)
        {
            violations
                .push(format!("{file}: the table does not say where `{child}` stands in `{}`", room.name));
        }
        for Mention { path, is_public } in mentions(text, &module) {
            let shown = path.join("::");
            // A path that is only `crate::name` with a lower-case macro or function name belongs to no room.
            let Some(target) = path.first().and_then(|name| room_of(name)) else {
                violations.push(format!("{file}: `{shown}` leads to no room"));
                continue;
            };
            if target.name != room.name {
                if is_public {
                    violations.push(format!("{file}: `pub use {shown}` hands on another room's name"));
                }
                if target.floor > room.floor {
                    violations.push(format!(
                        "{file}: `{shown}` points upwards, from floor {} to {}",
                        room.floor, target.floor
                    ));
                } else if target.floor == room.floor {
                    violations.push(format!("{file}: `{shown}` points sideways, on floor {}", room.floor));
                }
                continue;
            }
            let place = |module: &[String]| room.inside.iter().position(|name| Some(name) == module.get(1));
            if let (Some(own), Some(other)) = (place(&module), place(&path))
                && other > own
            {
                violations.push(format!("{file}: `{shown}` stands later in `{}`", room.name));
            }
            let reached = (1..=path.len()).rev().find_map(|len| modules.get_key_value(&path[..len]));
            // A `mod.rs` is the face of its folder: the files in it may use what it holds.
            if let Some((reached, target_file)) = reached
                && !module.starts_with(reached)
            {
                edges.entry(file).or_default().insert(target_file);
            }
        }
    }
    violations.extend(circle(&edges));
    violations
}

/// One circle among the files, if there is any.
fn circle(edges: &BTreeMap<&str, BTreeSet<&str>>) -> Option<String> {
    let mut done: BTreeSet<&str> = BTreeSet::new();
    for start in edges.keys() {
        // The way from the start to the file at hand, each with what is left to try from it.
        let mut way: Vec<(&str, Vec<&str>)> = vec![(start, edges[start].iter().copied().collect())];
        while let Some((file, left)) = way.last_mut() {
            let file = *file;
            let Some(next) = left.pop() else {
                done.insert(file);
                way.pop();
                continue;
            };
            if let Some(first) = way.iter().position(|(file, _)| *file == next) {
                let names: Vec<&str> = way[first..].iter().map(|(file, _)| *file).collect();
                return Some(format!("{} -> {next}: a circle", names.join(" -> ")));
            }
            if !done.contains(next) {
                let targets = edges.get(next).into_iter().flatten().copied().collect();
                way.push((next, targets));
            }
        }
    }
    None
}

/// Every Rust file below `folder`, with its path from there.
fn sources(folder: &Path) -> Vec<(String, String)> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(at) = folders.pop() {
        for entry in fs::read_dir(&at).expect("src can be listed") {
            let path = entry.expect("src can be listed").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                let name = path
                    .strip_prefix(folder)
                    .expect("it was found below")
                    .to_string_lossy()
                    .replace('\\', "/");
                files.push((name, fs::read_to_string(&path).expect("sources are text")));
            }
        }
    }
    files.sort();
    files
}

#[test]
fn imports_point_downwards_and_nothing_goes_in_circles() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let rooms = rooms(&fs::read_to_string(root.join("docs/architecture.md")).unwrap());
    let files = sources(&root.join("src"));
    assert!(rooms.len() >= 10, "the table was found: {rooms:?}");
    assert!(files.len() >= 50, "the sources were found");
    let violations = violations(&rooms, &files);
    assert!(violations.is_empty(), "\n{}\n", violations.join("\n"));
}

/// What the checker says of a house with the planted `file`.
fn planted(file: &str, text: &str) -> Vec<String> {
    let table = "| floor | room | inside |\n| --- | --- | --- |\n| 0 | base | text, edit |\n| 1 | left | |\n| 1 | right | |\n| 2 | top | |\n";
    let sound = [
        ("base/mod.rs", "pub mod edit;\npub mod text;"),
        ("base/text.rs", "pub struct Span;"),
        ("base/edit.rs", "use super::text::Span;"),
        (
            "left/mod.rs",
            "mod one;\nmod two;\npub use one::One;\nuse crate::base::{edit::Edit, text::{self as t, Span}};",
        ),
        ("left/one.rs", "pub struct One;\n// use crate::top::Top;\nconst X: &str = \"crate::top::Top\";"),
        (
            "left/two.rs",
            "use super::one::One;\nuse super::Shared;\nmod tests { use super::*; use super::super::one; }",
        ),
        ("right/mod.rs", "fn f<'a>(x: &'a str) -> char { '\"' } /* crate::top /* nested */ */"),
        ("top/mod.rs", "use crate::left::One;\nfn g() { crate::right::h(); }"),
        ("lib.rs", "pub mod base;\npub use crate::left::One;"),
    ];
    let mut files: Vec<(String, String)> =
        sound.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect();
    assert_eq!(violations(&rooms(table), &files), Vec::<String>::new(), "the house stands");
    match files.iter_mut().find(|(path, _)| path == file) {
        Some((_, known)) => *known = format!("{known}\n{text}"),
        None => files.push((file.to_owned(), text.to_owned())),
    }
    violations(&rooms(table), &files)
}

#[test]
fn planted_faults_are_seen() {
    let table = [
        ("left/one.rs", "use crate::top::Top;", "left/one.rs: `crate::top::Top` points upwards"),
        ("base/text.rs", "fn f() { let x = crate::left::g(); }", "points upwards, from floor 0 to 1"),
        ("base/text.rs", "mod tests { use super::super::super::top::Top; }", "`top::Top` points upwards"),
        (
            "left/two.rs",
            "use crate::{base::text::Span, right::Right};",
            "left/two.rs: `right::Right` points sideways, on floor 1",
        ),
        (
            "top/mod.rs",
            "pub use crate::left::One as Uno;",
            "`pub use left::One` hands on another room's name",
        ),
        ("top/mod.rs", "pub(crate) use crate::base::{edit, text};", "`pub use base::text` hands on"),
        ("left/one.rs", "use super::two::Two;", "left/one.rs -> left/two.rs -> left/one.rs: a circle"),
        (
            "base/text.rs",
            "use crate::base::edit::Edit;",
            "base/text.rs: `base::edit::Edit` stands later in `base`",
        ),
        ("base/other.rs", "", "the table does not say where `other` stands"),
        ("attic/mod.rs", "", "the table has no room `attic`"),
        ("top/mod.rs", "use crate::cellar::Wine;", "`cellar::Wine` leads to no room"),
    ];
    for (file, text, expected) in table {
        let found = planted(file, text);
        let expected = expected.replace("`crate::", "`");
        assert!(found.iter().any(|violation| violation.contains(&expected)), "{text}: {found:?}");
    }
}
