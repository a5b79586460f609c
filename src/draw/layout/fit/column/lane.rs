//! Vertical lines beside a column: what reaches how far at which height, and where the next line has room.

/// How far things reach to the right and to the left of the axis of a column, band by band from top to bottom, px.
#[derive(Debug)]
pub(super) struct Skyline {
    right: Vec<f64>,
    left: Vec<f64>,
}

/// A side of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Flank {
    /// Where what leads down runs.
    Right,
    /// Where what leads back up runs.
    Left,
}

impl Flank {
    /// 1 to the right, -1 to the left: distances from the axis as coordinates.
    pub(super) const fn sign(self) -> f64 {
        match self {
            Self::Right => 1.0,
            Self::Left => -1.0,
        }
    }
}

impl Skyline {
    /// Nothing anywhere in `n_bands` bands.
    pub(super) fn new(n_bands: usize) -> Self {
        Self { right: vec![0.0; n_bands], left: vec![0.0; n_bands] }
    }

    fn flank(&mut self, flank: Flank) -> &mut [f64] {
        match flank {
            Flank::Right => &mut self.right,
            Flank::Left => &mut self.left,
        }
    }

    /// Something reaches this far in one band.
    pub(super) fn reach(&mut self, flank: Flank, band: usize, reach: f64) {
        if let Some(known) = self.flank(flank).get_mut(band) {
            *known = known.max(reach);
        }
    }

    /// How far things reach in bands `first` to `last`.
    pub(super) fn farthest(&mut self, flank: Flank, first: usize, last: usize) -> f64 {
        let bands = self.flank(flank).get(first..=last).unwrap_or_default();
        bands.iter().copied().fold(0.0, f64::max)
    }

    /// Fills bands `first` to `last` up to `reach`.
    pub(super) fn fill(&mut self, flank: Flank, first: usize, last: usize, reach: f64) {
        for known in self.flank(flank).get_mut(first..=last).unwrap_or_default() {
            *known = known.max(reach);
        }
    }
}
