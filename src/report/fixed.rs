//! What fixes did, and what they could do.

use super::counted;

/// Number of findings that fixes removed, or would remove, and of files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Fixed {
    /// Findings.
    pub n_findings: usize,
    /// Files that change.
    pub n_files: usize,
}

/// "Fixed 3 findings in 2 files", without a newline.
pub fn fixed(fixed: Fixed) -> String {
    format!("Fixed {}", amount(fixed))
}

/// "Would fix 3 findings in 2 files", without a newline.
pub fn would_fix(fixed: Fixed) -> String {
    if fixed.n_files == 0 { "Nothing to fix".to_owned() } else { format!("Would fix {}", amount(fixed)) }
}

fn amount(fixed: Fixed) -> String {
    let findings = counted(fixed.n_findings, "finding", "findings");
    format!("{findings} in {}", counted(fixed.n_files, "file", "files"))
}

/// What a run with other options would fix, without a newline; `None` when that is nothing.
///
/// "2 can be fixed with `merrow check --fix`, 1 more with `--unsafe-fixes`"
pub fn fixable(n_safe: usize, n_unsafe: usize) -> Option<String> {
    match (n_safe, n_unsafe) {
        (0, 0) => None,
        (0, n_unsafe) => Some(format!("{n_unsafe} can be fixed with `merrow check --unsafe-fixes`")),
        (n_safe, 0) => Some(format!("{n_safe} can be fixed with `merrow check --fix`")),
        (n_safe, n_unsafe) => Some(format!(
            "{n_safe} can be fixed with `merrow check --fix`, {n_unsafe} more with `--unsafe-fixes`"
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_can_be_fixed_is_told_with_the_option_that_does() {
        let table = [
            (0, 0, None),
            (2, 0, Some("2 can be fixed with `merrow check --fix`")),
            (0, 1, Some("1 can be fixed with `merrow check --unsafe-fixes`")),
            (2, 1, Some("2 can be fixed with `merrow check --fix`, 1 more with `--unsafe-fixes`")),
        ];
        for (n_safe, n_unsafe, expected) in table {
            assert_eq!(fixable(n_safe, n_unsafe).as_deref(), expected);
        }
        assert_eq!(fixed(Fixed { n_findings: 1, n_files: 1 }), "Fixed 1 finding in 1 file");
    }
}
