//! `merrow schema`

use crate::host::console::Console;
use crate::pipeline::settings;

use super::{CliError, Outcome};

pub(super) fn run(console: &mut Console) -> Result<Outcome, CliError> {
    console.print_json(&settings::schema())?;
    Ok(Outcome::Clean)
}
