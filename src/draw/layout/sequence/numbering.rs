//! The numbers of messages.

use crate::mermaid::diagram::sequence::Autonumber;

/// Numbers have no more digits than this behind the point: what is left of them comes from binary fractions.
const PRECISION: f64 = 10_000.0;

/// The number of the next message. Messages count while numbers are not shown, as in Mermaid.
#[derive(Debug, Clone, Copy)]
pub(super) struct Numbering {
    next: f64,
    step: f64,
    is_visible: bool,
}

impl Numbering {
    /// Nothing is numbered until an `autonumber` says so.
    pub(super) fn new() -> Self {
        Self { next: 1.0, step: 1.0, is_visible: false }
    }

    /// Obeys an `autonumber` statement. A number that is 0 or none counts as not given, as in Mermaid.
    pub(super) fn change(&mut self, autonumber: &Autonumber) {
        let number = |text: &Option<String>| {
            text.as_ref()
                .and_then(|text| text.parse::<f64>().ok())
                .filter(|number| number.is_finite() && *number != 0.0)
        };
        self.is_visible = autonumber.visible;
        self.next = number(&autonumber.start).unwrap_or(self.next);
        self.step = number(&autonumber.step).unwrap_or(self.step);
    }

    /// The number of a message, if numbers are shown; the message after it has the next one.
    pub(super) fn take(&mut self) -> Option<String> {
        let number = (self.next * PRECISION).round() / PRECISION;
        self.next += self.step;
        self.is_visible.then(|| number.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_count_while_numbers_are_hidden() {
        let mut numbering = Numbering::new();
        assert_eq!(numbering.take(), None);
        let change = |visible, start: Option<&str>, step: Option<&str>| Autonumber {
            visible,
            start: start.map(str::to_owned),
            step: step.map(str::to_owned),
        };
        numbering.change(&change(true, None, None));
        assert_eq!(numbering.take().as_deref(), Some("2"));
        numbering.change(&change(true, Some("1.1"), Some("0.1")));
        let numbers: Vec<_> = (0..3).filter_map(|_| numbering.take()).collect();
        assert_eq!(numbers, ["1.1", "1.2", "1.3"]);
        numbering.change(&change(false, Some("10"), Some("10")));
        assert_eq!(numbering.take(), None);
        numbering.change(&change(true, Some("0"), None));
        assert_eq!(numbering.take().as_deref(), Some("20"));
    }
}
