//! Drawings with box characters: laws over every page of the fixtures and over generated charts, and a few whole drawings.

use std::fmt::Write;

use merrow::base::offset_map::Excerpt;
use merrow::document::{self, SourceKind};
use merrow::draw::board::{Board, Caption, Cell, Frame, Piece, Wire};
use merrow::draw::layout::cells::{self, Misfit};
use merrow::draw::terminal;
use merrow::mermaid;
use merrow::mermaid::diagram::Diagram;
use proptest::prelude::*;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::fixtures::pages;

fn diagram(text: &str) -> Option<Diagram> {
    mermaid::read(&Excerpt::whole(text, 0)).diagram
}

/// The cells of a text, each with the characters that stand in it; the second half of a wide one is empty.
fn grid(text: &str) -> Vec<Vec<String>> {
    let row = |line: &str| {
        let mut cells: Vec<String> = Vec::new();
        let mut read = String::new();
        for c in line.chars() {
            read.push(c);
            let width = read.width();
            if c.width() == Some(0) || width <= cells.len() {
                cells
                    .iter_mut()
                    .rev()
                    .find(|cell| !cell.is_empty())
                    .into_iter()
                    .for_each(|cell| cell.push(c));
            } else {
                cells.push(c.to_string());
            }
            cells.resize(width.max(cells.len()), String::new());
        }
        cells
    };
    text.lines().map(row).collect()
}

/// The columns that a caption covers.
fn columns(caption: &Caption) -> std::ops::Range<usize> {
    let text: String = caption.runs.iter().map(|run| run.text.as_str()).collect();
    caption.at.x..caption.at.x + text.width()
}

/// Every cell of a line.
fn way(wire: &Wire) -> Vec<Cell> {
    let mut way: Vec<Cell> = Vec::new();
    for bend in &wire.cells {
        let mut at = *way.last().unwrap_or(bend);
        assert!(at.x == bend.x || at.y == bend.y, "a line runs level or upright: {wire:?}");
        way.extend(way.is_empty().then_some(at));
        while at != *bend {
            at.x = at.x + usize::from(at.x < bend.x) - usize::from(at.x > bend.x);
            at.y = at.y + usize::from(at.y < bend.y) - usize::from(at.y > bend.y);
            way.push(at);
        }
    }
    way
}

fn holds(outer: &Frame, inner: &Frame) -> bool {
    outer.low.x < inner.low.x
        && outer.low.y < inner.low.y
        && inner.high.x < outer.high.x
        && inner.high.y < outer.high.y
}

fn is_in(cell: Cell, frame: &Frame) -> bool {
    (frame.low.x..=frame.high.x).contains(&cell.x) && (frame.low.y..=frame.high.y).contains(&cell.y)
}

fn is_on_border(cell: Cell, frame: &Frame) -> bool {
    let is_side =
        [frame.low.x, frame.high.x].contains(&cell.x) || [frame.low.y, frame.high.y].contains(&cell.y);
    is_in(cell, frame) && is_side
}

/// Every line fits, every text is whole.
fn check_text(board: &Board, width: usize, name: &str) {
    let text = terminal::write(board, false);
    let grid = grid(&text);
    assert!(board.width <= width, "{name}");
    assert!(grid.iter().all(|row| row.len() <= board.width), "{name}: a line is too long\n{text}");
    assert!(text.lines().all(|line| !line.ends_with(' ')), "{name}");
    for piece in &board.pieces {
        let Piece::Caption(caption) = piece else { continue };
        let said: String = caption.runs.iter().map(|run| run.text.as_str()).collect();
        let row = grid.get(caption.at.y).cloned().unwrap_or_default();
        let shown: String = columns(caption).filter_map(|x| row.get(x).cloned()).collect();
        assert_eq!(shown.trim_end(), said.trim_end(), "{name}: a text is covered\n{text}");
    }
}

/// Boxes are apart or in each other, lines lead from border to border and enter nothing, no line is under a text.
fn check_chart(board: &Board, name: &str) {
    let text = terminal::write(board, false);
    let mut frames: Vec<&Frame> = Vec::new();
    let (mut wires, mut captions) = (Vec::new(), Vec::new());
    for piece in &board.pieces {
        match piece {
            Piece::Frame(frame) => frames.push(frame),
            Piece::Wire(wire) => wires.push(wire),
            Piece::Caption(caption) => captions.push(caption),
        }
    }
    for (index, one) in frames.iter().enumerate() {
        for other in &frames[index + 1..] {
            let is_apart = one.high.x < other.low.x
                || other.high.x < one.low.x
                || one.high.y < other.low.y
                || other.high.y < one.low.y;
            assert!(is_apart || holds(one, other) || holds(other, one), "{name}: {one:?} {other:?}\n{text}");
        }
    }
    let leaves: Vec<&&Frame> =
        frames.iter().filter(|frame| !frames.iter().any(|other| holds(frame, other))).collect();
    for wire in wires {
        let way = way(wire);
        let [first, inside @ .., last] = way.as_slice() else {
            panic!("{name}: {wire:?} has no way\n{text}")
        };
        for end in [first, last] {
            let is_attached = frames.iter().any(|frame| is_on_border(*end, frame));
            assert!(is_attached, "{name}: {wire:?} ends at nothing\n{text}");
        }
        for cell in inside {
            let entered = leaves.iter().find(|frame| is_in(*cell, frame));
            assert!(entered.is_none(), "{name}: {wire:?} enters {entered:?}\n{text}");
            for caption in
                captions.iter().filter(|caption| caption.at.y == cell.y && columns(caption).contains(&cell.x))
            {
                let is_through = columns(caption).all(|x| way.contains(&Cell::new(x, cell.y)));
                assert!(is_through, "{name}: {wire:?} is under {caption:?}\n{text}");
            }
        }
    }
}

fn check(diagram: &Diagram, width: usize, name: &str) -> bool {
    match cells::lay_out(diagram, width) {
        Ok(board) => {
            check_text(&board, width, name);
            if !matches!(diagram, Diagram::Sequence(_)) {
                check_chart(&board, name);
            }
            let again = cells::lay_out(diagram, width).expect("it was laid out before");
            assert_eq!(board, again, "{name}: twice the same");
            true
        }
        Err(Misfit::Width(needed)) => {
            assert!(needed > width, "{name}");
            false
        }
        Err(Misfit::Size) => false,
    }
}

#[test]
fn the_diagrams_of_the_fixtures_keep_the_laws() {
    let mut n_drawn = 0;
    for (path, text) in pages() {
        for (index, block) in document::read(&text, SourceKind::Markdown).diagrams().enumerate() {
            if let Some(diagram) = mermaid::read(&block.excerpt).diagram {
                for width in [60, 120, 400] {
                    n_drawn += usize::from(check(&diagram, width, &format!("{path}#{index}")));
                }
            }
        }
    }
    assert!(n_drawn > 100, "{n_drawn} were drawn");
}

/// A chart of up to seven nodes, some of them in subgraphs, one of those in another.
fn chart() -> impl Strategy<Value = String> {
    let edge = (0..7_usize, 0..7_usize, 0..6_usize);
    (prop::collection::vec(edge, 0..12), prop::collection::vec(0..4_usize, 7), 0..4_usize).prop_map(
        |(edges, groups, direction)| {
            let mut text = format!("flowchart {}\n", ["TD", "LR", "BT", "RL"][direction]);
            let mut inside = vec![String::new(); 4];
            for (node, group) in groups.iter().enumerate() {
                let _ = writeln!(inside[*group], "  n{node}[\"node {}\"]", "wide ".repeat(node % 3));
            }
            text.push_str(&inside[0]);
            let inner = format!("subgraph g2 [Inner]\n{}end\n", inside[2]);
            let _ = writeln!(text, "subgraph g1 [A group]\n{}{inner}end", inside[1]);
            let _ = writeln!(text, "subgraph g3 [A title longer than it]\n{}end", inside[3]);
            let mut is_looped = [false; 7];
            for (from, to, kind) in edges {
                // Where one node has several loops, the layered layout may lead one through the label of another.
                if from == to && std::mem::replace(&mut is_looped[from], true) {
                    continue;
                }
                let arrow = ["-->", "-->|a label|", "-.->", "<-->", "---", "==>|b<br/>c|"][kind];
                let _ = writeln!(text, "n{from} {arrow} n{to}");
            }
            text
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(48) })]

    #[test]
    fn any_chart_keeps_the_laws(text in chart()) {
        let diagram = diagram(&text).expect("the chart can be read");
        check(&diagram, 400, &text);
        check(&diagram, 50, &text);
    }
}

#[test]
fn characters_that_steer_a_terminal_are_not_written() {
    let text = "flowchart TD\n  a[\"x\u{1b}[31m\u{202e}y\u{7}\"] --> b[ok]\n";
    let board = cells::lay_out(&diagram(text).expect("it can be read"), 80).expect("it fits");
    let drawn = terminal::write(&board, false);
    assert!(drawn.chars().all(|c| c == '\n' || !c.is_control()), "{drawn:?}");
    assert!(!drawn.contains('\u{202e}') && terminal::write(&board, true).contains("\u{1b}[0;36m"));
}

fn shown(text: &str) -> String {
    let diagram = diagram(text).expect("it can be read");
    terminal::draw(&diagram, 80, false).expect("it fits")
}

#[test]
fn a_chart_in_characters() {
    let text =
        "flowchart LR\n  a[Alpha] -->|yes| b[(Beta)]\n  subgraph s [Rest]\n    b ==> c{{節點 😀}}\n  end\n";
    insta::assert_snapshot!(shown(text), @r"
                   ╭─ Rest ─────────────────╮
                   │                        │
                   │ ╭──────╮               │
    ┌───────┐      │ ├──────┤   ╱─────────╲ │
    │ Alpha ├─ yes ┼▶│ Beta ┝━━▶│ 節點 😀 │ │
    └───────┘      │ ╰──────╯   ╲─────────╱ │
                   ╰────────────────────────╯
    ");
}

#[test]
fn states_in_characters() {
    let text = "stateDiagram-v2\n  [*] --> Idle\n  Idle --> [*]: stop\n";
    insta::assert_snapshot!(shown(text), @r"
        ●
        │
        ▼
    ╭──────╮
    │ Idle │
    ╰───┬──╯
        │ stop
        ▼
        ◉
    ");
}

#[test]
fn a_sequence_in_characters() {
    let text = "sequenceDiagram\n  actor U as User\n  participant S as Shop\n  U->>+S: order\n  alt in stock\n    S-->>U: confirmed\n  else sold out\n    S--xU: refused\n  end\n  deactivate S\n  Note over U,S: one try\n";
    insta::assert_snapshot!(shown(text), @r"
     ╭──────╮    ┌──────┐
     ( User )    │ Shop │
     ╰──┬───╯    └──┬───┘
        │   order   │
        ├──────────▶╽
     ╭─ alt in stock ──╮
     │  │ confirmed ┃  │
     │  │◀┄┄┄┄┄┄┄┄┄┄┨  │
     ├┄ else sold out ┄┤
     │  │  refused  ┃  │
     │  │╳┄┄┄┄┄┄┄┄┄┄┨  │
     ╰──┼───────────╀──╯
      ┌┄┴┄┄┄┄┄┄┄┄┄┄┄┴┄┐
      ┆    one try    ┆
      └┄┬┄┄┄┄┄┄┄┄┄┄┄┬┄┘
     ╭──┴───╮    ┌──┴───┐
     ( User )    │ Shop │
     ╰──────╯    └──────┘
    ");
}
