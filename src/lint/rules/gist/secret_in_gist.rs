use crate::base::diagnostic::{Diagnostic, Severity};
use crate::lint::rule::{GistCx, Stage, declare_rule};

declare_rule! {
    /// ## What it checks
    /// Passwords, tokens and private keys in blocks that are to leave their posts.
    ///
    /// Looked for are values that somebody could use: literal ones, and no variables, placeholders or words of manuals. Only
    /// blocks that `merrow gist` would move are looked into (`[gist] lines` in merrow.toml).
    ///
    /// ## Why it matters
    /// A gist is read by everybody who has its address, a secret one too, and it keeps every version. A block with such a value
    /// stays in its post until the value is gone.
    ///
    /// ## Example
    /// ```markdown
    /// <!-- merrow.toml: gist.lines = 8 -->
    /// ~~~yaml
    /// services:
    ///   db:
    ///     image: postgres:17
    ///     environment:
    ///       POSTGRES_USER: paperless
    ///       POSTGRES_PASSWORD: vK9!mz2Q
    ///     volumes:
    ///       - db:/var/lib/postgresql/data
    /// ~~~
    /// ```
    ///
    /// ## Use instead
    /// ```markdown
    /// <!-- merrow.toml: gist.lines = 8 -->
    /// ~~~yaml
    /// services:
    ///   db:
    ///     image: postgres:17
    ///     environment:
    ///       POSTGRES_USER: paperless
    ///       POSTGRES_PASSWORD: ${POSTGRES_PASSWORD}
    ///     volumes:
    ///       - db:/var/lib/postgresql/data
    /// ~~~
    /// ```
    pub(crate) static SECRET_IN_GIST = {
        name: "secret-in-gist", code: "GS001", severity: Severity::Error,
        check: Stage::Gist(check),
    }
}

fn check(cx: &GistCx) -> Vec<Diagnostic> {
    let n_lines = cx.block.excerpt.text.lines().count();
    let word = |secret: &crate::gist::secrets::SecretFound| {
        let message = format!("{} would leave the post with this block", secret.kind.noun());
        Diagnostic::new(&SECRET_IN_GIST.meta, cx.place(secret.span), message)
            .conceal()
            .note(format!("`merrow gist` moves blocks of this size ({n_lines} lines) to files that others read"))
            .help(
                "take the value out: a placeholder such as `<password>`, or a variable of the environment. If it \
                 opens nothing, say so above the line or the block: `merrow: allow secret-in-gist: REASON`",
            )
    };
    cx.secrets.iter().map(word).collect()
}
