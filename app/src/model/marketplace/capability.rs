//! Descriptions of capabilities and agent types.

/// Self-declared capability of an agent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Capability {
    /// Capability, as `resource:action`.
    pub text: String,
    /// Description, derived from the action.
    pub meaning: String,
    /// URL of all agents with this capability.
    pub href: String,
}

/// Common actions and their descriptions; `{}` is the resource.
const ACTIONS: [(&str, &str); 24] = [
    ("analyze", "Analyzes {}"),
    ("approve", "Approves {} on someone’s behalf"),
    ("call", "Calls {}"),
    ("classify", "Classifies {}"),
    ("create", "Creates {}"),
    ("delete", "Deletes {}"),
    ("execute", "Executes {}"),
    ("export", "Exports {}"),
    ("extract", "Extracts data from {}"),
    ("generate", "Generates {}"),
    ("list", "Lists {}"),
    ("manage", "Creates, reads, updates and deletes {}"),
    ("match", "Matches {} with other records"),
    ("monitor", "Monitors {}"),
    ("publish", "Publishes {}"),
    ("read", "Reads {} without changes"),
    ("route", "Routes {} to the right recipient"),
    ("run", "Runs {}"),
    ("search", "Searches {}"),
    ("send", "Sends {}"),
    ("summarize", "Summarizes {}"),
    ("translate", "Translates {}"),
    ("update", "Updates {}"),
    ("write", "Creates and updates {}"),
];

impl Capability {
    /// Capability with its description and the URL of all agents that have it.
    pub fn new(text: &str, href: String) -> Self {
        let (resource, action) = text.split_once(':').unwrap_or((text, ""));
        let known = ACTIONS.iter().find(|(known, _)| *known == action);
        let of = if resource == "*" { "everything".to_owned() } else { resource.replace(['-', '_', '.'], " ") };
        let meaning = match (action, known) {
            // Wildcard, as in scopes.
            ("*", _) => format!("All actions on {of}"),
            (_, Some((_, does))) => does.replace("{}", &of),
            (_, None) => "Custom action defined by the publisher".to_owned(),
        };
        Self { text: text.to_owned(), meaning, href }
    }
}

/// Agent type with its main task; the type alone for `custom` and unknown types.
pub fn type_line(agent_type: &str) -> String {
    match type_meaning(agent_type) {
        "" => agent_type.to_owned(),
        meaning => format!("{agent_type}: {meaning}"),
    }
}

fn type_meaning(agent_type: &str) -> &'static str {
    match agent_type {
        "screener" => "decides what passes and what a person reviews",
        "classifier" => "sorts items into classes",
        "orchestrator" => "coordinates other agents",
        "extractor" => "extracts data from documents",
        "summarizer" => "summarizes long texts",
        "router" => "routes items to the right recipient",
        "monitor" => "monitors a system and reports changes",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_actions_are_described_and_others_are_custom() {
        let meaning = |text| Capability::new(text, String::new()).meaning;
        assert_eq!(meaning("invoices:read"), "Reads invoices without changes");
        assert_eq!(meaning("purchase-orders:update"), "Updates purchase orders");
        assert!(meaning("invoices:frobnicate").contains("Custom action"));
        assert_eq!(meaning("calendar:*"), "All actions on calendar");
        assert_eq!(meaning("*:read"), "Reads everything without changes");
        assert!(meaning("odd").contains("Custom"));
    }
}
