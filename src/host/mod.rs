//! The outside world: files, environment, terminal, clock.
//!
//! All I/O of the program is below this file, and nothing else is: what is read is handed to `pipeline` as values.
#![expect(clippy::disallowed_methods, reason = "this room is the one that may reach the outside world")]

pub mod clock;
pub mod console;
pub mod font_file;
pub mod gist_folder;
pub mod input;
pub mod live;
pub mod output_folder;
pub mod read_error;
#[cfg(feature = "net")]
pub mod server;
pub mod settings_file;
pub mod workspace;
pub mod write_file;

mod file_text;
mod walk;
#[cfg(feature = "net")]
mod watcher;
