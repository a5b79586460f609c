//! Applies the fixes of findings, round by round, until nothing is left to apply.
//!
//! A fix is made for the text that was judged, so a round applies fixes that do not overlap and judges again. What was
//! well-formed stays so: fixes after which a block could be read no better are left out one by one, and their findings
//! stay. Which edits a fix may hold at all is decided in `set`. Not here: writing of files (`host`).

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use crate::base::diagnostic::{Applicability, Diagnostic, Fix};
use crate::base::edit::{self, Edit};
use crate::base::text::{FileId, Span};
use crate::report::Caution;

use super::file::{self, FileFacts, Source, Standing};
use super::set;
use super::settings::Settings;

/// Which fixes are applied.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// Those that keep the meaning.
    Safe,
    /// Those that may change it, too.
    Unsafe,
}

impl Reach {
    fn covers(self, applicability: Applicability) -> bool {
        match applicability {
            Applicability::Safe => true,
            Applicability::Unsafe => self == Self::Unsafe,
            Applicability::DisplayOnly => false,
        }
    }
}

/// What the fixes of a set of files come to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Plan {
    /// The files that change, in the order of the set.
    pub files: Vec<FixedFile>,
    /// Fixes that were left out, and why.
    pub cautions: Vec<Caution>,
}

/// A file after its fixes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FixedFile {
    /// The file.
    pub id: FileId,
    /// Its text afterwards; never what it was.
    pub text: String,
    /// Number of findings whose fixes were applied.
    pub n_fixed: usize,
}

/// Number of findings that fixes would remove.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Fixable {
    /// With fixes that keep the meaning.
    pub n_safe: usize,
    /// With fixes that may change it.
    pub n_unsafe: usize,
}

/// How many of the findings about `files` have a fix that can be applied.
pub fn fixable(files: &[(&Source, &FileFacts)], findings: &[Diagnostic]) -> Fixable {
    let mut fixable = Fixable::default();
    for finding in findings.iter().filter(|finding| is_asked_for(files, finding.place.file)) {
        match finding.fix.as_ref().map(|fix| fix.applicability) {
            Some(Applicability::Safe) => fixable.n_safe += 1,
            Some(Applicability::Unsafe) => fixable.n_unsafe += 1,
            Some(Applicability::DisplayOnly) | None => {}
        }
    }
    fixable
}

fn is_asked_for(files: &[(&Source, &FileFacts)], file: FileId) -> bool {
    files.get(file.0 as usize).is_some_and(|(source, _)| source.standing == Standing::AskedFor)
}

/// Rounds after which a run ends, whatever is left: each removes a finding from every place where fixes meet.
const MAX_ROUNDS: usize = 100;

/// Texts of one file that may be thrown away because a fix would break them; then fixes are not told apart any more.
const MAX_REFUSALS: usize = 100;

/// The files after the fixes that `reach` covers. `files` are a whole set, whose ids are their indices; those that are
/// there as context stay as they are.
///
/// Fixes are applied in file order. Planning again over the result changes nothing, unless a caution says that
/// the end was not reached.
pub fn plan(settings: &Settings, files: &[(&Source, &FileFacts)], reach: Reach) -> Plan {
    let judges = Judges {
        read: &|source| file::file(settings, source),
        findings: &|files| set::set(settings, files).diagnostics,
    };
    judges.plan(files, reach)
}

/// What is wrong with a set of files.
type Judge<'a> = dyn Fn(&[(&Source, &FileFacts)]) -> Vec<Diagnostic> + 'a;

/// What says how a text is read, and what is wrong with a set of them.
struct Judges<'a> {
    read: &'a dyn Fn(&Source) -> FileFacts,
    findings: &'a Judge<'a>,
}

impl Judges<'_> {
    fn plan(&self, files: &[(&Source, &FileFacts)], reach: Reach) -> Plan {
        let mut courses: Vec<Course> =
            files.iter().map(|(source, facts)| Course::new(source, facts)).collect();
        let mut moving = Vec::new();
        for _ in 0..MAX_ROUNDS {
            let now: Vec<(&Source, &FileFacts)> =
                courses.iter().map(|course| (&*course.source, &*course.facts)).collect();
            let findings = (self.findings)(&now);
            let mut offers: Vec<Vec<Offer>> = courses.iter().map(|_| Vec::new()).collect();
            for offer in findings.iter().filter_map(Offer::of) {
                let file = offer.finding.place.file;
                if reach.covers(offer.fix.applicability)
                    && is_asked_for(files, file)
                    && let Some(offers) = offers.get_mut(file.0 as usize)
                {
                    offers.push(offer);
                }
            }
            moving.clear();
            for course in &mut courses {
                course.breaking.clear();
            }
            for (index, offers) in offers.into_iter().enumerate().filter(|(_, offers)| !offers.is_empty()) {
                if courses[index].advance(offers, self.read) {
                    moving.push(index);
                }
            }
            if moving.is_empty() {
                break;
            }
        }
        for index in moving {
            courses[index].is_unfinished = true;
        }
        let mut plan = Plan::default();
        for (course, (source, _)) in courses.into_iter().zip(files) {
            plan.cautions.extend(course.cautions());
            if course.source.text != source.text {
                plan.files.push(FixedFile {
                    id: source.id,
                    n_fixed: course.n_fixed,
                    text: course.source.into_owned().text,
                });
            }
        }
        plan
    }
}

/// A finding with the fix that it offers.
#[derive(Debug, Clone, Copy)]
struct Offer<'a> {
    finding: &'a Diagnostic,
    fix: &'a Fix,
    /// From the first to the last byte that the fix replaces.
    hull: Span,
}

impl<'a> Offer<'a> {
    /// `None` when the finding has no fix, or one without edits.
    fn of(finding: &'a Diagnostic) -> Option<Self> {
        let fix = finding.fix.as_ref()?;
        let hull = fix.edits.iter().map(|edit| edit.span).reduce(Span::join)?;
        Some(Self { finding, fix, hull })
    }

    fn changes(&self, text: &str) -> bool {
        self.fix.edits.iter().any(|edit| edit.span.slice(text) != edit.text)
    }
}

/// Those of `offers` that do not overlap one before them in the file, in file order.
///
/// All that stands between the edits of a fix belongs to it: what it makes of the ends was thought for what is between.
/// Fixes that insert at one place follow each other as their findings do; the same fix twice is applied once.
fn apart(mut offers: Vec<Offer>) -> Vec<Offer> {
    offers.sort_by_key(|offer| offer.hull);
    let mut taken: Vec<Offer> = Vec::new();
    for offer in offers {
        let is_free = taken
            .last()
            .is_none_or(|last| last.hull.end <= offer.hull.start && last.fix.edits != offer.fix.edits);
        if is_free {
            taken.push(offer);
        }
    }
    taken
}

/// A text that a file has had.
#[derive(Debug)]
struct Stop {
    /// Of the text.
    hash: u64,
    /// Findings fixed on the way to it.
    n_fixed: usize,
    /// Rules whose fixes lead on from it.
    rules: BTreeSet<&'static str>,
}

/// A file on its way from fix to fix.
#[derive(Debug)]
struct Course<'a> {
    source: Cow<'a, Source>,
    facts: Cow<'a, FileFacts>,
    n_fixed: usize,
    /// The texts so far, the present one last.
    stops: Vec<Stop>,
    n_refusals: usize,
    /// Rules whose fixes undo each other; nothing more of theirs is applied.
    circling: BTreeSet<&'static str>,
    /// Rules that offered a fix after which something could not be read.
    breaking: BTreeSet<&'static str>,
    /// A bound was reached before all was tried.
    is_unfinished: bool,
}

impl<'a> Course<'a> {
    fn new(source: &'a Source, facts: &'a FileFacts) -> Self {
        Self {
            source: Cow::Borrowed(source),
            facts: Cow::Borrowed(facts),
            n_fixed: 0,
            stops: Vec::new(),
            n_refusals: 0,
            circling: BTreeSet::new(),
            breaking: BTreeSet::new(),
            is_unfinished: false,
        }
    }

    /// Applies what can be applied of `offers`, which were made for the present text; true when the text has changed, or
    /// what may be applied next has.
    fn advance(&mut self, offers: Vec<Offer>, read: &dyn Fn(&Source) -> FileFacts) -> bool {
        let is_wanted = |offer: &Offer| {
            !self.circling.contains(offer.finding.rule.name) && offer.changes(&self.source.text)
        };
        let chosen = apart(offers.into_iter().filter(is_wanted).collect());
        let Some((source, facts, taken)) = self.sound_part(&chosen, read) else {
            return false;
        };
        if self.stops.is_empty() {
            self.stop(BTreeSet::new());
        }
        self.n_fixed += taken.len();
        if let Some(present) = self.stops.last_mut() {
            present.rules = taken.iter().map(|offer| offer.finding.rule.name).collect();
        }
        self.source = Cow::Owned(source);
        self.facts = Cow::Owned(facts);
        let hash = hash(&self.source.text);
        match self.stops.iter().position(|stop| stop.hash == hash) {
            // Where the same text leads to itself, going on would go round for ever.
            Some(earlier) => {
                let circle = self.stops.drain(earlier..);
                let mut n_fixed = None;
                for stop in circle {
                    n_fixed.get_or_insert(stop.n_fixed);
                    self.circling.extend(stop.rules);
                }
                self.n_fixed = n_fixed.unwrap_or_default();
                self.stop(BTreeSet::new());
            }
            None => self.stop(BTreeSet::new()),
        }
        true
    }

    /// Remembers the present text.
    fn stop(&mut self, rules: BTreeSet<&'static str>) {
        self.stops.push(Stop { hash: hash(&self.source.text), n_fixed: self.n_fixed, rules });
    }

    /// The text after as many of `chosen` as leave what can be read as it is, what is read of it then, and which those
    /// are; `None` when there are none.
    ///
    /// A part that breaks something is halved until the guilty fix is alone.
    fn sound_part<'o>(
        &mut self,
        chosen: &[Offer<'o>],
        read: &dyn Fn(&Source) -> FileFacts,
    ) -> Option<(Source, FileFacts, Vec<Offer<'o>>)> {
        let mut taken: Vec<Offer> = Vec::new();
        let mut best = None;
        let mut waiting = vec![chosen];
        while let Some(part) = waiting.pop().filter(|part| !part.is_empty()) {
            let tried: Vec<Offer> = taken.iter().chain(part).copied().collect();
            let edits: Vec<Edit> = tried.iter().flat_map(|offer| &offer.fix.edits).cloned().collect();
            let source = Source { text: edit::apply(&self.source.text, &edits), ..(*self.source).clone() };
            let facts = read(&source);
            if is_as_sound(&self.facts, &facts) {
                taken.clone_from(&tried);
                best = Some((source, facts, tried));
                continue;
            }
            self.n_refusals += 1;
            match part {
                [guilty] => {
                    self.breaking.insert(guilty.finding.rule.name);
                }
                part if self.n_refusals < MAX_REFUSALS => {
                    let (first, second) = part.split_at(part.len() / 2);
                    waiting.extend([second, first]);
                }
                // Which of them is guilty stays unknown.
                _ => self.is_unfinished = true,
            }
        }
        best
    }

    fn cautions(&self) -> Vec<Caution> {
        let path = &self.source.path;
        let by_hand = "correct the findings that are left by hand".to_owned();
        let mut cautions = Vec::new();
        if !self.circling.is_empty() {
            let message = format!("the fixes of {} undo each other in {path}", named(&self.circling));
            cautions.push(Caution { message, help: by_hand.clone() });
        }
        if !self.breaking.is_empty() {
            let rules = named(&self.breaking);
            let message = format!("a fix of {rules} is left out: it would break the syntax in {path}");
            cautions.push(Caution { message, help: by_hand });
        }
        if self.is_unfinished {
            let message = format!("not all fixes in {path} could be applied in one run");
            let help = "look with --diff at what they change, and run again".to_owned();
            cautions.push(Caution { message, help });
        }
        cautions
    }
}

fn named(rules: &BTreeSet<&'static str>) -> String {
    rules.iter().map(|rule| format!("`{rule}`")).collect::<Vec<_>>().join(", ")
}

/// A number for a text: equal texts have equal ones, and two texts of one run do not meet by accident.
fn hash(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}

/// True when `after` has no more mistakes against a syntax than `before`, and none in a block that had none.
fn is_as_sound(before: &FileFacts, after: &FileFacts) -> bool {
    let (before, after) = (&before.n_mistakes, &after.n_mistakes);
    let sum = |blocks: &[Option<usize>]| blocks.iter().flatten().sum::<usize>();
    if sum(after) > sum(before) {
        return false;
    }
    if before.len() == after.len() {
        return before.iter().zip(after).all(|(before, after)| *before != Some(0) || *after == Some(0));
    }
    // Which block was which is not known.
    let n_sound =
        |blocks: &[Option<usize>]| blocks.iter().filter(|n_mistakes| **n_mistakes == Some(0)).count();
    n_sound(after) >= n_sound(before)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::diagnostic::{RuleMeta, Severity};
    use crate::base::text::Place;
    use crate::document::SourceKind;

    static A: RuleMeta =
        RuleMeta { name: "a", code: "XX001", severity: Severity::Error, is_off: false, docs: "" };
    static B: RuleMeta =
        RuleMeta { name: "b", code: "XX002", severity: Severity::Error, is_off: false, docs: "" };

    /// A rule whose finding is a text, and its fix another one.
    type Rewriting = (&'static RuleMeta, &'static str, &'static str);

    fn source(id: u32, standing: Standing, text: &str) -> Source {
        let path = format!("{id}.md");
        let project_path = path.clone();
        Source {
            id: FileId(id),
            path,
            project_path,
            kind: SourceKind::Markdown,
            standing,
            text: text.to_owned(),
        }
    }

    fn found(rules: &[Rewriting], files: &[(&Source, &FileFacts)]) -> Vec<Diagnostic> {
        let mut findings = Vec::new();
        for (source, _) in files {
            for (rule, wrong, right) in rules {
                for (at, _) in source.text.match_indices(wrong) {
                    let span = Span::from(at..at + wrong.len());
                    let finding = Diagnostic::new(rule, Place::new(source.id, span), *wrong);
                    findings.push(finding.fix(Applicability::Safe, vec![Edit::replace(span, *right)]));
                }
            }
        }
        findings
    }

    fn planned(rules: &[Rewriting], sources: &[Source]) -> Plan {
        let read = |source: &Source| file::file(&Settings::default(), source);
        let facts: Vec<FileFacts> = sources.iter().map(read).collect();
        let files: Vec<(&Source, &FileFacts)> = sources.iter().zip(&facts).collect();
        Judges { read: &read, findings: &|files| found(rules, files) }.plan(&files, Reach::Safe)
    }

    /// What becomes of the page `text`, how many findings were fixed, and what is told. A second plan changes nothing.
    fn fixed(rules: &[Rewriting], text: &str) -> (String, usize, Vec<String>) {
        let plan = planned(rules, &[source(0, Standing::AskedFor, text)]);
        let file = plan.files.first();
        let after = file.map_or_else(|| text.to_owned(), |file| file.text.clone());
        let again = planned(rules, &[source(0, Standing::AskedFor, &after)]);
        assert_eq!(again.files, [], "a second plan of {text:?}");
        let told = plan.cautions.into_iter().map(|caution| caution.message).collect();
        (after, file.map_or(0, |file| file.n_fixed), told)
    }

    #[test]
    fn fixes_that_overlap_are_applied_one_after_the_other() {
        let rules: [Rewriting; 2] = [(&A, "one two", "1 two"), (&B, "two three", "2 three")];
        assert_eq!(fixed(&rules, "one two three"), ("1 2 three".to_owned(), 2, Vec::new()));
        let (text, n_fixed, _) = fixed(&[(&A, "xx", "x")], &"x".repeat(60));
        assert_eq!((text.as_str(), n_fixed), ("x", 59));
    }

    #[test]
    fn fixes_that_undo_each_other_are_left_out_and_the_rest_is_done() {
        let told = vec!["the fixes of `a`, `b` undo each other in 0.md".to_owned()];
        let rules: [Rewriting; 3] = [(&A, "left", "right"), (&B, "right", "left"), (&B, "wrong", "sound")];
        assert_eq!(fixed(&rules[..2], "left wrong").2, told);
        let more: [Rewriting; 3] = [rules[0], rules[1], (&SYNTAX, "wrong", "sound")];
        let (text, n_fixed, cautions) = fixed(&more, "left wrong");
        assert!(text.ends_with(" sound"), "{text}");
        assert!(n_fixed >= 1);
        assert_eq!(cautions, told);
    }

    static SYNTAX: RuleMeta =
        RuleMeta { name: "s", code: "XX003", severity: Severity::Error, is_off: false, docs: "" };

    #[test]
    fn a_fix_that_breaks_a_diagram_is_left_out_alone() {
        let text = "```mermaid\nflowchart LR\n    good1 --> bad\n    good2 --> good3\n```\n";
        let rules: [Rewriting; 2] = [(&A, "good", "fine"), (&B, "bad", "end")];
        let (after, n_fixed, told) = fixed(&rules, text);
        assert_eq!(after, text.replace("good", "fine"));
        assert_eq!(n_fixed, 3);
        assert_eq!(told, ["a fix of `b` is left out: it would break the syntax in 0.md"]);
        // A block that disappears is broken, too.
        assert_eq!(fixed(&[(&A, "```mermaid", "``mermaid")], text).0, text);
    }

    #[test]
    fn what_never_ends_is_told() {
        let sources = [source(0, Standing::AskedFor, "x")];
        let plan = planned(&[(&A, "x", "xy")], &sources);
        assert_eq!(plan.cautions.len(), 1);
        assert!(plan.cautions[0].message.contains("not all fixes in 0.md"), "{:?}", plan.cautions);
    }

    #[test]
    fn a_file_that_is_there_as_context_stays() {
        let sources = [source(0, Standing::Context, "left"), source(1, Standing::AskedFor, "left")];
        let plan = planned(&[(&A, "left", "right")], &sources);
        assert_eq!(plan.files, [FixedFile { id: FileId(1), text: "right".to_owned(), n_fixed: 1 }]);
    }

    #[test]
    fn a_fix_is_taken_whole_and_once() {
        let place = Place::new(FileId(0), Span::at(0));
        let offer = |edits: &[(u32, u32, &str)]| {
            let edits = edits.iter().map(|(start, end, text)| Edit::replace(Span::new(*start, *end), *text));
            Diagnostic::new(&A, place, "").fix(Applicability::Safe, edits.collect())
        };
        let findings = [
            offer(&[(2, 2, "\""), (8, 8, "\"")]),
            offer(&[(4, 5, "x")]),
            offer(&[(8, 8, "y")]),
            offer(&[(8, 8, "z")]),
            offer(&[(8, 8, "z")]),
            offer(&[(0, 2, "")]),
            offer(&[]),
        ];
        let taken = apart(findings.iter().filter_map(Offer::of).collect());
        let texts: Vec<&str> = taken.iter().map(|offer| offer.fix.edits[0].text.as_str()).collect();
        assert_eq!(texts, ["", "\"", "y", "z"]);
    }
}
