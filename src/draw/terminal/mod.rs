//! Drawings with box characters, for terminals.
//!
//! A [`Board`] says what is where; here are the characters and colours.

mod canvas;
mod frame;
mod glyph;
mod wire;

use crate::mermaid::diagram::Diagram;

use super::board::{Board, Piece};
use super::layout::cells::{self, Misfit};
use super::wording::tame;

use canvas::Canvas;

/// Draws a diagram in at most `columns` columns, as [`write`] does.
///
/// # Errors
/// That no drawing of it is so narrow.
pub fn draw(diagram: &Diagram, columns: usize, is_coloured: bool) -> Result<String, Misfit> {
    Ok(write(&cells::lay_out(diagram, columns)?, is_coloured))
}

/// A line that names a drawing among others, with an empty line below it.
pub fn heading(title: &str, is_coloured: bool) -> String {
    let (bold, plain) = if is_coloured { ("\x1b[1m", "\x1b[0m") } else { ("", "") };
    format!("{bold}{}{plain}\n\n", tame(title))
}

/// The drawing as lines of text, each ended by a newline; with the colours of ANSI when asked for.
pub fn write(board: &Board, is_coloured: bool) -> String {
    let mut canvas = Canvas::new(board.width, board.height);
    for piece in &board.pieces {
        match piece {
            Piece::Frame(frame) => frame::paint(&mut canvas, frame),
            Piece::Wire(wire) => wire::paint(&mut canvas, wire),
            Piece::Caption(caption) => canvas.write(caption),
        }
    }
    canvas.text(is_coloured)
}
