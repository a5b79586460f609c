//! Lines with their tips.

use crate::draw::board::{Cell, LineKind, Wire};
use crate::draw::scene::Tip;

use super::canvas::{Canvas, Look, Side};
use super::glyph::Weight;

/// Paints a line from border to border.
pub(super) fn paint(canvas: &mut Canvas, wire: &Wire) {
    let weight = if wire.line == LineKind::Heavy { Weight::Heavy } else { Weight::Light };
    let look = Look { is_round: true, is_dotted: wire.line == LineKind::Dotted, tone: wire.tone };
    let way = way(&wire.cells);
    let Some(last) = way.len().checked_sub(1) else { return };
    for (at, cell) in way.iter().enumerate() {
        // The border behind a tip keeps its look.
        if (at == 0 && wire.start.is_some()) || (at == last && wire.end.is_some()) {
            continue;
        }
        let before = at.checked_sub(1).and_then(|before| side(*cell, way[before]));
        let behind = way.get(at + 1).and_then(|next| side(*cell, *next));
        let sides: Vec<Side> = before.into_iter().chain(behind).collect();
        let look =
            if at == 0 || at == last { Look { is_dotted: false, is_round: false, ..look } } else { look };
        canvas.join((cell.x, cell.y), &sides, weight, look);
    }
    if let (Some(tip), Some([border, at])) = (wire.start, way.get(..2)) {
        paint_tip(canvas, *border, *at, tip, wire);
    }
    if let (Some(tip), Some([at, border])) =
        (wire.end, way.get(last.saturating_sub(1)..).filter(|_| last > 0))
    {
        paint_tip(canvas, *border, *at, tip, wire);
    }
}

/// Paints a tip in the cell `at` in front of `border`.
fn paint_tip(canvas: &mut Canvas, border: Cell, at: Cell, tip: Tip, wire: &Wire) {
    let Some(side) = side(at, border) else { return };
    let glyph = match (tip, side) {
        (Tip::Cross, _) => '╳',
        (Tip::Circle, _) => '○',
        (Tip::Angle, Side::Up) => '△',
        (Tip::Angle, Side::Right) => '▷',
        (Tip::Angle, Side::Down) => '▽',
        (Tip::Angle, Side::Left) => '◁',
        (Tip::HalfTop | Tip::StickTop, Side::Right) => '⇀',
        (Tip::HalfBottom | Tip::StickBottom, Side::Right) => '⇁',
        (Tip::HalfTop | Tip::StickTop, Side::Left) => '↼',
        (Tip::HalfBottom | Tip::StickBottom, Side::Left) => '↽',
        (_, Side::Up) => '▲',
        (_, Side::Right) => '▶',
        (_, Side::Down) => '▼',
        (_, Side::Left) => '◀',
    };
    canvas.put((at.x, at.y), glyph, wire.tone);
}

/// Every cell of the way, in order.
fn way(bends: &[Cell]) -> Vec<Cell> {
    let mut way: Vec<Cell> = Vec::new();
    for bend in bends {
        let Some(mut at) = way.last().copied() else {
            way.push(*bend);
            continue;
        };
        while at != *bend {
            let step = |from: usize, to: usize| match from.cmp(&to) {
                std::cmp::Ordering::Less => from + 1,
                std::cmp::Ordering::Equal => from,
                std::cmp::Ordering::Greater => from - 1,
            };
            at = if at.x == bend.x {
                Cell::new(at.x, step(at.y, bend.y))
            } else {
                Cell::new(step(at.x, bend.x), at.y)
            };
            way.push(at);
        }
    }
    way
}

/// On which side of `cell` the neighbour lies.
fn side(cell: Cell, neighbour: Cell) -> Option<Side> {
    match (neighbour.x.cmp(&cell.x), neighbour.y.cmp(&cell.y)) {
        (std::cmp::Ordering::Equal, std::cmp::Ordering::Less) => Some(Side::Up),
        (std::cmp::Ordering::Equal, std::cmp::Ordering::Greater) => Some(Side::Down),
        (std::cmp::Ordering::Less, std::cmp::Ordering::Equal) => Some(Side::Left),
        (std::cmp::Ordering::Greater, std::cmp::Ordering::Equal) => Some(Side::Right),
        _ => None,
    }
}
