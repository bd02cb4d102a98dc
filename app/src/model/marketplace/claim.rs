//! Verification of an agent or its publisher (`claim` in the API).

/// Kind of verification.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClaimKind {
    /// Domain, verified by DNS or a file below `/.well-known`.
    Domain,
    /// Key, verified by a signature.
    Key,
    /// Repository, verified by a file in its default branch.
    Repository,
}

impl ClaimKind {
    /// All kinds, in display order.
    pub const ALL: [Self; 3] = [Self::Domain, Self::Key, Self::Repository];

    /// Name in the API.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Domain => "domain",
            Self::Key => "key",
            Self::Repository => "repository",
        }
    }

    /// Parses the name in the API.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == name)
    }

    /// Heading.
    pub fn title(self) -> &'static str {
        match self {
            Self::Domain => "Domain",
            Self::Key => "Key",
            Self::Repository => "Repository",
        }
    }

    /// Facts that a verification of this kind doesn't cover.
    pub fn limits(self) -> &'static str {
        match self {
            Self::Domain => {
                "the identity behind the domain, what the agent does, and whether it is safe. Its code isn’t reviewed."
            }
            Self::Key => "the identity of the key holder, and the truth of anything signed with the key.",
            Self::Repository => "that the agent runs the code in the repository. The code isn’t reviewed.",
        }
    }
}

/// Verification with its dates.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// Kind.
    pub kind: ClaimKind,
    /// Domain, repository URL, or key thumbprint (RFC 7638).
    pub target: String,
    /// Method, as in the API: `dns`, `well-known`, `signature` or `file`.
    pub method: String,
    /// Date of the last successful check, `YYYY-MM-DD`.
    pub checked: String,
    /// Expiry date, `YYYY-MM-DD`.
    pub until: String,
    /// True for an expired verification.
    pub is_expired: bool,
    /// Public `https` URL of the evidence.
    pub evidence: Option<String>,
    /// Expected evidence: value of the TXT record, or line of the file.
    pub proof: Option<String>,
}

impl Claim {
    /// Method label.
    pub fn method_title(&self) -> &str {
        match self.method.as_str() {
            "dns" => "DNS TXT",
            "well-known" => "well-known file",
            "signature" => "signature",
            "file" => "repository file",
            other => other,
        }
    }

    /// Target as shown on a badge: a repository without its host, a key by its first characters.
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

    /// Check and expiry dates; the second omits its year if both are equal.
    pub fn days(&self) -> String {
        let year = |day: &str| day.get(..5).map(str::to_owned);
        match self.until.get(5..) {
            Some(rest) if year(&self.checked) == year(&self.until) => format!("{} – {rest}", self.checked),
            _ => format!("{} – {}", self.checked, self.until),
        }
    }

    /// Description of the check.
    pub fn description(&self) -> String {
        let Self { target, .. } = self;
        match (self.kind, self.method.as_str()) {
            (ClaimKind::Domain, "dns") => format!(
                "A DNS TXT record on {target} contains the value we issued. The publisher could edit DNS for {target}."
            ),
            (ClaimKind::Domain, _) => format!(
                "The file /.well-known/sentryagent-claim on {target} contains the value we issued. The publisher could edit the website at {target}."
            ),
            (ClaimKind::Key, _) => format!(
                "The value we issued was signed with the key whose thumbprint is {target}. The publisher could sign with the private key."
            ),
            (ClaimKind::Repository, _) => format!(
                "A file in the default branch of {target} contains the value we issued. The publisher could write to the repository."
            ),
        }
    }

    /// Rule for repeated checks.
    pub fn recheck_rule(&self) -> &'static str {
        match (self.is_expired, self.kind) {
            (true, _) => "No longer valid.",
            (false, ClaimKind::Key) => "Not rechecked: the publisher must sign again before it expires.",
            (false, _) => "Rechecked daily; expires after three consecutive failures.",
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
    fn date_ranges_repeat_the_year_only_if_it_changes() {
        let same = claim(ClaimKind::Domain, "a.example");
        assert_eq!(same.days(), "2026-11-20 – 12-20");
        assert_eq!(Claim { until: "2027-01-02".to_owned(), ..same }.days(), "2026-11-20 – 2027-01-02");
    }

    #[test]
    fn short_targets_keep_the_distinguishing_part() {
        let short = |kind, target| claim(kind, target).short_target();
        assert_eq!(short(ClaimKind::Repository, "https://github.com/owner/name"), "owner/name");
        assert_eq!(short(ClaimKind::Key, "9kYz3bQ1-long-thumbprint"), "9kYz3bQ1-lon");
        assert_eq!(short(ClaimKind::Domain, "agents.example"), "agents.example");
    }
}
