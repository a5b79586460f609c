//! The title above a drawing.

use crate::draw::board::{Board, Caption, Cell, Piece, Tone};
use crate::draw::scene::Run;

use super::typewriter::{tame, widest, width};

/// Puts lines above everything, centred, with an empty row below them.
pub(in crate::draw::layout) fn crown(board: &mut Board, title: &[Vec<Run>]) {
    let title: Vec<Vec<Run>> = title.iter().map(|line| tame(line)).collect();
    if widest(&title) == 0 {
        return;
    }
    let columns = board.width.max(widest(&title));
    let (dx, dy) = ((columns - board.width) / 2, title.len() + 1);
    for piece in &mut board.pieces {
        let cells: Vec<&mut Cell> = match piece {
            Piece::Frame(frame) => vec![&mut frame.low, &mut frame.high],
            Piece::Wire(wire) => wire.cells.iter_mut().collect(),
            Piece::Caption(caption) => vec![&mut caption.at],
        };
        for cell in cells {
            *cell = Cell::new(cell.x + dx, cell.y + dy);
        }
    }
    for (row, runs) in title.into_iter().enumerate() {
        let at = Cell::new((columns - width(&runs)) / 2, row);
        board.pieces.push(Piece::Caption(Caption { at, runs, tone: Tone::Plain }));
    }
    board.width = columns;
    board.height += dy;
}
