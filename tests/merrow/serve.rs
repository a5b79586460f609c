//! The preview, as a browser meets it: the real program over HTTP, in a folder of its own.
#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a story sets its own stage, and fails when it cannot"
)]

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// Longer than any machine needs; only a failure waits for it.
const PATIENCE: Duration = Duration::from_secs(60);

/// A preview that runs.
struct Served {
    child: Child,
    folder: PathBuf,
    port: u16,
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// An answer.
struct Answer {
    status: u16,
    head: String,
    body: String,
}

impl Served {
    /// Serves the folder of the story `name`, with `files` in it.
    fn start(name: &str, files: &[(&str, &str)]) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("serve").join(name);
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        for (path, text) in files {
            write(&folder, path, text);
        }
        let mut child = Command::new(env!("CARGO_BIN_EXE_merrow"))
            .args(["serve", "--port", "0"])
            .current_dir(&folder)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut url = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut url).unwrap();
        let port = url.trim_end().strip_prefix("http://127.0.0.1:").and_then(|rest| rest.strip_suffix('/'));
        let port = port.unwrap_or_else(|| panic!("the first line is the URL: {url:?}")).parse().unwrap();
        Self { child, folder, port }
    }

    fn write(&self, path: &str, text: &str) {
        write(&self.folder, path, text);
    }

    fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        stream
    }

    /// Sends `request` as it is, and reads the answer to its end.
    fn ask(&self, request: &str) -> Answer {
        let mut stream = self.connect();
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap_or((&answer, ""));
        let status = head.split(' ').nth(1).unwrap_or_default().parse().unwrap();
        Answer { status, head: head.to_lowercase(), body: body.to_owned() }
    }

    fn request(&self, method: &str, path: &str, host: &str) -> Answer {
        self.ask(&format!("{method} {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"))
    }

    fn get(&self, path: &str) -> Answer {
        self.request("GET", path, &format!("127.0.0.1:{}", self.port))
    }

    /// Listens to the versions; the one that is shown comes first.
    fn events(&self) -> Events {
        let mut stream = self.connect();
        write!(stream, "GET /events HTTP/1.1\r\nHost: localhost:{}\r\n\r\n", self.port).unwrap();
        Events(BufReader::new(stream))
    }

    /// The content, once `is_wanted`; each change is waited for, none is polled for.
    fn content(&self, events: &mut Events, what: &str, is_wanted: impl Fn(&str) -> bool) -> String {
        loop {
            let content = self.get("/content").body;
            if is_wanted(&content) {
                return content;
            }
            println!("waiting for {what}");
            events.next_version();
        }
    }
}

fn write(folder: &Path, path: &str, text: &str) {
    let path = folder.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

struct Events(BufReader<TcpStream>);

impl Events {
    /// The version that the next event names.
    fn next_version(&mut self) -> u64 {
        loop {
            let mut line = String::new();
            assert!(self.0.read_line(&mut line).unwrap() > 0, "the stream of events has ended");
            if let Some(version) = line.trim_end().strip_prefix("data: {\"version\":") {
                return version.strip_suffix('}').unwrap().parse().unwrap();
            }
        }
    }
}

/// A post with a flowchart of one edge.
fn post(from: &str, to: &str) -> String {
    format!("# A post\n\nwords\n\n```mermaid\nflowchart LR\n    {from} --> {to}\n```\n")
}

/// The URL of the first drawing of some content.
fn drawing_url(content: &str) -> Option<&str> {
    let start = content.find("src=\"/drawings/")? + "src=\"".len();
    content[start..].split('"').next()
}

#[test]
fn a_post_is_shown_and_an_edit_is_followed() {
    let served = Served::start("edit", &[("a.md", &post("One", "Two")), ("merrow.toml", "")]);
    let page = served.get("/");
    assert_eq!(page.status, 200);
    assert!(page.head.contains("content-type: text/html; charset=utf-8"), "{}", page.head);
    assert!(page.body.starts_with("<!DOCTYPE html>") && page.body.contains("words"), "{}", page.body);

    let mut events = served.events();
    let first = events.next_version();
    served.write("a.md", &post("One", "Two").replace("words", "other words"));
    assert!(events.next_version() > first);
    served.content(&mut events, "the edit", |content| content.contains("other words"));

    // Editors write beside the file and rename.
    served.write(".a.md.tmp", &post("One", "Two").replace("words", "renamed words"));
    fs::rename(served.folder.join(".a.md.tmp"), served.folder.join("a.md")).unwrap();
    served.content(&mut events, "the renamed file", |content| content.contains("renamed words"));
}

#[test]
fn a_broken_diagram_shows_its_mistake_and_keeps_its_last_good_drawing() {
    let served = Served::start("broken", &[("a.md", &post("One", "Two"))]);
    let mut events = served.events();
    let content = served.get("/content").body;
    let url = drawing_url(&content).unwrap_or_else(|| panic!("no drawing in {content}")).to_owned();
    let drawing = served.get(&url);
    assert_eq!(drawing.status, 200);
    assert!(drawing.head.contains("content-type: image/svg+xml"), "{}", drawing.head);
    assert!(drawing.body.contains("One") && drawing.body.contains("Two"), "{}", drawing.body);

    served.write("a.md", &post("One", "[Two"));
    let content = served.content(&mut events, "the mistake", |content| content.contains("outdated"));
    assert_eq!(drawing_url(&content), Some(url.as_str()), "the last good drawing stays");
    assert!(served.get(&url).body.contains("Two"));
    assert!(content.contains("a-md~syntax~1"), "the mistake is told: {content}");

    served.write("a.md", &post("One", "Three"));
    let content = served.content(&mut events, "the repair", |content| !content.contains("outdated"));
    let new_url = drawing_url(&content).unwrap();
    assert_ne!(new_url, url, "a browser that knows the old drawing loads the new one");
    assert!(served.get(new_url).body.contains("Three"));
}

#[test]
fn files_and_folders_come_and_go() {
    let served = Served::start("coming", &[("a.md", "# First\n")]);
    let mut events = served.events();
    served.write("sub/deep/b.md", "# Second\n");
    served.content(&mut events, "the new folder", |content| content.contains("Second"));
    served.write("sub/deep/b.md", "# Changed\n");
    served.content(&mut events, "an edit in it", |content| content.contains("Changed"));
    fs::remove_dir_all(served.folder.join("sub")).unwrap();
    served.content(&mut events, "its end", |content| !content.contains("Changed"));
    served.write("sub/deep/b.md", "# Again\n");
    served.content(&mut events, "its return", |content| content.contains("Again"));
    served.write("sub/deep/b.md", "# And again\n");
    served.content(&mut events, "an edit after its return", |content| content.contains("And again"));
    fs::remove_file(served.folder.join("a.md")).unwrap();
    served.content(&mut events, "the removed file", |content| !content.contains("First"));
}

#[test]
fn what_git_ignores_is_not_followed() {
    let served =
        Served::start("ignored", &[("a.md", "# A\n"), (".gitignore", "out/\n"), ("out/b.md", "# B\n")]);
    let mut events = served.events();
    let first = events.next_version();
    served.write("out/b.md", "# C\n");
    served.write(".hidden.md", "# D\n");
    served.write("a.md", "# Changed\n");
    assert_eq!(events.next_version(), first + 1);
    let content = served.content(&mut events, "the edit", |content| content.contains("Changed"));
    assert!(!content.contains("out/b.md") && !content.contains("hidden"), "{content}");
}

#[test]
fn settings_are_followed_and_their_mistakes_are_told() {
    let lonely = "# A\n\n```mermaid\nflowchart LR\n    A --> B\n    C\n```\n";
    let served = Served::start("settings", &[("a.md", lonely), ("merrow.toml", "")]);
    let mut events = served.events();
    assert!(served.get("/content").body.contains("isolated-node"));
    served.write("merrow.toml", "[rules]\nisolated-node = \"off\"\n");
    served.content(&mut events, "the settings", |content| !content.contains("isolated-node"));
    served.write("merrow.toml", "[rulez]\n");
    let content = served.content(&mut events, "the mistake", |content| content.contains("rulez"));
    assert!(content.contains("did you mean"), "{content}");
    served.write("merrow.toml", "");
    served.content(&mut events, "the repair", |content| {
        !content.contains("rulez") && content.contains("isolated-node")
    });
}

#[test]
fn only_what_is_in_the_table_is_served() {
    let served = Served::start("table", &[("a.md", "# A\n"), ("secret.txt", "secret")]);
    for path in ["/style.css", "/script.js", "/content", "/"] {
        let answer = served.get(path);
        assert_eq!(answer.status, 200, "{path}");
        for header in [
            "cache-control: no-store",
            "x-content-type-options: nosniff",
            "content-security-policy: default-src 'none'; img-src 'self' data:; style-src 'self'; script-src 'self'; \
             connect-src 'self'",
        ] {
            assert!(answer.head.contains(header), "{path} has no {header}: {}", answer.head);
        }
    }
    for path in [
        "/secret.txt",
        "/a.md",
        "/../secret.txt",
        "/..%2fsecret.txt",
        "/drawings/../../secret.txt",
        "/drawings/..%2f..%2fsecret.txt",
        "/drawings/",
        "/drawings/none.svg",
        "//style.css",
        "/%00",
    ] {
        let answer = served.get(path);
        assert_eq!(answer.status, 404, "{path}");
        assert!(!answer.body.contains("secret\n") && !answer.body.ends_with("secret"), "{path}");
    }
    let own = format!("127.0.0.1:{}", served.port);
    for method in ["POST", "PUT", "DELETE", "OPTIONS"] {
        assert_eq!(served.request(method, "/", &own).status, 405, "{method}");
    }
    let head = served.request("HEAD", "/", &own);
    assert_eq!((head.status, head.body.as_str()), (200, ""));
}

#[test]
fn a_foreign_host_is_refused() {
    let served = Served::start("host", &[("a.md", "# A\n")]);
    for (host, status) in [
        (format!("localhost:{}", served.port), 200),
        ("[::1]".to_owned(), 200),
        (format!("evil.example:{}", served.port), 403),
        ("192.168.0.1".to_owned(), 403),
    ] {
        assert_eq!(served.request("GET", "/content", &host).status, status, "{host}");
    }
    let two = "GET /content HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\nConnection: close\r\n\r\n";
    assert_ne!(served.ask(two).status, 200);
    let absolute = "GET http://evil.example/content HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    assert_eq!(served.ask(absolute).status, 403);
    assert_ne!(served.ask("GET /content HTTP/1.0\r\n\r\n").status, 200, "a request without a host");
}

#[cfg(unix)]
#[test]
fn an_interrupt_ends_it_well() {
    let mut served = Served::start("interrupt", &[("a.md", "# A\n")]);
    let mut events = served.events();
    events.next_version();
    Command::new("kill").args(["-INT", &served.child.id().to_string()]).status().unwrap();
    assert_eq!(served.child.wait().unwrap().code(), Some(0), "though a browser listens");
}

#[test]
fn an_address_that_cannot_be_had_is_explained() {
    let served = Served::start("taken", &[("a.md", "# A\n")]);
    let port = served.port.to_string();
    for (arguments, message, help) in [
        (vec!["--port", &port], "is taken by another program", "--port 0"),
        (
            vec!["--host", "203.0.113.7", "--port", "0"],
            "does not have the address 203.0.113.7",
            "leave out --host",
        ),
    ] {
        let mut command = assert_cmd::Command::cargo_bin("merrow").unwrap();
        let assert = command.arg("serve").args(&arguments).current_dir(&served.folder).assert().code(2);
        let error = String::from_utf8(assert.get_output().stderr.clone()).unwrap();
        assert!(error.contains(message) && error.contains(help), "{error}");
        assert!(assert.get_output().stdout.is_empty());
    }
}
