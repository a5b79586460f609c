//! Names: what a thing is called in a label so that a reader knows what it is, and the id that goes with it.

/// Words of Mermaid's that are no ids, or not everywhere (mermaid 12, flow.jison).
const RESERVED: [&str; 19] = [
    "_blank",
    "_parent",
    "_self",
    "_top",
    "call",
    "class",
    "classdef",
    "click",
    "default",
    "direction",
    "end",
    "flowchart",
    "graph",
    "href",
    "interpolate",
    "linkstyle",
    "style",
    "subgraph",
    "accdescr",
];

/// An id that Mermaid reads in every place: letters, digits and `_`, with a letter first.
pub(super) fn id(name: &str) -> String {
    let mut id = String::new();
    for c in name.chars() {
        match c {
            c if c.is_ascii_alphanumeric() => id.push(c),
            _ if id.is_empty() || id.ends_with('_') => {}
            _ => id.push('_'),
        }
    }
    let id = id.trim_end_matches('_');
    let is_free = id.starts_with(|c: char| c.is_ascii_alphabetic())
        && !RESERVED.contains(&id.to_ascii_lowercase().as_str());
    if is_free { id.to_owned() } else { format!("n_{id}") }
}

/// A node's name with words in front that say that it is a node, when it does not begin with such words itself.
pub(super) fn of_node(name: &str) -> String {
    const MACHINES: [&str; 5] = ["node", "host", "server", "hypervisor", "ve"];
    let words = words(name);
    let word = |at: usize| words.get(at).map_or("", String::as_str);
    let is_number = |at: usize| word(at).starts_with(|c: char| c.is_ascii_digit());
    let says_so = match word(0) {
        "proxmox" | "pve" => {
            is_number(1) || (MACHINES[..3].contains(&word(1)) && (is_number(2) || words.len() == 3))
        }
        "node" | "host" | "hypervisor" => is_number(1),
        _ => false,
    };
    if says_so { name.to_owned() } else { format!("Proxmox node {name}") }
}

/// A pool's name, as that of a Ceph pool.
pub(super) fn of_pool(name: &str) -> String {
    let words = words(name);
    let says_so = words
        .windows(2)
        .any(|pair| pair[1] == "pool" && ["ceph", "osd", "rbd", "storage"].contains(&pair[0].as_str()));
    if says_so { name.to_owned() } else { format!("Ceph pool {name}") }
}

/// A monitor's or OSD's name behind the words for its kind: `mon.pve1` is `Ceph monitor pve1`.
pub(super) fn of_daemon(kind: &str, name: &str) -> String {
    let own = ["mon.", "osd."].iter().find_map(|prefix| name.strip_prefix(prefix));
    match own {
        Some(own) => format!("{kind} {own}"),
        None => name.to_owned(),
    }
}

/// What a cluster is called above its nodes: "Proxmox cluster cellar, 3 nodes"; without the number where nobody states it.
pub(super) fn cluster_title(name: &str, n_nodes: Option<u32>) -> String {
    let name = if name.is_empty() { String::new() } else { format!(" {name}") };
    let count = match n_nodes {
        None => String::new(),
        Some(1) => ", 1 node".to_owned(),
        Some(n) => format!(", {n} nodes"),
    };
    format!("Proxmox cluster{name}{count}")
}

/// The runs of letters and of digits of a name, in lower case.
fn words(name: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut before = None;
    for c in name.chars() {
        let class = c.is_alphanumeric().then(|| c.is_ascii_digit());
        if class.is_some() {
            match words.last_mut() {
                Some(word) if class == before => word.extend(c.to_lowercase()),
                _ => words.push(c.to_lowercase().collect()),
            }
        }
        before = class;
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_readable_everywhere() {
        let table = [
            ("pve1", "pve1"),
            ("Proxmox Node 1", "Proxmox_Node_1"),
            ("10.44.0.0/24", "n_10_44_0_0_24"),
            ("end", "n_end"),
            ("Größe", "Gr_e"),
            ("--", "n_"),
        ];
        for (name, expected) in table {
            assert_eq!(id(name), expected, "{name}");
        }
    }

    #[test]
    fn names_say_what_they_name() {
        let table = [
            ("pve1", "pve1"),
            ("pve-02.example.org", "pve-02.example.org"),
            ("Proxmox Node 3", "Proxmox Node 3"),
            ("Node 3", "Node 3"),
            ("alpha", "Proxmox node alpha"),
            ("test-node-1", "Proxmox node test-node-1"),
            ("Proxmox", "Proxmox node Proxmox"),
        ];
        for (name, expected) in table {
            assert_eq!(of_node(name), expected, "{name}");
        }
        assert_eq!(of_pool("vm-disks"), "Ceph pool vm-disks");
        assert_eq!(of_pool("RBD pool"), "RBD pool");
        assert_eq!(of_daemon("Ceph monitor", "mon.pve1"), "Ceph monitor pve1");
        assert_eq!(of_daemon("Ceph monitor", "Ceph Monitor 2"), "Ceph Monitor 2");
    }
}
