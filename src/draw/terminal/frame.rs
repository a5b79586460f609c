//! Boxes and their borders.

use crate::draw::board::{Border, Frame};

use super::canvas::{Canvas, Look, Side};
use super::glyph::Weight;

/// Paints a border. What leaves it elsewhere stays joined to it.
pub(super) fn paint(canvas: &mut Canvas, frame: &Frame) {
    let ((left, top), (right, bottom)) = ((frame.low.x, frame.low.y), (frame.high.x, frame.high.y));
    let middle = (left + (right - left) / 2, top + (bottom - top) / 2);
    match frame.border {
        Border::None => return,
        Border::Dot | Border::Target => {
            // With many edges it is wider than its sign; then it is a line with the sign in it.
            line(canvas, frame, Weight::Light);
            let sign = if frame.border == Border::Dot { '●' } else { '◉' };
            return canvas.put(middle, sign, frame.tone);
        }
        Border::Bar => return line(canvas, frame, Weight::Heavy),
        _ => {}
    }
    if left == right || top == bottom {
        return line(canvas, frame, Weight::Light);
    }
    let look = Look {
        is_round: matches!(frame.border, Border::Round | Border::Stadium | Border::Cylinder | Border::Double),
        is_dotted: frame.border == Border::Dotted,
        tone: frame.tone,
    };
    let mut join =
        |at: (usize, usize), sides: &[Side], look: Look| canvas.join(at, sides, Weight::Light, look);
    for x in left + 1..right {
        join((x, top), &[Side::Left, Side::Right], look);
        join((x, bottom), &[Side::Left, Side::Right], look);
    }
    for y in top + 1..bottom {
        join((left, y), &[Side::Up, Side::Down], look);
        join((right, y), &[Side::Up, Side::Down], look);
    }
    join((left, top), &[Side::Right, Side::Down], look);
    join((right, top), &[Side::Left, Side::Down], look);
    join((left, bottom), &[Side::Right, Side::Up], look);
    join((right, bottom), &[Side::Left, Side::Up], look);
    for (at, sign) in signs(frame, middle.1) {
        canvas.put(at, sign, frame.tone);
    }
    if frame.border == Border::Cylinder && bottom > top + 2 {
        canvas.join((left, top + 1), &[Side::Right], Weight::Light, look);
        canvas.join((right, top + 1), &[Side::Left], Weight::Light, look);
        for x in left + 1..right {
            canvas.join((x, top + 1), &[Side::Left, Side::Right], Weight::Light, look);
        }
    }
}

/// A line from the first to the last cell.
fn line(canvas: &mut Canvas, frame: &Frame, weight: Weight) {
    let look = Look { is_round: false, is_dotted: false, tone: frame.tone };
    let is_level = frame.high.x > frame.low.x || frame.high.y == frame.low.y;
    let sides = if is_level { [Side::Left, Side::Right] } else { [Side::Up, Side::Down] };
    for y in frame.low.y..=frame.high.y {
        for x in frame.low.x..=frame.high.x {
            canvas.join((x, y), &sides, weight, look);
        }
    }
}

/// Characters of a border that are no lines, with their places.
fn signs(frame: &Frame, middle: usize) -> Vec<((usize, usize), char)> {
    let ((left, top), (right, bottom)) = ((frame.low.x, frame.low.y), (frame.high.x, frame.high.y));
    let corners = |signs: [char; 4]| {
        [
            ((left, top), signs[0]),
            ((right, top), signs[1]),
            ((left, bottom), signs[2]),
            ((right, bottom), signs[3]),
        ]
    };
    let sides = |x: usize, sign: char| (top + 1..bottom).map(move |y| ((x, y), sign));
    match frame.border {
        Border::Diamond => {
            let mut signs = corners(['╱', '╲', '╲', '╱']).to_vec();
            signs.extend([((left, middle), '<'), ((right, middle), '>')]);
            signs
        }
        Border::Hexagon => corners(['╱', '╲', '╲', '╱']).to_vec(),
        Border::Trapezoid => vec![((left, top), '╱'), ((right, top), '╲')],
        Border::InverseTrapezoid => vec![((left, bottom), '╲'), ((right, bottom), '╱')],
        Border::LeanRight => {
            corners(['╱'; 4]).into_iter().chain(sides(left, '╱')).chain(sides(right, '╱')).collect()
        }
        Border::LeanLeft => {
            corners(['╲'; 4]).into_iter().chain(sides(left, '╲')).chain(sides(right, '╲')).collect()
        }
        Border::Stadium => sides(left, '(').chain(sides(right, ')')).collect(),
        Border::Double => {
            let inner = sides(left + 1, '(').chain(sides(right - 1, ')'));
            sides(left, '(').chain(sides(right, ')')).chain(inner).collect()
        }
        Border::Flag => vec![((left, top), '╲'), ((left, bottom), '╱'), ((left, middle), '>')],
        Border::Subroutine => sides(left + 1, '│').chain(sides(right - 1, '│')).collect(),
        _ => Vec::new(),
    }
}
