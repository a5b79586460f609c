//! Items on the way to a scene, by what covers what.

use crate::draw::scene::{Item, Link, Mark, Role};

/// Items in layers, the lowest first.
#[derive(Debug, Clone, Default)]
pub(super) struct Layers {
    /// Boxes around participants.
    pub(super) boxes: Vec<Item>,
    /// Fragments that are a background.
    pub(super) backgrounds: Vec<Item>,
    pub(super) lifelines: Vec<Item>,
    pub(super) bars: Vec<Item>,
    /// The other fragments.
    pub(super) frames: Vec<Item>,
    pub(super) arrows: Vec<Item>,
    pub(super) notes: Vec<Item>,
    pub(super) texts: Vec<Item>,
    pub(super) numbers: Vec<Item>,
    pub(super) heads: Vec<Item>,
}

impl Layers {
    /// All items in painting order.
    pub(super) fn into_items(self) -> Vec<Item> {
        let layers = [
            self.boxes,
            self.backgrounds,
            self.lifelines,
            self.bars,
            self.frames,
            self.arrows,
            self.notes,
            self.texts,
            self.numbers,
            self.heads,
        ];
        layers.into_iter().flatten().collect()
    }
}

/// An item without classes and link.
pub(super) fn item(role: Role, marks: Vec<Mark>) -> Item {
    linked(role, None, marks)
}

/// An item without classes.
pub(super) fn linked(role: Role, link: Option<Link>, marks: Vec<Mark>) -> Item {
    Item { role, classes: Vec::new(), link, marks }
}
