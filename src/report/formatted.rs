//! What formatting did, in a line.

use super::counted;

/// Number of files that may hold diagrams, of those that change, and of the diagrams that do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    /// Files that were looked at.
    pub n_files: usize,
    /// Files that change.
    pub n_changed_files: usize,
    /// Diagrams that change.
    pub n_changed: usize,
}

/// "Formatted 3 diagrams in 2 files, 5 files left as they are", without a newline.
pub fn formatted(tally: Tally) -> String {
    told("Formatted", tally)
}

/// "Would format 3 diagrams in 2 files, 5 files left as they are", without a newline.
pub fn would_format(tally: Tally) -> String {
    told("Would format", tally)
}

fn told(verb: &str, tally: Tally) -> String {
    let files = |n| counted(n, "file", "files");
    let n_same = tally.n_files.saturating_sub(tally.n_changed_files);
    if tally.n_changed_files == 0 {
        return format!("Nothing to format in {}", files(n_same));
    }
    let diagrams = counted(tally.n_changed, "diagram", "diagrams");
    let rest = match n_same {
        0 => String::new(),
        1 => ", 1 file left as it is".to_owned(),
        n => format!(", {n} files left as they are"),
    };
    format!("{verb} {diagrams} in {}{rest}", files(tally.n_changed_files))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_their_nouns() {
        let table = [
            ((2, 1, 1), "Formatted 1 diagram in 1 file, 1 file left as it is"),
            ((2, 2, 3), "Formatted 3 diagrams in 2 files"),
            ((1, 0, 0), "Nothing to format in 1 file"),
        ];
        for ((n_files, n_changed_files, n_changed), expected) in table {
            assert_eq!(formatted(Tally { n_files, n_changed_files, n_changed }), expected);
        }
    }
}
