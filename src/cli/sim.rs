//! `merrow sim`

use clap::{Args, Subcommand, ValueEnum};

use crate::cluster::simulate::quorum::Algorithm;
use crate::cluster::simulate::what_if::{QNETD, Question, QuestionError};
use crate::host::console::Console;
use crate::report::what_if;

use super::{CliError, Outcome};

#[derive(Debug, Args)]
pub(super) struct SimArgs {
    #[command(subcommand)]
    question: SimCommand,
}

#[derive(Debug, Subcommand)]
enum SimCommand {
    /// Ask who has quorum when parts of a cluster fail
    WhatIf(WhatIfArgs),
}

#[derive(Debug, Args)]
struct WhatIfArgs {
    /// Nodes of the cluster, 1 to 65535, called node1, node2 and so on, with a vote each
    #[arg(long, value_name = "N")]
    nodes: u32,
    /// The algorithm of a QDevice, if the cluster has one
    #[arg(long, value_name = "ALGORITHM")]
    qdevice: Option<Qdevice>,
    /// What fails: nodes, and `qnetd` for the server of the QDevice
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    down: Vec<String>,
    /// Who reads the answer
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    output_format: OutputFormat,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Qdevice {
    /// One vote, for the partition that may keep it
    Ffsplit,
    /// A vote less than there are nodes, for the last partition standing
    Lms,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum OutputFormat {
    /// People
    Text,
    /// Programs
    Json,
}

pub(super) fn run(args: &SimArgs, console: &mut Console) -> Result<Outcome, CliError> {
    match &args.question {
        SimCommand::WhatIf(args) => what_if(args, console),
    }
}

fn what_if(args: &WhatIfArgs, console: &mut Console) -> Result<Outcome, CliError> {
    let algorithm = args.qdevice.map(|algorithm| match algorithm {
        Qdevice::Ffsplit => Algorithm::Ffsplit,
        Qdevice::Lms => Algorithm::Lms,
    });
    let down = args.down.iter().map(String::as_str);
    let question = Question::about_equal_nodes(args.nodes, algorithm, down).map_err(|error| {
        let told = CliError::user(error.to_string());
        match error {
            QuestionError::NodeCount(_) => told,
            QuestionError::UnknownName { similar: Some(meant), .. } => {
                told.hint(format!("did you mean `{meant}`?"))
            }
            QuestionError::UnknownName { .. } => told.hint(format!(
                "nodes are called node1, node2 and so on; `{QNETD}` is the server of the QDevice"
            )),
            QuestionError::NoDevice => told.hint("give it one with --qdevice ffsplit or --qdevice lms"),
            QuestionError::DeviceWithoutVotes => told.hint("ask with --qdevice ffsplit, or about more nodes"),
        }
    })?;
    let answer = question.answer().map_err(|refusal| CliError::user(refusal.to_string()))?;
    match args.output_format {
        OutputFormat::Text => console.print(&what_if::text(&answer))?,
        OutputFormat::Json => console.print_json(&what_if::json(&answer))?,
    }
    Ok(Outcome::Clean)
}
