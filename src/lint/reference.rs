//! The documentation of the rules as Markdown: one page a rule, and the book of all.

use std::fmt::Write;

use super::registry::RULES;
use super::rule::Rule;

/// The page of one rule: its name as heading, code, stage and severity, and its documentation.
pub fn page(rule: &Rule) -> String {
    let mut page = String::new();
    write_page(&mut page, rule, "");
    page
}

/// All pages in the order of the codes, below a table of contents; what `docs/rules.md` holds.
pub fn book() -> String {
    let mut book = String::from(
        "# Rules\n\n\
         Generated from the rules' own documentation; `merrow explain NAME` prints one of them.\n\n\
         | code | rule | severity | what it checks |\n| --- | --- | --- | --- |\n",
    );
    for rule in RULES {
        let meta = &rule.meta;
        let summary = meta.summary().replace('\n', " ");
        // Writing to a string cannot fail.
        let _ = writeln!(
            book,
            "| {code} | [{name}](#{name}) | {severity} | {summary} |",
            code = meta.code,
            name = meta.name,
            severity = meta.default_level(),
        );
    }
    for rule in RULES {
        book.push('\n');
        write_page(&mut book, rule, "#");
    }
    book
}

/// Appends the page, its headings one level deeper for each `#` of `deeper`.
fn write_page(out: &mut String, rule: &Rule, deeper: &str) {
    let meta = &rule.meta;
    let _ = writeln!(
        out,
        "{deeper}# {name}\n\n{code}, looks at each {stage}, {severity} by default.\n",
        name = meta.name,
        code = meta.code,
        stage = rule.check.name(),
        severity = meta.default_level(),
    );
    for line in meta.docs.lines() {
        if line.starts_with("## ") {
            out.push_str(deeper);
        }
        let _ = writeln!(out, "{line}");
    }
}
