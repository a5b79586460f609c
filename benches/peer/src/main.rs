//! Draws Mermaid files with merman, in process, and prints for each its path and the seconds of the fastest of some runs.
//!
//!     peer FILE...

use std::time::{Duration, Instant};
use std::{env, fs};

use merman::svg::{RenderResourcePolicy, SvgEnvironment};
use merman::{OperationControl, RenderRequest, Renderer, SvgRequest};

/// A file is drawn again until so much time is spent on it.
const TIME: Duration = Duration::from_millis(1500);

fn main() -> Result<(), Box<dyn std::error::Error>> {
    // With its usual limits it refuses the larger files.
    let policy = RenderResourcePolicy::unbounded_for_trusted_input();
    let renderer = Renderer::new().with_resource_policy(*policy.input_policy());
    let environment = SvgEnvironment::deterministic().with_resource_policy(policy);
    for path in env::args().skip(1) {
        let text = fs::read_to_string(&path)?;
        let (begin, mut fastest) = (Instant::now(), f64::INFINITY);
        while begin.elapsed() < TIME {
            let request = SvgRequest { environment: environment.clone(), ..SvgRequest::default() };
            let start = Instant::now();
            let request = RenderRequest::svg(text.as_str(), OperationControl::new(), request);
            std::hint::black_box(renderer.render(request)?);
            fastest = fastest.min(start.elapsed().as_secs_f64());
        }
        println!("{path} {fastest:.6}");
    }
    Ok(())
}
