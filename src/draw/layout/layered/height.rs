//! Places rows and the upper and lower sides of clusters in the direction of the ranks.

use super::compound::Tree;
use super::row::{Rows, TitleSide, has_title};
use super::{Graph, Spacing};

/// Where things are along the ranks, px.
#[derive(Debug)]
pub(super) struct Heights {
    /// Top and bottom of each row.
    pub(super) rows: Vec<(f64, f64)>,
    /// Top and bottom of each cluster.
    pub(super) clusters: Vec<(f64, f64)>,
    /// For each row the first lane below it.
    pub(super) lanes: Vec<f64>,
}

/// Places everything. `n_lanes` is the number of lanes below each row, `growth` what is added above each cluster.
pub(super) fn heights(
    graph: &Graph,
    tree: &Tree,
    rows: &Rows,
    n_lanes: &[usize],
    (titles, growth): (TitleSide, &[f64]),
    spacing: &Spacing,
) -> Heights {
    let mut row_heights = vec![0.0_f64; rows.len];
    for item in &rows.items {
        row_heights[item.row] = row_heights[item.row].max(item.height);
    }
    let mut above: Vec<f64> = growth.iter().map(|growth| spacing.padding + growth).collect();
    let mut below = vec![spacing.padding; graph.clusters.len()];
    let mut result = stack(tree, rows, &row_heights, n_lanes, (&above, &below), spacing);
    // A title that runs along the ranks may be longer than all that stands beside it; inner clusters grow first.
    for cluster in tree.inside_out() {
        let shape = &graph.clusters[cluster];
        let title =
            if titles == TitleSide::Left && has_title(shape.title) { shape.title.height } else { 0.0 };
        let needed = (title + 2.0 * spacing.padding).max(shape.min_size.height);
        let (top, bottom) = result.clusters[cluster];
        let missing = needed - (bottom - top);
        if missing > 0.0 {
            above[cluster] += (missing / 2.0).ceil();
            below[cluster] += (missing / 2.0).ceil();
            result = stack(tree, rows, &row_heights, n_lanes, (&above, &below), spacing);
        }
    }
    result
}

/// Stacks the rows with room for the borders of clusters and for lanes between them.
fn stack(
    tree: &Tree,
    rows: &Rows,
    row_heights: &[f64],
    n_lanes: &[usize],
    (above, below): (&[f64], &[f64]),
    spacing: &Spacing,
) -> Heights {
    let n_rows = rows.len;
    // How far the borders of clusters reach above their first and below their last row.
    let mut rise = above.to_vec();
    let mut fall = below.to_vec();
    let mut opening = vec![0.0_f64; n_rows];
    let mut closing = vec![0.0_f64; n_rows];
    for cluster in tree.inside_out() {
        let (first, last) = rows.clusters[cluster];
        opening[first] = opening[first].max(rise[cluster]);
        closing[last] = closing[last].max(fall[cluster]);
        if let Some(parent) = tree.parent(cluster) {
            if rows.clusters[parent].0 == first {
                rise[parent] = rise[parent].max(above[parent] + rise[cluster]);
            }
            if rows.clusters[parent].1 == last {
                fall[parent] = fall[parent].max(below[parent] + fall[cluster]);
            }
        }
    }
    let mut y = opening.first().copied().unwrap_or_default();
    let mut places = Vec::with_capacity(n_rows);
    let mut lanes = Vec::with_capacity(n_rows);
    for row in 0..rows.len {
        places.push((y, y + row_heights[row]));
        y += row_heights[row];
        let next_opening = opening.get(row + 1).copied().unwrap_or_default();
        let n_ends = [row, row + 1].map(|row| rows.holds_nodes.get(row).copied().unwrap_or_default());
        // Next to nodes and borders lines end in tips.
        let stub = |is_end: bool, border: f64| {
            if is_end || border > 0.0 { spacing.stub } else { spacing.lane / 2.0 }
        };
        let (upper, lower) = (stub(n_ends[0], closing[row]), stub(n_ends[1], next_opening));
        let n = n_lanes.get(row).copied().unwrap_or_default();
        let channel = if n == 0 { 0.0 } else { upper + (n - 1) as f64 * spacing.lane + lower };
        let least = match n_ends {
            [true, true] => spacing.rank,
            [false, false] => spacing.lane / 2.0,
            _ => spacing.stub,
        };
        // Borders that face each other across a gap keep apart, and a tip fits between a node and a border.
        let borders = closing[row] + next_opening;
        let between = if borders > 0.0 { spacing.stub.max(channel) } else { channel };
        let gap = least.max(borders + between);
        lanes.push(y + closing[row] + upper + (gap - borders - between.max(channel)).max(0.0) / 2.0);
        y += gap;
    }
    let clusters = (0..rows.clusters.len())
        .map(|cluster| {
            let (first, last) = rows.clusters[cluster];
            (places[first].0 - rise[cluster], places[last].1 + fall[cluster])
        })
        .collect();
    Heights { rows: places, clusters, lanes }
}
