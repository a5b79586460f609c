//! `report.json`, what `build` writes beside the posts: the object of `check`, and what became of each file.

use serde::{Deserialize, Serialize};

use super::CheckReport;
use super::json::{self, CheckObject};

/// What `build` made of a set of files.
#[derive(Debug, Serialize)]
pub struct BuildObject<'a> {
    #[serde(flatten)]
    check: CheckObject<'a>,
    files: &'a [BuiltFile],
    written: &'a [String],
}

/// What became of one file.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct BuiltFile {
    /// As the user gave it, with `/`.
    pub path: String,
    /// The post below the output folder, for a file that is one.
    pub post: Option<String>,
    /// Its diagrams, in file order.
    pub drawings: Vec<BuiltDrawing>,
    /// What left it, in file order.
    pub gists: Vec<BuiltGist>,
}

/// What became of a diagram.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct BuiltDrawing {
    /// The 1-based line on which its block begins.
    pub line: u32,
    /// First byte of its block in the file.
    pub start: u32,
    /// One past the last byte of its block in the file.
    pub end: u32,
    /// The drawing below the output folder, when there is one.
    pub svg: Option<String>,
    /// Its width, px.
    pub width: Option<f64>,
    /// Its height, px.
    pub height: Option<f64>,
    /// The drawing for narrow screens, when there is one.
    pub narrow: Option<BuiltNarrow>,
    /// Why there is no drawing, when there is none.
    pub reason: Option<String>,
}

/// A drawing for narrow screens.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct BuiltNarrow {
    /// The drawing below the output folder.
    pub svg: String,
    /// Its width, px.
    pub width: f64,
    /// Its height, px.
    pub height: f64,
}

/// A block that left a post.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct BuiltGist {
    /// The 1-based line on which the block begins.
    pub line: u32,
    /// First byte of what was replaced in the file.
    pub start: u32,
    /// One past the last byte of what was replaced in the file.
    pub end: u32,
    /// The file below the output folder.
    pub file: String,
    /// Its number of lines.
    pub lines: usize,
    /// What the post links to.
    pub link: String,
}

/// The report as programs read it; `written` is every path below the output folder, sorted.
pub fn object<'a>(
    report: &CheckReport<'a>,
    files: &'a [BuiltFile],
    written: &'a [String],
) -> BuildObject<'a> {
    BuildObject { check: json::check(report, 0), files, written }
}

/// The paths that an earlier report says were written; none when the text is no report.
pub fn written(report: &str) -> Vec<String> {
    #[derive(Deserialize)]
    struct Earlier {
        written: Vec<String>,
    }
    serde_json::from_str(report).map_or_else(|_| Vec::new(), |earlier: Earlier| earlier.written)
}
