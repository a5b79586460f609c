//! What flowcharts and state diagrams have in common: forms with labels, clusters around them, edges between them.

use crate::draw::geometry::{Point, Rect, Size};
use crate::draw::label::{Label, Setting};
use crate::draw::measure::{Face, TextMeasure};
use crate::draw::paint::{Paint, Wishes};
use crate::draw::palette::Palette;
use crate::draw::scene::{
    Anchor, Area, Form, Ink, Item, Line, Link, Mark, Path, Role, Scene, SceneKind, Slot, Step, Stroke, Tip,
};
use crate::draw::shape::Shape;
use crate::draw::style::Style;
use crate::mermaid::diagram::Direction;
use crate::mermaid::diagram::text::Text;

use super::layered::{self, Beside, ClusterIx, End, Flow, Graph, Layout, Spacing};

/// Width of edges and transitions, px.
pub(super) const LINE: f64 = 1.5;
/// Width of thick edges, px.
pub(super) const THICK_LINE: f64 = 3.0;
/// Radius of the bends of edges, px.
const BEND: f64 = 7.0;
/// Radius of the corners of clusters, px.
const CLUSTER_CORNER: f64 = 6.0;
/// Room around the label of an edge that its line does not enter, px.
const PLATE: Size = Size::new(10.0, 4.0);
/// Room between the title of a drawing and the drawing, px.
const TITLE_GAP: f64 = 12.0;

/// A chart that is to be laid out.
#[derive(Debug)]
pub(super) struct Chart {
    pub(super) kind: SceneKind,
    pub(super) direction: Direction,
    /// Above everything.
    pub(super) title: Option<Label>,
    pub(super) nodes: Vec<ChartNode>,
    pub(super) clusters: Vec<ChartCluster>,
    pub(super) edges: Vec<ChartEdge>,
}

/// A form with labels.
#[derive(Debug)]
pub(super) struct ChartNode {
    pub(super) role: Role,
    pub(super) classes: Vec<String>,
    pub(super) link: Option<Link>,
    pub(super) shape: Shape,
    /// Labels, each with where its middle stands from the centre of the form.
    pub(super) labels: Vec<(Label, Point)>,
    /// Lines across the form, below the centre by so much, px.
    pub(super) rules: Vec<f64>,
    pub(super) paint: Paint,
    pub(super) cluster: Option<ClusterIx>,
}

/// A box around nodes.
#[derive(Debug)]
pub(super) struct ChartCluster {
    pub(super) role: Role,
    pub(super) classes: Vec<String>,
    pub(super) link: Option<Link>,
    pub(super) title: Label,
    pub(super) paint: Paint,
    pub(super) parent: Option<ClusterIx>,
    pub(super) direction: Option<Direction>,
}

/// An edge.
#[derive(Debug)]
pub(super) struct ChartEdge {
    pub(super) role: Role,
    pub(super) classes: Vec<String>,
    pub(super) from: End,
    pub(super) to: End,
    pub(super) label: Option<EdgeText>,
    pub(super) stroke: Stroke,
    pub(super) start: Option<Tip>,
    pub(super) end: Option<Tip>,
    pub(super) min_length: u32,
    pub(super) is_invisible: bool,
    /// One end is a note on this side of the other.
    pub(super) beside: Option<Beside>,
}

/// The label of an edge.
#[derive(Debug)]
pub(super) struct EdgeText {
    pub(super) role: Role,
    pub(super) label: Label,
    /// What the author asks for.
    pub(super) wishes: Wishes,
}

/// The title above a drawing, if there is one.
pub(super) fn title(title: Option<&String>, style: &Style, measure: &dyn TextMeasure) -> Option<Label> {
    let max_width = style.fit.map_or(2.5 * style.max_label_width, |width| width - 2.0 * style.margin);
    let setting = Setting { face: Face::bold(style.title_size), max_width };
    let set = if style.fit.is_some() { Label::of_str_within } else { Label::of_str };
    title.map(|title| set(title, setting, measure)).filter(|title| !title.is_empty())
}

/// A text of the chart in lines.
pub(super) fn label(text: &Text, setting: Setting, style: &Style, measure: &dyn TextMeasure) -> Label {
    let set = if style.cuts_words { Label::set_within } else { Label::set };
    set(text, setting, measure)
}

/// Where a diagram that flows there puts its ranks.
pub(super) fn flow(direction: Direction) -> Flow {
    match direction {
        Direction::TopToBottom | Direction::TopDown | Direction::BottomRight => Flow::Down,
        Direction::BottomToTop => Flow::Up,
        Direction::LeftToRight => Flow::Right,
        Direction::RightToLeft => Flow::Left,
    }
}

impl Chart {
    /// Lays the chart out in layers and says what is painted.
    pub(super) fn scene(self, style: &Style) -> Scene {
        self.painted(&layered::lay_out(&self.graph(), &Spacing::default()), style)
    }

    /// How much width a drawing needs beside its title, px.
    pub(super) fn width(&self, layout: &Layout, style: &Style) -> f64 {
        let title = self.title.as_ref().map_or(0.0, |title| title.size.width);
        layout.size.width.max(title) + 2.0 * style.margin
    }

    /// What is painted where everything stands as `layout` says: clusters from outer to inner, edges, nodes, labels of
    /// edges.
    pub(super) fn painted(&self, layout: &Layout, style: &Style) -> Scene {
        let title = self.title.as_ref();
        let title_size =
            title.map_or(Size::default(), |title| Size::new(title.size.width, title.size.height + TITLE_GAP));
        let inner_width = layout.size.width.max(title_size.width);
        let offset = Point::new(
            style.margin + (inner_width - layout.size.width) / 2.0,
            style.margin + title_size.height,
        );
        let size = Size::new(
            inner_width + 2.0 * style.margin,
            layout.size.height + title_size.height + 2.0 * style.margin,
        );
        let mut items = Vec::with_capacity(1 + self.clusters.len() + self.nodes.len() + 2 * self.edges.len());
        items.extend(title.map(|title| Item {
            role: Role::Title,
            classes: Vec::new(),
            link: None,
            marks: vec![Mark::Text(title.block(
                Point::new(size.width / 2.0, style.margin),
                Anchor::Middle,
                Ink::Theme(Slot::Text),
            ))],
        }));
        let order = self.outer_first();
        for ix in &order {
            if let (Some(cluster), Some(place)) = (self.clusters.get(ix.0), layout.clusters.get(ix.0)) {
                items.push(
                    cluster.item(place.rect.moved(offset.x, offset.y), place.title.moved(offset.x, offset.y)),
                );
            }
        }
        let edges = self.edges.iter().zip(&layout.edges);
        for (edge, route) in edges.filter(|(edge, _)| !edge.is_invisible) {
            let points: Vec<Point> =
                route.points.iter().map(|point| point.moved(offset.x, offset.y)).collect();
            items.push(edge.item(&points));
        }
        for (node, rect) in self.nodes.iter().zip(&layout.nodes) {
            items.push(node.item(rect.center().moved(offset.x, offset.y)));
        }
        let edges = self.edges.iter().zip(&layout.edges);
        for (edge, route) in edges.filter(|(edge, _)| !edge.is_invisible) {
            if let (Some(text), Some(rect)) = (&edge.label, route.label) {
                let ground = self.ground(layout, &order, rect);
                items.push(text.item(rect.moved(offset.x, offset.y), ground));
            }
        }
        Scene {
            kind: self.kind,
            direction: Some(self.direction),
            size,
            title: String::new(),
            description: String::new(),
            palette: Palette::merrow(),
            items,
        }
    }

    /// The graph to lay out.
    pub(super) fn graph(&self) -> Graph {
        let node = |node: &ChartNode| layered::Node {
            size: node.shape.size,
            outline: node.shape.outline.clone(),
            cluster: node.cluster,
        };
        let cluster = |cluster: &ChartCluster| layered::Cluster {
            parent: cluster.parent,
            title: cluster.title.size,
            flow: cluster.direction.map(flow),
            min_size: Size::new(cluster.title.size.width + 28.0, cluster.title.size.height + 28.0),
        };
        let edge = |edge: &ChartEdge| layered::Edge {
            from: edge.from,
            to: edge.to,
            label: edge.label.as_ref().map(|text| {
                // A label stands in no box: the plate holds it in any font.
                Size::new(text.label.usual_width() + PLATE.width, text.label.size.height + PLATE.height)
            }),
            min_length: edge.min_length,
            is_invisible: edge.is_invisible,
            beside: edge.beside,
            attachment: layered::Attachment::default(),
        };
        Graph {
            flow: flow(self.direction),
            nodes: self.nodes.iter().map(node).collect(),
            clusters: self.clusters.iter().map(cluster).collect(),
            edges: self.edges.iter().map(edge).collect(),
        }
    }

    /// The clusters, each behind the one that holds it; those that one cluster holds in their order.
    pub(super) fn outer_first(&self) -> Vec<ClusterIx> {
        let mut inner: Vec<Vec<ClusterIx>> = vec![Vec::new(); self.clusters.len()];
        let mut open = Vec::new();
        for (index, cluster) in self.clusters.iter().enumerate() {
            match cluster.parent {
                Some(parent) => inner[parent.0].push(ClusterIx(index)),
                None => open.push(ClusterIx(index)),
            }
        }
        open.reverse();
        let mut order = Vec::with_capacity(self.clusters.len());
        while let Some(ix) = open.pop() {
            order.push(ix);
            open.extend(inner[ix.0].iter().rev());
        }
        order
    }

    /// What a label at `rect` stands on: the fill of the innermost cluster there.
    fn ground(&self, layout: &Layout, order: &[ClusterIx], rect: Rect) -> Ink {
        let center = rect.center();
        let holds = |ix: &&ClusterIx| {
            layout.clusters.get(ix.0).is_some_and(|place| {
                let outer = place.rect;
                outer.x <= center.x
                    && center.x <= outer.right()
                    && outer.y <= center.y
                    && center.y <= outer.bottom()
            })
        };
        let fills = order.iter().rev().filter(holds).filter_map(|ix| self.clusters.get(ix.0));
        let fill = fills.map(|cluster| cluster.paint.fill).find(|fill| *fill != Ink::None);
        fill.unwrap_or(Ink::Theme(Slot::Canvas))
    }
}

impl ChartCluster {
    fn item(&self, rect: Rect, title: Rect) -> Item {
        let area = Area {
            form: Form::Rect { rect, radius: self.paint.radius.unwrap_or(CLUSTER_CORNER) },
            fill: self.paint.fill,
            stroke: self.paint.stroke.clone(),
        };
        let mut marks = vec![Mark::Area(area)];
        if !self.title.is_empty() {
            marks.push(Mark::Text(self.title.block_around(title.center(), self.paint.text)));
        }
        Item { role: self.role.clone(), classes: self.classes.clone(), link: self.link.clone(), marks }
    }
}

impl ChartNode {
    fn item(&self, center: Point) -> Item {
        let mut marks = self.shape.marks(center, &self.paint);
        let half = self.shape.size.width / 2.0;
        marks.extend(self.rules.iter().map(|rule| {
            let (from, to) = (center.moved(-half, *rule), center.moved(half, *rule));
            let stroke = Stroke { dashes: Vec::new(), ..self.paint.stroke.clone() };
            Mark::Line(Line {
                path: Path(vec![Step::Move(from), Step::Line(to)]),
                stroke,
                start: None,
                end: None,
            })
        }));
        let texts = self.labels.iter().filter(|(label, _)| !label.is_empty());
        marks
            .extend(texts.map(|(label, at)| {
                Mark::Text(label.block_around(center.moved(at.x, at.y), self.paint.text))
            }));
        Item { role: self.role.clone(), classes: self.classes.clone(), link: self.link.clone(), marks }
    }
}

impl ChartEdge {
    fn item(&self, points: &[Point]) -> Item {
        let line = Line {
            path: Path::rounded(points, BEND),
            stroke: self.stroke.clone(),
            start: self.start,
            end: self.end,
        };
        Item {
            role: self.role.clone(),
            classes: self.classes.clone(),
            link: None,
            marks: vec![Mark::Line(line)],
        }
    }
}

impl EdgeText {
    fn item(&self, rect: Rect, ground: Ink) -> Item {
        let plate = Area { form: Form::Rect { rect, radius: 3.0 }, fill: ground, stroke: Stroke::NONE };
        let ink = self.wishes.text(Ink::Theme(Slot::Text));
        let text = self.label.block_around(rect.center(), ink);
        Item {
            role: self.role.clone(),
            classes: Vec::new(),
            link: None,
            marks: vec![Mark::Area(plate), Mark::Text(text)],
        }
    }
}
