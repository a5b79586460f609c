//! What documents say about a cluster.
//!
//! [`read`] turns diagrams and configuration into [`Claim`](claim::Claim)s, each with its place; [`aliases`] says who is who;
//! [`assemble`](mod@assemble) makes one cluster of them, in which every fact knows who states it; [`trial`] runs what is claimed about
//! behaviour on the simulated cluster.
//!
//! Not here: whether a claim is a mistake (that is `lint`), and anything that guesses. What cannot be read for certain
//! stays unread; an author can say it outright with a `merrow:` comment.

pub mod aliases;

pub mod assemble;
pub mod ballot;
pub mod behaviour;
pub mod claim;
pub mod label;
pub mod phrases;
pub mod read;
pub mod trial;
pub mod vocabulary;
pub mod words;
