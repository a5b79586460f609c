//! Stories of `merrow generate`, and the law of views: what a view says, its source says, and nothing is wrong with both.
#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "a story sets its own stage, and fails when it cannot"
)]

use std::collections::BTreeMap;
use std::fs;
use std::net::IpAddr;
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use merrow::base::offset_map::Excerpt;
use merrow::cluster::model::Cluster;
use merrow::cluster::model::node::AddressRole;
use merrow::cluster::model::vote::Votes;
use merrow::draw::measure::FontMetrics;
use merrow::draw::style::Style;
use merrow::draw::{self, svg};
use merrow::generate::architecture::architecture;
use merrow::generate::quorum::quorum;
use merrow::generate::{LeftOut, NothingToDraw, View};
use merrow::host::settings_file::Project;
use merrow::host::workspace::Workspace;
use merrow::mermaid::config::Config;
use merrow::mermaid::diagram::Diagram;
use merrow::mermaid::{self, write};
use merrow::pipeline::settings;

use crate::structure;

type Draw = fn(&Cluster) -> Result<View, NothingToDraw>;
const VIEWS: [(&str, Draw); 2] = [("quorum", quorum), ("architecture", architecture)];

/// Clusters that differ in what a view must say of them.
const CLUSTERS: [(&str, &str); 8] = [
    ("three", include_str!("../../fixtures/homelab/cluster.toml")),
    (
        "two with ffsplit",
        "name = \"pair\"\n[[node]]\nname = \"pve1\"\nlinks = [\"192.0.2.1\"]\n[[node]]\nname = \"pve2\"\n\
         links = [\"192.0.2.2\"]\n[qdevice]\nalgorithm = \"ffsplit\"\nvotes = 1\n",
    ),
    (
        "names of their own",
        "[[node]]\nname = \"alpha\"\nvotes = 1\nlinks = [\"fd00::a\"]\n[[node]]\nname = \"test-box\"\nvotes = 1\n\
         links = [\"fd00::b\"]\n[[node]]\nname = \"web1\"\nvotes = 1\nlinks = [\"fd00::c\"]\n",
    ),
    (
        "four nodes and a QDevice",
        "[[node]]\nname = \"pve-01\"\n[[node]]\nname = \"pve-02\"\n[[node]]\nname = \"pve-03\"\n\
         [[node]]\nname = \"pve-04\"\n[qdevice]\n",
    ),
    (
        "unequal votes",
        "[[node]]\nname = \"pve1\"\nvotes = 2\n[[node]]\nname = \"pve2\"\nvotes = 1\n[[node]]\nname = \"pve3\"\nvotes = 1\n",
    ),
    (
        "everything",
        "name = \"lab 2\"\n[[node]]\nname = \"pve1\"\nid = 1\nlinks = [\"10.1.0.1\", \"10.2.0.1\", \"10.3.0.1\"]\n\
         [[node]]\nname = \"pve2\"\nid = 2\nlinks = [\"10.1.0.2\", \"10.2.0.2\", \"10.3.0.2\"]\n[[node]]\nname = \"pve3\"\n\
         id = 3\nlinks = [\"10.1.0.3\", \"10.2.0.3\", \"10.3.0.3\"]\n[ceph]\nmonitors = [\"pve1\", \"pve2\", \"pve3\"]\n\
         [[ceph.osd]]\nid = 0\nnode = \"pve1\"\n[[ceph.osd]]\nid = 1\nnode = \"pve2\"\n[[ceph.osd]]\nid = 2\nnode = \"pve3\"\n\
         [[ceph.pool]]\nname = \"fast\"\nsize = 3\nmin_size = 2\n[[ceph.pool]]\nname = \"slow\"\nsize = 2\n\
         [[bond]]\nname = \"bond0\"\nmode = \"802.3ad\"\nports = [\"eno1\", \"eno2\"]\nbridge = \"vmbr0\"\n\
         [[bridge]]\nname = \"vmbr0\"\npurpose = \"Cluster\"\nvlans = [10, 20]\n[[bridge]]\nname = \"vmbr9\"\n\
         [[subnet]]\nnetwork = \"10.1.0.0/24\"\npurpose = \"Cluster\"\nvlan = 10\n[[subnet]]\nnetwork = \"10.2.0.0/24\"\n\
         [[subnet]]\nnetwork = \"10.3.0.0/24\"\n[[subnet]]\nnetwork = \"10.9.0.0/24\"\npurpose = \"Guests\"\n\
         [[guest]]\nid = \"vm:101\"\nha = true\n[[guest]]\nid = \"ct:102\"\nha = true\n[[guest]]\nid = \"vm:103\"\n",
    ),
    ("one node", "[[node]]\nname = \"pve1\"\nvotes = 1\n"),
    (
        "ten nodes",
        "[[node]]\nname = \"pve1\"\n[[node]]\nname = \"pve2\"\n[[node]]\nname = \"pve3\"\n[[node]]\nname = \"pve4\"\n\
         [[node]]\nname = \"pve5\"\n[[node]]\nname = \"pve6\"\n[[node]]\nname = \"pve7\"\n[[node]]\nname = \"pve8\"\n\
         [[node]]\nname = \"pve9\"\n[[node]]\nname = \"pve10\"\n",
    ),
];

/// The texts as the files of one lab.
fn workspace(texts: &[(&str, &str)]) -> Workspace {
    let settings = settings::read("[[lab]]\nname = \"all\"\nfiles = [\"*\"]\n").unwrap();
    let project = Project { settings, folder: PathBuf::new(), out: None };
    Workspace::of_texts(project, texts.iter().copied())
}

/// What the texts state together.
fn stated<T>(texts: &[(&str, &str)], look: impl Fn(&Cluster) -> T) -> T {
    look(&workspace(texts).labs()[0].intended.cluster)
}

/// The rules of the findings about the texts.
fn rules(texts: &[(&str, &str)]) -> Vec<String> {
    let findings = workspace(texts).findings().diagnostics;
    findings.iter().map(|finding| format!("{}: {}", finding.rule.name, finding.message)).collect()
}

/// What a reader learns of each node.
fn nodes(cluster: &Cluster) -> Vec<(String, Votes, BTreeMap<AddressRole, IpAddr>)> {
    let nodes = cluster.nodes.iter().map(|node| {
        let addresses = node
            .addresses
            .iter()
            .filter(|(role, _)| **role < AddressRole::Link(2) || **role > AddressRole::Link(255));
        let addresses = addresses.filter_map(|(role, stated)| Some((*role, *stated.agreed()?))).collect();
        let name = node.name.trim_start_matches("Proxmox node ").to_owned();
        (name, node.votes.agreed().copied().unwrap_or(Votes::ONE), addresses)
    });
    nodes.collect()
}

#[test]
fn a_view_says_what_its_source_says() {
    for (name, source) in CLUSTERS {
        let source = ("cluster.toml", source);
        for (view, draw) in VIEWS {
            let view_of = stated(&[source], draw).unwrap();
            assert_eq!(view_of.left_out, [], "{view} of {name}");
            let text = write::flowchart(&view_of.chart);
            let drawn = ("view.mmd", text.as_str());
            assert_eq!(rules(&[drawn]), [""; 0], "{view} of {name} alone:\n{text}");
            assert_eq!(
                rules(&[source, drawn]),
                rules(&[source]),
                "{view} of {name} beside its source:\n{text}"
            );
            let (ours, theirs) = (stated(&[drawn], nodes), stated(&[source], nodes));
            if view == "quorum" {
                let votes = |nodes: Vec<(String, Votes, _)>| -> Vec<(String, Votes)> {
                    nodes.into_iter().map(|(name, votes, _)| (name, votes)).collect()
                };
                assert_eq!(votes(ours), votes(theirs), "{name}:\n{text}");
            } else {
                let addresses = |nodes: Vec<(String, Votes, BTreeMap<AddressRole, IpAddr>)>| -> Vec<_> {
                    nodes.into_iter().map(|(name, _, addresses)| (name, addresses)).collect()
                };
                assert_eq!(addresses(ours), addresses(theirs), "{name}:\n{text}");
            }
        }
    }
}

#[test]
fn a_view_is_read_as_it_was_drawn() {
    for (name, source) in CLUSTERS {
        for (view, draw) in VIEWS {
            let chart = stated(&[("cluster.toml", source)], draw).unwrap().chart;
            let text = write::flowchart(&chart);
            let again = mermaid::read(&Excerpt::whole(&text, 0));
            assert!(again.errors.is_empty(), "{view} of {name}:\n{text}");
            let drawn = structure::as_read(&Diagram::Flowchart(chart));
            let difference = structure::difference(&drawn, &structure::as_read(&again.diagram.unwrap()));
            assert_eq!(difference, None, "{view} of {name}:\n{text}");
        }
    }
}

#[test]
fn a_view_draws() {
    for (name, source) in CLUSTERS {
        for (view, of) in VIEWS {
            let chart = stated(&[("cluster.toml", source)], of).unwrap().chart;
            let n_nodes = chart.nodes.len();
            let diagram = Diagram::Flowchart(chart);
            let drawn = || {
                let scene = draw::draw(&diagram, &Config::default(), &Style::default(), &FontMetrics::new());
                svg::write(&scene, &svg::Options { id: "view", ..Default::default() })
            };
            let text = drawn();
            assert_eq!(text, drawn(), "{view} of {name}");
            usvg::Tree::from_str(&text, &usvg::Options::default()).unwrap();
            assert!(text.matches("data-id=").count() >= n_nodes, "{view} of {name}: {text}");
        }
    }
}

#[test]
fn an_architecture_states_the_parts_of_its_source() {
    let source = ("cluster.toml", CLUSTERS[5].1);
    let text = write::flowchart(&stated(&[source], architecture).unwrap().chart);
    let drawn = ("view.mmd", text.as_str());
    let pools = |cluster: &Cluster| -> Vec<(Option<u32>, Option<u32>)> {
        let pools = cluster.ceph.pools.iter();
        pools.map(|pool| (pool.size.agreed().copied(), pool.min_size.agreed().copied())).collect()
    };
    assert_eq!(stated(&[drawn], pools), stated(&[source], pools), "{text}");
    let hosts = |cluster: &Cluster| -> Vec<Option<String>> {
        let daemons = cluster.ceph.monitors.iter().chain(&cluster.ceph.osds);
        daemons.map(|daemon| daemon.node.agreed().cloned()).collect()
    };
    assert_eq!(stated(&[drawn], hosts), stated(&[source], hosts), "{text}");
    let managed = |cluster: &Cluster| -> Vec<String> {
        let managed = cluster.guests.iter().filter(|guest| !guest.ha_managed.is_empty());
        managed.map(|guest| guest.name.clone()).collect()
    };
    assert_eq!(stated(&[drawn], managed), stated(&[source], managed), "{text}");
    let network = |cluster: &Cluster| {
        let network = &cluster.network;
        let bonds: Vec<_> = network
            .bonds
            .iter()
            .map(|bond| {
                let names =
                    |list: &[(String, _)]| list.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>();
                (bond.name.clone(), bond.mode.agreed().copied(), names(&bond.ports), names(&bond.bridges))
            })
            .collect();
        let bridges: Vec<_> = network
            .bridges
            .iter()
            .map(|bridge| {
                let vlans: Vec<u16> = bridge.vlans.iter().map(|(vlan, _)| *vlan).collect();
                (bridge.name.clone(), bridge.purpose.agreed().cloned(), vlans)
            })
            .collect();
        let mut subnets: Vec<_> = network
            .subnets
            .iter()
            .map(|subnet| (subnet.network, subnet.purpose.agreed().cloned(), subnet.vlan.agreed().copied()))
            .collect();
        subnets.sort();
        (bonds, bridges, subnets)
    };
    assert_eq!(stated(&[drawn], network), stated(&[source], network), "{text}");
}

#[test]
fn quorum_is_what_corosync_does() {
    let table: [(&str, &[&str]); 4] = [
        (
            "three",
            &[
                "Total votes: 3",
                "Required votes: 2",
                "All nodes up<br/>3 votes ✓",
                "2 nodes down<br/>1 vote ✗",
            ],
        ),
        (
            "two with ffsplit",
            &[
                "QDevice (ffsplit)<br/>1 vote",
                "1 node down<br/>2 votes ✓",
                "1 node and QDevice down<br/>1 vote ✗",
            ],
        ),
        (
            "four nodes and a QDevice",
            &["Total votes: 5", "2 nodes down<br/>3 votes ✓", "3 nodes down<br/>1 vote ✗"],
        ),
        ("unequal votes", &["Total votes: 4", "pve1 down<br/>2 votes ✗", "pve2 down<br/>3 votes ✓"]),
    ];
    for (name, parts) in table {
        let source = CLUSTERS.iter().find(|(known, _)| *known == name).unwrap().1;
        let text = write::flowchart(&stated(&[("cluster.toml", source)], quorum).unwrap().chart);
        for part in parts {
            assert!(text.contains(part), "{name} lacks {part:?}:\n{text}");
        }
    }
}

#[test]
fn what_is_not_known_is_left_out_and_told() {
    let nodes = "[[node]]\nname = \"pve1\"\n[[node]]\nname = \"pve2\"\n[[node]]\nname = \"pve3\"\n";
    let odd = format!("{nodes}[qdevice]\n");
    let view = stated(&[("cluster.toml", &odd)], quorum).unwrap();
    assert!(matches!(view.left_out[..], [LeftOut::Unknown { .. }]), "{:?}", view.left_out);
    assert!(!write::flowchart(&view.chart).contains("Total"));

    let votes = "```mermaid\nflowchart LR\nA[\"pve1<br/>2 votes\"] --> T[Total votes: 4]\n```\n";
    let view = stated(
        &[("cluster.toml", &nodes.replace("\"pve1\"", "\"pve1\"\nvotes = 1")), ("p.md", votes)],
        quorum,
    )
    .unwrap();
    assert!(
        matches!(&view.left_out[..], [LeftOut::Disputed(dispute), LeftOut::Unknown { .. }] if dispute.subject == "pve1"),
        "{:?}",
        view.left_out
    );

    let title =
        "```mermaid\nflowchart LR\nsubgraph c[Proxmox cluster, 5 nodes]\nA[pve1] --> B[pve2]\nend\n```\n";
    assert_eq!(
        stated(&[("p.md", title)], quorum).unwrap_err(),
        NothingToDraw::NodesUnnamed { stated: 5, named: 2 }
    );
    assert_eq!(stated(&[("p.md", "Hello")], architecture).unwrap_err(), NothingToDraw::NoCluster);
}

#[test]
fn a_view_agrees_with_the_configuration_in_its_own_post() {
    let conf = "```\ntotem {\n  version: 2\n  cluster_name: lab\n}\nnodelist {\n  node {\n    name: alpha\n    nodeid: 1\n    \
                quorum_votes: 1\n    ring0_addr: 192.0.2.1\n  }\n  node {\n    name: beta\n    nodeid: 2\n    \
                quorum_votes: 1\n    ring0_addr: 192.0.2.2\n  }\n}\nquorum {\n  provider: corosync_votequorum\n  \
                two_node: 1\n}\n```\n";
    for (view, draw) in VIEWS {
        let drawn = write::flowchart(&stated(&[("p.md", conf)], draw).unwrap().chart);
        let post = format!("# Lab\n\n{conf}\n```mermaid\n{drawn}```\n");
        assert_eq!(rules(&[("p.md", &post)]), rules(&[("p.md", conf)]), "{view}:\n{drawn}");
        let names = |cluster: &Cluster| cluster.nodes.len();
        assert_eq!(stated(&[("p.md", &post)], names), 2, "{view}:\n{drawn}");
    }
}

/// A folder of its own with these files.
fn folder(story: &str, files: &[(&str, &str)]) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("generate").join(story);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    for (path, text) in files {
        fs::write(folder.join(path), text).unwrap();
    }
    folder
}

/// Runs `merrow` in the folder: exit code, standard output, standard error.
fn merrow(folder: &Path, args: &[&str]) -> (i32, String, String) {
    let mut command = Command::new(assert_cmd::cargo::cargo_bin!("merrow"));
    let output = command.current_dir(folder).env("NO_COLOR", "1").args(args).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

#[test]
fn a_cluster_file_of_any_name_becomes_a_diagram_that_passes_check() {
    let folder = folder("file", &[("attic.toml", CLUSTERS[0].1)]);
    for view in ["quorum", "architecture"] {
        let (code, text, errors) = merrow(&folder, &["generate", view, "--from", "attic.toml"]);
        assert_eq!((code, errors.as_str()), (0, ""));
        let out = format!("{view}.mmd");
        assert_eq!(merrow(&folder, &["generate", view, "--from", "attic.toml", "-o", &out]).0, 0);
        assert_eq!(fs::read_to_string(folder.join(&out)).unwrap(), text);
        let (code, findings, _) = merrow(&folder, &["check", &out]);
        assert_eq!(code, 0, "{findings}");
    }
}

#[test]
fn a_post_speaks_with_its_lab_and_disputes_are_told() {
    let homelab = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/homelab");
    let cellar = merrow(&homelab, &["generate", "architecture", "--from", "three-nodes-in-the-cellar.md"]);
    assert_eq!((cellar.0, cellar.2.as_str()), (0, ""));
    assert!(cellar.1.contains("10.45.0.12"), "the cluster file of the lab is read too");
    let (code, text, errors) =
        merrow(&homelab, &["generate", "architecture", "--from", "proxmox-high-availability-homelab.md"]);
    assert_eq!(code, 0);
    for part in [
        "Proxmox Node 1 has different values for its address",
        "10.10.10.1 (proxmox-high-availability-homelab.md:17:34)",
        "10.10.0.1 (proxmox-high-availability-homelab.md:369:",
    ] {
        assert!(errors.contains(part), "{part:?} is not in {errors}");
    }
    assert!(
        text.contains("10.10.10.2") && !text.contains("10.10.10.1\"") && !text.contains("10.10.0.1\""),
        "{text}"
    );
}

#[test]
fn what_cannot_be_drawn_says_why_and_what_to_do() {
    let settings = "[[lab]]\nname = \"a\"\nfiles = [\"*.md\"]\n[[lab]]\nname = \"b\"\nfiles = [\"post.md\", \"c.conf\"]\n";
    let folder = folder(
        "errors",
        &[
            ("post.md", "Hello"),
            ("merrow.toml", settings),
            ("bad.toml", "[[node]]\nnmae = \"pve1\"\n"),
            ("c.conf", ""),
        ],
    );
    let table: [(&[&str], &[&str]); 8] = [
        (
            &["--from", "pve://node1"],
            &["cannot take a cluster from `pve://node1`", "cluster file (.toml) or a post (.md)"],
        ),
        (&["--from", "."], &["cannot take a cluster from `.`"]),
        (&["--from", "none.toml"], &["cannot read none.toml", "no such file"]),
        (&["--from", "none.md"], &["cannot read none.md", "no such file"]),
        (&["--from", "bad.toml"], &["nmae", "bad.toml:2:1", "docs/cluster-file.md"]),
        (&["--from", "post.md"], &["2 clusters", "a: post.md", "b: c.conf, post.md", "one of them only"]),
        (&["--from", "bad.toml", "-o", "post.md"], &["cannot write a diagram to post.md", ".mmd"]),
        (&["--from", "c.conf"], &["cannot take a cluster from `c.conf`"]),
    ];
    for (args, parts) in table {
        let (code, output, errors) = merrow(&folder, &[&["generate", "quorum"], args].concat());
        assert_eq!((code, output.as_str()), (2, ""), "{args:?}: {errors}");
        for part in parts {
            assert!(errors.contains(part), "{args:?}: {part:?} is not in {errors}");
        }
    }
    fs::remove_file(folder.join("merrow.toml")).unwrap();
    let (code, _, errors) = merrow(&folder, &["generate", "quorum", "--from", "post.md"]);
    assert_eq!(code, 2);
    assert!(errors.contains("cannot draw the quorum of post.md") && errors.contains("help: "), "{errors}");
}
