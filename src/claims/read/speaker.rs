//! The one who makes claims of a block.

use ipnet::IpNet;

use crate::base::text::{FileId, Place, Span};
use crate::claims::claim::{Claim, EntityKind, Fact, Source, Subject};
use crate::cluster::model::guest::GuestKind;

/// Makes claims of one block.
pub(super) struct Speaker<'a> {
    file: FileId,
    block: usize,
    pub(super) source: Source,
    claims: &'a mut Vec<Claim>,
}

impl<'a> Speaker<'a> {
    pub(super) fn new(file: FileId, block: usize, source: Source, claims: &'a mut Vec<Claim>) -> Self {
        Self { file, block, source, claims }
    }

    pub(super) fn place(&self, span: Span) -> Place {
        Place::new(self.file, span)
    }

    pub(super) fn say(&mut self, subject: &Subject, fact: Fact, span: Span) {
        let place = self.place(span);
        self.claims.push(Claim {
            subject: subject.clone(),
            fact,
            place,
            source: self.source,
            block: self.block,
        });
    }

    /// Says that a subnet exists; a host route names one machine and no network.
    pub(super) fn say_subnet(&mut self, network: IpNet, span: Span) {
        if network.prefix_len() < network.max_prefix_len() {
            self.say(&Subject::new(EntityKind::Subnet, network.to_string()), Fact::Exists, span);
        }
    }

    /// Says that a guest exists, by its service id, `vm:100` or `ct:100` (ha-manager.adoc, "Resources").
    pub(super) fn say_guest(&mut self, service: &str, span: Span) -> Option<Subject> {
        let (name, kind) = match service.split_once(':')? {
            ("vm", id) => (format!("VM {id}"), GuestKind::VirtualMachine),
            ("ct", id) => (format!("CT {id}"), GuestKind::Container),
            _ => return None,
        };
        let subject = Subject::new(EntityKind::Guest, name);
        self.say(&subject, Fact::GuestKind(kind), span);
        Some(subject)
    }
}
