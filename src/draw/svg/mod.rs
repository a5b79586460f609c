//! A scene as SVG that stands alone: no script, no `foreignObject`, no font but the viewer's own.
//!
//! Class names and ids follow Mermaid's, with `data-*` attributes that say what is what, so that style sheets and tools
//! for Mermaid's drawings work here. Colours of the theme are custom properties (`--merrow-node`, ...) with defaults; a page
//! may set them. Programs that know no custom properties, such as `resvg`, see the light theme.

mod lettering;
mod number;
mod role;
mod sheet;
pub mod switch;
mod tip;

use crate::base::markup::{Markup, Tag, is_safe_url};
use crate::mermaid::diagram::Direction;

use super::geometry::Rect;
use super::scene::{Area, Form, Ink, Item, Line, Mark, Role, Scene, SceneKind, Slot, Step, Stroke};

use number::{Number, path_data};
use role::Name;
use sheet::Sheet;
use switch::Switch;
use tip::{Marker, between_tips};

/// Font size of text that says nothing else, px.
const TEXT_SIZE: f64 = 16.0;
/// Width of lines that say nothing else, px.
const STROKE_WIDTH: f64 = 1.25;
/// Width of the lines of open tips, px.
const TIP_WIDTH: f64 = 1.75;

/// How a drawing is written.
#[derive(Debug, Clone, Copy, Default)]
pub struct Options<'a> {
    /// The id of the drawing: different for each drawing of a page, as every id and style in it starts with it.
    pub id: &'a str,
    /// How the page around it says that it is dark; a drawing that is a file of its own has none.
    pub switch: Option<&'a Switch>,
    /// What its text is set in.
    pub fonts: Fonts,
}

/// What the text of a drawing is set in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Fonts {
    /// What readers' systems use for their own texts. Each line is held to its room, so that it fits in any font.
    #[default]
    Reader,
    /// The fonts that ship with Merrow, as far as the drawing uses them, in the drawing itself.
    Embedded,
    /// The fonts that ship with Merrow, which whoever reads the drawing has.
    Known,
}

/// Writes a drawing, an item per line and no line empty, so that it may stand in Markdown.
pub fn write(scene: &Scene, options: &Options<'_>) -> String {
    let id = role::word(options.id);
    let mut writer = Writer { markup: Markup::new(), id: &id, kind: scene.kind, fonts: options.fonts };
    let switch = options.switch.cloned().unwrap_or_default();
    writer.scene(scene, &switch);
    let mut text = writer.markup.finish();
    text.push('\n');
    text
}

struct Writer<'a> {
    markup: Markup,
    id: &'a str,
    kind: SceneKind,
    fonts: Fonts,
}

impl Writer<'_> {
    fn scene(&mut self, scene: &Scene, switch: &Switch) {
        let id = self.id;
        let size = (Number::up(scene.size.width), Number::up(scene.size.height));
        self.markup
            .open("svg")
            .set("xmlns", "http://www.w3.org/2000/svg")
            .set("id", id)
            .set("class", role::of_kind(scene.kind))
            .set("width", size.0)
            .set("height", size.1)
            .set("viewBox", format_args!("0 0 {} {}", size.0, size.1))
            .set("style", "max-width:100%;height:auto")
            .set("role", "img")
            .set("aria-roledescription", role::description(scene.kind))
            .set("aria-labelledby", format_args!("{id}-title {id}-desc"))
            .set_if("data-dir", scene.direction.map(Direction::name))
            .set("text-anchor", "middle")
            .set("stroke-width", Number(STROKE_WIDTH));
        self.new_line();
        self.markup.open("title").set("id", format_args!("{id}-title"));
        self.markup.text(&unbroken(&scene.title));
        self.markup.close();
        self.markup.open("desc").set("id", format_args!("{id}-desc"));
        self.markup.text(&unbroken(&scene.description));
        self.markup.close();
        self.new_line();
        let marks = || scene.items.iter().flat_map(|item| &item.marks);
        let sheet = Sheet::of(&scene.items);
        let lettering = lettering::css(marks(), id, self.fonts);
        self.markup.element("style", &sheet.css(id, &scene.palette, &lettering, switch));
        self.markers(marks());
        self.new_line();
        let whole = Rect::new(0.0, 0.0, size.0.0, size.1.0);
        let canvas = Area {
            form: Form::Rect { rect: whole, radius: 8.0 },
            fill: Ink::Theme(Slot::Canvas),
            stroke: Stroke::NONE,
        };
        self.area(&canvas, &Name { classes: "background".to_owned(), ..Name::default() });
        for item in &scene.items {
            self.new_line();
            self.item(item);
        }
        self.new_line();
    }

    fn new_line(&mut self) {
        self.markup.fixed("\n");
    }

    /// The tips of all lines, each once.
    fn markers<'m>(&mut self, marks: impl Iterator<Item = &'m Mark>) {
        let markers = Marker::all(marks);
        if markers.is_empty() {
            return;
        }
        self.new_line();
        self.markup.open("defs");
        for marker in markers {
            let form = marker.form();
            self.markup
                .open("marker")
                .set("id", marker.id(self.id))
                .set("markerUnits", "userSpaceOnUse")
                .set("markerWidth", Number(form.size.width))
                .set("markerHeight", Number(form.size.height))
                .set("refX", Number(form.anchor.x))
                .set("refY", Number(form.anchor.y))
                .set("orient", "auto-start-reverse");
            let (ink, tag) = (marker.ink(), self.markup.leaf("path").set("d", path_data(&form.path)));
            if form.is_filled {
                tag.set_if("class", sheet::fill_class(ink))
                    .set_if("fill", sheet::colour(ink))
                    .set("stroke", "none");
            } else {
                tag.set_if("class", sheet::stroke_class(ink))
                    .set_if("stroke", sheet::colour(ink))
                    .set("fill", "none")
                    .set("stroke-width", Number(TIP_WIDTH));
            }
            self.markup.close();
        }
        self.markup.close();
    }

    fn item(&mut self, item: &Item) {
        let target = item.link.as_ref().filter(|target| is_safe_url(&target.url));
        if let Some(target) = target {
            self.markup.open("a").link("href", &target.url);
            if let Some(tooltip) = &target.tooltip {
                self.markup.element("title", &unbroken(tooltip));
            }
        }
        let group = role::group(&item.role, self.kind);
        if let Some(mut group) = group.clone() {
            for class in &item.classes {
                group.classes.push(' ');
                group.classes.push_str(class);
            }
            self.open("g", &group, None);
        }
        // Texts stand behind the other marks of an item, so that one group holds them.
        let text_group = role::text_group(&item.role);
        let (mut has_area, mut has_line, mut has_text) = (false, false, false);
        for mark in &item.marks {
            let seen = match mark {
                Mark::Area(_) => &mut has_area,
                Mark::Line(_) => &mut has_line,
                Mark::Text(_) => &mut has_text,
            };
            let is_first = !std::mem::replace(seen, true);
            let mut name = role::mark(&item.role, self.kind, mark, is_first);
            if matches!((&item.role, mark), (Role::Edge { .. }, Mark::Line(_))) {
                for class in &item.classes {
                    name.classes.push(' ');
                    name.classes.push_str(class);
                }
            }
            match mark {
                Mark::Area(area) => self.area(area, &name),
                Mark::Line(line) => self.line(line, &name),
                Mark::Text(block) => {
                    if let Some(class) = text_group.filter(|_| is_first) {
                        self.markup.open("g").set("class", class);
                    }
                    self.text(block, &name);
                }
            }
        }
        if text_group.is_some() && has_text {
            self.markup.close();
        }
        if group.is_some() {
            self.markup.close();
        }
        if target.is_some() {
            self.markup.close();
        }
    }

    /// Opens an element with its name and one more class.
    fn open(&mut self, element: &'static str, name: &Name, class: Option<&str>) -> Tag<'_> {
        let id = self.id;
        named(self.markup.open(element), id, name, class)
    }

    /// Writes an element without content with its name and one more class.
    fn leaf(&mut self, element: &'static str, name: &Name, class: Option<&str>) -> Tag<'_> {
        let id = self.id;
        named(self.markup.leaf(element), id, name, class)
    }

    fn area(&mut self, area: &Area, name: &Name) {
        let classes = [sheet::fill_class(area.fill), sheet::stroke_class(area.stroke.ink)];
        let classes = classes.into_iter().flatten().reduce(|one, other| format!("{one} {other}"));
        let tag = match &area.form {
            Form::Rect { rect, radius } => self
                .leaf("rect", name, classes.as_deref())
                .set("x", Number(rect.x))
                .set("y", Number(rect.y))
                .set("width", Number(rect.width))
                .set("height", Number(rect.height))
                .set_if("rx", Some(Number(*radius)).filter(|_| *radius > 0.0)),
            Form::Ellipse(rect) => {
                let center = rect.center();
                let is_round = (rect.width - rect.height).abs() < 0.01;
                let tag = self.leaf(if is_round { "circle" } else { "ellipse" }, name, classes.as_deref());
                let tag = tag.set("cx", Number(center.x)).set("cy", Number(center.y));
                if is_round {
                    tag.set("r", Number(rect.width / 2.0))
                } else {
                    tag.set("rx", Number(rect.width / 2.0)).set("ry", Number(rect.height / 2.0))
                }
            }
            Form::Path(path) => self.leaf("path", name, classes.as_deref()).set("d", path_data(path)),
        };
        let tag = tag
            .set_if("fill", sheet::colour(area.fill))
            .set_if("fill-opacity", sheet::opacity(area.fill).map(Number));
        let _ = stroked(tag, &area.stroke);
    }

    fn line(&mut self, line: &Line, name: &Name) {
        let (start, end) = Marker::of(line);
        let reference = |marker: Marker, id: &str| format!("url(#{})", marker.id(id));
        let (start, end) =
            (start.map(|marker| reference(marker, self.id)), end.map(|marker| reference(marker, self.id)));
        let class = sheet::stroke_class(line.stroke.ink);
        let path = between_tips(line);
        let tag = match path.0.as_slice() {
            [Step::Move(from), Step::Line(to)] if self.kind == SceneKind::Sequence => self
                .leaf("line", name, class.as_deref())
                .set("x1", Number(from.x))
                .set("y1", Number(from.y))
                .set("x2", Number(to.x))
                .set("y2", Number(to.y)),
            _ => self.leaf("path", name, class.as_deref()).set("d", path_data(&path)).set("fill", "none"),
        };
        let _ = stroked(tag, &line.stroke).set_if("marker-start", start).set_if("marker-end", end);
    }
}

fn named<'m>(mut tag: Tag<'m>, id: &str, name: &Name, class: Option<&str>) -> Tag<'m> {
    let classes = [name.classes.as_str(), class.unwrap_or_default()].join(" ");
    let classes = classes.trim();
    tag = tag
        .set_if("class", Some(classes).filter(|classes| !classes.is_empty()))
        .set_if("id", name.id.as_ref().map(|own| format!("{id}-{}", role::word(own))));
    for (attribute, value) in &name.attributes {
        tag = tag.set(attribute, value);
    }
    tag
}

fn stroked<'m>(tag: Tag<'m>, stroke: &Stroke) -> Tag<'m> {
    if stroke.ink == Ink::None {
        return tag;
    }
    let dashes = stroke.dashes.iter().map(|length| Number(*length).to_string()).collect::<Vec<_>>().join(" ");
    tag.set_if("stroke", sheet::colour(stroke.ink))
        .set_if("stroke-opacity", sheet::opacity(stroke.ink).map(Number))
        .set_if("stroke-width", Some(Number(stroke.width)).filter(|width| width.0 != STROKE_WIDTH))
        .set_if("stroke-dasharray", Some(dashes).filter(|dashes| !dashes.is_empty()))
}

/// The text on one line: an empty line would end the drawing where it stands in Markdown.
fn unbroken(text: &str) -> String {
    text.split(['\n', '\r']).map(str::trim_end).filter(|line| !line.is_empty()).collect::<Vec<_>>().join(" ")
}
