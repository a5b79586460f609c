use crate::base::diagnostic::{Diagnostic, Severity};
use crate::cluster::formats::shell::Action;
use crate::lint::rule::{ConfigCx, Stage, declare_rule};

declare_rule! {
    /// ## What it checks
    /// The option `maxfiles` of `vzdump` and of backup jobs.
    ///
    /// ## Why it matters
    /// `maxfiles` is deprecated: `prune-backups` says how many backups of which age are kept (vzdump.adoc, "Backup
    /// Retention"). `maxfiles 3` is `keep-last=3`, and 0 is `keep-all=1`.
    ///
    /// ## Example
    /// ```bash
    /// vzdump 101 --maxfiles 3
    /// ```
    ///
    /// ## Use instead
    /// ```bash
    /// vzdump 101 --prune-backups keep-last=3
    /// ```
    pub(crate) static MAXFILES = {
        name: "maxfiles", code: "CF005", severity: Severity::Warning,
        check: Stage::Config(check),
    }
}

fn check(cx: &ConfigCx) -> Vec<Diagnostic> {
    let backups = cx
        .invocations()
        .iter()
        .filter(|invocation| matches!(invocation.action, Action::Backup { .. } | Action::CreateBackupJob));
    backups
        .filter_map(|invocation| invocation.option("maxfiles"))
        .map(|option| {
            let keeps = match option.value.as_ref().and_then(|value| value.known()) {
                Some("0") => "keep-all=1".to_owned(),
                Some(n) => format!("keep-last={n}"),
                None => "keep-last=N".to_owned(),
            };
            Diagnostic::new(&MAXFILES.meta, cx.place(option.name.span), "`maxfiles` is deprecated")
                .note("`prune-backups` says what is kept (vzdump.adoc, \"Backup Retention\")")
                .help(format!("write `--prune-backups {keeps}`"))
        })
        .collect()
}
