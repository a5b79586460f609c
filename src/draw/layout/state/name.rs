//! What Mermaid calls the states of a diagram in its drawings.
//!
//! Most are called as the text calls them. Concurrent regions have no name there: Mermaid numbers the dividers that end them, and
//! gives the last region of a composite an id that is another at every reading.

use std::collections::BTreeMap;

use crate::mermaid::diagram::state::{StateDiagram, StateIx, StateKind};

/// The name of a state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Name {
    /// Its id.
    pub(super) id: String,
    /// The id of its element, when its own is none that a style sheet could ask for.
    pub(super) element: Option<String>,
}

/// The names of all states. `starts` holds where each transition and each note begins, in order: Mermaid numbers elements by
/// how many stand before.
pub(super) fn names(diagram: &StateDiagram, starts: &[u32]) -> Vec<Name> {
    let mut names: Vec<Name> =
        diagram.states.iter().map(|state| Name { id: state.id.clone(), element: None }).collect();
    let mut regions: BTreeMap<Option<usize>, Vec<usize>> = BTreeMap::new();
    for (index, state) in diagram.states.iter().enumerate() {
        if state.kind == Some(StateKind::Region) {
            regions.entry(state.parent.map(|StateIx(parent)| parent)).or_default().push(index);
        }
    }
    // Each region with where the divider that ends it stands; the last one is ended by the composite.
    let mut ended: Vec<(u32, usize)> = Vec::new();
    let mut last: Vec<usize> = Vec::new();
    for regions in regions.values() {
        for (at, region) in regions.iter().enumerate() {
            let state = &diagram.states[*region];
            match regions.get(at + 1) {
                Some(next) => ended.push((diagram.states[*next].span.start, *region)),
                None if state.direction.is_none() => ended.push((state.span.start, *region)),
                None => last.push(*region),
            }
        }
    }
    ended.sort_unstable();
    for (number, (_, region)) in ended.into_iter().enumerate() {
        names[region].id = format!("divider-id-{}", number + 1);
    }
    for (number, region) in last.into_iter().enumerate() {
        let id = format!("id-region-{}", number + 1);
        let n_before = starts.partition_point(|start| *start < diagram.states[region].span.start);
        names[region] = Name { element: Some(format!("state-{id}-{n_before}")), id };
    }
    name_pseudostates(diagram, starts, &mut names);
    names
}

/// Names `[*]` of regions after their regions.
fn name_pseudostates(diagram: &StateDiagram, starts: &[u32], names: &mut [Name]) {
    let mut last_mention = vec![0; diagram.states.len()];
    for transition in &diagram.transitions {
        let number = starts.partition_point(|start| *start < transition.span.start);
        for StateIx(state) in [transition.from, transition.to] {
            last_mention[state] = number;
        }
    }
    for (index, state) in diagram.states.iter().enumerate() {
        let suffix = match state.kind {
            Some(StateKind::Start) => "_start",
            Some(StateKind::End) => "_end",
            _ => continue,
        };
        let region = state.parent.filter(|ix| diagram.state(*ix).kind == Some(StateKind::Region));
        if let Some(StateIx(region)) = region {
            let id = format!("{}{suffix}", names[region].id);
            let element =
                names[region].element.as_ref().map(|_| format!("state-{id}-{}", last_mention[index]));
            names[index] = Name { id, element };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::offset_map::Excerpt;
    use crate::mermaid::diagram::Diagram;

    #[test]
    fn regions_are_called_after_the_dividers_that_end_them() {
        let text = "stateDiagram-v2\n[*] --> a\nstate s {\n[*] --> x\n--\n[*] --> y\nstate t {\nu\n--\nv\n}\n--\nz --> [*]\n}\n";
        let Some(Diagram::State(diagram)) = crate::mermaid::read(&Excerpt::whole(text, 0)).diagram else {
            panic!("{text}")
        };
        let starts: Vec<u32> = diagram.transitions.iter().map(|transition| transition.span.start).collect();
        let names = names(&diagram, &starts);
        let named = |id: &str| {
            let index = diagram.states.iter().position(|state| state.id == id);
            let name = &names[index.unwrap_or_else(|| panic!("{id}"))];
            (name.id.as_str(), name.element.as_deref())
        };
        assert_eq!(named("a"), ("a", None));
        assert_eq!(named("s/region1"), ("divider-id-1", None));
        assert_eq!(named("s/region1_start"), ("divider-id-1_start", None));
        assert_eq!(named("t/region1"), ("divider-id-2", None), "numbered in the order of the text");
        assert_eq!(named("s/region2"), ("divider-id-3", None));
        assert_eq!(named("s/region3"), ("id-region-1", Some("state-id-region-1-3")));
        assert_eq!(named("s/region3_end"), ("id-region-1_end", Some("state-id-region-1_end-3")));
    }
}
