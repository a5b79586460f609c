//! Time to parse diagrams, beside a bare Markdown pass over the same texts, unfenced, in the same run.
//!
//!     cargo bench --bench parse                    as users run it
//!     cargo bench --bench parse --profile dev      as tests run it
//!
//! First every diagram of the fixtures, and of the folder that `MERROW_CORPUS` names: the ratio is what counts, since a slow or
//! busy machine slows both. Then one diagram of each kind in three sizes: the time for a byte must stay the same.
//! Ends with 1 when a ratio is above [`MOST_TIMES_MARKDOWN`] or a byte of a large text costs [`MOST_TIMES_SMALL`] times that of a
//! small one.
#![expect(clippy::disallowed_methods, reason = "a bench reads files and the clock")]
#![expect(clippy::print_stdout, reason = "a bench tells what it measured")]

use std::hint::black_box;
use std::path::Path;
use std::process::ExitCode;
use std::time::Instant;

use merrow::document::{self, BlockKind, SourceKind};

/// How many times as long as a Markdown pass parsing may take.
const MOST_TIMES_MARKDOWN: f64 = 3.0;
/// How many times as much as in 10 kB a byte may cost in 50 MB; caches alone make it more than one.
const MOST_TIMES_SMALL: f64 = 2.5;
/// Of so many runs the fastest counts.
const N_RUNS: usize = 15;
const SIZES: [usize; 3] = [10_000, 1_000_000, 50_000_000];

/// A header, and statements of every usual sort; `{n}` makes names different.
const KINDS: [(&str, &str); 3] = [
    (
        "flowchart TB\n",
        "    subgraph S{n} [\"Rack {n}\"]\n        A{n}[Node {n}<br/>10.0.0.1] -->|votes: 1| B{n}{{\"QDevice\"}}\n    end\n    \
         B{n} -. \"reads and writes\" .-> C{n}[(Pool {n})] & D{n}@{ shape: doc }\n    style A{n} fill:#f96,stroke:#333\n    %% why\n",
    ),
    (
        "stateDiagram-v2\n",
        "    [*] --> Idle{n}\n    Idle{n} --> Busy{n} : a request comes, {n}\n    state Busy{n} {\n        [*] --> Read{n}\n        Read{n} --> \
         [*]\n    }\n    note right of Idle{n} : waits\n",
    ),
    (
        "sequenceDiagram\n",
        "    participant A{n} as Node {n}\n    A{n}->>+B{n}: is anybody there?\n    alt yes\n        B{n}-->>-A{n}: here, {n}\n    else \
         no\n        Note over A{n},B{n}: fence\n    end\n",
    ),
];

fn main() -> ExitCode {
    let mut texts = diagrams(Path::new("fixtures"));
    if let Some(corpus) = std::env::var_os("MERROW_CORPUS") {
        texts.extend(diagrams(Path::new(&corpus)));
    }
    let n_bytes: usize = texts.iter().map(String::len).sum();
    let (markdown, parse) = compare(&texts);
    let ratio = parse / markdown;
    println!(
        "{} diagrams, {n_bytes} bytes: Markdown {:.2} ms, parse {:.2} ms: ratio {ratio:.2}",
        texts.len(),
        markdown * 1e3,
        parse * 1e3
    );
    let mut is_good = ratio <= MOST_TIMES_MARKDOWN;
    for (header, statements) in KINDS {
        let costs = SIZES.map(|size| {
            let text = diagram(header, statements, size);
            let n_runs = if size > 1_000_000 { 2 } else { N_RUNS };
            let seconds = fastest(n_runs, || {
                black_box(merrow::parse(&text));
            });
            seconds * 1e9 / text.len() as f64
        });
        let growth = costs[2] / costs[0];
        is_good &= growth <= MOST_TIMES_SMALL;
        let costs: Vec<String> = costs.iter().map(|cost| format!("{cost:.1}")).collect();
        println!("{}: {} ns a byte in 10 kB, 1 MB, 50 MB", header.trim(), costs.join(", "));
    }
    if is_good { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Seconds of a Markdown pass over the texts, and of parsing them.
fn compare(texts: &[String]) -> (f64, f64) {
    let mut fast = (f64::MAX, f64::MAX);
    for _ in 0..N_RUNS {
        let markdown = fastest(1, || {
            for text in texts {
                black_box(pulldown_cmark::Parser::new(text).count());
            }
        });
        let parse = fastest(1, || {
            for text in texts {
                black_box(merrow::parse(text));
            }
        });
        fast = (fast.0.min(markdown), fast.1.min(parse));
    }
    fast
}

fn fastest(n_runs: usize, mut run: impl FnMut()) -> f64 {
    let mut fastest = f64::MAX;
    for _ in 0..n_runs {
        let start = Instant::now();
        run();
        fastest = fastest.min(start.elapsed().as_secs_f64());
    }
    fastest
}

/// A diagram of about `size` bytes.
fn diagram(header: &str, statements: &str, size: usize) -> String {
    let mut text = header.to_owned();
    let mut n = 0_usize;
    while text.len() < size {
        text.push_str(&statements.replace("{n}", &n.to_string()));
        n += 1;
    }
    text
}

/// The diagrams that Merrow reads in the Markdown files below `folder`.
fn diagrams(folder: &Path) -> Vec<String> {
    let mut texts = Vec::new();
    let mut paths: Vec<_> =
        std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            texts.extend(diagrams(&path));
        } else if path.extension().is_some_and(|ending| ending == "md")
            && let Ok(text) = std::fs::read_to_string(&path)
        {
            let blocks = document::read(&text, SourceKind::Markdown).blocks;
            let drawn = blocks.into_iter().filter(|block| block.kind == BlockKind::Mermaid);
            texts.extend(drawn.map(|block| block.excerpt.text));
        }
    }
    texts
}
