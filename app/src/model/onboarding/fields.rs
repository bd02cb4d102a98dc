//! What is typed to make an agent, and what is wrong with it: the same rules in the browser and on the server, and those of
//! the API.

use serde::{Deserialize, Serialize};

/// Types of agents, as the API writes them, and what they do.
pub const TYPES: [(&str, &str); 8] = [
    ("custom", "Something else"),
    ("screener", "Screener: looks through things and flags some"),
    ("classifier", "Classifier: sorts things into classes"),
    ("extractor", "Extractor: takes data out of documents"),
    ("summarizer", "Summarizer: makes texts shorter"),
    ("router", "Router: sends things on to where they belong"),
    ("monitor", "Monitor: watches"),
    ("orchestrator", "Orchestrator: directs other agents"),
];
/// Capabilities that many agents have.
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
/// Longest name of an agent, in characters.
pub const LONGEST_NAME: usize = 100;
/// Longest capability, in bytes.
const LONGEST_CAPABILITY: usize = 100;
/// Most capabilities.
const MOST_CAPABILITIES: usize = 50;
/// Longest address, in bytes (RFC 5321, section 4.5.3.1.3).
const LONGEST_EMAIL: usize = 254;

/// What was typed, as it was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgentFields {
    /// The agent's name.
    pub name: String,
    /// Its type.
    pub agent_type: String,
    /// What it can do, separated by commas or spaces.
    pub capabilities: String,
    /// What the organization is called; may be empty.
    pub organization: String,
    /// The reader's address; may be empty.
    pub email: String,
}

/// What is wrong, by field: each completes "The name …".
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgentProblems {
    /// With the name.
    pub name: Option<String>,
    /// With the type.
    pub agent_type: Option<String>,
    /// With the capabilities.
    pub capabilities: Option<String>,
    /// With the organization's name.
    pub organization: Option<String>,
    /// With the address.
    pub email: Option<String>,
}

impl AgentProblems {
    /// Whether nothing is wrong.
    pub fn is_none(&self) -> bool {
        self.listed().next().is_none()
    }

    /// Each with the name of its field.
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
    /// What is wrong with them.
    pub fn problems(&self) -> AgentProblems {
        let long = |text: &str, most| {
            let letters = text.trim().chars().count();
            (letters > most).then(|| format!("has {letters} characters; at most {most} are taken"))
        };
        AgentProblems {
            name: if self.name.trim().is_empty() {
                Some("is missing".to_owned())
            } else {
                long(&self.name, LONGEST_NAME)
            },
            agent_type: (!TYPES.iter().any(|(word, _)| *word == self.agent_type))
                .then(|| "has to be one of the list".to_owned()),
            capabilities: capabilities_problem(&self.capabilities),
            organization: long(&self.organization, LONGEST_NAME),
            email: if self.email.trim().is_empty() { None } else { email_problem(&self.email) },
        }
    }
}

/// Capabilities, as they are sent: each once.
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
        return Some("are missing: at least one, such as documents:read".to_owned());
    }
    if all.len() > MOST_CAPABILITIES {
        return Some(format!("are {}; at most {MOST_CAPABILITIES} are taken", all.len()));
    }
    let wrong = all.iter().find(|one| !is_capability(one))?;
    Some(format!("have “{wrong}”, which is none: write what and which action in lower case, such as documents:read"))
}

/// Whether it is `resource:action`: both of lower-case letters, digits, and `.`, `_` or `-` inside; the action may be `*`.
fn is_capability(text: &str) -> bool {
    let is_edge = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    let is_half = |half: &str| {
        let bytes = half.as_bytes();
        bytes.first().is_some_and(|byte| is_edge(*byte))
            && bytes.last().is_some_and(|byte| is_edge(*byte))
            && bytes.iter().all(|byte| is_edge(*byte) || matches!(byte, b'.' | b'_' | b'-'))
    };
    text.len() <= LONGEST_CAPABILITY
        && text
            .split_once(':')
            .is_some_and(|(resource, action)| is_half(resource) && (action == "*" || is_half(action)))
}

/// What is wrong with an address: only what can't be one. Whether mail arrives, the mail shows.
pub fn email_problem(text: &str) -> Option<String> {
    let text = text.trim();
    let is_one = text.len() <= LONGEST_EMAIL
        && !text.contains(|letter: char| letter.is_whitespace() || letter.is_control())
        && text.rsplit_once('@').is_some_and(|(local, host)| {
            !local.is_empty() && host.contains('.') && host.split('.').all(|label| !label.is_empty())
        });
    (!is_one).then(|| "has to be one such as ana@example.com".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_is_read_as_the_api_reads_it() {
        assert_eq!(
            capabilities("invoices:read, invoices:flag\ninvoices:read;x:*"),
            ["invoices:read", "invoices:flag", "x:*"]
        );
        for good in ["a:b", "a.b_c-d:e", "x:*", "1:2"] {
            assert!(is_capability(good), "{good}");
        }
        for bad in ["a", "a:", ":b", "A:b", "a:b:c", "a-:b", ".a:b", "*:a", "a :b", &format!("a:{}", "b".repeat(99))] {
            assert!(!is_capability(bad), "{bad}");
        }
    }

    #[test]
    fn every_problem_names_its_field() {
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
    }

    #[test]
    fn an_address_that_can_be_one_is_taken() {
        for good in ["ana@example.com", "a.b+c@sub.example.co", "ä@exämple.de"] {
            assert_eq!(email_problem(good), None, "{good}");
        }
        for bad in ["", "ana", "ana@", "@example.com", "ana@localhost", "a b@example.com", "ana@example..com"] {
            assert!(email_problem(bad).is_some(), "{bad}");
        }
    }
}
