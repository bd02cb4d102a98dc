//! Fields of the "Create agent" form and their validation: the same rules in the browser, on the server and in the API.

use domain::agent::{AgentType, TextForm as _};
use domain::capability::{Capability, MAX_CAPABILITIES};
use serde::{Deserialize, Serialize};

/// Agent types and their labels, in the order of the form.
pub const TYPES: [(AgentType, &str); 8] = [
    (AgentType::Custom, "Custom"),
    (AgentType::Screener, "Screener: reviews items and flags some"),
    (AgentType::Classifier, "Classifier: sorts items into classes"),
    (AgentType::Extractor, "Extractor: extracts data from documents"),
    (AgentType::Summarizer, "Summarizer: summarizes texts"),
    (AgentType::Router, "Router: routes items to recipients"),
    (AgentType::Monitor, "Monitor: reports changes"),
    (AgentType::Orchestrator, "Orchestrator: coordinates other agents"),
];
/// Suggested capabilities.
pub const SUGGESTED: [&str; 8] = [
    "documents:read",
    "invoices:read",
    "messages:send",
    "tickets:write",
    "contracts:read",
    "calendar:read",
    "payments:approve",
    "reports:write",
];
/// Maximum length of a name, in characters.
pub const LONGEST_NAME: usize = 100;
/// Maximum length of an email address, in bytes (RFC 5321, section 4.5.3.1.3).
const LONGEST_EMAIL: usize = 254;

/// Submitted values, unmodified.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgentFields {
    /// Agent name.
    pub name: String,
    /// Agent type.
    pub agent_type: String,
    /// Capabilities, separated by commas or spaces.
    pub capabilities: String,
    /// Organization name; may be empty.
    pub organization: String,
    /// Email address; may be empty.
    pub email: String,
}

/// Problems by field, each a complete sentence.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgentProblems {
    /// Problem with the name.
    pub name: Option<String>,
    /// Problem with the type.
    pub agent_type: Option<String>,
    /// Problem with the capabilities.
    pub capabilities: Option<String>,
    /// Problem with the organization name.
    pub organization: Option<String>,
    /// Problem with the email address.
    pub email: Option<String>,
}

impl AgentProblems {
    /// True without problems.
    pub fn is_none(&self) -> bool {
        self.listed().next().is_none()
    }

    /// Problems with the names of their fields.
    pub fn listed(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let all = [
            ("name", &self.name),
            ("type", &self.agent_type),
            ("capabilities", &self.capabilities),
            ("organization", &self.organization),
            ("email", &self.email),
        ];
        all.into_iter().filter_map(|(field, problem)| Some((field, problem.as_deref()?)))
    }
}

impl AgentFields {
    /// Validates the values.
    pub fn problems(&self) -> AgentProblems {
        let long = |label: &str, text: &str, max| {
            let letters = text.trim().chars().count();
            (letters > max).then(|| format!("{label} has {letters} characters. The maximum is {max}."))
        };
        AgentProblems {
            name: if self.name.trim().is_empty() {
                Some("Enter a name.".to_owned())
            } else {
                long("The name", &self.name, LONGEST_NAME)
            },
            agent_type: AgentType::parse(&self.agent_type).err().map(|_| "Choose a type from the list.".to_owned()),
            capabilities: capabilities_problem(&self.capabilities),
            organization: long("The organization name", &self.organization, LONGEST_NAME),
            email: if self.email.trim().is_empty() { None } else { email_problem(&self.email) },
        }
    }
}

/// Parses capabilities and removes duplicates.
pub fn capabilities(text: &str) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for one in text.split(|letter: char| letter == ',' || letter == ';' || letter.is_whitespace()) {
        if !one.is_empty() && !all.iter().any(|known| known == one) {
            all.push(one.to_owned());
        }
    }
    all
}

fn capabilities_problem(text: &str) -> Option<String> {
    let all = capabilities(text);
    if all.is_empty() {
        return Some("Enter at least one capability, such as documents:read.".to_owned());
    }
    if all.len() > MAX_CAPABILITIES {
        return Some(format!("{} capabilities entered. The maximum is {MAX_CAPABILITIES}.", all.len()));
    }
    let wrong = all.iter().find(|one| Capability::parse(one).is_err())?;
    Some(format!("“{wrong}” is not a capability. Use resource:action in lowercase, such as documents:read."))
}

/// Validates the form of an email address. Only a confirmation email shows that it exists. The rule is looser than
/// `domain::email`, whose tables of domain names are larger than all other code in the browser.
pub fn email_problem(text: &str) -> Option<String> {
    let text = text.trim();
    let is_one = text.len() <= LONGEST_EMAIL
        && !text.contains(|letter: char| letter.is_whitespace() || letter.is_control())
        && text.rsplit_once('@').is_some_and(|(local, host)| {
            !local.is_empty() && host.contains('.') && host.split('.').all(|label| !label.is_empty())
        });
    (!is_one).then(|| "Enter an email address, such as ana@example.com.".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn capabilities_are_split_and_deduplicated() {
        assert_eq!(
            capabilities("invoices:read, invoices:flag\ninvoices:read;x:*"),
            ["invoices:read", "invoices:flag", "x:*"]
        );
    }

    #[test]
    fn problems_are_reported_by_field() {
        let fields = AgentFields { agent_type: "robot".to_owned(), email: "ana@".to_owned(), ..AgentFields::default() };
        let problems = fields.problems();
        let names: Vec<&str> = problems.listed().map(|(field, _)| field).collect();
        assert_eq!(names, ["name", "type", "capabilities", "email"]);
        let fields = AgentFields {
            name: " Screener ".to_owned(),
            agent_type: "custom".to_owned(),
            capabilities: "a:b".to_owned(),
            ..AgentFields::default()
        };
        assert!(fields.problems().is_none());
        for wrong in ["a", "A:b", "a:b, a-:b", &format!("a:{}", "b".repeat(99))] {
            let fields = AgentFields { capabilities: wrong.to_owned(), ..fields.clone() };
            assert!(fields.problems().capabilities.is_some(), "{wrong}");
        }
    }

    #[test]
    fn email_addresses_are_validated() {
        for good in ["ana@example.com", "a.b+c@sub.example.co", "ä@exämple.de"] {
            assert_eq!(email_problem(good), None, "{good}");
        }
        for bad in ["", "ana", "ana@", "@example.com", "ana@localhost", "a b@example.com", "ana@example..com"] {
            assert!(email_problem(bad).is_some(), "{bad}");
        }
    }
}
