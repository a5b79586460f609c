//! Time from the text of a diagram to its SVG.
//!
//!     cargo bench --bench draw -- FILE.mmd...
//!
//! Prints for each file its path and the seconds of the fastest of some runs. Without files, the diagrams of the fixtures are
//! drawn, each as one. `benches/draw.sh` compares the times with those of other programs.
#![expect(clippy::disallowed_methods, reason = "a bench reads files and the clock")]
#![expect(clippy::print_stdout, reason = "a bench tells what it measured")]

use std::hint::black_box;
use std::time::{Duration, Instant};

use merrow::document::{self, BlockKind, SourceKind};
use merrow::draw::measure::FontMetrics;
use merrow::draw::style::Style;
use merrow::mermaid::Options;
use merrow::pipeline::drawing;

/// A file is drawn again until so much time is spent on it.
const TIME: Duration = Duration::from_millis(1500);
const FIXTURE: &str = include_str!("../fixtures/homelab/proxmox-high-availability-homelab.md");

fn main() {
    // Cargo passes `--bench` to every bench.
    let paths: Vec<String> = std::env::args().skip(1).filter(|arg| !arg.starts_with("--")).collect();
    let mut texts: Vec<(String, String)> = Vec::new();
    for path in paths {
        match std::fs::read_to_string(&path) {
            Ok(text) => texts.push((path, text)),
            Err(error) => println!("{path}: {error}"),
        }
    }
    if texts.is_empty() {
        let blocks = document::read(FIXTURE, SourceKind::Markdown).blocks.into_iter();
        let diagrams = blocks.filter(|block| block.kind == BlockKind::Mermaid);
        texts.extend(
            diagrams.enumerate().map(|(index, block)| (format!("fixture {}", index + 1), block.excerpt.text)),
        );
    }
    let measure = FontMetrics::new();
    let (options, style) = (Options::default(), Style::default());
    for (path, text) in texts {
        let (begin, mut fastest) = (Instant::now(), f64::INFINITY);
        while begin.elapsed() < TIME {
            let start = Instant::now();
            let document = document::read(&text, SourceKind::Mermaid);
            black_box(drawing::drawings("bench.mmd", &document, &options, &style, None, &measure));
            fastest = fastest.min(start.elapsed().as_secs_f64());
        }
        println!("{path} {fastest:.6}");
    }
}
