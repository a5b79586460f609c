//! Where a diagram will be read: the version of Mermaid that runs there, and what that version still draws.

use std::fmt;

/// A release of Mermaid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Version {
    /// First number.
    pub major: u16,
    /// Second number.
    pub minor: u16,
    /// Third number.
    pub patch: u16,
}

impl Version {
    /// The release `major.minor.patch`.
    pub const fn new(major: u16, minor: u16, patch: u16) -> Self {
        Self { major, minor, patch }
    }

    /// Reads `11.4` or `11.4.1`; what is not written is 0.
    fn parse(text: &str) -> Option<Self> {
        let mut numbers = text.split('.').map(|number| {
            // Without this a sign would be read too.
            number.bytes().all(|byte| byte.is_ascii_digit()).then(|| number.parse().ok()).flatten()
        });
        let version = Self::new(numbers.next()??, numbers.next()??, numbers.next().unwrap_or(Some(0))?);
        numbers.next().is_none().then_some(version)
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}", self.major, self.minor, self.patch)
    }
}

/// The newest release whose language Merrow knows.
pub const NEWEST: Version = Version::new(12, 3, 0);

/// The oldest release for which it is known what it lacks.
const OLDEST: Version = Version::new(10, 2, 0);

/// A name for a place where diagrams are read, with the release that runs there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Named {
    /// What an author writes in `merrow.toml`.
    pub name: &'static str,
    /// Who runs it, as the subject of a sentence.
    pub reader: &'static str,
    /// The release.
    pub version: Version,
    /// The day for which that is known, `YYYY-MM-DD`.
    pub seen: &'static str,
    /// Where it is known from.
    pub source: &'static str,
    /// How much of that is certain.
    pub certainty: &'static str,
}

/// Every name, the newest release first.
///
/// The dates of releases are those of the npm registry. GitHub and GitLab publish no list; what they ran was seen on the
/// day that stands there, and changes without notice.
pub static NAMED: [Named; 5] = [
    Named {
        name: "12",
        reader: "Mermaid 12",
        version: NEWEST,
        seen: "2026-11-03",
        source: "npm registry, `mermaid`",
        certainty: "the newest release of this number when this Merrow was made",
    },
    Named {
        name: "11",
        reader: "Mermaid 11",
        version: Version::new(11, 17, 2),
        seen: "2026-08-25",
        source: "npm registry, `mermaid`",
        certainty: "the last release of this number",
    },
    Named {
        name: "10",
        reader: "Mermaid 10",
        version: Version::new(10, 9, 8),
        seen: "2026-08-04",
        source: "npm registry, `mermaid`",
        certainty: "the last release of this number",
    },
    Named {
        name: "github",
        reader: "GitHub",
        version: Version::new(11, 17, 2),
        seen: "2026-09-22",
        source: "an `info` diagram on github.com, reported in mermaid-js/mermaid#8289",
        certainty: "seen by readers; GitHub announces no change of it",
    },
    Named {
        name: "gitlab",
        reader: "GitLab",
        version: Version::new(11, 16, 1),
        seen: "2026-09-23",
        source: "`mermaid-v11` in `package.json` of gitlab-org/gitlab, as others quote it",
        certainty: "gitlab.com; GitLab 19.0 brought Mermaid 11 (gitlab-org/gitlab!236611), older installations run 10.7",
    },
];

/// The names that [`Profile::named`] knows besides versions.
pub fn names() -> impl Iterator<Item = &'static str> {
    NAMED.iter().map(|named| named.name)
}

/// Where a diagram will be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Profile {
    reader: String,
    /// The release of Mermaid that draws it there.
    pub version: Version,
    /// Edges that a flowchart may have there (Mermaid's `maxEdges`, which only the site sets).
    pub max_edges: usize,
    /// Length that the text of a diagram may have there, in UTF-16 units as JavaScript counts them (Mermaid's
    /// `maxTextSize`, which only the site sets).
    pub max_text_units: usize,
}

impl Default for Profile {
    /// Mermaid 12, in the newest release that Merrow knows.
    fn default() -> Self {
        Self::of(&NAMED[0])
    }
}

impl Profile {
    /// With the limits that Mermaid has when its site sets none: 500 edges, 280 before 10.7 (seen by giving both to its
    /// parsers), and 50 000 units of text.
    fn new(reader: String, version: Version) -> Self {
        let max_edges = if version < Version::new(10, 7, 0) { 280 } else { 500 };
        Self { reader, version, max_edges, max_text_units: 50_000 }
    }

    fn of(named: &Named) -> Self {
        Self::new(named.reader.to_owned(), named.version)
    }

    /// The profile of a name in [`NAMED`], or of a release such as `11.4` or `11.4.1`, from 10.2 on.
    ///
    /// `None` when it is neither.
    pub fn named(name: &str) -> Option<Self> {
        let named = NAMED.iter().find(|named| named.name == name).map(Self::of);
        named.or_else(|| {
            let version = Version::parse(name).filter(|version| *version >= OLDEST)?;
            Some(Self::new(format!("Mermaid {version}"), version))
        })
    }

    /// Who draws the diagram, as the subject of a sentence: `GitHub (Mermaid 11.17.2)`, `Mermaid 12.3.0`.
    pub fn reader(&self) -> String {
        match self.reader.strip_prefix("Mermaid ") {
            Some(_) => format!("Mermaid {}", self.version),
            None => format!("{} (Mermaid {})", self.reader, self.version),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_releases_are_profiles() {
        let table = [
            ("12", Some(("Mermaid 12.3.0", NEWEST))),
            ("github", Some(("GitHub (Mermaid 11.17.2)", Version::new(11, 17, 2)))),
            ("11.4", Some(("Mermaid 11.4.0", Version::new(11, 4, 0)))),
            ("11.12.3", Some(("Mermaid 11.12.3", Version::new(11, 12, 3)))),
            ("13.0", Some(("Mermaid 13.0.0", Version::new(13, 0, 0)))),
            ("10.1", None),
            ("9", None),
            ("11.", None),
            ("11.4.1.0", None),
            ("11.+4", None),
            ("11.99999", None),
            ("GitHub", None),
            ("", None),
        ];
        for (name, expected) in table {
            let profile = Profile::named(name).map(|profile| (profile.reader(), profile.version));
            assert_eq!(profile, expected.map(|(reader, version)| (reader.to_owned(), version)), "{name}");
        }
        assert_eq!(Profile::default(), Profile::named("12").unwrap());
    }

    #[test]
    fn older_releases_draw_fewer_edges() {
        let max_edges = |name: &str| Profile::named(name).unwrap().max_edges;
        assert_eq!(["10.6", "10.7", "10", "12"].map(max_edges), [280, 500, 500, 500]);
    }
}
