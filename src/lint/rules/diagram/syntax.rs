use crate::base::diagnostic::{Applicability, Diagnostic, Severity};
use crate::base::edit::Edit;
use crate::base::text::Span;
use crate::lint::rule::{DiagramCx, Stage, declare_rule};
use crate::lint::wording::{code, count, or, short};
use crate::mermaid::detect::Kind;
use crate::mermaid::syntax::{Expected, Found, Problem, Remedy, SyntaxError};
use crate::mermaid::yaml::YamlProblem;

declare_rule! {
    /// ## What it checks
    /// Statements that Mermaid refuses.
    ///
    /// Flowcharts, state and sequence diagrams are read as Mermaid 12 reads them, with its oddities. Of other kinds no
    /// diagram is understood: class, entity relationship, C4, Gantt, Git, packet, pie, radar, requirement, Sankey, treemap
    /// and XY diagrams are checked statement by statement, as far as Merrow is sure, and of all others only the first line
    /// is looked at. What Mermaid accepts is no finding here, however unusual.
    ///
    /// ## Why it matters
    /// One statement that Mermaid refuses, and readers see an error instead of the whole diagram.
    ///
    /// ## Example
    /// ```mermaid
    /// flowchart LR
    ///     Scanner --> Feed[Feed of CVEs][3]
    /// ```
    ///
    /// ## Use instead
    /// ```mermaid
    /// flowchart LR
    ///     Scanner --> Feed["Feed of CVEs [3]"]
    /// ```
    pub(crate) static SYNTAX = {
        name: "syntax", code: "DG001", severity: Severity::Error,
        check: Stage::Diagram(check),
    }
}

fn check(cx: &DiagramCx) -> Vec<Diagnostic> {
    let errors = cx.reading.errors.iter();
    // A text that names no kind of diagram, and one that is taken for C4, have rules of their own.
    errors
        .filter(|error| !matches!(error.problem, Problem::NoDiagram | Problem::TakenForC4))
        .map(|error| advise(cx, error, word(cx, error)))
        .collect()
}

/// What is wrong, with the facts of the problem.
fn word(cx: &DiagramCx, error: &SyntaxError) -> Diagnostic {
    let say = |message: String| Diagnostic::new(&SYNTAX.meta, cx.place(error.cause()), message);
    let kind = word_kind(cx.reading.kind);
    match &error.problem {
        Problem::NoDiagram => say("nothing here names a kind of diagram".to_owned()),
        Problem::EntityInStyles { entity } => {
            say(format!("Mermaid reads `{entity}` as one character, and not as a colour"))
                .note("styles are parted by commas")
        }
        Problem::TakenForC4 => say("Mermaid takes this diagram for C4".to_owned()),
        Problem::UnreadFrontMatter => say("Mermaid does not read this front matter, and then refuses it".to_owned())
            .help("begin the diagram with `---`, without a line before it, and end with `---` at the same indentation"),
        Problem::BareComment => say("a line of `%%` alone is no comment".to_owned())
            .note("Mermaid removes a comment only when at least one character follows `%%`")
            .help("write the comment behind `%%`, or remove the line"),
        Problem::FrontMatter(problem) => say(format!("the front matter of this diagram {}", word_yaml(problem)))
            .note("Mermaid reads front matter as YAML 1.2, and draws nothing when it cannot"),
        Problem::Metadata(problem) => say(format!("this `@{{ }}` {}", word_yaml(problem)))
            .help("on one line write `@{ key: value, key: value }`; text with punctuation goes between double quotes"),
        Problem::Header { found, expected } => {
            say(format!("`{}` is not how {kind} begins", short(found))).help(format!("begin with {}", or(&code(expected))))
        }
        Problem::Unexpected { found, expected } => {
            let expected: Vec<String> = expected.iter().map(|expected| word_expected(*expected)).collect();
            let finding = say(match found {
                Found::EndOfLine => "this line ends too early".to_owned(),
                Found::EndOfText => "the diagram ends too early".to_owned(),
                Found::Token(_) => format!("{} cannot stand here", word_found(found)),
            });
            if expected.is_empty() { finding } else { finding.label(format!("{} is expected", or(&expected))) }
        }
        Problem::UnknownCharacter(c) => {
            say(format!("`{}` cannot stand here in {kind}", c.escape_debug()))
                .help("put a text that holds it between double quotes")
        }
        Problem::UnclosedBracket { opener, closer, .. } => say(format!("this `{opener}` is never closed"))
            .label(format!("`{closer}` is missing"))
            .related(cx.place(error.span), "Mermaid reads on to here"),
        Problem::MismatchedBracket { opener, closer, opened, found } => {
            say(format!("{} does not close `{opener}`", word_found(found)))
                .label(format!("`{closer}` is expected"))
                .related(cx.place(*opened), format!("`{opener}` opens here"))
        }
        Problem::NeedsQuotes { found: '"', label } => {
            Diagnostic::new(&SYNTAX.meta, cx.place(*label), "a quote cannot stand in a label without quotes")
                .note("a quote inside a quoted label is written `#quot;`")
        }
        Problem::NeedsQuotes { found, label } => say(format!("`{found}` cannot stand in a label without quotes"))
            .related(cx.place(*label), "this label"),
        Problem::UnclosedQuote { opened } if *opened == error.span => say("this quote is never closed".to_owned())
            .help("end the text with the same quote"),
        Problem::UnclosedQuote { .. } => say("this quote is never closed".to_owned())
            .related(cx.place(error.span), "Mermaid reads on to here")
            .help("end the text with `\"`; a quote inside a text is written `#quot;`"),
        Problem::UnclosedMarkdown { .. } => say("this markdown string does not end as it should".to_owned())
            .related(cx.place(error.span), "Mermaid reads on to here")
            .help("write \"`text`\", without a quote or a backtick in the text"),
        Problem::TextBehindQuotes { found } => say(format!("`{}` stands behind the quoted text", found.escape_debug()))
            .note("a text between quotes is the whole of its label")
            .help("move the closing quote to the end of the text"),
        Problem::UnjoinedAmpersand => say("this `&` does not stand between two nodes".to_owned())
            .note("Mermaid wants a blank on both sides of `&`, on one line; otherwise it belongs to the name")
            .help("write `A & B`"),
        Problem::EmptyLabel => say("these brackets hold no label".to_owned())
            .help("leave the brackets out, or write `[\" \"]` for an empty box"),
        Problem::CitationAfterNode { label } => say("a node has one label, and this is a second".to_owned())
            .label(format!("`{}` looks like a citation", cx.text_at(error.span)))
            .related(cx.place(*label), "the label"),
        Problem::ReservedWord { word } => say(format!("`{word}` is a word of the language and cannot be a name here"))
            .help(format!("write `{}`, or give another id and `{word}` as its label", capitalised(word))),
        Problem::ForeignStatement { word, header } => say(format!("`{word}` is no statement of {kind}"))
            .label(format!("`{header}` has it"))
            .help(format!("say it as {kind} does, or draw it in a block that begins with `{header}`")),
        Problem::SecondDiagram { header } => say(format!("`{header}` begins a second diagram"))
            .help("a block holds one diagram: give this one a block of its own"),
        Problem::ColourFunction { colour } => {
            let finding = say(format!("`{}` cannot stand in a style", short(colour)))
                .note("Mermaid takes no brackets in style declarations");
            if error.remedy.is_some() { finding } else { finding.help("write the colour as `#rrggbb`") }
        }
        Problem::NoteOverSeveral => say("a note spans two participants at most".to_owned())
            .help("name the first and the last of those it spans"),
        Problem::ForeignArrow { arrow, nearest } => say(format!("`{arrow}` is no arrow of {kind}"))
            .help(format!("write `{nearest}`")),
        Problem::MismatchedArrow { began, opened, found } => {
            say(format!("{} does not end the arrow that `{began}` began", word_found(found)))
                .related(cx.place(*opened), "the arrow begins here")
                .help("begin and end an arrow with the same line: `-- text -->`, `== text ==>`, `-. text .->`")
        }
        Problem::UnclosedArrow { began, .. } => say(format!("the arrow that `{began}` begins never ends"))
            .related(cx.place(error.span), "Mermaid reads on to here")
            .help("write `-- text -->`, or `-->` for an arrow without a text"),
        Problem::MissingArrowTarget { arrow } => say(format!("`{arrow}` leads to nothing"))
            .help("name the node it leads to"),
        Problem::MissingArrowSource { arrow } => say(format!("`{arrow}` comes from nothing"))
            .help("name the node it comes from"),
        Problem::MissingSeparator { found } => say(format!("`{}` begins a second statement on this line", short(found)))
            .help("put it on a line of its own, or write `;` before it"),
        Problem::TrailingComment => say("Mermaid knows no comment behind a statement".to_owned())
            .help("put the comment on a line of its own"),
        Problem::Unclosed { keyword, closer, n_more, .. } => {
            let finding = say(format!("this `{keyword}` has no `{closer}`"));
            match n_more {
                0 => finding,
                1 => finding.note("the block around it never ends either"),
                n => finding.note(format!("the {n} blocks around it never end either")),
            }
        }
        Problem::StrayEnd => say("this `end` closes nothing".to_owned()).help(match cx.reading.kind {
            Some(Kind::Sequence) => "remove it, or open the fragment that it should close",
            _ => "remove it, or write `End` if a node is meant",
        }),
        Problem::NamelessSubgraph => say("this subgraph has neither an id nor a title".to_owned())
            .help("write `subgraph Title`"),
        Problem::UnknownShape { name, nearest } => {
            let finding = say(format!("Mermaid has no shape `{name}`"));
            match nearest {
                Some(nearest) => finding.help(format!("write `{nearest}` if that is meant")),
                None => finding,
            }
        }
        Problem::BadMetadata { key, value } => say(format!("`{value}` is no value that `{key}` can have")),
        Problem::ChainedArrow { arrow, first } => say(format!("`{arrow}` cannot follow a transition on its line"))
            .related(cx.place(*first), "the transition")
            .note("a state diagram has one transition to a statement")
            .help("write each transition on a line of its own"),
        Problem::QuotedId => say("a text between quotes is no id".to_owned())
            .help("write `state \"text\" as Id`, and `Id` where the state is meant"),
        Problem::EmptyDescription => say("nothing stands behind this colon".to_owned())
            .help("write the text behind it, or leave the colon out"),
        Problem::AliasWithoutText => say("`as` gives an id to a text between quotes, and there is none".to_owned())
            .help("write `state \"text\" as Id`"),
        Problem::CompositeNameWithBlanks => say("the id of a state is one word".to_owned())
            .help(format!("write `state \"{}\" as Id {{`", short(cx.text_at(error.span).trim()))),
        Problem::CompositeWithoutState => say("a composite begins with the word `state`".to_owned())
            .help("write `state Id {`"),
        Problem::SeveralDescriptions { id } => say(format!("the composite `{id}` has a second description"))
            .note("Mermaid shows a composite's title only, and refuses a second one")
            .help("describe a state inside it instead"),
        Problem::UnclosedNote { .. } => say("this note never ends".to_owned())
            .help("write `note right of Id : text`, or end the text with a line of `end note`"),
        Problem::MissingMessageText => say("this message has no text".to_owned())
            .note("Mermaid wants a colon behind the receiver; the text behind it may be empty")
            .help("write `: ` and what is said"),
        Problem::MisplacedOperand { keyword, belongs_to, inside } => {
            let finding = say(format!("`{keyword}` belongs into `{belongs_to}`"));
            match inside {
                Some((around, opened)) => finding.related(cx.place(*opened), format!("but stands in this `{around}`")),
                None => finding.label("but stands in none"),
            }
        }
        Problem::NotInBox { found, opened } => {
            say(format!("`{}` cannot stand in a `box`, which holds declarations only", short(found)))
                .related(cx.place(*opened), "the box opens here")
                .help("close the box with `end` above")
        }
        Problem::InTwoBoxes { id } => say(format!("`{id}` stands in another box already"))
            .help("declare it in one box only"),
        Problem::NotActive { id } => say(format!("`{id}` is not active here, so nothing can end"))
            .note("`-` behind an arrow ends the activation of the sender; activations are counted from top to bottom, through \
                   all branches")
            .help(format!("start it with `activate {id}` above, or leave the end out")),
        Problem::AlreadyExists { id, first } => say(format!("`{id}` exists already and cannot be created"))
            .related(cx.place(*first), "first mentioned here")
            .help(format!("write `participant {id}`, or create it before it is mentioned")),
        Problem::NotCreatedByMessage { id, created } => say(format!("this message should go to `{id}`"))
            .related(cx.place(*created), format!("`{id}` is created here, by the message that follows"))
            .help("put `create` directly above the message that creates"),
        Problem::NotDestroyedByMessage { id, destroyed } => say(format!("this message should leave or reach `{id}`"))
            .related(cx.place(*destroyed), format!("`{id}` is destroyed here, by the message that follows"))
            .help("put `destroy` directly above the message that destroys"),
        Problem::NegativeSlice => {
            say(format!("`{}` is below 0, which no slice of a pie can be", cx.text_at(error.span)))
        }
        Problem::BitGap { expected } => say(format!("this field should begin at bit {expected}"))
            .note("Mermaid draws no packet with a gap, or with bits that are taken twice"),
        Problem::NoBits => say("this field takes no bits".to_owned())
            .help("write `first-last`, the last bit not below the first, or `+` and the number of bits"),
        Problem::TrailingIndentation { .. } => say("blanks stand behind the last row".to_owned())
            .note("Mermaid takes them for the indentation of another row, and refuses the whole when none follows")
            .help("remove them"),
        Problem::NoSuchEdge { index, n_edges } => say(format!("there is no edge number {index} yet"))
            .label(match n_edges {
                0 => "no edge stands above".to_owned(),
                n => format!("{} above, counted from 0", count(*n, "edge")),
            })
            .help("put `linkStyle` behind the edges it names"),
    }
}

/// Adds the remedy as help and as a fix.
fn advise(cx: &DiagramCx, error: &SyntaxError, finding: Diagnostic) -> Diagnostic {
    if let (Problem::CitationAfterNode { label }, Some(Remedy::Replace(_, quoted))) =
        (&error.problem, &error.remedy)
    {
        let citation = error.span;
        return finding.help(format!("quote the label to keep the citation inside: {quoted}")).fix(
            Applicability::Safe,
            vec![Edit::replace(*label, quoted.as_str()), Edit::replace(citation, "")],
        );
    }
    if let (Problem::NeedsQuotes { .. }, Some(Remedy::Replace(label, quoted))) =
        (&error.problem, &error.remedy)
    {
        return finding
            .help(format!("quote the label, and the quotes in it: {quoted}"))
            .fix(Applicability::Safe, vec![Edit::replace(*label, quoted.as_str())]);
    }
    let Some(remedy) = &error.remedy else {
        return finding;
    };
    // A comma is what the semicolon was meant to be.
    let applies = if matches!(error.problem, Problem::EntityInStyles { .. }) {
        Applicability::Safe
    } else {
        Applicability::Unsafe
    };
    let (advice, applicability, edits) = match remedy {
        // Only quotes keep what is said; the others guess what was meant.
        Remedy::Quote(span) => (
            format!("put the label between double quotes: \"{}\"", cx.text_at(*span)),
            Applicability::Safe,
            vec![Edit::replace(Span::at(span.start), "\""), Edit::replace(Span::at(span.end), "\"")],
        ),
        Remedy::Replace(span, text) => (
            format!("write `{text}` instead of `{}`", cx.text_at(*span)),
            applies,
            vec![Edit::replace(*span, text.as_str())],
        ),
        Remedy::Insert(span, text) => (
            format!("add `{}` behind `{}`", text.trim(), before(cx, *span)),
            applies,
            vec![Edit::replace(*span, text.as_str())],
        ),
        Remedy::Remove(span) => {
            (format!("remove `{}`", cx.text_at(*span)), applies, vec![Edit::replace(*span, "")])
        }
    };
    let finding = if finding.help.is_none() { finding.help(advice) } else { finding };
    finding.fix(applicability, edits)
}

fn word_kind(kind: Option<Kind>) -> &'static str {
    match kind {
        Some(Kind::Flowchart | Kind::FlowchartElk) => "a flowchart",
        Some(Kind::State) => "a state diagram",
        Some(Kind::Sequence) => "a sequence diagram",
        Some(Kind::Class) => "a class diagram",
        Some(Kind::EntityRelationship) => "an entity relationship diagram",
        Some(Kind::Gantt) => "a Gantt chart",
        Some(Kind::GitGraph) => "a Git graph",
        Some(Kind::Pie) => "a pie chart",
        _ => "a diagram of this kind",
    }
}

fn word_yaml(problem: &YamlProblem) -> String {
    match problem {
        YamlProblem::TooDeep => "is nested deeper than Merrow reads".to_owned(),
        YamlProblem::DuplicateKey(key) => format!("has the key `{key}` twice"),
        YamlProblem::Unsupported => "uses an anchor or a type, which Merrow does not follow".to_owned(),
        YamlProblem::Malformed(reason) => format!("is no YAML: {reason}"),
    }
}

fn word_found(found: &Found) -> String {
    match found {
        Found::EndOfText => "the end of the diagram".to_owned(),
        Found::EndOfLine => "the end of the line".to_owned(),
        Found::Token(token) => format!("`{}`", short(token)),
    }
}

fn word_expected(expected: Expected) -> String {
    match expected {
        Expected::Statement => "a statement".to_owned(),
        Expected::EndOfStatement => "the end of the statement".to_owned(),
        Expected::EndOfLine => "the end of the line".to_owned(),
        Expected::Node => "a node".to_owned(),
        Expected::State => "a state".to_owned(),
        Expected::Participant => "a participant".to_owned(),
        Expected::Arrow => "an arrow".to_owned(),
        Expected::Id => "an id".to_owned(),
        Expected::ClassName => "the name of a class".to_owned(),
        Expected::Direction => "a direction (`TB`, `BT`, `LR`, `RL`)".to_owned(),
        Expected::Styles => "style declarations such as `fill:#f96`".to_owned(),
        Expected::Number => "a number".to_owned(),
        Expected::Text => "a text".to_owned(),
        Expected::QuotedText => "a text between double quotes".to_owned(),
        Expected::Entity => "the name of an entity".to_owned(),
        Expected::AttributeType => "the type of an attribute".to_owned(),
        Expected::AttributeName => "the name of an attribute".to_owned(),
        Expected::Literal(literal) => format!("`{literal}`"),
    }
}

/// The last word before a place, for a message.
fn before<'a>(cx: &DiagramCx<'a>, place: Span) -> &'a str {
    let text = Span::new(0, place.start).slice(cx.text);
    let line = text.rsplit('\n').next().unwrap_or_default();
    line.rsplit(char::is_whitespace).find(|word| !word.is_empty()).unwrap_or(line)
}

fn capitalised(word: &str) -> String {
    let mut characters = word.chars();
    characters.next().map_or_else(String::new, |first| first.to_uppercase().chain(characters).collect())
}
