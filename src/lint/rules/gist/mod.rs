//! Rules about blocks that leave their posts for files of their own.

pub(crate) mod secret_in_gist;
