//! From statements to a state diagram: names become states, and braces and dividers become parents.

use std::collections::BTreeMap;

use crate::base::offset_map::Excerpt;
use crate::base::text::Span;
use crate::mermaid::diagram::allowance::Allowance;
use crate::mermaid::diagram::text::{Text, TextKind};
use crate::mermaid::diagram::{ClassDef, Direction, description};
use crate::mermaid::limit::Limits;
use crate::mermaid::syntax::character::is_space;
use crate::mermaid::syntax::source::{Source, Word};
use crate::mermaid::syntax::state::tree::{self, Described, Mention, StatementKind, Stereotype};
use crate::mermaid::syntax::{Problem, Statement, SyntaxError};

use super::{Link, Note, State, StateDiagram, StateIx, StateKind, Transition};

/// Resolves `statements` of `source`; the errors are what Mermaid refuses although each statement is well formed.
pub(crate) fn resolve(
    source: Source<'_>,
    statements: &[Statement<StatementKind>],
    limits: Limits,
) -> (StateDiagram, Vec<SyntaxError>) {
    let mut resolver = Resolver {
        source,
        diagram: StateDiagram::default(),
        by_id: BTreeMap::new(),
        looks: BTreeMap::new(),
        n_regions: BTreeMap::new(),
        open: Vec::new(),
        copies: Allowance::default(),
    };
    let divided = divided_composites(statements);
    for (statement, is_divided) in statements.iter().zip(divided) {
        resolver.statement(statement, is_divided);
        if resolver.diagram.states.len() > limits.nodes {
            break;
        }
    }
    let errors = resolver.finish();
    (resolver.diagram, errors)
}

/// For each statement whether it opens a composite with regions: something follows its last divider.
///
/// Without that the dividers are states of their own, as in Mermaid.
fn divided_composites(statements: &[Statement<StatementKind>]) -> Vec<bool> {
    struct Composite {
        at: usize,
        has_divider: bool,
        goes_on: bool,
    }
    let mut divided = vec![false; statements.len()];
    let mut open: Vec<Composite> = Vec::new();
    let mut close = |composite: Composite| divided[composite.at] = composite.has_divider && composite.goes_on;
    for (at, statement) in statements.iter().enumerate() {
        if matches!(statement.kind, StatementKind::EndComposite) {
            open.pop().map(&mut close);
            continue;
        }
        if let Some(parent) = open.last_mut() {
            let is_divider = matches!(statement.kind, StatementKind::Divider);
            parent.has_divider |= is_divider;
            parent.goes_on = !is_divider;
        }
        if matches!(statement.kind, StatementKind::Composite(_)) {
            open.push(Composite { at, has_divider: false, goes_on: false });
        }
    }
    open.into_iter().for_each(close);
    divided
}

/// A composite or region whose statements are being read.
struct Open {
    state: StateIx,
    /// The composite has regions; the one that is being read lies above it.
    is_divided: bool,
    /// Statements of a composite that was opened before do not set its direction.
    sets_direction: bool,
}

/// Classes and styles of an id, which Mermaid keeps whether or not a state has it.
#[derive(Default)]
struct Look {
    classes: Vec<String>,
    styles: Vec<String>,
}

struct Resolver<'a> {
    source: Source<'a>,
    diagram: StateDiagram,
    by_id: BTreeMap<String, StateIx>,
    looks: BTreeMap<String, Look>,
    /// Regions so far, by the composite's id.
    n_regions: BTreeMap<String, usize>,
    open: Vec<Open>,
    copies: Allowance,
}

impl Resolver<'_> {
    fn statement(&mut self, statement: &Statement<StatementKind>, is_divided: bool) {
        let span = self.source.span(statement.word);
        match &statement.kind {
            StatementKind::State(mention, text) => {
                let ix = self.mention(*mention, StateKind::Start);
                if let Some(text) = text {
                    let text = self.colon_text(*text);
                    self.describe(ix, text);
                }
            }
            StatementKind::Transition(from, to, label) => self.transition(*from, *to, *label, span),
            StatementKind::Described(described) => {
                self.described(described);
            }
            StatementKind::Composite(described) => self.open_composite(described, is_divided),
            StatementKind::EndComposite => self.close_composite(),
            StatementKind::Divider => self.divide(statement.word),
            StatementKind::Stereotype(stereotype, id) => {
                let kind = match stereotype {
                    Stereotype::Fork => StateKind::Fork,
                    Stereotype::Join => StateKind::Join,
                    Stereotype::Choice => StateKind::Choice,
                };
                self.state(self.source.decoded(*id), *id, Some(kind));
            }
            StatementKind::Note(note) => self.note(note),
            StatementKind::Direction(word) => self.direction(*word),
            StatementKind::ClassDef(name, styles) if self.open.is_empty() => {
                self.class_def(*name, *styles, span);
            }
            StatementKind::Class(ids, class) if self.open.is_empty() => self.class(*ids, *class),
            StatementKind::Style(ids, styles) if self.open.is_empty() => self.style(*ids, *styles),
            StatementKind::Click(click) => self.click(click),
            StatementKind::AccTitle(text) => {
                self.diagram.titles.acc_title = Some(self.source.decoded(self.source.trim(*text)));
            }
            StatementKind::AccDescr(text) => {
                self.diagram.titles.acc_descr = description(self.source, *text);
            }
            // Inside a composite Mermaid reads `classDef`, `class` and `style` and does nothing with them.
            StatementKind::ClassDef(..)
            | StatementKind::Class(..)
            | StatementKind::Style(..)
            | StatementKind::Undeclared
            | StatementKind::FloatingNote
            | StatementKind::HideEmptyDescription
            | StatementKind::Scale => {}
        }
    }

    fn finish(&mut self) -> Vec<SyntaxError> {
        let looks = std::mem::take(&mut self.looks);
        for (id, look) in looks {
            if let Some(ix) = self.by_id.get(&id) {
                let state = &mut self.diagram.states[ix.0];
                state.classes = look.classes;
                state.styles = look.styles;
            }
        }
        for link in &mut self.diagram.links {
            link.state = self.by_id.get(&link.id).copied();
        }
        let composites = self.diagram.states.iter().filter(|state| state.kind == Some(StateKind::Composite));
        composites
            .filter_map(|state| {
                let span = state.descriptions.first()?.span();
                Some(SyntaxError::new(span, Problem::SeveralDescriptions { id: state.id.clone() }))
            })
            .collect()
    }

    /// The state with the id; a new one, which `word` names first, when there was none. It belongs to what is open.
    ///
    /// Only its first mention says what it is drawn as; the last composite that mentions it holds it.
    fn state(&mut self, id: String, word: Word, kind: Option<StateKind>) -> StateIx {
        let parent = self.open.last().map(|open| open.state);
        if let Some(ix) = self.by_id.get(&id).copied() {
            if parent.is_some() {
                self.diagram.states[ix.0].parent = parent;
            }
            return ix;
        }
        let ix = StateIx(self.diagram.states.len());
        let excerpt = if self.source.slice(word) == id {
            self.source.excerpt(word)
        } else {
            Excerpt::standing_for(self.source.span(word), id.clone())
        };
        self.by_id.insert(id.clone(), ix);
        self.diagram.states.push(State {
            id,
            span: self.source.span(word),
            kind,
            label: Text { excerpt, kind: TextKind::Plain },
            is_described: false,
            descriptions: Vec::new(),
            parent,
            direction: None,
            classes: Vec::new(),
            styles: Vec::new(),
        });
        ix
    }

    /// The id that `[*]` stands for here, as a source or as a target; other names stand for themselves.
    fn id(&self, word: Word, edge: StateKind) -> String {
        if self.source.slice(word) != "[*]" {
            return self.source.decoded(word);
        }
        let scope = self.open.last().map_or("root", |open| self.diagram.states[open.state.0].id.as_str());
        format!("{scope}_{}", if edge == StateKind::End { "end" } else { "start" })
    }

    /// The state that is mentioned; `edge` says what it is when it is `[*]`.
    fn mention(&mut self, mention: Mention, edge: StateKind) -> StateIx {
        let kind = if self.source.slice(mention.id) == "[*]" { edge } else { StateKind::Simple };
        self.state(self.id(mention.id, edge), mention.id, Some(kind))
    }

    fn transition(&mut self, from: Mention, to: Mention, label: Option<Word>, span: Span) {
        let ends = [(from, StateKind::Start), (to, StateKind::End)].map(|(mention, edge)| {
            // Mermaid keeps classes of transitions, but only at top level.
            if let Some(class) = mention.class.filter(|_| self.open.is_empty()) {
                let id = self.id(mention.id, edge);
                let class = self.source.decoded(class);
                self.looks.entry(id).or_default().classes.push(class);
            }
            self.mention(mention, edge)
        });
        let label = label.map(|label| self.colon_text(label)).filter(|label| !label.as_str().is_empty());
        let [from, to] = ends;
        self.diagram.transitions.push(Transition { from, to, label, span });
    }

    /// The text behind a colon, which `word` begins with.
    fn colon_text(&self, word: Word) -> Text {
        let range = word.range();
        let len = self.source.slice(word).strip_prefix(':').unwrap_or(self.source.slice(word)).len();
        self.text(self.source.trim(Word::from(range.end - len..range.end)), TextKind::Plain)
    }

    fn text(&self, word: Word, kind: TextKind) -> Text {
        Text { excerpt: self.source.excerpt(word), kind }
    }

    /// The first description is the label; a second one changes what the state is drawn as.
    fn describe(&mut self, ix: StateIx, text: Text) {
        if text.as_str().is_empty() {
            return;
        }
        let state = &mut self.diagram.states[ix.0];
        let is_first = !state.is_described;
        state.is_described = true;
        if state.kind != Some(StateKind::Composite) {
            state.kind = Some(if is_first { StateKind::Simple } else { StateKind::Described });
        }
        if is_first {
            state.label = text;
        } else {
            state.descriptions.push(text);
        }
    }

    /// The state of `"description" as id`; behind a first colon in the id stands a second description.
    fn described(&mut self, described: &Described) -> StateIx {
        let Some(quoted) = described.description else {
            return self.state(self.source.decoded(described.id), described.id, Some(StateKind::Simple));
        };
        let range = described.id.range();
        let mut parts = self.source.slice(described.id).split(':');
        let id_len = parts.next().unwrap_or_default().len();
        let id = self.source.trim(Word::from(range.start..range.start + id_len));
        let ix = self.state(self.source.decoded(id), id, Some(StateKind::Simple));
        self.describe(ix, self.text(quoted, TextKind::Quoted));
        if let Some(second) = parts.next() {
            let start = range.start + id_len + 1;
            self.describe(ix, self.text(Word::from(start..start + second.len()), TextKind::Plain));
        }
        ix
    }

    fn open_composite(&mut self, described: &Described, is_divided: bool) {
        let ix = self.described(described);
        let state = &mut self.diagram.states[ix.0];
        let sets_direction = state.direction.is_none();
        if sets_direction {
            state.kind = Some(StateKind::Composite);
            state.direction = Some(Direction::default());
        }
        self.open.push(Open { state: ix, is_divided, sets_direction });
        if is_divided {
            self.open_region(described.id);
        }
    }

    /// The next region of the composite that is open.
    fn region(&mut self, word: Word) -> StateIx {
        let composite = self.open.last().map_or("root", |open| self.diagram.states[open.state.0].id.as_str());
        let number = self.n_regions.entry(composite.to_owned()).or_default();
        *number += 1;
        let id = format!("{composite}/region{number}");
        let ix = self.state(id, word, Some(StateKind::Region));
        let place = self.source.span(word);
        self.diagram.states[ix.0].label.excerpt = Excerpt::standing_for(place, String::new());
        ix
    }

    fn open_region(&mut self, word: Word) {
        let ix = self.region(word);
        self.diagram.states[ix.0].direction = Some(Direction::default());
        self.open.push(Open { state: ix, is_divided: false, sets_direction: true });
    }

    fn is_in_region(&self) -> bool {
        self.open.len().checked_sub(2).is_some_and(|outer| self.open[outer].is_divided)
    }

    fn divide(&mut self, word: Word) {
        if self.is_in_region() {
            self.open.pop();
            self.open_region(word);
        } else {
            self.region(word);
        }
    }

    fn close_composite(&mut self) {
        if self.is_in_region() {
            self.open.pop();
        }
        self.open.pop();
    }

    fn direction(&mut self, word: Word) {
        let direction = match self.source.slice(word).to_ascii_uppercase().as_str() {
            "BT" => Direction::BottomToTop,
            "LR" => Direction::LeftToRight,
            "RL" => Direction::RightToLeft,
            _ => Direction::TopToBottom,
        };
        match self.open.last() {
            None => self.diagram.direction = direction,
            Some(open) if open.sets_direction => {
                self.diagram.states[open.state.0].direction = Some(direction);
            }
            Some(_) => {}
        }
    }

    fn note(&mut self, note: &tree::Note) {
        let state = self.state(self.id(note.state, StateKind::Start), note.state, None);
        let text = self.text(note.text, TextKind::Plain);
        self.diagram.notes.push(Note { state, position: self.source.slice(note.position).to_owned(), text });
    }

    /// A second definition of a class adds to the first.
    fn class_def(&mut self, name: Word, styles: Word, span: Span) {
        // Mermaid drops the first `;` of each declaration.
        let styles = self.source.decoded(styles);
        let styles =
            styles.split(',').map(|style| style.replacen(';', "", 1).trim_matches(is_space).to_owned());
        let styles = styles.filter(|style| !style.is_empty());
        let defs = &mut self.diagram.class_defs;
        match defs.iter_mut().find(|def| def.name == self.source.slice(name)) {
            Some(def) => def.styles.extend(styles),
            None => defs.push(ClassDef {
                name: self.source.slice(name).to_owned(),
                styles: styles.collect(),
                span,
            }),
        }
    }

    fn class(&mut self, ids: Word, class: Word) {
        let classes = self.source.decoded(class);
        for id in self.source.decoded(ids).split(',') {
            if !self.copies.take(classes.len()) {
                return;
            }
            let id = id.trim_matches(is_space).to_owned();
            let look = self.looks.entry(id).or_default();
            look.classes.extend(classes.split_whitespace().map(str::to_owned));
        }
    }

    /// A second `style` of an id replaces the first.
    fn style(&mut self, ids: Word, styles: Word) {
        let styles = self.source.decoded(self.source.trim(styles));
        let styles: Vec<String> =
            styles.split(',').map(|style| style.replace(';', "").trim_matches(is_space).to_owned()).collect();
        let n_copied = styles.iter().map(|style| size_of::<String>() + style.len()).sum();
        for id in self.source.slice(ids).split(',') {
            if !self.copies.take(n_copied) {
                return;
            }
            self.looks.entry(id.to_owned()).or_default().styles.clone_from(&styles);
        }
    }

    fn click(&mut self, click: &tree::Click) {
        let link = Link {
            id: self.source.decoded(click.state),
            state: None,
            url: self.source.decoded(click.url),
            tooltip: click.tooltip.map(|tooltip| self.source.decoded(tooltip)),
        };
        self.diagram.links.push(link);
    }
}
