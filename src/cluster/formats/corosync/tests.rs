use super::*;

const PAIR: &str = "\
totem {
  version: 2
  cluster_name: attic
  interface {
    linknumber: 1
    knet_link_priority: 20
  }
}
# both in the attic
nodelist {
  node {
    name: left
    nodeid: 1
    quorum_votes: 2
    ring0_addr: 192.0.2.1
    ring1_addr: fd00::1
  }
  node{
    nodeid: 2
    ring0_addr: 192.0.2.2
    ring1_addr: fd00::2
  }
}
quorum {
  provider: corosync_votequorum
  device {
    model: net
    net {
      algorithm: lms
      host: 192.0.2.9
    }
  }
}
";

/// Start of the excerpts in their imagined file.
const START: u32 = 1000;

fn conf(text: &str) -> CorosyncConf {
    read(&Excerpt::whole(text, START))
}

/// The problems of `text` as a whole file, each with the text it stands at.
fn problems(text: &str) -> Vec<(String, Problem)> {
    let conf = conf(text);
    let file = format!("{}{text}", " ".repeat(START as usize));
    let all = conf.errors.iter().cloned().chain(conf.refusals());
    all.map(|error| (error.span.slice(&file).to_owned(), error.problem)).collect()
}

#[test]
fn values_know_their_place() {
    let conf = conf(PAIR);
    assert_eq!(conf.errors, []);
    assert_eq!(conf.refusals(), []);
    let name = conf.totem.cluster_name.unwrap();
    assert_eq!((name.value.as_str(), name.span.start - START), ("attic", PAIR.find("attic").unwrap() as u32));
    assert_eq!(conf.totem.interfaces[0].priority.as_ref().unwrap().value, 20);
    assert_eq!(conf.nodes.len(), 2);
    assert_eq!(conf.nodes[0].votes.as_ref().unwrap().value, Votes(2));
    assert_eq!(conf.nodes[1].name, None);
    assert_eq!(conf.nodes[1].addresses[&1].value, "fd00::2");
    let device = conf.quorum.device.unwrap();
    assert_eq!(device.algorithm.unwrap().value, "lms");
    assert_eq!(device.votes, None);
}

#[test]
fn a_part_of_the_file_reads_without_errors() {
    let part = conf("nodelist {\r\n  node {\r\n    ring0_addr: 192.0.2.1\r\n  }\r\n}\r\n");
    assert_eq!(part.errors, []);
    assert_eq!(part.nodes[0].addresses[&0].value, "192.0.2.1");
}

#[test]
fn what_corosync_cannot_read() {
    let number =
        |key: &str, value: &str, max| Problem::NotANumber { key: key.into(), value: value.into(), max };
    let word = u64::from(u32::MAX);
    let table = [
        ("    node\n", "node", Problem::NotAnEntry),
        ("a\n{\n", "a", Problem::NotAnEntry),
        ("a {\n} }\n", "} }", Problem::NotAnEntry),
        ("}\n", "}", Problem::UnexpectedBrace),
        ("totem { version: 2\n}\n", "version: 2", Problem::TextAfterBrace),
        ("my key: 1\n", "my key: 1", Problem::BadKey { key: "my key".into() }),
        ("quorum {\n expected_votes: many\n}\n", "many", number("expected_votes", "many", word)),
        ("quorum {\n two_node: -1\n}\n", "-1", number("two_node", "-1", 255)),
        ("totem {\n token: 3000 # ms\n}\n", "3000 # ms", number("token", "3000 # ms", word)),
        ("totem {\n token:\n}\n", "token", number("token", "", word)),
        ("logging {\n", "logging", Problem::UnclosedSection { name: "logging".into() }),
    ];
    for (text, place, problem) in table {
        assert_eq!(problems(text).first(), Some(&(place.to_owned(), problem)), "{text:?}");
    }
    let long = format!("{PAIR}note: {}\n", "x".repeat(600));
    assert!(matches!(problems(&long)[..], [(_, Problem::LineTooLong { n_bytes: 606, .. })]));
}

#[test]
fn what_corosync_reads_and_refuses() {
    let table = [
        ("version: 2", "version: 1", "1", Problem::WrongVersion { version: 1 }),
        ("nodeid: 2", "nodeid: 70000", "70000", Problem::NodeIdOutOfRange { id: 70_000, max: 65_535 }),
        ("    ring1_addr: fd00::2\n", "", "node", Problem::UnequalLinks { n: 1, others: 2 }),
        ("    nodeid: 2\n", "", "node", Problem::Missing { what: "nodeid" }),
        (
            "version: 2",
            "version: 2\n crypto_cipher: aes256",
            "aes256",
            Problem::CipherWithoutHash { cipher: "aes256".into() },
        ),
    ];
    for (from, to, place, problem) in table {
        assert_eq!(problems(&PAIR.replace(from, to)), [(place.to_owned(), problem)], "{to}");
    }
    let twice = PAIR.replace("nodeid: 2", "nodeid: 1");
    assert!(matches!(&problems(&twice)[..], [(place, Problem::Duplicate { .. })] if place == "1"));
    let mixed = PAIR.replace("fd00::2", "192.0.2.3");
    assert!(
        matches!(&problems(&mixed)[..], [(place, Problem::MixedFamilies { link: 1, .. })] if place == "192.0.2.3")
    );
    let far = PAIR.replace("ring1_addr", "ring8_addr");
    assert!(matches!(&problems(&far)[0], (_, Problem::LinkOutOfRange { link: 8, max: 7 })));
}
