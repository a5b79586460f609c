use crate::base::diagnostic::{Diagnostic, Severity};
use crate::cluster::formats::Configuration;
use crate::document::Form;
use crate::lint::rule::{ConfigCx, Stage, declare_rule};

use super::config_syntax;

declare_rule! {
    /// ## What it checks
    /// A `corosync.conf` that can be read, but that corosync would not start with: another `totem.version` than 2, nodes
    /// with unequal links, a node id given twice, encryption without a hash.
    ///
    /// A page may show a part of the file: only whole files, and blocks with `totem` and `nodelist`, are looked at.
    ///
    /// ## Why it matters
    /// A reader who copies the file has a cluster that does not come up (`corosync -t`, corosync 3.1.7).
    ///
    /// ## Example
    /// ```text
    /// totem {
    ///   version: 2
    /// }
    /// nodelist {
    ///   node {
    ///     nodeid: 1
    ///     ring0_addr: 192.0.2.11
    ///   }
    ///   node {
    ///     nodeid: 1
    ///     ring0_addr: 192.0.2.12
    ///   }
    /// }
    /// ```
    ///
    /// ## Use instead
    /// ```text
    /// totem {
    ///   version: 2
    /// }
    /// nodelist {
    ///   node {
    ///     nodeid: 1
    ///     ring0_addr: 192.0.2.11
    ///   }
    ///   node {
    ///     nodeid: 2
    ///     ring0_addr: 192.0.2.12
    ///   }
    /// }
    /// ```
    pub(crate) static COROSYNC_REFUSAL = {
        name: "corosync-refusal", code: "CF007", severity: Severity::Error,
        check: Stage::Config(check),
    }
}

fn check(cx: &ConfigCx) -> Vec<Diagnostic> {
    let Configuration::Corosync(conf) = cx.configuration else {
        return Vec::new();
    };
    let is_whole = cx.block.form == Form::WholeFile || (conf.totem.span.is_some() && !conf.nodes.is_empty());
    // Where lines are left out, nobody knows what would stand there.
    if !is_whole || !conf.errors.is_empty() {
        return Vec::new();
    }
    conf.refusals().iter().map(|refusal| config_syntax::word(&COROSYNC_REFUSAL, cx, refusal)).collect()
}
