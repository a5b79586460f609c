//! Numbers as SVG writes them.

use std::fmt::{self, Display, Write};

use crate::draw::scene::{Path, Step};

/// A number with at most two decimals, no zero behind the last and no minus before a zero; 0 for what is no number.
#[derive(Debug, Clone, Copy)]
pub(super) struct Number(pub(super) f64);

impl Number {
    /// The next whole number that is not smaller.
    pub(super) fn up(value: f64) -> Self {
        Self((value - 1e-6).ceil())
    }
}

impl Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let hundredths = (self.0 * 100.0).round();
        // 2^53 hundredths are still exact; nothing is drawn so far out.
        if !hundredths.is_finite() || hundredths == 0.0 || hundredths.abs() > 9e15 {
            return f.write_char('0');
        }
        let value = hundredths.abs() as i64;
        if hundredths < 0.0 {
            f.write_char('-')?;
        }
        let (whole, part) = (value / 100, value % 100);
        match part {
            0 => write!(f, "{whole}"),
            part if part % 10 == 0 => write!(f, "{whole}.{}", part / 10),
            part => write!(f, "{whole}.{part:02}"),
        }
    }
}

/// The `d` of a path.
pub(super) fn path_data(path: &Path) -> String {
    let mut out = String::with_capacity(12 * path.0.len());
    for step in &path.0 {
        let (letter, points) = match step {
            Step::Move(to) => ('M', vec![to]),
            Step::Line(to) => ('L', vec![to]),
            Step::Quad(control, to) => ('Q', vec![control, to]),
            Step::Cubic(first, second, to) => ('C', vec![first, second, to]),
            Step::Close => ('Z', Vec::new()),
        };
        out.push(letter);
        for (index, point) in points.into_iter().enumerate() {
            let gap = if index > 0 { " " } else { "" };
            let _ = write!(out, "{gap}{},{}", Number(point.x), Number(point.y));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_short() {
        let table = [
            (0.0, "0"),
            (-0.001, "0"),
            (1.0, "1"),
            (1.5, "1.5"),
            (-1.049, "-1.05"),
            (0.05, "0.05"),
            (100.0, "100"),
            (f64::NAN, "0"),
            (f64::INFINITY, "0"),
        ];
        for (value, expected) in table {
            assert_eq!(Number(value).to_string(), expected);
        }
        assert_eq!(Number::up(3.000_000_01).to_string(), "3");
        assert_eq!(Number::up(3.1).to_string(), "4");
    }
}
