use crate::base::diagnostic::{Diagnostic, Severity};
use crate::lint::rule::{DocumentCx, Stage, declare_rule};

declare_rule! {
    /// ## What it checks
    /// Links to gists that cannot lead anywhere, because no gist has such an id.
    ///
    /// GitHub gives a gist 20 or 32 hexadecimal digits (the oldest have a plain number). Links are looked for in text, in
    /// code, in comments and in embeds; an address that a script puts together (`$GIST_ID`) is no finding.
    ///
    /// ## Why it matters
    /// A placeholder that stays in a published post is a dead link, and hidden in a comment or a code block no
    /// link checker finds it.
    ///
    /// ## Example
    /// ```bash
    /// # Full configuration: https://gist.github.com/...
    /// pvecm status
    /// ```
    ///
    /// ## Use instead
    /// ```bash
    /// # Full configuration: https://gist.github.com/octocat/6cad326836d38bd3a7ae
    /// pvecm status
    /// ```
    pub(crate) static GIST_LINK_PLACEHOLDER = {
        name: "gist-link-placeholder", code: "DO003", severity: Severity::Warning,
        check: Stage::Document(check),
    }
}

fn check(cx: &DocumentCx) -> Vec<Diagnostic> {
    let links = cx.document.links.iter().map(|link| (cx.place(link.span), link.target.as_str()));
    links
        .filter_map(|(place, target)| Some((place, id_of_no_gist(target)?)))
        .map(|(place, id)| {
            let message = format!("this link leads to no gist: `{id}` is not the id of one");
            Diagnostic::new(&GIST_LINK_PLACEHOLDER.meta, place, message)
                .note("a gist's id is 20 or 32 hexadecimal digits, and not ones that count up or repeat")
                .help("put the address of the published gist here, or remove the link")
        })
        .collect()
}

/// What stands where `url` should name a gist and cannot be an id; `None` for other addresses.
fn id_of_no_gist(url: &str) -> Option<&str> {
    let address = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"))?;
    let (host, path) = address.split_once('/')?;
    if !["gist.github.com", "gist.githubusercontent.com"].iter().any(|gists| host.eq_ignore_ascii_case(gists))
    {
        return None;
    }
    let path = path.split(['?', '#']).next().unwrap_or_default();
    // What a script or a route completes is no address yet.
    if path.contains(['$', '%', ':', '*']) {
        return None;
    }
    let mut segments = path.split('/').filter(|segment| !segment.is_empty());
    match (segments.next(), segments.next()) {
        (Some(only), None) => match only.strip_suffix(".js") {
            Some(id) => (!is_gist_id(id)).then_some(id),
            // Without a second part this may be the page of a user.
            None => (!is_gist_id(only) && !may_be_a_user(only)).then_some(only),
        },
        (None, _) | (Some(_), Some("starred" | "forked" | "public" | "secret")) => None,
        (Some(first), Some(_)) if is_gist_id(first) => None,
        (Some(_), Some(second)) => {
            let id = [".js", ".git", ".json"]
                .iter()
                .find_map(|ending| second.strip_suffix(ending))
                .unwrap_or(second);
            (!is_gist_id(id)).then_some(id)
        }
    }
}

/// 20 or 32 hexadecimal digits that do not count up or repeat, or the number of an old gist.
fn is_gist_id(id: &str) -> bool {
    let is_hash = matches!(id.len(), 20 | 32) && id.bytes().all(|byte| byte.is_ascii_hexdigit());
    let is_made_up = id.contains("123456789") || id.contains("abcdef") && id.contains("123456") || {
        let mut bytes = id.bytes();
        let first = bytes.next();
        bytes.all(|byte| Some(byte) == first)
    };
    let is_number = (1..=8).contains(&id.len()) && id.bytes().all(|byte| byte.is_ascii_digit());
    (is_hash && !is_made_up) || is_number
}

/// True for what GitHub allows as a user's name, unless it says that it stands for something else.
fn may_be_a_user(name: &str) -> bool {
    let is_allowed = name.len() <= 39
        && !name.starts_with('-')
        && !name.ends_with('-')
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    let lower = name.to_ascii_lowercase();
    let is_filler = lower.bytes().all(|byte| byte == b'x') && lower.len() > 1;
    is_allowed && !is_filler && !["gist", "your", "placeholder"].iter().any(|word| lower.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_cannot_be_a_gist_is_a_placeholder() {
        let table = [
            ("https://gist.github.com/...", Some("...")),
            ("https://gist.github.com/xxx", Some("xxx")),
            ("https://gist.github.com/your-gist-id", Some("your-gist-id")),
            ("https://gist.github.com/GIST_ID", Some("GIST_ID")),
            ("https://gist.github.com/octocat/proxmox-ha-setup", Some("proxmox-ha-setup")),
            ("https://gist.github.com/octocat/abc123.js", Some("abc123")),
            ("http://gist.github.com/octocat/abc123#file-a-sh", Some("abc123")),
            ("https://gist.github.com/abc123.js", Some("abc123")),
            (
                "https://gist.github.com/octocat/1234567890abcdef1234567890abcdef",
                Some("1234567890abcdef1234567890abcdef"),
            ),
            ("https://gist.github.com/octocat/00000000000000000000", Some("00000000000000000000")),
            ("https://gist.githubusercontent.com/octocat/ID/raw/a.sh", Some("ID")),
            ("https://gist.github.com/6cad326836d38bd3a7ae", None),
            ("https://gist.github.com/6cad326836d38bd3a7ae.js", None),
            ("https://gist.github.com/6cad326836d38bd3a7ae/revisions", None),
            ("https://gist.github.com/octocat/6cad326836d38bd3a7ae?file=a.sh", None),
            ("https://gist.github.com/octocat/9c1c7b2d3e4f5a6b8d0e1f2a3b4c5d6e.git", None),
            ("https://gist.githubusercontent.com/octocat/6cad326836d38bd3a7ae/raw/a.sh", None),
            ("https://gist.github.com/octocat/5259180", None),
            ("https://gist.github.com/octocat", None),
            ("https://gist.github.com/octocat/starred", None),
            ("https://gist.github.com/", None),
            ("https://gist.github.com", None),
            ("https://github.com/octocat/xxx", None),
            ("https://gist.github.com/octocat/$ID", None),
            ("https://gist.github.com/:user/:id", None),
        ];
        for (url, expected) in table {
            assert_eq!(id_of_no_gist(url), expected, "{url}");
        }
    }
}
