//! From a flowchart to a scene.

use crate::draw::geometry::Size;
use crate::draw::icon::Icon;
use crate::draw::label::{Setting, icons};
use crate::draw::measure::{Face, TextMeasure};
use crate::draw::paint::{Classes, Motion, Paint, Wishes};
use crate::draw::scene::{self, Ink, Role, Scene, SceneKind, Slot, Stroke, Tip};
use crate::draw::shape::bar;
use crate::draw::shape::captioned::{self, Frame, Inset, Picture};
use crate::draw::shape::catalogue::Family;
use crate::draw::style::Style;
use crate::mermaid::diagram::Direction;
use crate::mermaid::diagram::connection::Connections;
use crate::mermaid::diagram::flowchart::{self, Flowchart, Head, Member, Node, NodeIx, Subgraph, SubgraphIx};

use super::chart::{Chart, ChartCluster, ChartEdge, ChartNode, EdgeText, LINE, THICK_LINE, label, title};
use super::fit;
use super::layered::{self, ClusterIx, End};

/// Dashes and gaps of a dotted edge, px.
const DOTS: [f64; 2] = [3.0, 4.0];
/// Dashes and gaps of an edge that moves, px.
const MOVING_DASHES: [f64; 2] = [9.0, 5.0];

/// Lays out a flowchart.
pub(in crate::draw) fn lay_out(chart: &Flowchart, style: &Style, measure: &dyn TextMeasure) -> Scene {
    let drawn = |style: &Style, turned| self::chart(chart, style, measure, turned);
    match style.fit {
        Some(width) => fit::scene(&drawn, style, width),
        None => drawn(style, None).scene(style),
    }
}

/// What is to be laid out of a flowchart; `turned` says where it flows instead of where its author says.
pub(super) fn chart(
    chart: &Flowchart,
    style: &Style,
    measure: &dyn TextMeasure,
    turned: Option<Direction>,
) -> Chart {
    let drawer = Drawer {
        chart,
        classes: Classes::of(&chart.class_defs),
        connections: Connections::of(chart),
        parents: parents(chart),
        turned,
        style,
        measure,
    };
    drawer.chart()
}

/// The subgraph around each subgraph; one that would hold itself is held by none.
fn parents(chart: &Flowchart) -> Vec<Option<ClusterIx>> {
    let mut parents = vec![None; chart.subgraphs.len()];
    for (index, subgraph) in chart.subgraphs.iter().enumerate() {
        for member in &subgraph.members {
            if let Member::Subgraph(SubgraphIx(inner)) = *member
                // Inner subgraphs are listed before outer ones, so that following parents ends.
                && inner < index
            {
                parents[inner] = Some(ClusterIx(index));
            }
        }
    }
    parents
}

struct Drawer<'a> {
    chart: &'a Flowchart,
    classes: Classes,
    connections: Connections,
    parents: Vec<Option<ClusterIx>>,
    /// Where the chart flows instead of where its author says, with all of its subgraphs.
    turned: Option<Direction>,
    style: &'a Style,
    measure: &'a dyn TextMeasure,
}

impl Drawer<'_> {
    fn chart(&self) -> Chart {
        // A node that names a subgraph is drawn as that; the others keep their order.
        let mut places = Vec::with_capacity(self.chart.nodes.len());
        let mut nodes = Vec::new();
        let mut namesakes = vec![None; self.chart.subgraphs.len()];
        for (index, node) in self.chart.nodes.iter().enumerate() {
            if let Some(SubgraphIx(subgraph)) = node.subgraph {
                places.push(End::Cluster(ClusterIx(subgraph)));
                namesakes[subgraph] = Some(node);
            } else {
                places.push(End::Node(layered::NodeIx(nodes.len())));
                nodes.push(self.node(NodeIx(index), node));
            }
        }
        let clusters = self.chart.subgraphs.iter().enumerate();
        Chart {
            kind: SceneKind::Flowchart,
            direction: self.turned.unwrap_or(self.chart.direction),
            title: title(self.chart.titles.title.as_ref(), self.style, self.measure),
            nodes,
            clusters: clusters
                .map(|(index, subgraph)| self.cluster(index, subgraph, namesakes[index]))
                .collect(),
            edges: self.chart.edges.iter().map(|edge| self.edge(edge, &places)).collect(),
        }
    }

    fn node(&self, ix: NodeIx, node: &Node) -> ChartNode {
        let wishes = self.classes.wishes(&node.classes, &node.styles);
        let family = Family::of(node.shape.as_ref());
        let face = Face {
            size: self.text_size(&wishes, self.style.text_size),
            is_bold: wishes.is_bold.unwrap_or(false),
        };
        let max_width = family.max_label_width(self.style.max_label_width);
        let label = label(&node.label, Setting { face, max_width }, self.style, self.measure);
        let label = if wishes.is_italic == Some(true) { label.slanted() } else { label };
        let shape = if let Some(picture) = picture(node, self.style.fit) {
            captioned::picture(&picture, label.size)
        } else {
            let inset = inset(node.label.as_str());
            let shape = match family {
                Family::Bar => bar(0, self.is_sideways()),
                _ => family.shape(inset.label(label.size, face.size)),
            };
            inset.set_into(shape, label.size, face.size)
        };
        let cluster = self.connections.holder(ix);
        let theme = match family {
            Family::Note => Paint::theme(Slot::NoteFill, Slot::NoteStroke, Slot::NoteText),
            Family::Junction | Family::Stop | Family::SmallCircle | Family::Bar => {
                Paint::theme(Slot::Canvas, Slot::Pseudostate, Slot::Text)
            }
            Family::BraceLeft | Family::BraceRight | Family::Braces | Family::Bracketed | Family::Text => {
                Paint { fill: Ink::None, ..Paint::theme(Slot::Canvas, Slot::Line, Slot::Text) }
            }
            _ => Paint::theme(Slot::NodeFill, Slot::NodeStroke, Slot::Text),
        };
        ChartNode {
            role: Role::Node {
                id: node.id.clone(),
                parent: cluster.map(|ix| self.subgraph_id(ix)),
                element: None,
            },
            classes: node.classes.clone(),
            link: link(node),
            labels: if shape.shows_label { vec![(label, shape.label)] } else { Vec::new() },
            rules: Vec::new(),
            shape,
            paint: wishes.area(&theme),
            cluster: cluster.map(|SubgraphIx(index)| ClusterIx(index)),
        }
    }

    /// The size of text that its author may have chosen; a drawing that must fit a width has sizes of its own.
    fn text_size(&self, wishes: &Wishes, usual: f64) -> f64 {
        if self.style.fit.is_some() { usual } else { wishes.text_size(usual) }
    }

    fn is_sideways(&self) -> bool {
        matches!(self.chart.direction, Direction::LeftToRight | Direction::RightToLeft)
    }

    fn subgraph_id(&self, SubgraphIx(index): SubgraphIx) -> String {
        self.chart.subgraphs.get(index).map(|subgraph| subgraph.id.clone()).unwrap_or_default()
    }

    fn cluster(&self, index: usize, subgraph: &Subgraph, namesake: Option<&Node>) -> ChartCluster {
        let mut classes = subgraph.classes.clone();
        let mut styles: &[String] = &[];
        if let Some(node) = namesake {
            classes.extend(node.classes.iter().filter(|class| !subgraph.classes.contains(class)).cloned());
            styles = &node.styles;
        }
        let wishes = self.classes.own_wishes(&classes, styles);
        let face = Face {
            size: self.text_size(&wishes, self.style.small_size),
            is_bold: wishes.is_bold.unwrap_or(true),
        };
        let max_width = self.style.max_label_width * 1.5;
        let parent = self.parents[index];
        ChartCluster {
            role: Role::Cluster {
                id: subgraph.id.clone(),
                parent: parent.map(|ClusterIx(outer)| self.subgraph_id(SubgraphIx(outer))),
                element: None,
            },
            classes,
            link: namesake.and_then(link),
            title: label(&subgraph.title, Setting { face, max_width }, self.style, self.measure),
            paint: wishes.area(&Paint::theme(Slot::ClusterFill, Slot::ClusterStroke, Slot::QuietText)),
            parent,
            direction: subgraph.direction.filter(|_| self.turned.is_none()),
        }
    }

    fn edge(&self, edge: &flowchart::Edge, places: &[End]) -> ChartEdge {
        let wishes = Wishes::of(&self.chart.default_edge_styles)
            .and(&self.classes.own_wishes(&edge.classes, &edge.styles));
        let stroke = edge.stroke.unwrap_or(flowchart::Stroke::Normal);
        let motion = motion(edge, &wishes);
        let theme = Stroke {
            ink: Ink::Theme(Slot::Line),
            width: if stroke == flowchart::Stroke::Thick { THICK_LINE } else { LINE },
            dashes: match stroke {
                flowchart::Stroke::Dotted => DOTS.to_vec(),
                _ if motion.is_some() => MOVING_DASHES.to_vec(),
                _ => Vec::new(),
            },
        };
        let moving = motion.map(|motion| match motion {
            Motion::Slow => "edge-animation-slow".to_owned(),
            Motion::Fast => "edge-animation-fast".to_owned(),
        });
        let heads = edge.heads.unwrap_or(flowchart::Heads { end: Head::Point, double: false });
        let tip = tip(heads.end);
        let is_invisible = stroke == flowchart::Stroke::Invisible;
        ChartEdge {
            role: Role::Edge {
                id: edge.id.clone(),
                from: self.chart.node(edge.from).id.clone(),
                to: self.chart.node(edge.to).id.clone(),
            },
            classes: edge.classes.iter().cloned().chain(moving).collect(),
            from: places[edge.from.0],
            to: places[edge.to.0],
            label: edge
                .label
                .as_ref()
                .filter(|_| !is_invisible)
                .and_then(|text| self.edge_text(edge, text, &wishes)),
            stroke: wishes.line(&theme),
            start: tip.filter(|_| heads.double),
            end: tip,
            min_length: u32::from(edge.length.unwrap_or(1)).max(1),
            is_invisible,
            beside: None,
        }
    }

    fn edge_text(
        &self,
        edge: &flowchart::Edge,
        text: &crate::mermaid::diagram::text::Text,
        wishes: &Wishes,
    ) -> Option<EdgeText> {
        let face = Face {
            size: self.text_size(wishes, self.style.small_size),
            is_bold: wishes.is_bold.unwrap_or(false),
        };
        let setting = Setting { face, max_width: self.style.max_label_width * 0.8 };
        let label = label(text, setting, self.style, self.measure);
        let role = Role::EdgeLabel { id: edge.id.clone() };
        (!label.is_empty()).then(|| EdgeText { role, label, wishes: wishes.clone() })
    }
}

/// How a node is drawn that shows a picture: `icon` or `img` of its metadata (Mermaid, "Special shapes").
///
/// Nothing is loaded: for an image there is a frame of its size. A picture is as high as Mermaid's, 48 px, unless the author
/// says otherwise; one in a drawing that must `fit` a width takes half of that at most.
fn picture(node: &Node, fit: Option<f64>) -> Option<Picture> {
    let metadata = &node.metadata;
    let given = |text: &Option<String>| {
        let number = text.as_deref()?.parse::<f64>().ok()?;
        let max = fit.map_or(400.0, |fit| fit / 2.0);
        Some(number.clamp(24.0, max.max(24.0))).filter(|number| number.is_finite())
    };
    let is_label_above = metadata.pos.as_deref() == Some("t");
    if let Some(name) = &metadata.icon {
        let frame = match metadata.form.as_deref() {
            Some("square") => Frame::Square,
            Some("circle") => Frame::Circle,
            Some("rounded") => Frame::Rounded,
            _ => Frame::None,
        };
        let side = given(&metadata.h).unwrap_or(48.0);
        let icon = Icon::named(name).unwrap_or(Icon::UNKNOWN);
        return Some(Picture { icon, frame, size: Size::new(side, side), is_label_above });
    }
    metadata.img.as_ref()?;
    let (width, height) = (given(&metadata.w), given(&metadata.h));
    let size = Size::new(width.or(height).unwrap_or(60.0), height.or(width).unwrap_or(60.0));
    Some(Picture { icon: Icon::IMAGE, frame: Frame::Rounded, size, is_label_above })
}

/// The pictures beside a label.
fn inset(text: &str) -> Inset {
    let mut inset = Inset::default();
    let mut end = 0;
    for range in icons(text).into_iter().take(8) {
        let icon = text.get(range.clone()).and_then(Icon::named).unwrap_or(Icon::UNKNOWN);
        let is_first = text.get(end..range.start).is_some_and(|between| between.trim().is_empty());
        if is_first && inset.behind.is_empty() {
            inset.before.push(icon);
            end = range.end;
        } else {
            inset.behind.push(icon);
        }
    }
    inset
}

/// How an edge moves: its own `animation`, then its `animate`, then what its classes say.
fn motion(edge: &flowchart::Edge, wishes: &Wishes) -> Option<Motion> {
    match (edge.animation.as_deref(), edge.animate.as_deref()) {
        (_, Some("false")) => None,
        (Some("slow"), _) => Some(Motion::Slow),
        (Some("fast"), _) | (_, Some("true")) => Some(Motion::Fast),
        _ => wishes.motion,
    }
}

fn tip(head: Head) -> Option<Tip> {
    match head {
        Head::Open => None,
        Head::Point => Some(Tip::Point),
        Head::Cross => Some(Tip::Cross),
        Head::Circle => Some(Tip::Circle),
    }
}

/// Where a click on the node leads; a callback leads nowhere, as nothing runs in a drawing.
fn link(node: &Node) -> Option<scene::Link> {
    let link = node.link.as_ref().filter(|link| !link.url.is_empty())?;
    Some(scene::Link { url: link.url.clone(), tooltip: link.tooltip.clone() })
}
