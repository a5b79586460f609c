//! What a layout promises and every writer obeys: what is where, in px, in painting order.
//!
//! A scene knows what its items mean in Mermaid's terms ([`Role`]), so that a writer can name them; it does not know how a
//! format spells anything.

use crate::mermaid::diagram::Direction;

use super::geometry::{Point, Rect, Size};
use super::measure::is_wide;
use super::palette::Palette;

pub use super::ink::{Colour, Ink, Slot};

/// A drawing.
#[derive(Debug, Clone)]
pub struct Scene {
    /// Of what.
    pub kind: SceneKind,
    /// Where it flows; a sequence diagram flows nowhere.
    pub direction: Option<Direction>,
    /// Everything lies between (0, 0) and here.
    pub size: Size,
    /// What it is called, in a few words.
    pub title: String,
    /// What it shows, in sentences.
    pub description: String,
    /// What its theme's colours look like.
    pub palette: Palette,
    /// In painting order.
    pub items: Vec<Item>,
}

/// What kind of diagram is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SceneKind {
    /// A flowchart.
    Flowchart,
    /// A state diagram.
    State,
    /// A sequence diagram.
    Sequence,
}

/// One thing of the diagram and how it looks.
#[derive(Debug, Clone)]
pub struct Item {
    /// What it is.
    pub role: Role,
    /// The author's classes.
    pub classes: Vec<String>,
    /// Where a click leads.
    pub link: Option<Link>,
    /// What is painted, in order.
    pub marks: Vec<Mark>,
}

/// Where a click on an item leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// URL as written; a writer leaves out what could run a script.
    pub url: String,
    /// Tooltip.
    pub tooltip: Option<String>,
}

/// What an item is. Ids are those of the diagram.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Role {
    /// The title above the drawing.
    Title,
    /// A subgraph or a composite state.
    Cluster {
        /// Its id.
        id: String,
        /// The subgraph or composite around it.
        parent: Option<String>,
        /// What its element is called, when its id is made up and nothing can ask for it.
        element: Option<String>,
    },
    /// A node or a state.
    Node {
        /// Its id.
        id: String,
        /// The subgraph or composite around it.
        parent: Option<String>,
        /// What its element is called, when its id is made up and nothing can ask for it.
        element: Option<String>,
    },
    /// An edge or a transition; its label is an item of its own.
    Edge {
        /// Its id.
        id: String,
        /// Id of its start.
        from: String,
        /// Id of its end.
        to: String,
    },
    /// The label of an edge or transition.
    EdgeLabel {
        /// The id of the edge.
        id: String,
    },
    /// A note of a sequence diagram.
    Note {
        /// The participant that it stands at.
        of: String,
    },
    /// A participant's box or figure.
    Actor {
        /// Its id.
        id: String,
        /// At the upper end of its lifeline; else at the lower one.
        is_top: bool,
    },
    /// A participant's lifeline.
    Lifeline {
        /// Its id.
        id: String,
    },
    /// The bar of an activation.
    Activation {
        /// The participant's id.
        of: String,
        /// Activations of the participant below it.
        depth: usize,
    },
    /// A message's arrow.
    Message {
        /// The sender's id.
        from: String,
        /// The receiver's id.
        to: String,
        /// A dotted line.
        is_dotted: bool,
    },
    /// A message's text at its line.
    MessageText,
    /// A message's text in a column beside the lifelines.
    RowText,
    /// A message's number.
    MessageNumber,
    /// A fragment such as `loop`, with its separators and texts.
    Fragment {
        /// Its keyword.
        keyword: &'static str,
    },
    /// A `box` around participants.
    ParticipantBox,
}

/// Something that is painted.
#[derive(Debug, Clone, PartialEq)]
pub enum Mark {
    /// A filled form with a border.
    Area(Area),
    /// A line.
    Line(Line),
    /// Text.
    Text(TextBlock),
}

/// A filled form with a border.
#[derive(Debug, Clone, PartialEq)]
pub struct Area {
    /// Its form.
    pub form: Form,
    /// Its inside.
    pub fill: Ink,
    /// Its border.
    pub stroke: Stroke,
}

/// A closed form.
#[derive(Debug, Clone, PartialEq)]
pub enum Form {
    /// A rectangle.
    Rect {
        /// Where.
        rect: Rect,
        /// Radius of its corners, px.
        radius: f64,
    },
    /// The ellipse that fills a rectangle.
    Ellipse(Rect),
    /// A path.
    Path(Path),
}

/// A path: straight and curved stretches.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Path(pub Vec<Step>);

impl Path {
    /// The way through `points`, its bends rounded by `radius` or, where a stretch is short, by half of it.
    pub fn rounded(points: &[Point], radius: f64) -> Self {
        let mut steps = Vec::with_capacity(2 * points.len());
        for (index, at) in points.iter().enumerate() {
            if index == 0 {
                steps.push(Step::Move(*at));
                continue;
            }
            let before = points[index - 1];
            let Some(behind) = points.get(index + 1) else {
                steps.push(Step::Line(*at));
                break;
            };
            let near = radius.min(before.distance(*at) / 2.0).min(at.distance(*behind) / 2.0);
            if near > 0.0 {
                steps.push(Step::Line(at.towards(before, near)));
                steps.push(Step::Quad(*at, at.towards(*behind, near)));
            }
        }
        Self(steps)
    }

    /// The path moved by `dx` and `dy`.
    pub fn moved(&self, dx: f64, dy: f64) -> Self {
        let at = |point: Point| point.moved(dx, dy);
        let moved = |step: &Step| match *step {
            Step::Move(to) => Step::Move(at(to)),
            Step::Line(to) => Step::Line(at(to)),
            Step::Quad(control, to) => Step::Quad(at(control), at(to)),
            Step::Cubic(first, second, to) => Step::Cubic(at(first), at(second), at(to)),
            Step::Close => Step::Close,
        };
        Self(self.0.iter().map(moved).collect())
    }

    /// The points where its stretches start and end, in order; control points of curves are not among them.
    pub fn points(&self) -> impl Iterator<Item = Point> {
        self.0.iter().filter_map(|step| match step {
            Step::Move(to) | Step::Line(to) | Step::Quad(_, to) | Step::Cubic(_, _, to) => Some(*to),
            Step::Close => None,
        })
    }
}

/// One step of a path.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Step {
    /// Starts a stretch.
    Move(Point),
    /// A straight line.
    Line(Point),
    /// A quadratic Bézier curve: control point, end.
    Quad(Point, Point),
    /// A cubic Bézier curve: two control points, end.
    Cubic(Point, Point, Point),
    /// Back to the start of the stretch.
    Close,
}

/// A line.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// Its way; tips reach exactly to its ends.
    pub path: Path,
    /// How it is painted.
    pub stroke: Stroke,
    /// What it begins with.
    pub start: Option<Tip>,
    /// What it ends with.
    pub end: Option<Tip>,
}

/// The tip of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tip {
    /// A filled triangle.
    Point,
    /// An open angle.
    Angle,
    /// A cross.
    Cross,
    /// A circle.
    Circle,
    /// The upper half of a filled triangle, seen along the line.
    HalfTop,
    /// The lower half of a filled triangle, seen along the line.
    HalfBottom,
    /// The upper half of an open angle, seen along the line.
    StickTop,
    /// The lower half of an open angle, seen along the line.
    StickBottom,
}

/// How a line is painted.
#[derive(Debug, Clone, PartialEq)]
pub struct Stroke {
    /// Its colour.
    pub ink: Ink,
    /// Its width, px.
    pub width: f64,
    /// Lengths of dashes and gaps, px; empty for a solid line.
    pub dashes: Vec<f64>,
}

impl Stroke {
    /// No line.
    pub const NONE: Self = Self { ink: Ink::None, width: 0.0, dashes: Vec::new() };
}

/// Lines of text.
#[derive(Debug, Clone, PartialEq)]
pub struct TextBlock {
    /// Font size, px.
    pub size: f64,
    /// Colour.
    pub ink: Ink,
    /// How the lines lie to their `x`.
    pub anchor: Anchor,
    /// From top to bottom.
    pub lines: Vec<TextLine>,
}

/// How a line of text lies to its `x`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Anchor {
    /// It starts there.
    Start,
    /// It is centred there.
    Middle,
}

/// One line of text.
#[derive(Debug, Clone, PartialEq)]
pub struct TextLine {
    /// Where its baseline starts or is centred.
    pub at: Point,
    /// Its width as measured, px.
    pub width: f64,
    /// Its parts, in reading order.
    pub runs: Vec<Run>,
}

/// Text in a font of readers, in parts of its width in the font that ships with Merrow: between Arial (0.88), Noto Sans (0.93) and
/// Verdana (1.02), so that none of them is stretched or squeezed visibly.
const USUAL: f64 = 0.94;

/// A part of a line in one style.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Run {
    /// The characters that a reader sees.
    pub text: String,
    /// Its width as measured, px; 0 while it is not.
    pub width: f64,
    /// Bold.
    pub is_bold: bool,
    /// Slanted.
    pub is_italic: bool,
    /// In a monospaced font.
    pub is_code: bool,
    /// Where it stands to the line.
    pub rise: Rise,
}

/// Where a part of a line stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Rise {
    /// On the line.
    #[default]
    None,
    /// Small and above it, as exponents are.
    Super,
    /// Small and below it, as indices are.
    Sub,
}

impl Run {
    /// Its font size in text of `size` px, px. Monospaced fonts look larger than others of the same size.
    pub fn size(&self, size: f64) -> f64 {
        let size = if self.is_code { 0.92 * size } else { size };
        if self.rise == Rise::None { size } else { 0.72 * size }
    }

    /// How far below the line its own baseline lies in text of `size` px, px.
    pub fn drop(&self, size: f64) -> f64 {
        match self.rise {
            Rise::None => 0.0,
            Rise::Super => -0.36 * size,
            Rise::Sub => 0.16 * size,
        }
    }

    /// The width that it is held to in text of `size` px where it is not known with which font it is drawn, px.
    pub fn usual_width(&self, size: f64) -> f64 {
        // Characters that fill a square are as wide in every font.
        let n_squares = self.text.chars().filter(|c| is_wide(*c)).count();
        let squares = (n_squares as f64 * self.size(size)).min(self.width);
        squares + USUAL * (self.width - squares)
    }

    /// True when both look alike.
    pub fn is_like(&self, other: &Self) -> bool {
        self.is_bold == other.is_bold
            && self.is_italic == other.is_italic
            && self.is_code == other.is_code
            && self.rise == other.rise
    }
}
