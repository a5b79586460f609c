//! The lines of `corosync.conf`, and which keys take what.

use nom::bytes::complete::take_while1;
use nom::character::complete::{char, digit1};
use nom::combinator::{all_consuming, map_res, opt, verify};
use nom::sequence::{delimited, preceded};
use nom::{IResult, Parser};

use crate::cluster::formats::Problem;

/// Most bytes of a line (seen: a line of 600 is refused as too long; corosync reads lines into 512 bytes).
const MAX_LINE: usize = 510;

/// A line that says something.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Entry<'a> {
    /// `name {`
    Open(&'a str),
    /// `}`
    Close(&'a str),
    /// `key: value`
    Value { key: &'a str, value: &'a str },
}

/// What `line` says; nothing for blank lines and comments, which start with `#`.
///
/// # Errors
/// The part that cannot be read, and why.
pub(super) fn entry(line: &str) -> Result<Option<Entry<'_>>, (&str, Problem)> {
    let text = line.trim_matches([' ', '\t', '\r', '\u{b}', '\u{c}']);
    if text.is_empty() || text.starts_with('#') {
        return Ok(None);
    }
    if line.len() > MAX_LINE {
        return Err((text, Problem::LineTooLong { n_bytes: line.len(), max: MAX_LINE }));
    }
    if let Some((before, after)) = text.split_once('{') {
        let (name, after) = (before.trim_end(), after.trim_start());
        return match (is_name(name), after.is_empty()) {
            (true, true) => Ok(Some(Entry::Open(name))),
            (true, false) => Err((after, Problem::TextAfterBrace)),
            (false, _) => Err((text, Problem::BadKey { key: name.to_owned() })),
        };
    }
    if let Some((before, after)) = text.split_once(':') {
        let (key, value) = (before.trim_end(), after.trim_start());
        return if is_name(key) {
            Ok(Some(Entry::Value { key, value }))
        } else {
            Err((text, Problem::BadKey { key: key.to_owned() }))
        };
    }
    match text {
        "}" => Ok(Some(Entry::Close(text))),
        _ => Err((text, Problem::NotAnEntry)),
    }
}

/// A name of corosync's key store: letters, digits and `._-/`.
fn is_name(name: &str) -> bool {
    fn parse(input: &str) -> IResult<&str, &str> {
        take_while1(|c: char| c.is_ascii_alphanumeric() || "._-/".contains(c)).parse(input)
    }
    all_consuming(parse).parse(name).is_ok()
}

/// A decimal number, as `strtoll` takes it; negative ones are no numbers here.
pub(super) fn number(value: &str) -> Option<u64> {
    fn parse(input: &str) -> IResult<&str, u64> {
        preceded(opt(char('+')), map_res(digit1, str::parse)).parse(input)
    }
    all_consuming(parse).parse(value).ok().map(|(_, number)| number)
}

/// The N of `ringN_addr`.
pub(super) fn link_of_address(key: &str) -> Option<u32> {
    let digits = verify(digit1, |digits: &str| digits == "0" || !digits.starts_with('0'));
    let mut ring = all_consuming(delimited(
        nom::bytes::complete::tag("ring"),
        map_res(digits, str::parse::<u32>),
        nom::bytes::complete::tag("_addr"),
    ));
    let parsed: IResult<&str, u32> = ring.parse(key);
    parsed.ok().map(|(_, link)| link)
}

/// The greatest value of a key that takes a number (corosync.conf(5); ranges as corosync 3.1.7 tells them).
pub(super) fn number_limit(path: &[&str], key: &str) -> Option<u64> {
    const BYTE: Option<u64> = Some(u8::MAX as u64);
    const PORT: Option<u64> = Some(u16::MAX as u64);
    const WORD: Option<u64> = Some(u32::MAX as u64);
    match (path, key) {
        (["totem"], "config_version") => Some(u64::MAX),
        (
            ["totem"],
            "version"
            | "nodeid"
            | "threads"
            | "token"
            | "token_coefficient"
            | "token_warning"
            | "token_retransmit"
            | "token_retransmits_before_loss_const"
            | "hold"
            | "join"
            | "send_join"
            | "consensus"
            | "merge"
            | "downcheck"
            | "fail_recv_const"
            | "seqno_unchanged_const"
            | "heartbeat_failures_allowed"
            | "max_network_delay"
            | "window_size"
            | "max_messages"
            | "miss_count_const"
            | "netmtu"
            | "knet_pmtud_interval"
            | "knet_mtu"
            | "knet_compression_threshold"
            | "knet_compression_level",
        )
        | (
            ["totem", "interface"],
            "knet_ping_interval" | "knet_ping_timeout" | "knet_ping_precision" | "knet_pong_count",
        )
        | (["nodelist", "node"], "nodeid" | "quorum_votes")
        | (["quorum"], "expected_votes" | "votes" | "last_man_standing_window" | "leaving_timeout")
        | (["quorum", "device"], "votes" | "timeout" | "sync_timeout") => WORD,
        (["totem", "interface"], "mcastport") => PORT,
        (["totem", "interface"], "linknumber" | "ringnumber" | "ttl" | "knet_link_priority")
        | (
            ["quorum"],
            "two_node"
            | "wait_for_all"
            | "last_man_standing"
            | "auto_tie_breaker"
            | "allow_downscale"
            | "expected_votes_tracking",
        ) => BYTE,
        _ => None,
    }
}

/// The words of a key that takes one of a few.
///
/// `secauth` and the device's keys are missing on purpose: corosync takes any word there.
pub(super) fn words(path: &[&str], key: &str) -> Option<&'static [&'static str]> {
    match (path, key) {
        (["totem"], "transport") => Some(&["knet", "udp", "udpu"]),
        (["totem"], "link_mode") => Some(&["passive", "active", "rr"]),
        (["totem"], "ip_version") => Some(&["ipv4", "ipv6", "ipv4-6", "ipv6-4"]),
        (["totem"], "crypto_cipher") => Some(&["none", "aes256", "aes192", "aes128"]),
        (["totem"], "crypto_hash") => Some(&["none", "md5", "sha1", "sha256", "sha384", "sha512"]),
        (["logging"], "debug") => Some(&["on", "off", "trace"]),
        (["logging"], "to_syslog" | "to_stderr" | "to_logfile") => Some(&["yes", "no", "on", "off"]),
        _ => None,
    }
}

/// True when `line` begins a `corosync.conf`, with `following` behind it.
///
/// Other programs have sections called `logging` or `system`, too: such a one needs a second sign. Proxmox VE writes
/// its sections in the order of the alphabet, so that its files begin with `logging` (corosync.conf(5) has the names).
pub(in super::super) fn begins<'a>(line: &str, mut following: impl Iterator<Item = &'a str>) -> bool {
    let is_own = |line: &str| matches!(entry(line), Ok(Some(Entry::Open("totem" | "nodelist" | "quorum"))));
    match entry(line) {
        Ok(Some(Entry::Open("logging"))) => following.any(|line| {
            let is_key =
                |key| matches!(key, "to_syslog" | "to_stderr" | "to_logfile" | "debug" | "logger_subsys");
            is_own(line) || matches!(entry(line), Ok(Some(Entry::Value { key, .. })) if is_key(key))
        }),
        Ok(Some(Entry::Open("interface" | "nozzle" | "resources" | "service" | "system" | "uidgid"))) => {
            following.any(is_own)
        }
        _ => is_own(line),
    }
}

/// The number of bytes of `text` up to the end of its last section.
pub(in super::super) fn sections_end(text: &str) -> usize {
    let (mut at, mut end, mut depth) = (0, 0, 0usize);
    for line in text.split_inclusive('\n') {
        at += line.len();
        match entry(line.trim_end()) {
            Ok(Some(Entry::Open(_))) => depth += 1,
            Ok(Some(Entry::Close(_))) => {
                depth = depth.saturating_sub(1);
                end = at;
            }
            _ => {}
        }
    }
    // A section that is never closed reaches to the end.
    if depth > 0 { text.len() } else { end }
}
