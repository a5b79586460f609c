//! What holds for every drawing of a sequence diagram.
#![expect(clippy::float_cmp, reason = "what is on one line comes from one sum")]

use proptest::prelude::*;

use crate::base::offset_map::Excerpt;
use crate::draw::geometry::{Point, Rect};
use crate::draw::measure::{Face, TextMeasure};
use crate::draw::scene::{Anchor, Form, Ink, Item, Mark, Path, Role, Scene, Slot, Step, TextBlock};
use crate::draw::style::Style;
use crate::mermaid::diagram::Diagram;
use crate::mermaid::diagram::sequence::{Event, SequenceDiagram};
use crate::mermaid::read;

use super::lay_out;

/// Every character is half as wide as the font is high.
struct Typewriter;

impl TextMeasure for Typewriter {
    fn width(&self, text: &str, face: Face) -> f64 {
        text.chars().count() as f64 * face.size / 2.0
    }
}

fn diagram(body: &str) -> SequenceDiagram {
    match read(&Excerpt::whole(&format!("sequenceDiagram\n{body}"), 0)).diagram {
        Some(Diagram::Sequence(diagram)) => diagram,
        other => panic!("{other:?}"),
    }
}

fn drawn(body: &str) -> Scene {
    lay_out(&diagram(body), &Style::default(), &Typewriter)
}

fn around(points: &[Point]) -> Rect {
    let rects = points.iter().map(|point| Rect::new(point.x, point.y, 0.0, 0.0));
    rects.reduce(Rect::union).unwrap_or_default()
}

fn points(path: &Path) -> Vec<Point> {
    path.0
        .iter()
        .flat_map(|step| match *step {
            Step::Move(to) | Step::Line(to) => vec![to],
            Step::Quad(over, to) => vec![over, to],
            Step::Cubic(first, second, to) => vec![first, second, to],
            Step::Close => Vec::new(),
        })
        .collect()
}

/// Where letters are: small ones may reach below the baseline.
fn ink_of(text: &TextBlock) -> Rect {
    let lines = text.lines.iter().map(|line| {
        let left = if text.anchor == Anchor::Middle { line.at.x - line.width / 2.0 } else { line.at.x };
        Rect::new(left, line.at.y - 0.75 * text.size, line.width, text.size)
    });
    lines.reduce(Rect::union).unwrap_or_default()
}

fn extent(mark: &Mark) -> Rect {
    match mark {
        Mark::Area(area) => match &area.form {
            Form::Rect { rect, .. } | Form::Ellipse(rect) => *rect,
            Form::Path(path) => around(&points(path)),
        },
        Mark::Line(line) => around(&points(&line.path)),
        Mark::Text(text) => ink_of(text),
    }
}

fn extents<'a>(scene: &'a Scene, is: impl Fn(&Item) -> bool + 'a) -> Vec<Rect> {
    let items = scene.items.iter().filter(move |item| is(item));
    items.filter_map(|item| item.marks.iter().map(extent).reduce(Rect::union)).collect()
}

/// Texts of messages, and texts of fragments with their tabs.
fn texts(scene: &Scene) -> Vec<Rect> {
    let items = scene
        .items
        .iter()
        .filter(|item| matches!(item.role, Role::MessageText | Role::RowText | Role::Fragment { .. }));
    items.flat_map(|item| &item.marks).filter(|mark| matches!(mark, Mark::Text(_))).map(extent).collect()
}

/// The arrows of messages: sender, receiver, and their corners.
fn arrows(scene: &Scene) -> Vec<(&str, &str, Vec<Point>)> {
    scene
        .items
        .iter()
        .filter_map(|item| match (&item.role, item.marks.first()) {
            (Role::Message { from, to, .. }, Some(Mark::Line(line))) => {
                Some((from.as_str(), to.as_str(), points(&line.path)))
            }
            _ => None,
        })
        .collect()
}

fn lifeline(scene: &Scene, of: &str) -> Rect {
    let line = scene.items.iter().find(|item| matches!(&item.role, Role::Lifeline { id } if id == of));
    line.and_then(|item| item.marks.first()).map(extent).unwrap_or_default()
}

/// Sums of fractions may differ by less than anybody can see.
fn holds(outer: Rect, inner: Rect) -> bool {
    let outer = outer.grown(0.1);
    outer.x <= inner.x
        && outer.y <= inner.y
        && inner.right() <= outer.right()
        && inner.bottom() <= outer.bottom()
}

/// What is wrong with a drawing, in words.
fn faults(diagram: &SequenceDiagram, scene: &Scene) -> Vec<String> {
    let mut faults = Vec::new();
    let mut fault = |is_wrong: bool, what: &str, place: String| {
        if is_wrong {
            faults.push(format!("{what}: {place}"));
        }
    };
    let canvas = Rect::new(0.0, 0.0, scene.size.width, scene.size.height);
    for item in &scene.items {
        for mark in &item.marks {
            fault(!holds(canvas, extent(mark)), "outside", format!("{item:?}"));
        }
    }

    let texts = texts(scene);
    let notes = extents(scene, |item| matches!(item.role, Role::Note { .. }));
    let heads = extents(scene, |item| matches!(item.role, Role::Actor { .. }));
    let bars = scene.items.iter().filter(|item| matches!(item.role, Role::Activation { .. }));
    let bars: Vec<Rect> = bars.flat_map(|item| &item.marks).map(extent).collect();
    let arrows = arrows(scene);
    let things: Vec<Rect> = texts.iter().chain(&notes).chain(&heads).copied().collect();
    for (at, one) in things.iter().enumerate() {
        for other in &things[at + 1..] {
            fault(one.overlaps(*other), "overlap", format!("{one:?} {other:?}"));
        }
    }
    for text in &texts {
        let is_hit = |bar: &Rect| bar.overlaps(*text);
        fault(bars.iter().any(is_hit), "text on a bar", format!("{text:?}"));
        for (_, _, corners) in &arrows {
            let is_hit =
                corners.windows(2).any(|pair| around(&[pair[0], pair[1]]).grown(0.5).overlaps(*text));
            fault(is_hit, "text on a line", format!("{text:?} {corners:?}"));
        }
    }

    let mut lowest = 0.0;
    for (from, to, corners) in &arrows {
        let (Some(start), Some(end)) = (corners.first(), corners.last()) else {
            continue;
        };
        fault(start.y <= lowest, "above an earlier message", format!("{corners:?}"));
        lowest = end.y;
        for (id, place) in [(from, start), (to, end)] {
            let line = lifeline(scene, id);
            let mut edges = vec![line.x];
            let at_place = |rect: &&Rect| holds(**rect, Rect::new(rect.x, place.y, 0.0, 0.0));
            let near = |rect: &&Rect| (rect.center().x - line.x).abs() < 40.0;
            for rect in bars.iter().filter(at_place).filter(near).chain(heads.iter().filter(at_place)) {
                edges.extend([rect.x, rect.right()]);
            }
            // Circles of central connections and pictures of participants are in between.
            let is_off = edges.iter().all(|edge| (edge - place.x).abs() > 18.0);
            fault(is_off, "end in the air", format!("{id} {place:?} {edges:?}"));
        }
    }

    let frames = extents(scene, |item| matches!(item.role, Role::Fragment { .. }));
    for frame in &frames {
        let inside = |rect: &Rect| frame.y < rect.center().y && rect.center().y < frame.bottom();
        let lines = arrows.iter().map(|(_, _, corners)| around(corners));
        for rect in lines.chain(notes.iter().copied()).chain(texts.iter().copied()).filter(inside) {
            fault(!holds(*frame, rect), "leaves its frame", format!("{frame:?} {rect:?}"));
        }
        for other in &frames {
            let is_apart = !frame.overlaps(*other) || holds(*frame, *other) || holds(*other, *frame);
            fault(!is_apart, "frames cross", format!("{frame:?} {other:?}"));
        }
    }

    let count = |is: fn(&Event) -> bool| diagram.events.iter().filter(|event| is(event)).count();
    let n_frames = diagram.fragments.len();
    let n_lifelines = scene.items.iter().filter(|item| matches!(item.role, Role::Lifeline { .. })).count();
    for (what, n_drawn, n_written) in [
        ("messages", arrows.len(), count(|event| matches!(event, Event::Message(_)))),
        ("notes", notes.len(), count(|event| matches!(event, Event::Note(_)))),
        ("fragments", frames.len(), n_frames),
        ("lifelines", n_lifelines, diagram.participants.len()),
    ] {
        fault(n_drawn != n_written, "missing", format!("{n_drawn} of {n_written} {what}"));
    }
    faults
}

#[test]
fn diagrams_of_every_kind_are_without_fault() {
    let table = [
        "",
        "loop nothing\nend",
        "title Only a title",
        "participant a",
        "a->>a: to itself",
        "a->>b: there\nb-->>a: back",
        "a->>+b: call\nb->>+b: itself\nb-->>-b: done\nb-->>-a: result",
        "activate a\nactivate a\nactivate a\na->>b: from a deep one\nb->>c: next\na->>c: across",
        "deactivate a\nactivate ghost\na->>b: x\ndeactivate b",
        "a->>c: first\nactivate b\na->>c: a text that has to dodge the bar in the middle of its way\nb->>a: x",
        "note left of a: at the left edge\nnote over a,c: a long note over all that are here and some more\nb->>a: x\nnote right of c: y",
        "a->>b: x\ncreate participant c\nb->>c: make a very long way for what is created\nc-->>b: ready\ndestroy c\nb-xc: stop",
        "create participant c\nnote over c: on its own\na->>c: x\ndestroy c",
        "a->>b: x\nalt one condition that is so long that it does not fit\nactivate b\na->>b: y\nelse another\nb->>c: z\nend\ndeactivate b",
        "loop a\nloop b\nloop c\na->>a: deep inside of loops\nend\nend\nend\nb->>a: x",
        "rect rgb(0,255,0)\npar one\na->>c: x\nand two\na->>b: y\nend\nend",
        "box aqua Group of two\nparticipant a\nparticipant b\nend\nbox Other\nactor c\nend\na->>c: over the border of the boxes\nnote right of b: in between",
        "autonumber 10 10\na->>b: x\nb()->>()a: y\nb->>b: z\na<<->>b: w\na/|-b: v\na->>c: through the middle",
        "participant a as a name that is so long that it has to be wrapped somewhere\nactor b as another name that is long\na->>b: x",
    ];
    for body in table {
        let diagram = diagram(body);
        assert_eq!(
            faults(&diagram, &lay_out(&diagram, &Style::default(), &Typewriter)),
            Vec::<String>::new(),
            "{body}"
        );
    }
}

#[test]
fn a_bar_ends_with_its_activation_or_at_the_end() {
    let bars = |body| extents(&drawn(body), |item| matches!(item.role, Role::Activation { .. }));
    let ended = bars("a->>+b: x\nb-->>-a: y\na->>a: z");
    let open = bars("a->>+b: x\nb-->>a: y\na->>a: z");
    assert_eq!((ended.len(), open.len()), (1, 1));
    assert!(open[0].bottom() > ended[0].bottom());
}

#[test]
fn an_arrow_ends_at_the_edge_of_the_bar() {
    let scene = drawn("a->>+b: x\nb-->>-a: y\nc->>b: z");
    let bar = extents(&scene, |item| matches!(item.role, Role::Activation { .. }))[0];
    let arrows = arrows(&scene);
    assert_eq!((arrows[0].2[1].x, arrows[1].2[0].x), (bar.x, bar.x));
    assert_eq!((arrows[0].2[1].y, arrows[1].2[0].y), (bar.y, bar.bottom()));
    assert_eq!(arrows[2].2[1].x, lifeline(&scene, "b").x);
}

#[test]
fn lifelines_start_with_creation_and_end_with_destruction() {
    let scene = drawn("a->>b: x\ncreate actor c\nb->>c: y\ndestroy a\nb-xa: z\nb->>c: w");
    let (a, b, c) = (lifeline(&scene, "a"), lifeline(&scene, "b"), lifeline(&scene, "c"));
    assert!(a.y == b.y && a.bottom() < b.bottom());
    assert!(c.y > b.y && c.bottom() == b.bottom());
    let n_heads =
        |of: &str| extents(&scene, |item| matches!(&item.role, Role::Actor { id, .. } if id == of)).len();
    assert_eq!([n_heads("a"), n_heads("b"), n_heads("c")], [1, 2, 2]);
}

#[test]
fn members_of_a_box_stand_beside_each_other() {
    let scene =
        drawn("participant x\na->>b: 1\nb->>x: 2\nbox G\nparticipant x as X\nparticipant b as B\nend");
    assert!(lifeline(&scene, "b").x < lifeline(&scene, "a").x);
}

#[test]
fn a_text_on_lifelines_has_a_plate() {
    let plates = |body: &str| {
        let scene = drawn(body);
        let items = scene.items.iter().filter(|item| item.role == Role::MessageText);
        let is_plate =
            |mark: &&Mark| matches!(mark, Mark::Area(area) if area.fill == Ink::Theme(Slot::Plate));
        items.flat_map(|item| &item.marks).filter(is_plate).count()
    };
    let narrow = "participant a\nparticipant b\nparticipant c\na->>c: ";
    assert_eq!(plates(&format!("{narrow}short")), 0);
    assert_eq!(plates(&format!("{narrow}a text that no gap is wide enough for")), 1);
}

#[test]
fn nesting_and_length_have_no_limit() {
    let nested = format!("{}a->>b: x\n{}", "loop x\n".repeat(2_000), "end\n".repeat(2_000));
    assert_eq!(drawn(&nested).items.len(), 2_000 + 2 * 3 + 2);
    let long: Vec<String> = (0..10_000).map(|n| format!("p{}->>p{}: {n}", n % 300, n % 7)).collect();
    let long = long.join("\n");
    assert_eq!(arrows(&drawn(&long)).len(), 10_000);
}

fn narrow(diagram: &SequenceDiagram, fit: f64) -> Scene {
    lay_out(diagram, &Style { fit: Some(fit), ..Style::default() }, &Typewriter)
}

fn blocks(scene: &Scene) -> impl Iterator<Item = &TextBlock> {
    scene.items.iter().flat_map(|item| &item.marks).filter_map(|mark| match mark {
        Mark::Text(text) => Some(text),
        _ => None,
    })
}

/// Characters that are read; blanks go where lines break.
fn n_characters(scene: &Scene) -> usize {
    let runs = blocks(scene).flat_map(|text| &text.lines).flat_map(|line| &line.runs);
    runs.flat_map(|run| run.text.chars()).filter(|c| !c.is_whitespace()).count()
}

/// What is wrong with a drawing for `fit` px, in words.
fn narrow_faults(diagram: &SequenceDiagram, fit: f64) -> Vec<String> {
    let (scene, wide) = (narrow(diagram, fit), lay_out(diagram, &Style::default(), &Typewriter));
    let mut faults = faults(diagram, &scene);
    if scene.size.width > fit {
        faults.push(format!("{} px wide", scene.size.width));
    }
    if let Some(text) = blocks(&scene).find(|text| text.size < 13.0) {
        faults.push(format!("small text: {text:?}"));
    }
    if n_characters(&scene) < n_characters(&wide) {
        faults.push("some text is missing".to_owned());
    }
    faults
}

#[test]
fn a_narrow_drawing_has_lanes_with_text_beside_them() {
    let diagram = diagram(
        "participant a as The one that asks\nparticipant b as The one that knows\nparticipant c as The one that keeps\na->>b: what is there to know\nb->>c: where is it\nc-->>a: here",
    );
    let scene = narrow(&diagram, 390.0);
    let right = arrows(&scene).iter().flat_map(|(_, _, corners)| corners).map(|at| at.x).fold(0.0, f64::max);
    let texts = extents(&scene, |item| item.role == Role::RowText);
    assert_eq!(texts.len(), 3);
    assert!(texts.iter().all(|text| text.x > right), "{texts:?} {right}");
    // What fits anyway stays as it is.
    let wide = narrow(&diagram, 2_000.0);
    assert!(extents(&wide, |item| item.role == Role::RowText).is_empty());
}

#[test]
fn where_lanes_leave_no_column_texts_stand_above_their_lines() {
    let crowd = |n: usize| {
        let messages = (1..n).map(|at| format!("p{}->>p{at}: from one to the next\n", at - 1));
        diagram(&messages.collect::<String>())
    };
    for n in [12, 20, 40, 200] {
        let diagram = crowd(n);
        assert_eq!(narrow_faults(&diagram, 390.0), Vec::<String>::new(), "{n}");
        let scene = narrow(&diagram, 390.0);
        let texts = extents(&scene, |item| item.role == Role::RowText);
        for (text, (_, _, corners)) in texts.iter().zip(arrows(&scene)) {
            assert!(text.bottom() <= corners[0].y, "{n}: {text:?} {corners:?}");
        }
    }
}

#[test]
fn a_narrow_drawing_of_any_length_and_depth_is_drawn() {
    let nested = format!("{}a->>b: x\n{}", "loop x\n".repeat(1_000), "end\n".repeat(1_000));
    assert_eq!(arrows(&narrow(&diagram(&nested), 300.0)).len(), 1);
    let bars: Vec<String> = (0..1_000).map(|n| format!("activate p{n}\np{n}->>p{}: a text", n % 7)).collect();
    assert_eq!(arrows(&narrow(&diagram(&bars.join("\n")), 300.0)).len(), 1_000);
}

const WORDS: [&str; 8] =
    ["vote", "quorum", "the", "a", "fence it now", "x", "really-very-long-word", "ok<br/>so"];
const ARROWS: [&str; 8] = ["->>", "-->>", "-x", "-)", "<<->>", "->", "/|-", "->>()"];

const HEADS: [&str; 4] = [
    "",
    "title A title that may be wider than the drawing below it\n",
    "box aqua One\nparticipant a\nparticipant c\nend\nbox Two of them, with a long title\nactor b\nend\n",
    "participant d@{ \"type\": \"database\" }\nparticipant a@{ \"type\": \"queue\" }\n",
];

fn statement() -> impl Strategy<Value = String> {
    let id = || prop::sample::select(vec!["a", "b", "c", "d", "e"]);
    let text = || {
        prop::collection::vec(prop::sample::select(WORDS.to_vec()), 0..8).prop_map(|words| words.join(" "))
    };
    let arrow = prop::sample::select(ARROWS.to_vec());
    let mark = prop::sample::select(vec!["", "", "+", "-"]);
    let fragment = prop::sample::select(vec!["loop", "opt", "alt", "par", "break", "critical", "rect #eee"]);
    let separator = prop::sample::select(vec!["else", "and", "option"]);
    let place = prop::sample::select(vec!["left of", "right of", "over"]);
    let alone = prop::sample::select(vec!["end", "autonumber", "autonumber off"]);
    prop_oneof![
        8 => (id(), arrow, mark, id(), text())
            .prop_map(|(from, arrow, mark, to, text)| format!("{from}{arrow}{mark}{to}: {text}")),
        1 => (place, id(), text()).prop_map(|(place, id, text)| format!("note {place} {id}: {text}")),
        1 => (id(), id(), text()).prop_map(|(from, to, text)| format!("note over {from},{to}: {text}")),
        2 => (fragment, text()).prop_map(|(fragment, text)| format!("{fragment} {text}")),
        1 => (separator, text()).prop_map(|(separator, text)| format!("{separator} {text}")),
        3 => alone.prop_map(str::to_owned),
        1 => id().prop_map(|id| format!("activate {id}")),
        1 => id().prop_map(|id| format!("deactivate {id}")),
        1 => (id(), id(), text()).prop_map(|(from, new, text)| format!("create actor {new}\n{from}->>{new}: {text}")),
        1 => id().prop_map(|id| format!("destroy {id}")),
    ]
}

/// So many that texts stand above their lines.
const CROWD: &str = "participant f\nparticipant g\nparticipant h\nparticipant i\nparticipant j\nparticipant k\nparticipant l\nparticipant m\n";

proptest! {
    #[test]
    fn any_events_fit_any_width(
        head in prop::sample::select([&HEADS[..], &[CROWD]].concat()),
        statements in prop::collection::vec(statement(), 0..40),
        fit in 240.0..900.0,
    ) {
        let body = format!("{head}{}", statements.join("\n"));
        let diagram = diagram(&body);
        prop_assert_eq!(narrow_faults(&diagram, fit), Vec::<String>::new(), "{} {}", fit, body);
        prop_assert_eq!(format!("{:?}", narrow(&diagram, fit)), format!("{:?}", narrow(&diagram, fit)));
    }

    #[test]
    fn any_events_are_drawn_without_fault(
        head in prop::sample::select(HEADS.to_vec()),
        statements in prop::collection::vec(statement(), 0..40),
    ) {
        let body = format!("{head}{}", statements.join("\n"));
        let diagram = diagram(&body);
        let scene = lay_out(&diagram, &Style::default(), &Typewriter);
        prop_assert_eq!(faults(&diagram, &scene), Vec::<String>::new(), "{}", body);
        prop_assert_eq!(format!("{scene:?}"), format!("{:?}", lay_out(&diagram, &Style::default(), &Typewriter)));
    }
}
