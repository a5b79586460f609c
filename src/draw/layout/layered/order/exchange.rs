//! Exchanges of items that stand side by side.

use super::crossing::n_pairs_above;
use super::search::Search;

/// Rounds over all rows, at most.
const N_ROUNDS: usize = 6;

/// Exchanges items that stand side by side in one container while that saves crossings.
pub(super) fn neighbours(search: &mut Search) {
    let mut is_stale = vec![true; search.rows.len];
    for _ in 0..N_ROUNDS {
        let mut has_gained = false;
        for row in 0..search.rows.len {
            if !std::mem::take(&mut is_stale[row]) {
                continue;
            }
            for at in 1..search.current[row].len() {
                let (left, right) = (search.current[row][at - 1], search.current[row][at]);
                if search.rows.items[left].cluster != search.rows.items[right].cluster {
                    continue;
                }
                let (now, then) = crossings(search, left, right);
                if then < now {
                    search.current[row].swap(at - 1, at);
                    search.position[left] = at;
                    search.position[right] = at - 1;
                    has_gained = true;
                    let (first, end) = (row.saturating_sub(1), (row + 2).min(is_stale.len()));
                    is_stale[first..end].fill(true);
                }
            }
        }
        if !has_gained {
            break;
        }
    }
}

/// Crossings between the edges of two items as they stand, and with the items exchanged.
fn crossings(search: &Search, left: usize, right: usize) -> (u64, u64) {
    let (mut now, mut then) = (0, 0);
    for side in [&search.above, &search.below] {
        match (&side[left][..], &side[right][..]) {
            ([], _) | (_, []) => {}
            ([of_left], [of_right]) => {
                let (of_left, of_right) = (search.position[*of_left], search.position[*of_right]);
                now += u64::from(of_left > of_right);
                then += u64::from(of_right > of_left);
            }
            (of_left, of_right) => {
                let sorted = |items: &[usize]| {
                    let mut places: Vec<usize> = items.iter().map(|other| search.position[*other]).collect();
                    places.sort_unstable();
                    places
                };
                let (of_left, of_right) = (sorted(of_left), sorted(of_right));
                now += n_pairs_above(&of_left, &of_right);
                then += n_pairs_above(&of_right, &of_left);
            }
        }
    }
    (now, then)
}
