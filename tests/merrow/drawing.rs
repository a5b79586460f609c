//! Laws of drawings, over every page of the fixtures, over generated diagrams, and over a blog where `MERROW_CORPUS` names
//! one.
#![expect(clippy::disallowed_methods, reason = "a test reads the blog itself")]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::fs;

use merrow::base::offset_map::Excerpt;
use merrow::document::{self, SourceKind};
use merrow::draw::font::Typeface;
use merrow::draw::measure::FontMetrics;
use merrow::draw::raster::{self, FontBook, RasterError};
use merrow::draw::scene::Scene;
use merrow::draw::style::{self, Style};
use merrow::draw::svg::Fonts;
use merrow::draw::{self, svg};
use merrow::mermaid;
use merrow::mermaid::config::Config;
use merrow::mermaid::diagram::Diagram;
use merrow::mermaid::diagram::flowchart::Stroke;
use merrow::mermaid::diagram::sequence::Event;
use merrow::pipeline::drawing;
use proptest::prelude::*;
use resvg::tiny_skia::Pixmap;
use usvg::roxmltree;

use crate::corpus::blog;
use crate::fixtures::pages;

/// What reads SVG here: usvg with the font that Merrow measures with, and no other.
fn reader() -> usvg::Options<'static> {
    let mut options = usvg::Options::default();
    let fonts = options.fontdb_mut();
    for typeface in Typeface::ALL {
        fonts.load_font_data(typeface.bytes().to_vec());
    }
    fonts.set_sans_serif_family("DejaVu Sans");
    options
}

/// Every text below a group.
fn texts<'a>(group: &'a usvg::Group, found: &mut Vec<&'a usvg::Text>) {
    for node in group.children() {
        match node {
            usvg::Node::Group(inner) => texts(inner, found),
            usvg::Node::Text(text) => found.push(text),
            _ => {}
        }
    }
}

/// The glyphs of a text say all of it that the font has, and none of them is the box that stands for what it lacks.
fn is_spelled(text: &usvg::Text, place: &str) {
    let asked: String = text.chunks().iter().map(usvg::TextChunk::text).collect();
    let glyphs = text.layouted().iter().flat_map(|span| &span.positioned_glyphs);
    let drawn: BTreeSet<char> =
        glyphs.filter(|glyph| glyph.id.0 != 0).flat_map(|glyph| glyph.text.chars()).collect();
    let held = asked.chars().filter(|c| !c.is_whitespace() && !c.is_control() && Typeface::Regular.holds(*c));
    let lost: String = held.filter(|c| !drawn.contains(c)).collect();
    assert!(lost.is_empty(), "{place}: {lost:?} of {asked:?} is drawn");
}

/// How often each `data-id` stands at an element of a class.
fn ids(document: &roxmltree::Document, class: &str) -> BTreeMap<String, usize> {
    let mut ids = BTreeMap::new();
    for node in document.descendants() {
        let classes = node.attribute("class").unwrap_or_default();
        if classes.split(' ').any(|known| known == class) {
            *ids.entry(node.attribute("data-id").unwrap_or_default().to_owned()).or_default() += 1;
        }
    }
    ids
}

/// As [`ids`], of what should be there.
fn counted<'a>(ids: impl Iterator<Item = &'a str>) -> BTreeMap<String, usize> {
    let mut counted = BTreeMap::new();
    for id in ids {
        *counted.entry(id.to_owned()).or_default() += 1;
    }
    counted
}

/// The drawing stands alone, is drawn by another program, and nothing of it lies outside.
fn is_sound(svg: &str, place: &str, options: &usvg::Options) {
    for forbidden in ["<script", "foreignObject", "<image", "@import", "NaN", "\n\n"] {
        assert!(!svg.contains(forbidden), "{place}: {forbidden:?}");
    }
    let tree = usvg::Tree::from_str(svg, options).unwrap_or_else(|error| panic!("{place}: {error}"));
    let size = tree.size();
    let mut found = Vec::new();
    texts(tree.root(), &mut found);
    assert_eq!(found.len(), svg.matches("<text").count(), "{place}: no text is lost");
    for text in found {
        let shown: String = text.chunks().iter().map(usvg::TextChunk::text).collect();
        assert!(text.flattened().has_children() || shown.trim().is_empty(), "{place}: {shown:?} is drawn");
        is_spelled(text, place);
    }
    let whole = tree.root().abs_stroke_bounding_box();
    assert!(
        whole.left() > -0.5
            && whole.top() > -0.5
            && whole.right() < size.width() + 0.5
            && whole.bottom() < size.height() + 0.5,
        "{place}: {whole:?} in {size:?}"
    );
}

/// Everything that the diagram holds is in the drawing.
fn is_complete(svg: &str, diagram: &Diagram, place: &str) {
    let document = roxmltree::Document::parse(svg).unwrap_or_else(|error| panic!("{place}: {error}"));
    match diagram {
        Diagram::Flowchart(chart) => {
            let nodes =
                chart.nodes.iter().filter(|node| node.subgraph.is_none()).map(|node| node.id.as_str());
            assert_eq!(ids(&document, "node"), counted(nodes), "{place}: nodes");
            let clusters = chart.subgraphs.iter().map(|subgraph| subgraph.id.as_str());
            assert_eq!(ids(&document, "cluster"), counted(clusters), "{place}: subgraphs");
            let visible = || chart.edges.iter().filter(|edge| edge.stroke != Some(Stroke::Invisible));
            let edges = visible().map(|edge| edge.id.as_str());
            assert_eq!(ids(&document, "flowchart-link"), counted(edges), "{place}: edges");
            let labels = visible().filter(|edge| {
                edge.label.as_ref().is_some_and(|label| !draw::label::plain(label).is_empty())
            });
            let labels = labels.map(|edge| edge.id.as_str());
            assert_eq!(ids(&document, "edgeLabel"), counted(labels), "{place}: labels");
        }
        Diagram::State(diagram) => {
            let count = |class| ids(&document, class).values().sum::<usize>();
            let n_drawn = count("node") + count("cluster");
            assert_eq!(n_drawn, diagram.states.len() + diagram.notes.len(), "{place}: states and notes");
            let n_lines = diagram.transitions.len() + diagram.notes.len();
            assert_eq!(count("transition"), n_lines, "{place}: transitions");
        }
        Diagram::Sequence(diagram) => {
            let count = |class| ids(&document, class).values().sum::<usize>();
            let n_messages = diagram.events.iter().filter(|event| matches!(event, Event::Message(_))).count();
            assert_eq!(count("messageLine0") + count("messageLine1"), n_messages, "{place}: messages");
            assert_eq!(count("actor-line"), diagram.participants.len(), "{place}: lifelines");
            let n_notes = diagram.events.iter().filter(|event| matches!(event, Event::Note(_))).count();
            assert_eq!(count("note"), n_notes, "{place}: notes");
        }
    }
}

/// What is read in a drawing, without blanks, sorted: lines may be broken elsewhere.
fn characters(svg: &str) -> Vec<char> {
    let document = roxmltree::Document::parse(svg).expect("a drawing is XML");
    let texts = document.descendants().filter(roxmltree::Node::is_text);
    let shown = texts.filter(|node| {
        node.ancestors().any(|above| above.has_tag_name(("http://www.w3.org/2000/svg", "text")))
    });
    let mut characters: Vec<char> =
        shown.filter_map(|node| node.text()).flat_map(str::chars).filter(|c| !c.is_whitespace()).collect();
    characters.sort_unstable();
    characters
}

/// Every law, for every diagram of a page; the number of drawings.
fn judge(path: &str, text: &str, options: &usvg::Options) -> usize {
    let document = document::read(text, SourceKind::Markdown);
    let style = Style { fit: Some(style::PHONE), ..Style::default() };
    let drawings =
        drawing::drawings(path, &document, &mermaid::Options::default(), &style, None, &FontMetrics::new());
    assert_eq!(
        drawings,
        drawing::drawings(path, &document, &mermaid::Options::default(), &style, None, &FontMetrics::new()),
        "{path}: drawn twice, equal"
    );
    let mut n_drawn = 0;
    for drawing in &drawings {
        let Ok(picture) = &drawing.outcome else { continue };
        let place = format!("{path}: {}", drawing.name);
        let reading = mermaid::read(&document.blocks[drawing.block].excerpt);
        is_sound(&picture.svg, &place, options);
        is_complete(&picture.svg, reading.diagram.as_ref().expect("it was drawn"), &place);
        assert!(!picture.title.is_empty() && !picture.title.contains('\n'), "{place}: it has a title");
        let diagram = reading.diagram.as_ref().expect("it was drawn");
        if let Some(narrow) = picture.narrow.as_ref().filter(|_| !matches!(diagram, Diagram::Sequence(_))) {
            is_sound(&narrow.svg, &place, options);
            is_complete(&narrow.svg, diagram, &place);
            // More edges than this need more lanes than a phone has px.
            let is_hairball = matches!(diagram, Diagram::Flowchart(chart) if chart.edges.len() > 200);
            assert!(narrow.size.width <= style::PHONE || is_hairball, "{place}: {}", narrow.size.width);
            assert_eq!(characters(&narrow.svg), characters(&picture.svg), "{place}: no text is lost");
        }
        n_drawn += 1;
    }
    n_drawn
}

#[test]
fn every_diagram_of_the_fixtures_is_drawn_whole() {
    let options = reader();
    let n_drawn: usize = pages().iter().map(|(path, text)| judge(path, text, &options)).sum();
    assert!(n_drawn > 50, "{n_drawn} drawings");
}

#[test]
fn every_diagram_of_the_blog_is_drawn_whole() {
    let Some(blog) = blog() else { return };
    let options = reader();
    let mut n_drawn = 0;
    for entry in fs::read_dir(blog.join("posts")).expect("the blog can be listed") {
        let path = entry.expect("the blog can be listed").path();
        if path.extension().is_some_and(|ending| ending == "md") {
            let text = fs::read_to_string(&path).expect("posts are text");
            n_drawn += judge(&path.to_string_lossy(), &text, &options);
        }
    }
    assert!(n_drawn >= 90, "{n_drawn} drawings");
}

/// A picture has marks wherever its drawing has text.
fn has_text(scene: &Scene, place: &str, book: &FontBook, options: &usvg::Options) {
    let known = svg::Options { id: "p", fonts: Fonts::Known, switch: None };
    let png = match raster::png(scene, &known, book, 1.0) {
        Ok(png) => png,
        // A hairball of hundreds of edges is refused as what it is.
        Err(RasterError::TooLarge { .. }) if scene.items.len() > 1000 => return,
        Err(error) => panic!("{place}: {error}"),
    };
    assert_eq!(raster::png(scene, &known, book, 1.0).as_ref(), Ok(&png), "{place}: drawn twice, equal");
    let pixels = Pixmap::decode_png(&png).unwrap_or_else(|error| panic!("{place}: {error}"));
    let tree = usvg::Tree::from_str(&svg::write(scene, &known), options).expect("it was drawn");
    let mut found = Vec::new();
    texts(tree.root(), &mut found);
    for text in found {
        is_spelled(text, place);
        let box_ = text.abs_bounding_box();
        let shown: String = text.chunks().iter().map(usvg::TextChunk::text).collect();
        let (xs, ys) = (box_.left() as u32..box_.right() as u32, box_.top() as u32..box_.bottom() as u32);
        let seen: BTreeSet<_> = ys
            .flat_map(|y| xs.clone().map(move |x| (x, y)))
            .filter_map(|(x, y)| pixels.pixel(x, y))
            .map(|pixel| (pixel.red(), pixel.green(), pixel.blue()))
            .collect();
        assert!(seen.len() > 2 || shown.trim().is_empty(), "{place}: {shown:?} leaves marks");
    }
}

#[test]
fn pictures_of_the_fixtures_show_their_text() {
    let (options, book) = (reader(), FontBook::new());
    let mut n_drawn = 0;
    for (path, text) in pages() {
        let document = document::read(&text, SourceKind::Markdown);
        let read = mermaid::Options::default();
        for sketch in drawing::sketches(&path, &document, &read, &Style::default(), &FontMetrics::new()) {
            let Ok(scene) = &sketch.outcome else { continue };
            // A third of them says what all of them would.
            if n_drawn % 3 == 0 {
                has_text(scene, &format!("{path}: {}", sketch.name), &book, &options);
            }
            n_drawn += 1;
        }
    }
    assert!(n_drawn > 50, "{n_drawn} drawings");
}

/// The scene of a diagram.
fn scene(text: &str) -> Scene {
    let diagram = mermaid::read(&Excerpt::whole(text, 0)).diagram.expect("it is a diagram");
    draw::draw(&diagram, &Config::default(), &Style::default(), &FontMetrics::new())
}

#[test]
fn text_of_every_script_is_drawn_or_told() {
    let text = "flowchart LR\n a[\"שלום עולם (abc) 12!\"] --> b[\"مرحبا بالعالم\"]\n b -->|Ελλάδα| c[\"Привет <code>ls</code> \
                x<sup>2</sup> <b>bold</b>\"]\n c --> d[\"節點 한글 ✅ नमस्ते\"]\n";
    let scene = scene(text);
    let svg = svg::write(&scene, &svg::Options { id: "d", ..Default::default() });
    is_sound(&svg, "scripts", &reader());
    assert_eq!(svg.matches("direction=\"rtl\"").count(), 2);
    assert!(svg.contains("class=\"code\"") && svg.contains("dy=\"-"));
    let book = FontBook::new();
    has_text(&scene, "scripts", &book, &reader());
    let lacking: Vec<(&str, usize)> =
        book.lacking(&scene).iter().map(|lack| (lack.script, lack.n_characters)).collect();
    assert_eq!(lacking, [("Devanagari", 6), ("Emoji", 1), ("Han", 2), ("Hangul", 2)]);
}

#[test]
fn a_font_in_the_drawing_has_what_the_drawing_uses() {
    let scene = scene("flowchart LR\n a[\"Plain <b>bold</b> <code>code</code>\"] --> b[節]\n");
    let write = |fonts| svg::write(&scene, &svg::Options { id: "e", fonts, switch: None });
    let (plain, embedded) = (write(Fonts::Reader), write(Fonts::Embedded));
    is_sound(&embedded, "embedded", &reader());
    assert_eq!(embedded, write(Fonts::Embedded));
    assert_eq!((plain.matches("@font-face").count(), embedded.matches("@font-face").count()), (0, 3));
    assert!(
        embedded.contains("font-family:e-sans;font-weight:700") && embedded.len() < 40_000,
        "{}",
        embedded.len()
    );
}

#[test]
fn a_picture_that_is_too_large_is_refused_with_the_largest_scale() {
    let (scene, book) = (scene("flowchart LR\n a --> b\n"), FontBook::new());
    let options = svg::Options { id: "d", fonts: Fonts::Known, switch: None };
    let Err(RasterError::TooLarge { largest_scale, .. }) = raster::png(&scene, &options, &book, 500.0) else {
        panic!("it is too large");
    };
    assert!(largest_scale > 10.0 && largest_scale < 500.0);
    assert!(raster::png(&scene, &options, &book, 0.001).is_ok());
}

/// The drawing of a diagram and the diagram, with the fonts shared.
fn drawn(text: &str) -> Option<(String, Diagram)> {
    let diagram = mermaid::read(&Excerpt::whole(text, 0)).diagram?;
    let scene = draw::draw(&diagram, &Config::default(), &Style::default(), &FontMetrics::new());
    Some((svg::write(&scene, &svg::Options { id: "d", ..Default::default() }), diagram))
}

#[test]
fn every_shape_and_every_arrow_is_drawn() {
    let shapes = [
        "a[A label]",
        "b(b)",
        "c((c))",
        "d(((d)))",
        "e([e])",
        "f[[f]]",
        "g[(g)]",
        "h{h}",
        "i{{i}}",
        "j>j]",
        "k[/k\\]",
        "l[\\l/]",
        "m[/m/]",
        "n[\\n\\]",
        "o@{ shape: doc }",
        "p@{ shape: docs }",
        "q@{ shape: flag }",
        "r@{ shape: braces }",
        "s@{ shape: tri }",
        "t@{ shape: bolt }",
        "u@{ shape: fork }",
        "v@{ shape: cross-circ }",
        "w@{ shape: h-cyl, label: \"**bold** text\" }",
    ];
    let arrows =
        ["-->", "---", "--x", "--o", "<-->", "==>", "-.->", "x--x", "o--o", "~~~", "-- yes -->", "---->"];
    let mut text = "---\ntitle: All of them\n---\nflowchart LR\n  subgraph s[A <b>title</b>]\n".to_owned();
    for shape in shapes {
        _ = writeln!(text, "    {shape}");
    }
    text.push_str("  end\n");
    for (index, arrow) in arrows.iter().enumerate() {
        let end = char::from(b'a' + index as u8);
        _ = writeln!(text, "  x {arrow} {end}");
    }
    text.push_str(
        "  s --> x\n  x --> x\n  style a fill:#f96,stroke:#333,color:#fff\n  linkStyle 0 stroke:red\n",
    );
    text.push_str("  click a \"javascript:alert(1)\" \"tip\"\n  click b \"https://a.b/\" \"tip\"\n");
    let (svg, diagram) = drawn(&text).expect("it is a flowchart");
    is_sound(&svg, "shapes", &reader());
    is_complete(&svg, &diagram, "shapes");
    assert!(svg.contains("href=\"https://a.b/\"") && !svg.contains("javascript:"));
}

#[test]
fn states_of_every_kind_are_drawn() {
    let text = "stateDiagram-v2\n  direction LR\n  [*] --> A: go\n  state f <<fork>>\n  A --> f\n  f --> B\n  f --> C\n  \
                state j <<join>>\n  B --> j\n  C --> j\n  state ch <<choice>>\n  j --> ch\n  ch --> [*]: x > 1\n  \
                state D {\n    [*] --> E\n    E --> E: again\n    --\n    [*] --> F\n  }\n  ch --> D\n  \
                A: described\n  A: twice\n  note right of A: a note\n  note left of D\n    two\n    lines\n  end note\n  \
                D --> D\n  class A hot\n  classDef hot fill:#f00,color:yellow,font-weight:bold\n";
    let (svg, diagram) = drawn(text).expect("it is a state diagram");
    is_sound(&svg, "states", &reader());
    is_complete(&svg, &diagram, "states");
}

#[test]
fn several_drawings_stand_on_one_page() {
    let write = |id: &str| {
        let diagram = mermaid::read(&Excerpt::whole("flowchart\n a --> b", 0)).diagram.expect("a flowchart");
        let scene = draw::draw(&diagram, &Config::default(), &Style::default(), &FontMetrics::new());
        svg::write(&scene, &svg::Options { id, ..Default::default() })
    };
    let (one, two) = (write("m17"), write("m42"));
    for (svg, id) in [(&one, "m17"), (&two, "m42")] {
        let document = roxmltree::Document::parse(svg).expect("it is well-formed");
        let own = document.descendants().filter_map(|node| node.attribute("id")).collect::<Vec<_>>();
        assert!(own.iter().all(|known| *known == id || known.starts_with(&format!("{id}-"))), "{own:?}");
    }
    assert_eq!(one.replace("m17", "m42"), two);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_drawn_and_none_of_it_lives(
        label in "[ -~]{0,40}|\\PC{0,20}",
        title in "\\PC{0,20}",
        style in "[a-z-]{1,12}:[ -~]{0,12}",
    ) {
        let (label, title) = (label.replace('"', "'"), title.replace('"', "'"));
        let text = format!(
            "flowchart TD\n subgraph s[\"{title}\"]\n a[\"{label}\"] -- \"{label}\" --> b[\"`{label}`\"]\n end\n \
             style a {style}\n"
        );
        if let Some((svg, diagram)) = drawn(&text) {
            let document = roxmltree::Document::parse(&svg).expect("it is well-formed");
            let known = ["svg", "title", "desc", "style", "defs", "marker", "path", "rect", "g", "text", "tspan", "a",
                "circle", "ellipse"];
            for node in document.descendants().filter(roxmltree::Node::is_element) {
                prop_assert!(known.contains(&node.tag_name().name()), "{:?}", node.tag_name());
                prop_assert!(node.attributes().all(|attribute| !attribute.name().starts_with("on")));
            }
            is_complete(&svg, &diagram, &text);
            prop_assert_eq!(drawn(&text).map(|(again, _)| again), Some(svg));
        }
    }
}
