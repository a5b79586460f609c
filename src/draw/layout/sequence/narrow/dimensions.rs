//! Sizes of text and distances of a narrow drawing, px. No text is smaller than 13 px: below that nobody reads on a phone.

use crate::draw::measure::Face;

/// Names in the legend.
pub(super) const NAME: Face = Face::bold(14.0);
/// Titles of boxes.
pub(super) const BOX_TITLE: Face = Face::bold(13.0);
/// Texts of messages and notes.
pub(super) const TEXT: Face = Face::regular(14.0);
/// Conditions.
pub(super) const CONDITION: Face = Face::regular(13.0);
/// Numbers of lanes and of messages.
pub(super) const NUMBER: Face = Face::bold(13.0);

/// Around the drawing.
pub(super) const MARGIN: f64 = 8.0;
/// Above and below the legend.
pub(super) const LEGEND_GAP: f64 = 8.0;

/// Height of a lane's number on its plate.
pub(super) const BADGE_HEIGHT: f64 = 20.0;
/// Least width of that plate.
pub(super) const BADGE_WIDTH: f64 = 20.0;
/// Beside a number on its plate.
pub(super) const BADGE_PADDING: f64 = 4.0;

/// Between one row and the next.
pub(super) const ROW_GAP: f64 = 8.0;
/// From the top of a text to the middle of its first line.
pub(super) const FIRST_LINE: f64 = 0.65 * TEXT.size;
/// From a line down to where the next row may begin.
pub(super) const BELOW_LINE: f64 = 6.0;
/// Between a text and the line below it, where texts stand above lines.
pub(super) const TEXT_GAP: f64 = 6.0;
/// Half the height of a message to its own sender.
pub(super) const LOOP_HALF: f64 = 6.0;
/// How far such a message leads to the right.
pub(super) const LOOP_WIDTH: f64 = 12.0;

/// Width of an activation's bar.
pub(super) const BAR_WIDTH: f64 = 6.0;
/// How far a bar stands to the right of the one below it.
pub(super) const BAR_OFFSET: f64 = 2.0;
/// Bars that stand beside each other.
pub(super) const MAX_BARS: usize = 3;
/// Least height of a bar.
pub(super) const BAR_HEIGHT: f64 = 12.0;

/// How far a frame is smaller than the frame around it, on each side.
pub(super) const INSET: f64 = 4.0;
/// Frames deeper than this are as wide as the frame around them.
pub(super) const MAX_INSETS: usize = 5;
/// Between the last row in a frame and its border.
pub(super) const FRAME_PADDING: f64 = 8.0;

/// Inside a note.
pub(super) const NOTE_PADDING: f64 = 7.0;
/// Radius of the dot that ties a note to a lane.
pub(super) const DOT_RADIUS: f64 = 2.5;

/// From the line of the message that destroys a participant to its cross.
pub(super) const CROSS_DISTANCE: f64 = 12.0;
/// Half the width of that cross.
pub(super) const CROSS_REACH: f64 = 5.0;
