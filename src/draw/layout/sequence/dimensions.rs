//! Sizes of text and distances of a sequence diagram, px.

use crate::draw::measure::Face;

/// The title above the drawing.
pub(super) const TITLE: Face = Face::bold(19.0);
/// Names of participants.
pub(super) const NAME: Face = Face::bold(16.0);
/// Titles of boxes.
pub(super) const BOX_TITLE: Face = Face::bold(14.0);
/// Texts of messages and notes.
pub(super) const TEXT: Face = Face::regular(16.0);
/// Conditions.
pub(super) const CONDITION: Face = Face::regular(14.0);
/// Keywords of fragments.
pub(super) const KEYWORD: Face = Face::bold(13.0);
/// Numbers of messages.
pub(super) const NUMBER: Face = Face::bold(13.0);

/// Names wrap here.
pub(super) const NAME_WIDTH: f64 = 180.0;
/// Texts wrap here before a gap is widened for them: about as wide as two participants.
pub(super) const TEXT_WIDTH: f64 = 250.0;

/// Of borders and messages.
pub(super) const LINE_WIDTH: f64 = 1.25;

/// Around the whole drawing.
pub(super) const MARGIN: f64 = 16.0;
/// Between the heads of neighbours.
pub(super) const HEAD_GAP: f64 = 28.0;
/// From what stands beside a lifeline to its neighbour.
pub(super) const CLEARANCE: f64 = 10.0;
/// Between a `box` and what it holds.
pub(super) const BOX_PADDING: f64 = 10.0;
/// Between two boxes.
pub(super) const BOX_GAP: f64 = 14.0;

/// Between one row and the next.
pub(super) const ROW_GAP: f64 = 16.0;
/// From the heads to the first row, and from the last row to the heads below.
pub(super) const HEAD_ROW_GAP: f64 = 6.0;
/// Between the text of a message and its line.
pub(super) const TEXT_GAP: f64 = 5.0;
/// Between the ends of a line and the text above it.
pub(super) const TEXT_INSET: f64 = 10.0;
/// How much more of the canvas a plate hides than its text covers.
pub(super) const PLATE_PADDING: f64 = 3.0;

/// How far a message to its own sender leads to the right.
pub(super) const LOOP_WIDTH: f64 = 26.0;
/// Least height of its loop.
pub(super) const LOOP_HEIGHT: f64 = 22.0;

/// Width of an activation's bar.
pub(super) const BAR_WIDTH: f64 = 10.0;
/// How far a bar stands to the right of the one below it.
pub(super) const BAR_OFFSET: f64 = 5.0;
/// Bars that stand beside each other; what is nested deeper covers the last of them.
pub(super) const MAX_BARS: usize = 6;
/// Least height of a bar.
pub(super) const BAR_HEIGHT: f64 = 16.0;

/// Inside a note.
pub(super) const NOTE_PADDING: f64 = 8.0;
/// Between a lifeline and a note beside it.
pub(super) const NOTE_GAP: f64 = 10.0;
/// How far a note over two participants reaches beyond their lifelines.
pub(super) const NOTE_OVERHANG: f64 = 40.0;

/// Between a fragment's border and what it holds.
pub(super) const FRAGMENT_PADDING: f64 = 10.0;
/// How far a fragment reaches at least beyond the lifelines that it covers.
pub(super) const FRAGMENT_REACH: f64 = 44.0;
/// Height of the tab that holds a keyword.
pub(super) const TAB_HEIGHT: f64 = 22.0;
/// Least width of that tab: as wide as the longest of the usual keywords needs it, so that frames of the same participants
/// begin at the same place.
pub(super) const TAB_WIDTH: f64 = 56.0;
/// Beside the keyword in its tab.
pub(super) const TAB_PADDING: f64 = 8.0;

/// From the line of the message that destroys a participant to its cross.
pub(super) const CROSS_DISTANCE: f64 = 16.0;
/// Half the width of that cross.
pub(super) const CROSS_REACH: f64 = 7.0;

/// Height of a number's plate.
pub(super) const NUMBER_HEIGHT: f64 = 20.0;
/// Radius of the circle of a central connection.
pub(super) const CENTRAL_RADIUS: f64 = 5.0;
/// Length of a message's tip.
pub(super) const TIP_LENGTH: f64 = 10.0;
