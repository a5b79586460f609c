//! Which name of a shape has which form.

use crate::draw::geometry::Size;
use crate::mermaid::diagram::flowchart;

use super::{Shape, block, captioned, paper, pictogram, polygon, pseudostate, round};

/// A form that nodes can have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Family {
    /// A rectangle.
    Square,
    /// A rectangle with round corners.
    Rounded,
    /// A rectangle with half circles at its ends.
    Stadium,
    /// A rectangle with double sides.
    Subroutine,
    /// A cylinder that stands.
    Cylinder,
    /// A cylinder that lies.
    Tube,
    /// A cylinder with a double rim.
    Disk,
    /// A circle.
    Circle,
    /// Two circles.
    DoubleCircle,
    /// An ellipse.
    Ellipse,
    /// A small circle.
    SmallCircle,
    /// A small solid circle.
    Junction,
    /// A small solid circle in a ring.
    Stop,
    /// A circle with a cross.
    CrossedCircle,
    /// A rhombus.
    Diamond,
    /// A hexagon.
    Hexagon,
    /// A box with a notch at its left.
    Odd,
    /// A trapezoid.
    Trapezoid,
    /// A trapezoid upside down.
    InverseTrapezoid,
    /// A parallelogram that leans to the right.
    LeanRight,
    /// A parallelogram that leans to the left.
    LeanLeft,
    /// A box whose top rises.
    Sloped,
    /// A box without its upper left corner.
    Card,
    /// A box without its upper corners.
    LoopLimit,
    /// A triangle.
    Triangle,
    /// A triangle on its tip.
    FlippedTriangle,
    /// Two triangles.
    Hourglass,
    /// A box with a line at its left.
    Lined,
    /// A box with a line at its top.
    Divided,
    /// A box with lines at its left and top.
    Window,
    /// Three boxes.
    Stack,
    /// A box with a turned corner.
    Tagged,
    /// A box with a round right side.
    Delay,
    /// A sheet of paper.
    Document,
    /// A sheet of paper with a line.
    LinedDocument,
    /// Three sheets of paper.
    Documents,
    /// A strip of paper.
    Tape,
    /// A note.
    Note,
    /// A brace at the left.
    BraceLeft,
    /// A brace at the right.
    BraceRight,
    /// Braces at both sides.
    Braces,
    /// Nothing but the label.
    Text,
    /// A bar.
    Bar,
    /// A cloud.
    Cloud,
    /// A cloud whose bulges point inwards.
    Bang,
    /// A flash.
    Bolt,
    /// A folder with a tab.
    Folder,
    /// A pail.
    Bucket,
    /// Lines above and below.
    Store,
    /// A window of a browser.
    Browser,
    /// A terminal.
    Console,
    /// A head above the label.
    Person,
    /// A point at the left and a round right side.
    Display,
    /// A box whose sides both bulge to the left.
    Kept,
    /// A sheet of paper with a turned corner.
    TaggedDocument,
    /// A bracket at the left.
    Bracketed,
    /// A circle above its label.
    Event,
    /// A circle with two borders above its label.
    RingEvent,
    /// A circle with a thick border above its label.
    EndEvent,
    /// A sheet of paper above its label.
    Page,
    /// A cylinder above its label.
    Drum,
    /// A rhombus above its label.
    Gateway,
}

/// The names and aliases of `@{ shape: name }` with a form of their own, sorted. What is not here (`rect`, `icon`, `composite`,
/// ...) is a rectangle.
pub(super) const FORMS: [(&str, Family); 150] = [
    ("anchor", Family::Junction),
    ("bang", Family::Bang),
    ("bolt", Family::Bolt),
    ("bow-rect", Family::Kept),
    ("bow-tie-rectangle", Family::Kept),
    ("bpmn-activity", Family::Rounded),
    ("bpmn-annotation", Family::Bracketed),
    ("bpmn-boundary", Family::RingEvent),
    ("bpmn-data", Family::Page),
    ("bpmn-data-store", Family::Drum),
    ("bpmn-end", Family::EndEvent),
    ("bpmn-gateway", Family::Gateway),
    ("bpmn-intermediate", Family::RingEvent),
    ("bpmn-start", Family::Event),
    ("brace", Family::BraceLeft),
    ("brace-l", Family::BraceLeft),
    ("brace-r", Family::BraceRight),
    ("braces", Family::Braces),
    ("browser", Family::Browser),
    ("bucket", Family::Bucket),
    ("card", Family::Card),
    ("choice", Family::Diamond),
    ("circ", Family::Circle),
    ("circle", Family::Circle),
    ("cloud", Family::Cloud),
    ("collate", Family::Hourglass),
    ("com-link", Family::Bolt),
    ("comment", Family::BraceLeft),
    ("console", Family::Console),
    ("cross-circ", Family::CrossedCircle),
    ("crossed-circle", Family::CrossedCircle),
    ("curv-trap", Family::Display),
    ("curved-trapezoid", Family::Display),
    ("cyl", Family::Cylinder),
    ("cylinder", Family::Cylinder),
    ("das", Family::Tube),
    ("data-store", Family::Store),
    ("database", Family::Cylinder),
    ("datastore", Family::Store),
    ("db", Family::Cylinder),
    ("dbl-circ", Family::DoubleCircle),
    ("decision", Family::Diamond),
    ("delay", Family::Delay),
    ("diam", Family::Diamond),
    ("diamond", Family::Diamond),
    ("directory", Family::Folder),
    ("disk", Family::Disk),
    ("display", Family::Display),
    ("div-proc", Family::Divided),
    ("div-rect", Family::Divided),
    ("divided-process", Family::Divided),
    ("divided-rectangle", Family::Divided),
    ("doc", Family::Document),
    ("docs", Family::Documents),
    ("document", Family::Document),
    ("documents", Family::Documents),
    ("double-circle", Family::DoubleCircle),
    ("doublecircle", Family::DoubleCircle),
    ("event", Family::Rounded),
    ("extract", Family::Triangle),
    ("f-circ", Family::Junction),
    ("filled-circle", Family::Junction),
    ("flag", Family::Tape),
    ("flip-tri", Family::FlippedTriangle),
    ("flipped-triangle", Family::FlippedTriangle),
    ("folder", Family::Folder),
    ("fork", Family::Bar),
    ("fr-circ", Family::Stop),
    ("fr-rect", Family::Subroutine),
    ("framed-circle", Family::Stop),
    ("framed-rectangle", Family::Subroutine),
    ("h-cyl", Family::Tube),
    ("half-rounded-rectangle", Family::Delay),
    ("hex", Family::Hexagon),
    ("hexagon", Family::Hexagon),
    ("horizontal-cylinder", Family::Tube),
    ("hourglass", Family::Hourglass),
    ("in-out", Family::LeanRight),
    ("internal-storage", Family::Window),
    ("inv-trapezoid", Family::InverseTrapezoid),
    ("join", Family::Bar),
    ("junction", Family::Junction),
    ("lean-l", Family::LeanLeft),
    ("lean-left", Family::LeanLeft),
    ("lean-r", Family::LeanRight),
    ("lean-right", Family::LeanRight),
    ("lightning-bolt", Family::Bolt),
    ("lin-cyl", Family::Disk),
    ("lin-doc", Family::LinedDocument),
    ("lin-proc", Family::Lined),
    ("lin-rect", Family::Lined),
    ("lined-cylinder", Family::Disk),
    ("lined-document", Family::LinedDocument),
    ("lined-process", Family::Lined),
    ("lined-rectangle", Family::Lined),
    ("loop-limit", Family::LoopLimit),
    ("manual", Family::InverseTrapezoid),
    ("manual-file", Family::FlippedTriangle),
    ("manual-input", Family::Sloped),
    ("notch-pent", Family::LoopLimit),
    ("notch-rect", Family::Card),
    ("notched-pentagon", Family::LoopLimit),
    ("notched-rectangle", Family::Card),
    ("note", Family::Note),
    ("odd", Family::Odd),
    ("out-in", Family::LeanLeft),
    ("paper-tape", Family::Tape),
    ("person", Family::Person),
    ("pill", Family::Stadium),
    ("prepare", Family::Hexagon),
    ("priority", Family::Trapezoid),
    ("processes", Family::Stack),
    ("procs", Family::Stack),
    ("question", Family::Diamond),
    ("rounded", Family::Rounded),
    ("shaded-process", Family::Lined),
    ("sl-rect", Family::Sloped),
    ("sloped-rectangle", Family::Sloped),
    ("sm-circ", Family::SmallCircle),
    ("small-circle", Family::SmallCircle),
    ("st-doc", Family::Documents),
    ("st-rect", Family::Stack),
    ("stacked-document", Family::Documents),
    ("stacked-rectangle", Family::Stack),
    ("stadium", Family::Stadium),
    ("start", Family::SmallCircle),
    ("state", Family::Rounded),
    ("stop", Family::Stop),
    ("stored-data", Family::Kept),
    ("subproc", Family::Subroutine),
    ("subprocess", Family::Subroutine),
    ("subroutine", Family::Subroutine),
    ("summary", Family::CrossedCircle),
    ("tag-doc", Family::TaggedDocument),
    ("tag-proc", Family::Tagged),
    ("tag-rect", Family::Tagged),
    ("tagged-document", Family::TaggedDocument),
    ("tagged-process", Family::Tagged),
    ("tagged-rectangle", Family::Tagged),
    ("terminal", Family::Stadium),
    ("text", Family::Text),
    ("trap-b", Family::Trapezoid),
    ("trap-t", Family::InverseTrapezoid),
    ("trapezoid", Family::Trapezoid),
    ("trapezoid-bottom", Family::Trapezoid),
    ("trapezoid-top", Family::InverseTrapezoid),
    ("tri", Family::Triangle),
    ("triangle", Family::Triangle),
    ("win-pane", Family::Window),
    ("window-pane", Family::Window),
];

impl Family {
    /// The forms that brackets stand for.
    #[cfg(test)]
    pub(super) const BRACKETS: [Self; 3] = [Self::Square, Self::Ellipse, Self::Circle];

    /// The form of a node's shape; a node without one is a rectangle.
    pub fn of(shape: Option<&flowchart::Shape>) -> Self {
        use flowchart::Shape as Given;
        match shape {
            None | Some(Given::Square | Given::Rect) => Self::Square,
            Some(Given::Round) => Self::Rounded,
            Some(Given::Circle) => Self::Circle,
            Some(Given::DoubleCircle) => Self::DoubleCircle,
            Some(Given::Stadium) => Self::Stadium,
            Some(Given::Subroutine) => Self::Subroutine,
            Some(Given::Cylinder) => Self::Cylinder,
            Some(Given::Diamond) => Self::Diamond,
            Some(Given::Hexagon) => Self::Hexagon,
            Some(Given::Odd) => Self::Odd,
            Some(Given::Trapezoid) => Self::Trapezoid,
            Some(Given::InvTrapezoid) => Self::InverseTrapezoid,
            Some(Given::LeanRight) => Self::LeanRight,
            Some(Given::LeanLeft) => Self::LeanLeft,
            Some(Given::Ellipse) => Self::Ellipse,
            Some(Given::Named(name)) => FORMS
                .binary_search_by_key(&name.as_str(), |(known, _)| known)
                .map_or(Self::Square, |at| FORMS[at].1),
        }
    }

    /// The widest label, px, before its lines are broken; slanted forms grow twice as fast as their labels.
    pub fn max_label_width(self, usual: f64) -> f64 {
        match self {
            Self::Diamond | Self::Triangle | Self::FlippedTriangle => usual * 0.65,
            Self::Circle | Self::DoubleCircle | Self::Ellipse | Self::Cloud | Self::Bang => usual * 0.6,
            _ => usual,
        }
    }

    /// The form around a label of this size.
    pub fn shape(self, label: Size) -> Shape {
        match self {
            Self::Square => block::square(label),
            Self::Rounded => block::rounded(label),
            Self::Stadium => round::stadium(label),
            Self::Subroutine => block::subroutine(label),
            Self::Cylinder => round::cylinder(label),
            Self::Tube => round::tube(label),
            Self::Disk => round::disk(label),
            Self::Circle => round::circle(label),
            Self::DoubleCircle => round::double_circle(label),
            Self::Ellipse => round::ellipse(label),
            Self::SmallCircle => round::dot(false),
            Self::Junction => round::dot(true),
            Self::Stop => pseudostate::end(),
            Self::CrossedCircle => round::crossed_circle(label),
            Self::Diamond => polygon::diamond(label),
            Self::Hexagon => polygon::hexagon(label),
            Self::Odd => polygon::odd(label),
            Self::Trapezoid => polygon::trapezoid(label),
            Self::InverseTrapezoid => polygon::inverse_trapezoid(label),
            Self::LeanRight => polygon::lean_right(label),
            Self::LeanLeft => polygon::lean_left(label),
            Self::Sloped => polygon::sloped(label),
            Self::Card => polygon::card(label),
            Self::LoopLimit => polygon::loop_limit(label),
            Self::Triangle => polygon::triangle(label),
            Self::FlippedTriangle => polygon::flipped_triangle(label),
            Self::Hourglass => polygon::hourglass(label),
            Self::Lined => block::lined(label),
            Self::Divided => block::divided(label),
            Self::Window => block::window(label),
            Self::Stack => block::stack(label),
            Self::Tagged => block::tagged(label),
            Self::Delay => round::delay(label),
            Self::Document => paper::document(label),
            Self::LinedDocument => paper::lined_document(label),
            Self::Documents => paper::documents(label),
            Self::Tape => paper::tape(label),
            Self::Note => paper::note(label),
            Self::BraceLeft => paper::braced(label, true, false),
            Self::BraceRight => paper::braced(label, false, true),
            Self::Braces => paper::braced(label, true, true),
            Self::Text => block::text(label),
            Self::Bar => pseudostate::bar(0, false),
            Self::Cloud => pictogram::cloud(label),
            Self::Bang => pictogram::bang(label),
            Self::Bolt => pictogram::bolt(label),
            Self::Folder => pictogram::folder(label),
            Self::Bucket => pictogram::bucket(label),
            Self::Store => pictogram::store(label),
            Self::Browser => pictogram::browser(label),
            Self::Console => pictogram::console(label),
            Self::Person => pictogram::person(label),
            Self::Display => pictogram::display(label),
            Self::Kept => pictogram::kept(label),
            Self::TaggedDocument => pictogram::tagged_document(label),
            Self::Bracketed => pictogram::bracketed(label),
            Self::Event => captioned::event(1, label),
            Self::RingEvent => captioned::event(2, label),
            Self::EndEvent => captioned::event(3, label),
            Self::Page => captioned::page(label),
            Self::Drum => captioned::drum(label),
            Self::Gateway => captioned::gateway(label),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_sorted() {
        assert!(FORMS.windows(2).all(|pair| pair[0].0 < pair[1].0));
    }
}
