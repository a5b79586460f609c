//! What a generated view leaves out, for people.

use crate::base::text::Place;
use crate::cluster::model::stated::Dispute;
use crate::generate::LeftOut;

use super::Caution;
use super::source_text::{SourceText, position};

/// A warning for each fact that is left out, in their order; a dispute with all its values and their places.
pub fn cautions(left_out: &[LeftOut], sources: &[SourceText]) -> Vec<Caution> {
    left_out.iter().map(|fact| caution(fact, sources)).collect()
}

fn caution(fact: &LeftOut, sources: &[SourceText]) -> Caution {
    match fact {
        LeftOut::Disputed(dispute) => Caution {
            message: format!("left out: {}", disputed(dispute, sources)),
            help: "correct one of the places, and generate again".to_owned(),
        },
        LeftOut::Unknown { what, because } => {
            Caution { message: format!("left out: {what}"), help: because.clone() }
        }
    }
}

/// "the QDevice has two values for its number of votes: 1 (post.md:3:5) and 2 (post.md:9:5)"
fn disputed(dispute: &Dispute, sources: &[SourceText]) -> String {
    let values: Vec<String> = dispute
        .distinct()
        .into_iter()
        .map(|(value, place)| format!("{value} ({})", at(*place, sources)))
        .collect();
    let values = match values.as_slice() {
        [first @ .., last] if !first.is_empty() => format!("{} and {last}", first.join(", ")),
        values => values.join(""),
    };
    format!("{} has different values for its {}: {values}", dispute.subject, dispute.fact)
}

fn at(place: Place, sources: &[SourceText]) -> String {
    position(place, sources).unwrap_or_else(|| "a place unknown".to_owned())
}
