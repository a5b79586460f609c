//! `merrow model`

use clap::{Args, ValueEnum};

use crate::base::text::FileId;
use crate::host::console::Console;
use crate::report::model::{self, LabModel};

use super::{CliError, Inputs, Outcome};

#[derive(Debug, Args)]
pub(super) struct ModelArgs {
    #[command(flatten)]
    inputs: Inputs,
    /// Who reads the model
    #[arg(long, value_name = "FORMAT", default_value = "tree")]
    output_format: OutputFormat,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum OutputFormat {
    /// People
    Tree,
    /// Programs: claims, aliases, cluster and disputes
    Json,
}

pub(super) fn run(args: &ModelArgs, console: &mut Console) -> Result<Outcome, CliError> {
    args.inputs.are_standard_input()?;
    let workspace = args.inputs.open_or_take()?;
    let facts = workspace.labs();
    let files: Vec<Vec<FileId>> = facts
        .iter()
        .map(|facts| facts.lab.files.iter().map(|index| FileId(*index as u32)).collect())
        .collect();
    let labs: Vec<LabModel> = facts
        .iter()
        .zip(&files)
        .map(|(facts, files)| LabModel {
            name: facts.lab.name.as_deref(),
            files,
            intended: &facts.intended,
            not_understood: &facts.not_understood,
        })
        .collect();
    let sources = workspace.sources();
    match args.output_format {
        OutputFormat::Tree => console.print(&model::tree(&labs, &sources))?,
        OutputFormat::Json => console.print_json(&model::json(&labs, &sources))?,
    }
    super::print_cautions(&workspace, console);
    let failures = workspace.failures();
    super::print_failures(&failures, console);
    Ok(if failures.is_empty() { Outcome::Clean } else { Outcome::Failed })
}
