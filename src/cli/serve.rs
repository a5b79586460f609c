//! `merrow serve`

use std::net::{IpAddr, Ipv4Addr};

use clap::Args;

use crate::host::console::Console;
use crate::host::live::Live;
use crate::host::server::{Server, ServerError};

use super::error::CliErrorKind;
use super::{CliError, Inputs, Outcome};

#[derive(Debug, Args)]
pub(super) struct ServeArgs {
    #[command(flatten)]
    inputs: Inputs,
    /// Port to listen on; 0 picks one that is free
    #[arg(long, default_value_t = 4600)]
    port: u16,
    /// Address to listen on; any other than this machine's own lets others read the posts
    #[arg(long, value_name = "ADDRESS", default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST))]
    host: IpAddr,
}

pub(super) fn run(args: &ServeArgs, console: &mut Console) -> Result<Outcome, CliError> {
    let server = Server::bind(args.host, args.port)?;
    let live = Live::open(args.inputs.config.clone(), args.inputs.paths.clone())?;
    if live.n_files() == 0 && !live.failures().is_empty() {
        super::print_failures(&live.failures(), console);
        return Ok(Outcome::Failed);
    }
    if !args.host.is_loopback() {
        console.print_error(&format!(
            "warning: everybody who reaches {} can read these files\n  help: leave out --host to listen on this machine \
             alone\n",
            args.host
        ));
    }
    if console.is_watched() {
        let n_files = live.n_files();
        let files = if n_files == 1 { "file" } else { "files" };
        console.print_error(&format!("Watching {n_files} {files}. Ctrl-C ends.\n"));
    }
    let url = server.url();
    server.run(live, || console.print(&format!("{url}\n")))?;
    Ok(Outcome::Clean)
}

impl From<ServerError> for CliError {
    fn from(error: ServerError) -> Self {
        let hints = error.help().map(str::to_owned).into_iter().collect();
        let kind = match &error {
            ServerError::PortTaken(_) | ServerError::PortRefused(_) | ServerError::NoSuchAddress(_) => {
                CliErrorKind::User
            }
            _ => CliErrorKind::System,
        };
        let message = "cannot serve the preview".to_owned();
        Self { kind, message, details: vec![error.to_string()], hints }
    }
}
