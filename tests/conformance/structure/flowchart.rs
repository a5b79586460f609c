//! The canonical form of a flowchart.

use merrow::mermaid::diagram::flowchart::{Edge, Flowchart, Head, Member, Node, Shape, Stroke, Subgraph};
use merrow::mermaid::diagram::text::Text;
use serde_json::{Map, Value, json};

use super::{class_defs, label_type, titled};

pub(crate) fn of(chart: &Flowchart) -> Value {
    let structure = json!({
        "kind": "flowchart",
        "direction": chart.direction.name(),
        "nodes": chart.nodes.iter().map(node).collect::<Value>(),
        "edges": chart.edges.iter().map(|each| edge(chart, each)).collect::<Value>(),
        "subgraphs": chart.subgraphs.iter().map(|each| subgraph(chart, each)).collect::<Value>(),
        "classDefs": class_defs(&chart.class_defs),
        "defaultEdgeStyles": chart.default_edge_styles,
        "defaultCurve": chart.default_curve,
    });
    titled(structure, &chart.titles)
}

fn mapping(pairs: &[(String, String)]) -> Value {
    Value::Object(pairs.iter().map(|(key, value)| (key.clone(), json!(value))).collect::<Map<_, _>>())
}

fn node(node: &Node) -> Value {
    let metadata = &node.metadata;
    json!({
        "id": node.id,
        "label": node.label.as_str(),
        "labelType": label_type(&node.label),
        "shape": node.shape.as_ref().map(Shape::name),
        "classes": node.classes,
        "styles": node.styles,
        "link": node.link.as_ref().map(|link| &link.url),
        "linkTarget": node.link.as_ref().map(|link| &link.target),
        "tooltip": node.link.as_ref().map(|link| &link.tooltip),
        "icon": metadata.icon,
        "form": metadata.form,
        "pos": metadata.pos,
        "img": metadata.img,
        "constraint": metadata.constraint,
        "w": metadata.w,
        "h": metadata.h,
        "props": mapping(&metadata.props),
    })
}

fn edge(chart: &Flowchart, edge: &Edge) -> Value {
    let arrow = edge.heads.map_or("INVALID".to_owned(), |heads| {
        let end = match heads.end {
            Head::Open => "arrow_open",
            Head::Point => "arrow_point",
            Head::Cross => "arrow_cross",
            Head::Circle => "arrow_circle",
        };
        if heads.double { format!("double_{end}") } else { end.to_owned() }
    });
    let stroke = edge.stroke.map_or("INVALID", |stroke| match stroke {
        Stroke::Normal => "normal",
        Stroke::Thick => "thick",
        Stroke::Dotted => "dotted",
        Stroke::Invisible => "invisible",
    });
    json!({
        "id": edge.id,
        "userId": edge.has_user_id,
        "from": chart.node(edge.from).id,
        "to": chart.node(edge.to).id,
        "label": edge.label.as_ref().map(Text::as_str),
        "labelType": edge.label.as_ref().map_or("text", label_type),
        "arrow": arrow,
        "stroke": stroke,
        "length": edge.length,
        "classes": edge.classes,
        "styles": edge.styles,
        "curve": edge.curve,
        "animate": edge.animate,
        "animation": edge.animation,
        "step": edge.step,
    })
}

fn subgraph(chart: &Flowchart, subgraph: &Subgraph) -> Value {
    let member = |member: &Member| match member {
        Member::Node(ix) => chart.node(*ix).id.as_str(),
        Member::Subgraph(ix) => chart.subgraphs[ix.0].id.as_str(),
    };
    json!({
        "id": subgraph.id,
        "title": subgraph.title.as_str(),
        "labelType": label_type(&subgraph.title),
        "members": subgraph.members.iter().map(member).collect::<Vec<_>>(),
        "direction": subgraph.direction.map(merrow::mermaid::diagram::Direction::name),
        "classes": subgraph.classes,
        "metadata": mapping(&subgraph.metadata),
    })
}
