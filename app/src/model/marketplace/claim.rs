//! What was checked of an agent or its publisher.

/// What a claim is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClaimKind {
    /// A domain, by DNS or a file below `/.well-known`.
    Domain,
    /// A key, by a signature.
    Key,
    /// A repository, by a file in its default branch.
    Repository,
}

impl ClaimKind {
    /// All of them, in the order in which they are shown.
    pub const ALL: [Self; 3] = [Self::Domain, Self::Key, Self::Repository];

    /// As the API writes it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Domain => "domain",
            Self::Key => "key",
            Self::Repository => "repository",
        }
    }

    /// The one that the API writes so.
    pub fn read(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }

    /// As it is headed.
    pub fn title(self) -> &'static str {
        match self {
            Self::Domain => "Domain",
            Self::Key => "Key",
            Self::Repository => "Repository",
        }
    }

    /// What a check of this kind does not show.
    pub fn limits(self) -> &'static str {
        match self {
            Self::Domain => {
                "It does not say who stands behind the domain, whether the agent does what its description says, or whether it is safe. Nobody has looked at its code."
            }
            Self::Key => {
                "It does not say who holds the key, or that what was signed with it is true. It says that whoever registered the key could sign with it."
            }
            Self::Repository => {
                "It does not say that the agent runs the code in the repository, or that anybody has read that code."
            }
        }
    }
}

/// A stored, dated check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// What it is about.
    pub kind: ClaimKind,
    /// The domain, the repository's address, or the key's thumbprint (RFC 7638).
    pub target: String,
    /// How it was checked, as the API writes it: `dns`, `well-known`, `signature` or `file`.
    pub method: String,
    /// The day of the last successful check, `YYYY-MM-DD`.
    pub checked: String,
    /// The day on which that ends to count, `YYYY-MM-DD`.
    pub until: String,
    /// Whether it counts no longer.
    pub is_expired: bool,
    /// Where anybody sees the proof: an address by https.
    pub evidence: Option<String>,
    /// What is to be found there: the value of the TXT record, or a line of the file.
    pub proof: Option<String>,
}

impl Claim {
    /// How it was checked, in a word or two.
    pub fn method_title(&self) -> &str {
        match self.method.as_str() {
            "dns" => "DNS TXT",
            "well-known" => "well-known file",
            "signature" => "signature",
            "file" => "file in it",
            other => other,
        }
    }

    /// What a stamp shows of its target: a repository without its host, a key by its first letters.
    pub fn short_target(&self) -> String {
        match self.kind {
            ClaimKind::Domain => self.target.clone(),
            ClaimKind::Key => self.target.chars().take(12).collect(),
            ClaimKind::Repository => {
                let path = self.target.split_once("://").map_or(self.target.as_str(), |(_, rest)| rest);
                path.split_once('/').map_or(path, |(_, path)| path).to_owned()
            }
        }
    }

    /// Both days; the year of the second is left out where it is the first one's.
    pub fn days(&self) -> String {
        let year = |day: &str| day.get(..5).map(str::to_owned);
        match self.until.get(5..) {
            Some(rest) if year(&self.checked) == year(&self.until) => format!("{} – {rest}", self.checked),
            _ => format!("{} – {}", self.checked, self.until),
        }
    }

    /// What was done, in a sentence.
    pub fn what(&self) -> String {
        let Self { target, .. } = self;
        match (self.kind, self.method.as_str()) {
            (ClaimKind::Domain, "dns") => format!(
                "A TXT record of {target} holds the word that this registry gave the publisher. So whoever publishes the agent could change the DNS of {target}."
            ),
            (ClaimKind::Domain, _) => format!(
                "The file /.well-known/sentryagent-claim at {target} holds the word that this registry gave the publisher. So whoever publishes the agent could change the site at {target}."
            ),
            (ClaimKind::Key, _) => format!(
                "The word that this registry gave came back signed by the key with the thumbprint {target}. So whoever publishes the agent holds the private half of that key."
            ),
            (ClaimKind::Repository, _) => format!(
                "A file in the default branch of {target} holds the word that this registry gave the publisher. So whoever publishes the agent could write to that repository."
            ),
        }
    }

    /// How often it is done again.
    pub fn again(&self) -> &'static str {
        match (self.is_expired, self.kind) {
            (true, _) => "The last successful check is too long ago: it counts no longer.",
            (false, ClaimKind::Key) => "It ends by itself, unless the publisher signs again.",
            (false, _) => "It is checked again every day; three failures in a row end it.",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn claim(kind: ClaimKind, target: &str) -> Claim {
        Claim {
            kind,
            target: target.to_owned(),
            method: "dns".to_owned(),
            checked: "2026-11-20".to_owned(),
            until: "2026-12-20".to_owned(),
            is_expired: false,
            evidence: None,
            proof: None,
        }
    }

    #[test]
    fn a_year_is_written_twice_only_where_it_turns() {
        let same = claim(ClaimKind::Domain, "a.example");
        assert_eq!(same.days(), "2026-11-20 – 12-20");
        assert_eq!(Claim { until: "2027-01-02".to_owned(), ..same }.days(), "2026-11-20 – 2027-01-02");
    }

    #[test]
    fn a_stamp_shows_what_tells_targets_apart() {
        let short = |kind, target| claim(kind, target).short_target();
        assert_eq!(short(ClaimKind::Repository, "https://github.com/owner/name"), "owner/name");
        assert_eq!(short(ClaimKind::Key, "9kYz3bQ1-long-thumbprint"), "9kYz3bQ1-lon");
        assert_eq!(short(ClaimKind::Domain, "agents.example"), "agents.example");
    }
}
