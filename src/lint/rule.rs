//! What a rule is: what is known about it without running it, and a check for one stage.

use crate::base::diagnostic::{Diagnostic, RuleMeta};
use crate::base::text::{FileId, Place, Span};
use crate::claims::assemble::Intended;
use crate::claims::trial::Trial;
use crate::cluster::formats::Configuration;
use crate::cluster::formats::shell::invocation::Invocation;
use crate::document::{Block, Document};
use crate::gist::secrets::SecretFound;
use crate::mermaid::Reading;
use crate::mermaid::diagram::Diagram;
use crate::mermaid::diagram::flowchart::Flowchart;
use crate::mermaid::diagram::sequence::SequenceDiagram;
use crate::mermaid::diagram::state::StateDiagram;
use crate::mermaid::profile::Profile;

use super::suppression::{Outcome, Suppression};

/// A rule.
#[derive(Debug)]
pub struct Rule {
    /// Name, code, severity and documentation.
    pub meta: RuleMeta,
    /// When it looks, and what it does then.
    pub check: Stage,
}

/// When a rule looks, with the function that does.
///
/// A check decides and words; it computes nothing that a room below could say.
#[derive(Debug, Clone, Copy)]
pub enum Stage {
    /// Once for each file.
    Document(fn(&DocumentCx) -> Vec<Diagnostic>),
    /// Once for each diagram.
    Diagram(fn(&DiagramCx) -> Vec<Diagnostic>),
    /// Once for each configuration that a block holds.
    Config(fn(&ConfigCx) -> Vec<Diagnostic>),
    /// Once for each block that is too large for its post.
    Gist(fn(&GistCx) -> Vec<Diagnostic>),
    /// Once for each set of documents that speak of one cluster.
    Cluster(fn(&ClusterCx) -> Vec<Diagnostic>),
    /// Once for each such set, after what it says about behaviour was run.
    Behaviour(fn(&BehaviourCx) -> Vec<Diagnostic>),
    /// Once for each comment that speaks to Merrow.
    Remark(fn(&RemarkCx) -> Vec<Diagnostic>),
    /// Once for each comment that allows findings, after all other stages.
    Suppression(fn(&SuppressionCx) -> Vec<Diagnostic>),
}

impl Stage {
    /// What a rule of this stage looks at, one by one.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Document(_) => "file",
            Self::Diagram(_) => "diagram",
            Self::Config(_) => "configuration",
            Self::Gist(_) => "block that is to leave its post",
            Self::Cluster(_) => "cluster",
            Self::Behaviour(_) => "cluster's behaviour",
            Self::Remark(_) => "comment for Merrow",
            Self::Suppression(_) => "comment that allows findings",
        }
    }
}

/// What a document rule looks at.
#[derive(Debug, Clone, Copy)]
pub struct DocumentCx<'a> {
    /// The file.
    pub file: FileId,
    /// Its whole text.
    pub text: &'a str,
    /// What stands in it.
    pub document: &'a Document,
}

impl<'a> DocumentCx<'a> {
    /// The place of `span` in the file.
    pub const fn place(&self, span: Span) -> Place {
        Place::new(self.file, span)
    }

    /// What the file holds at `span`.
    pub fn text_at(&self, span: Span) -> &'a str {
        span.slice(self.text)
    }
}

/// What a configuration rule looks at.
#[derive(Debug, Clone, Copy)]
pub struct ConfigCx<'a> {
    /// The file that holds the configuration.
    pub file: FileId,
    /// The whole text of that file.
    pub text: &'a str,
    /// The block that holds the configuration.
    pub block: &'a Block,
    /// What could be read of it.
    pub configuration: &'a Configuration,
}

impl<'a> ConfigCx<'a> {
    /// The commands that the configuration gives, in order; none when it is no script.
    pub fn invocations(&self) -> &'a [Invocation] {
        match self.configuration {
            Configuration::Shell(script) => &script.invocations,
            _ => &[],
        }
    }

    /// The place of `span` in the file.
    pub const fn place(&self, span: Span) -> Place {
        Place::new(self.file, span)
    }

    /// What the file holds at `span`.
    pub fn text_at(&self, span: Span) -> &'a str {
        span.slice(self.text)
    }
}

/// What a rule about blocks that leave their posts looks at.
#[derive(Debug, Clone, Copy)]
pub struct GistCx<'a> {
    /// The post.
    pub file: FileId,
    /// The block.
    pub block: &'a Block,
    /// What looks like a secret in it, in file order.
    pub secrets: &'a [SecretFound],
}

impl GistCx<'_> {
    /// The place of `span` in the post.
    pub const fn place(&self, span: Span) -> Place {
        Place::new(self.file, span)
    }
}

/// What a cluster rule looks at.
#[derive(Debug)]
pub struct ClusterCx<'a> {
    /// What the documents of the set say, put together.
    pub intended: &'a Intended<'a>,
}

/// What a behaviour rule looks at.
#[derive(Debug, Clone, Copy)]
pub struct BehaviourCx<'a> {
    /// What the documents of the set say, put together.
    pub intended: &'a Intended<'a>,
    /// Their quorum scenarios, each with what came of it.
    pub trials: &'a [Trial],
}

/// What a rule about comments looks at.
#[derive(Debug, Clone, Copy)]
pub struct RemarkCx<'a> {
    /// The comment.
    pub place: Place,
    /// What stands behind `merrow:`, without blanks around it.
    pub text: &'a str,
}

/// What a rule about suppressions looks at.
#[derive(Debug, Clone, Copy)]
pub struct SuppressionCx<'a> {
    /// The comment.
    pub suppression: &'a Suppression,
    /// What became of each rule that it allows, in its order.
    pub outcomes: &'a [Outcome],
}

/// What a diagram rule looks at.
#[derive(Debug, Clone, Copy)]
pub struct DiagramCx<'a> {
    /// The file that holds the diagram.
    pub file: FileId,
    /// The whole text of that file.
    pub text: &'a str,
    /// The block that holds the diagram.
    pub block: &'a Block,
    /// The diagram as Mermaid understands it, and what Mermaid would refuse.
    pub reading: &'a Reading,
    /// Where it will be read.
    pub profile: &'a Profile,
}

impl<'a> DiagramCx<'a> {
    /// The place of `span` in the file.
    pub const fn place(&self, span: Span) -> Place {
        Place::new(self.file, span)
    }

    /// What the file holds at `span`.
    pub fn text_at(&self, span: Span) -> &'a str {
        span.slice(self.text)
    }

    /// The diagram, when every statement of it could be read and was built: what looks forgotten may stand in one that was
    /// not.
    fn whole_diagram(&self) -> Option<&'a Diagram> {
        let is_whole = self.reading.errors.is_empty() && self.reading.is_whole();
        self.reading.diagram.as_ref().filter(|_| is_whole)
    }

    /// The flowchart, when the diagram is one and all of it could be read.
    pub fn flowchart(&self) -> Option<&'a Flowchart> {
        match self.whole_diagram()? {
            // An edge that was left out may be the one that looks forgotten.
            Diagram::Flowchart(flowchart) if !flowchart.lacks_edges() => Some(flowchart),
            _ => None,
        }
    }

    /// The state diagram, when the diagram is one and all of it could be read.
    pub fn state(&self) -> Option<&'a StateDiagram> {
        match self.whole_diagram()? {
            Diagram::State(diagram) => Some(diagram),
            _ => None,
        }
    }

    /// The sequence diagram, when the diagram is one and all of it could be read.
    pub fn sequence(&self) -> Option<&'a SequenceDiagram> {
        match self.whole_diagram()? {
            Diagram::Sequence(diagram) => Some(diagram),
            _ => None,
        }
    }
}

/// Declares a rule; its doc comment becomes [`RuleMeta::docs`], what `explain` prints and the reference shows.
///
/// ```ignore
/// declare_rule! {
///     /// ## What it checks
///     /// ...
///     pub(crate) static ISOLATED_NODE = {
///         name: "isolated-node", code: "DG003", severity: Severity::Warning,
///         check: Stage::Diagram(check),
///     }
/// }
/// ```
macro_rules! declare_rule {
    (
        $(#[doc = $line:literal])+
        $visibility:vis static $RULE:ident = {
            name: $name:literal, code: $code:literal, severity: $severity:expr, check: $check:expr $(, is_off: $is_off:literal)? $(,)?
        }
    ) => {
        $(#[doc = $line])+
        $visibility static $RULE: $crate::lint::rule::Rule = $crate::lint::rule::Rule {
            meta: $crate::base::diagnostic::RuleMeta {
                name: $name,
                code: $code,
                severity: $severity,
                is_off: false $(|| $is_off)?,
                docs: {
                    const COMMENT: &str = concat!($($line, "\n"),+);
                    const DOCS: &[u8; $crate::lint::rule::docs_len(COMMENT)] = &$crate::lint::rule::docs_of(COMMENT);
                    match std::str::from_utf8(DOCS) {
                        Ok(docs) => docs,
                        Err(_) => panic!("only blanks were removed"),
                    }
                },
            },
            check: $check,
        };
    };
}
pub(crate) use declare_rule;

/// Length in bytes of [`docs_of`] the same comment.
pub(crate) const fn docs_len(comment: &str) -> usize {
    let comment = comment.as_bytes();
    let (mut at, mut len) = (0, 0);
    while at < comment.len() {
        if !is_margin(comment, at) {
            len += 1;
        }
        at += 1;
    }
    len
}

/// The text of a doc comment without the blank that stands between `///` and each line.
pub(crate) const fn docs_of<const LEN: usize>(comment: &str) -> [u8; LEN] {
    let comment = comment.as_bytes();
    let mut docs = [0; LEN];
    let (mut at, mut len) = (0, 0);
    while at < comment.len() {
        if !is_margin(comment, at) {
            docs[len] = comment[at];
            len += 1;
        }
        at += 1;
    }
    docs
}

/// True for a blank that a line starts with.
const fn is_margin(comment: &[u8], at: usize) -> bool {
    comment[at] == b' ' && (at == 0 || comment[at - 1] == b'\n')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documentation_loses_its_margin_only() {
        const COMMENT: &str = " ## Why\n a  b\n\n     code ✓\n";
        assert_eq!(
            std::str::from_utf8(&docs_of::<{ docs_len(COMMENT) }>(COMMENT)),
            Ok("## Why\na  b\n\n    code ✓\n")
        );
    }
}
