//! From statements to a sequence diagram: names become participants, keywords become brackets around events.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::base::offset_map::Excerpt;
use crate::base::text::Span;
use crate::mermaid::config::Config;
use crate::mermaid::diagram::description;
use crate::mermaid::diagram::text::{Text, TextKind};
use crate::mermaid::limit::Limits;
use crate::mermaid::syntax::character::is_space;
use crate::mermaid::syntax::sequence::tree::{
    self, ActivationMark, AttachmentKind, Central, Declaration, FragmentKind, StatementKind,
};
use crate::mermaid::syntax::source::{Source, Word};
use crate::mermaid::syntax::{Problem, Statement, SyntaxError};
use crate::mermaid::yaml;

use super::colour::split_colour;
use super::{
    Activation, Autonumber, Event, Fragment, FragmentIx, Message, Note, Operand, Participant, ParticipantBox,
    ParticipantIx, SequenceDiagram,
};

/// Resolves `statements` of `source`; the errors are what Mermaid refuses although each statement is well formed.
pub(crate) fn resolve(
    source: Source<'_>,
    statements: &[Statement<StatementKind>],
    config: &Config,
    limits: Limits,
) -> (SequenceDiagram, Vec<SyntaxError>) {
    let mut resolver = Resolver {
        source,
        wrap: wraps(config),
        diagram: SequenceDiagram::default(),
        by_id: BTreeMap::new(),
        open: Vec::new(),
        current_box: None,
        active: BTreeMap::new(),
        created: None,
        destroyed: None,
        destroyed_at: BTreeMap::new(),
        errors: Vec::new(),
    };
    for statement in statements {
        resolver.statement(statement);
        if resolver.diagram.participants.len() > limits.nodes {
            break;
        }
    }
    resolver.finish();
    (resolver.diagram, resolver.errors)
}

/// The setting of sequence diagrams wins over the general one.
fn wraps(config: &Config) -> bool {
    config.get(&["sequence", "wrap"]).and_then(Value::as_bool).unwrap_or_else(|| config.flag(&["wrap"]))
}

/// A participant that the next message has to create or to destroy.
struct Pending {
    id: String,
    statement: Span,
}

struct Resolver<'a> {
    source: Source<'a>,
    /// Texts wrap unless they say otherwise.
    wrap: bool,
    diagram: SequenceDiagram,
    by_id: BTreeMap<String, ParticipantIx>,
    open: Vec<FragmentIx>,
    current_box: Option<usize>,
    /// How often each id is active; activations need no participant.
    active: BTreeMap<String, u32>,
    created: Option<Pending>,
    destroyed: Option<Pending>,
    /// Number of events before the last `destroy` of an id, which need not exist yet.
    destroyed_at: BTreeMap<String, usize>,
    errors: Vec<SyntaxError>,
}

impl<'a> Resolver<'a> {
    fn statement(&mut self, statement: &Statement<StatementKind>) {
        let span = self.source.span(statement.word);
        match &statement.kind {
            StatementKind::Declaration(declaration) => self.declare(declaration, span),
            StatementKind::Destroy(id) => {
                let id = self.id(*id).into_owned();
                self.destroyed_at.insert(id.clone(), self.diagram.events.len());
                self.destroyed = Some(Pending { id, statement: span });
            }
            StatementKind::Message(message) => self.message(message, span),
            StatementKind::Note(note) => self.note(note, span),
            StatementKind::Activate(id) => self.activate(*id),
            StatementKind::Deactivate(id) => self.deactivate(*id),
            StatementKind::Autonumber(autonumber) => self.autonumber(autonumber),
            StatementKind::Box(text) => self.open_box(*text),
            StatementKind::EndBox => self.current_box = None,
            StatementKind::Fragment(kind, text) => self.open_fragment(*kind, *text, span),
            StatementKind::Operand(text) => self.next_operand(*text, span),
            StatementKind::EndFragment => self.close_fragment(span),
            StatementKind::Title(text) => self.diagram.titles.title = Some(self.source.decoded(*text)),
            StatementKind::AccTitle(text) => {
                self.diagram.titles.acc_title = Some(self.source.decoded(self.source.trim(*text)));
            }
            StatementKind::AccDescr(text) => {
                self.diagram.titles.acc_descr = description(self.source, *text);
            }
            StatementKind::Attachment(kind, participant, text) => self.attach(*kind, *participant, *text),
        }
    }

    /// What is still open closes where the diagram ends, so that events always nest.
    fn finish(&mut self) {
        while let Some(ix) = self.open.pop() {
            self.diagram.events.push(Event::Close(ix));
        }
        let by_id = &self.by_id;
        for event in &mut self.diagram.events {
            if let Event::Activate(activation) | Event::Deactivate(activation) = event {
                activation.participant = by_id.get(&activation.id).copied();
            }
        }
        for (id, at) in &self.destroyed_at {
            if let Some(ix) = self.by_id.get(id) {
                self.diagram.participants[ix.0].destroyed_at = Some(*at);
            }
        }
    }

    fn id(&self, word: Word) -> Cow<'a, str> {
        if self.source.slice(word).contains('#') {
            Cow::Owned(self.source.decoded(word))
        } else {
            Cow::Borrowed(self.source.slice(word))
        }
    }

    fn error(&mut self, span: Span, problem: Problem) {
        self.errors.push(SyntaxError::new(span, problem));
    }

    /// The participant that `word` names; a new one when nothing named it before.
    fn mention(&mut self, word: Word) -> ParticipantIx {
        let id = self.id(word);
        if let Some(ix) = self.by_id.get(id.as_ref()) {
            return *ix;
        }
        let ix = ParticipantIx(self.diagram.participants.len());
        self.by_id.insert(id.clone().into_owned(), ix);
        self.diagram.participants.push(Participant {
            id: id.into_owned(),
            span: self.source.span(word),
            declared: false,
            label: Text { excerpt: self.source.excerpt(word), kind: TextKind::Plain },
            role: "participant".to_owned(),
            wrap: self.wrap,
            in_box: None,
            created_at: None,
            destroyed_at: None,
            links: Vec::new(),
            properties: Vec::new(),
        });
        ix
    }

    fn declare(&mut self, declaration: &Declaration, span: Span) {
        let id = self.id(declaration.id).into_owned();
        let known = self.by_id.get(&id).copied();
        if declaration.create {
            if let Some(ix) = known {
                let first = self.diagram.participants[ix.0].span;
                self.error(self.source.span(declaration.id), Problem::AlreadyExists { id, first });
                return;
            }
            self.created = Some(Pending { id: id.clone(), statement: span });
        }
        let (metadata_role, alias) = declaration.metadata.map_or((None, None), |text| self.metadata(text));
        let label = match (declaration.label, alias) {
            (Some(word), alias) => {
                let (text, wrap) = self.text(word);
                match alias {
                    Some(alias) if text.as_str() == id => Some((alias, wrap)),
                    _ => Some((text, wrap)),
                }
            }
            (None, Some(alias)) => Some((alias, self.wrap)),
            (None, None) => None,
        };
        let ix = self.mention(declaration.id);
        let n_events = self.diagram.events.len();
        let participant = &mut self.diagram.participants[ix.0];
        participant.declared = true;
        if declaration.create {
            participant.created_at = Some(n_events);
        }
        let is_new = known.is_none();
        if let Some(current) = self.current_box {
            if participant.in_box.is_some_and(|other| other != current) {
                self.errors
                    .push(SyntaxError::new(self.source.span(declaration.id), Problem::InTwoBoxes { id }));
                return;
            }
            participant.in_box = Some(current);
            // A plain second declaration moves a participant into the box without making it a member, as in Mermaid.
            if is_new || label.is_some() {
                self.diagram.boxes[current].participants.push(ix);
            }
        }
        if is_new || label.is_some() {
            let keyword = if declaration.is_actor { "actor" } else { "participant" };
            participant.role = metadata_role.unwrap_or_else(|| keyword.to_owned());
        }
        if let Some((label, wrap)) = label {
            participant.label = label;
            participant.wrap = wrap;
        }
    }

    /// Role and alias of an `@{ }` block. On one line it is flow YAML, on several it is block YAML.
    fn metadata(&mut self, word: Word) -> (Option<String>, Option<Text>) {
        let word = self.source.trim(word);
        let is_block = self.source.slice(word).contains('\n');
        let yaml = if is_block {
            self.source.slice(word).to_owned()
        } else {
            format!("{{{}}}", self.source.slice(word))
        };
        let keys = match yaml::read(&yaml) {
            Ok(Value::Object(keys)) => keys,
            Ok(_) => return (None, None),
            Err(error) => {
                let at = if is_block { error.at } else { error.at.saturating_sub(1) };
                // Where reading stopped behind its end, the whole block is at fault.
                let start = word.range().start + if at < self.source.slice(word).len() { at } else { 0 };
                let span = self.source.span(start..word.range().end);
                self.error(span, Problem::Metadata(error.reason));
                return (None, None);
            }
        };
        let text = |key: &str| match keys.get(key) {
            None | Some(Value::Null | Value::Bool(false)) => None,
            Some(Value::String(text)) => Some(text.clone()).filter(|text| !text.is_empty()),
            Some(other) => Some(other.to_string()),
        };
        let alias = text("alias").map(|alias| {
            // The value may be spelled otherwise in the file than it reads; then the whole block is its place.
            let excerpt = match self.source.slice(word).find(&alias) {
                Some(at) => {
                    self.source.excerpt(Word::from(word.start() + at..word.start() + at + alias.len()))
                }
                None => Excerpt::standing_for(self.source.span(word), alias),
            };
            Text { excerpt, kind: TextKind::Markdown }
        });
        (text("type"), alias)
    }

    /// A text as Mermaid understands it, and whether it wraps: `wrap:` and `nowrap:` in front of it say so.
    fn text(&self, word: Word) -> (Text, bool) {
        let mut word = self.source.trim(word);
        let mut wrap = self.wrap;
        let bare = self.source.slice(word).strip_prefix(':').unwrap_or(self.source.slice(word));
        for (prefix, wraps) in [("wrap:", true), ("nowrap:", false)] {
            if let Some(rest) = bare.strip_prefix(prefix) {
                wrap = wraps;
                let range = word.range();
                word = self.source.trim(Word::from(range.end - rest.len()..range.end));
                break;
            }
        }
        (Text { excerpt: self.source.excerpt(word), kind: TextKind::Plain }, wrap)
    }

    /// The text behind a colon, which `word` begins with.
    fn colon_text(&self, word: Word) -> (Text, bool) {
        let range = word.range();
        let len = self.source.slice(word).strip_prefix(':').unwrap_or(self.source.slice(word)).len();
        self.text(Word::from(range.end - len..range.end))
    }

    fn message(&mut self, message: &tree::Message, span: Span) {
        let from = self.mention(message.from);
        let to = self.mention(message.to);
        self.check_life(from, to, self.source.span(message.from).join(self.source.span(message.to)));
        let (text, wrap) = self.colon_text(message.text);
        let has_target_mark = matches!(message.central, Some(Central::To | Central::Both));
        self.diagram.events.push(Event::Message(Message {
            from,
            to,
            arrow: message.arrow,
            text,
            activate: message.activation == Some(ActivationMark::Activate) || has_target_mark,
            central: message.central,
            wrap,
            span,
            ends: (self.source.span(message.from), self.source.span(message.to)),
        }));
        if has_target_mark {
            self.diagram.events.push(Event::CentralTo(to));
        }
        if matches!(message.central, Some(Central::From | Central::Both)) {
            self.diagram.events.push(Event::CentralFrom(from));
        }
        match message.activation {
            Some(ActivationMark::Activate) => self.activate(message.to),
            Some(ActivationMark::Deactivate) => self.deactivate(message.from),
            None => {}
        }
    }

    /// A participant is created by the next message to it, and destroyed by the next message from or to it.
    fn check_life(&mut self, from: ParticipantIx, to: ParticipantIx, ends: Span) {
        let is = |ix: ParticipantIx, pending: &Pending| self.diagram.participants[ix.0].id == pending.id;
        if let Some(pending) = self.created.take() {
            if !is(to, &pending) {
                let problem = Problem::NotCreatedByMessage { id: pending.id, created: pending.statement };
                self.error(ends, problem);
            }
        } else if let Some(pending) = self.destroyed.take()
            && !is(to, &pending)
            && !is(from, &pending)
        {
            let problem = Problem::NotDestroyedByMessage { id: pending.id, destroyed: pending.statement };
            self.error(ends, problem);
        }
    }

    fn activate(&mut self, word: Word) {
        let id = self.id(word).into_owned();
        *self.active.entry(id.clone()).or_default() += 1;
        self.diagram.events.push(Event::Activate(Activation {
            id,
            participant: None,
            span: self.source.span(word),
        }));
    }

    fn deactivate(&mut self, word: Word) {
        let id = self.id(word).into_owned();
        match self.active.get_mut(&id) {
            Some(n_active) if *n_active > 0 => *n_active -= 1,
            _ => self.error(self.source.span(word), Problem::NotActive { id: id.clone() }),
        }
        self.diagram.events.push(Event::Deactivate(Activation {
            id,
            participant: None,
            span: self.source.span(word),
        }));
    }

    fn note(&mut self, note: &tree::Note, span: Span) {
        let first = self.mention(note.first);
        let second = note.second.map(|word| self.mention(word));
        let (text, wrap) = self.colon_text(note.text);
        let over = (first, second);
        self.diagram.events.push(Event::Note(Note { placement: note.placement, over, text, wrap, span }));
    }

    fn autonumber(&mut self, autonumber: &tree::Autonumber) {
        // JavaScript's spelling of the number, which for these numbers is Rust's.
        let number = |word: Word| {
            self.source
                .slice(word)
                .parse::<f64>()
                .map_or_else(|_| self.source.slice(word).to_owned(), |n| n.to_string())
        };
        let start = autonumber.start.map(number);
        let step = autonumber.step.map(number).or_else(|| start.is_some().then(|| "1".to_owned()));
        self.diagram.events.push(Event::Autonumber(Autonumber { visible: !autonumber.off, start, step }));
    }

    fn open_box(&mut self, word: Word) {
        let word = self.source.trim(word);
        let (fill, label) =
            split_colour(self.source.slice(word)).unwrap_or(("transparent", self.source.slice(word)));
        let range = word.range();
        let (label, wrap) = self.text(Word::from(range.end - label.len()..range.end));
        self.current_box = Some(self.diagram.boxes.len());
        self.diagram.boxes.push(ParticipantBox {
            label,
            fill: fill.to_owned(),
            participants: Vec::new(),
            wrap,
        });
    }

    fn operand(&self, word: Word, span: Span) -> Operand {
        let (text, wrap) = self.text(word);
        Operand { text, wrap, span }
    }

    fn open_fragment(&mut self, kind: FragmentKind, word: Word, span: Span) {
        let ix = FragmentIx(self.diagram.fragments.len());
        let operands = vec![self.operand(word, span)];
        self.diagram.fragments.push(Fragment { kind, operands, span });
        self.open.push(ix);
        self.diagram.events.push(Event::Open(ix));
    }

    fn next_operand(&mut self, word: Word, span: Span) {
        let operand = self.operand(word, span);
        let Some(ix) = self.open.last().copied() else {
            return;
        };
        let operands = &mut self.diagram.fragments[ix.0].operands;
        self.diagram.events.push(Event::Operand(ix, operands.len()));
        operands.push(operand);
    }

    fn close_fragment(&mut self, span: Span) {
        let Some(ix) = self.open.pop() else { return };
        let fragment = &mut self.diagram.fragments[ix.0];
        fragment.span = fragment.span.join(span);
        self.diagram.events.push(Event::Close(ix));
    }

    /// Text that is not what it should be, such as broken JSON, is ignored, as in Mermaid.
    fn attach(&mut self, kind: AttachmentKind, participant: Word, text: Word) {
        let ix = self.mention(participant);
        let text = self.colon_text(text).0.excerpt.text;
        let participant = &mut self.diagram.participants[ix.0];
        match kind {
            AttachmentKind::Link => set(&mut participant.links, link(&text)),
            AttachmentKind::Links => {
                for (label, url) in json_keys(&text) {
                    let url = url.as_str().map_or_else(|| url.to_string(), str::to_owned);
                    set(&mut participant.links, (label, url));
                }
            }
            AttachmentKind::Properties => {
                for entry in json_keys(&text) {
                    set(&mut participant.properties, entry);
                }
            }
            AttachmentKind::Details => {}
        }
    }
}

/// Label and URL of `label @ url`.
///
/// Mermaid takes the character before `@` for a blank; without `@` it takes the whole text for the URL.
fn link(text: &str) -> (String, String) {
    let (label, url, n_dropped) =
        text.split_once('@').map_or((text, text, 2), |(label, url)| (label, url, 1));
    let label = label.char_indices().rev().nth(n_dropped - 1).map_or("", |(end, _)| &label[..end]);
    (label.trim_matches(is_space).to_owned(), url.trim_matches(is_space).to_owned())
}

/// The keys of a JSON object; none when the text is something else.
fn json_keys(text: &str) -> Map<String, Value> {
    serde_json::from_str(text).unwrap_or_default()
}

/// Sets a key, in the place where it was first set.
fn set<T>(entries: &mut Vec<(String, T)>, (key, value): (String, T)) {
    match entries.iter_mut().find(|entry| entry.0 == key) {
        Some(entry) => entry.1 = value,
        None => entries.push((key, value)),
    }
}
