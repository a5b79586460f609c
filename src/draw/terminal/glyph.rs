//! Box characters by the arms that they have.

/// Up, right, down, left.
pub(super) type Arms = [Weight; 4];

/// How thick an arm is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(super) enum Weight {
    /// There is none.
    #[default]
    None,
    /// Thin.
    Light,
    /// Thick.
    Heavy,
}

/// The characters of the block `Box Drawing` (Unicode, U+2500 to U+257F) with arms of these weights, thin corners and lines
/// with gaps left out. Index: up + 3 right + 9 down + 27 left, each 0 without an arm, 1 thin, 2 thick.
const BY_ARMS: [char; 81] = [
    ' ', '╵', '╹', '╶', '└', '┖', '╺', '┕', '┗', // nothing down, nothing left
    '╷', '│', '╿', '┌', '├', '┞', '┍', '┝', '┡', // thin down
    '╻', '╽', '┃', '┎', '┟', '┠', '┏', '┢', '┣', // thick down
    '╴', '┘', '┚', '─', '┴', '┸', '╼', '┶', '┺', // nothing down, thin left
    '┐', '┤', '┦', '┬', '┼', '╀', '┮', '┾', '╄', // thin down
    '┒', '┧', '┨', '┰', '╁', '╂', '┲', '╆', '╊', // thick down
    '╸', '┙', '┛', '╾', '┵', '┹', '━', '┷', '┻', // nothing down, thick left
    '┑', '┥', '┩', '┭', '┽', '╃', '┯', '┿', '╇', // thin down
    '┓', '┪', '┫', '┱', '╅', '╉', '┳', '╈', '╋', // thick down
];

/// The character with these arms; corners of two thin arms are round or not, thin lines may have gaps.
pub(super) fn glyph(arms: Arms, is_round: bool, is_dotted: bool) -> char {
    let index = arms.iter().rev().fold(0, |sum, weight| 3 * sum + *weight as usize);
    match BY_ARMS.get(index).copied().unwrap_or(' ') {
        '┌' if is_round => '╭',
        '┐' if is_round => '╮',
        '┘' if is_round => '╯',
        '└' if is_round => '╰',
        '─' if is_dotted => '┄',
        '│' if is_dotted => '┆',
        '╴' | '╶' => '─',
        '╵' | '╷' => '│',
        glyph => glyph,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_glyph_has_its_arms() {
        use Weight::{Heavy as H, Light as L, None as N};
        let table = [
            ([L, N, L, N], '│'),
            ([N, L, N, L], '─'),
            ([N, H, N, H], '━'),
            ([L, L, L, L], '┼'),
            ([N, L, L, L], '┬'),
            ([L, L, N, L], '┴'),
            ([L, L, L, N], '├'),
            ([L, N, L, L], '┤'),
            ([N, L, L, N], '╭'),
            ([L, L, N, N], '╰'),
            ([L, N, N, L], '╯'),
            ([N, N, L, L], '╮'),
            ([H, N, H, N], '┃'),
            ([N, L, H, L], '┰'),
            ([H, L, H, L], '╂'),
            ([L, H, L, H], '┿'),
            ([H, H, H, H], '╋'),
            ([N, N, H, H], '┓'),
        ];
        for (arms, expected) in table {
            assert_eq!(glyph(arms, true, false), expected, "{arms:?}");
        }
        let mut known: Vec<char> = BY_ARMS.to_vec();
        known.sort_unstable();
        known.dedup();
        assert_eq!(known.len(), 81, "each stands there once");
    }
}
