//! Ceph: monitors, OSDs, pools.

use super::stated::Stated;
use crate::base::text::Place;

/// A Ceph cluster.
#[derive(Debug, Clone, Default)]
pub struct Ceph {
    /// Where Ceph as a whole is mentioned.
    pub mentions: Vec<Place>,
    /// In order of first mention.
    pub monitors: Vec<Daemon>,
    /// In order of first mention.
    pub osds: Vec<Daemon>,
    /// In order of first mention.
    pub pools: Vec<Pool>,
}

/// A monitor or an OSD.
#[derive(Debug, Clone)]
pub struct Daemon {
    /// Fullest name that a text gives it.
    pub name: String,
    /// Name of the node that runs it.
    pub node: Stated<String>,
    /// Where it is mentioned, in order.
    pub mentions: Vec<Place>,
}

/// A pool.
#[derive(Debug, Clone)]
pub struct Pool {
    /// Name.
    pub name: String,
    /// `size`: copies of each object.
    pub size: Stated<u32>,
    /// `min_size`: copies below which I/O stops.
    pub min_size: Stated<u32>,
    /// Where it is mentioned, in order.
    pub mentions: Vec<Place>,
}
