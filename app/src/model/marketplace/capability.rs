//! What capabilities and types mean, as far as their words say it.

/// Something that an agent says it can do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Capability {
    /// As it is written, `resource:action`.
    pub text: String,
    /// What its words say.
    pub meaning: String,
    /// All agents that say the same.
    pub href: String,
}

/// Common actions, and what they do to a resource.
const ACTIONS: [(&str, &str); 24] = [
    ("analyze", "looks at {} and says what it sees"),
    ("approve", "decides on {} in somebody’s name"),
    ("call", "calls {}"),
    ("classify", "sorts {} into kinds"),
    ("create", "makes new {}"),
    ("delete", "removes {}"),
    ("execute", "runs {}"),
    ("export", "takes {} out of a system"),
    ("extract", "takes data out of {}"),
    ("generate", "makes {}"),
    ("list", "sees which {} there are"),
    ("manage", "does everything with {}: reads, makes, changes, removes"),
    ("match", "compares {} with others"),
    ("monitor", "watches {}"),
    ("publish", "makes {} public"),
    ("read", "looks at {} and changes nothing"),
    ("route", "sends {} to whom they belong"),
    ("run", "runs {}"),
    ("search", "finds {}"),
    ("send", "sends {}"),
    ("summarize", "makes {} shorter"),
    ("translate", "puts {} into another language"),
    ("update", "changes {}"),
    ("write", "makes and changes {}"),
];

impl Capability {
    /// With the list of all that say the same.
    pub fn new(text: &str, href: String) -> Self {
        let (resource, action) = text.split_once(':').unwrap_or((text, ""));
        let known = ACTIONS.iter().find(|(known, _)| *known == action);
        let of = if resource == "*" { "everything".to_owned() } else { resource.replace(['-', '_', '.'], " ") };
        let meaning = match (action, known) {
            // A pattern, as scopes have it.
            ("*", _) => format!("everything that can be done with {of}"),
            (_, Some((_, does))) => does.replace("{}", &of),
            (_, None) => "an action that its publisher named; ask what it does".to_owned(),
        };
        Self { text: text.to_owned(), meaning, href }
    }
}

/// What an agent of a type mostly does.
pub fn type_meaning(agent_type: &str) -> &'static str {
    match agent_type {
        "screener" => "decides what passes and what a person should see",
        "classifier" => "sorts things into kinds",
        "orchestrator" => "sets other agents to work",
        "extractor" => "takes data out of documents",
        "summarizer" => "makes long things short",
        "router" => "sends things to whom they belong",
        "monitor" => "watches, and says when something changes",
        _ => "does something of its own",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_actions_are_said_and_others_are_not_guessed() {
        let meaning = |text| Capability::new(text, String::new()).meaning;
        assert_eq!(meaning("invoices:read"), "looks at invoices and changes nothing");
        assert_eq!(meaning("purchase-orders:update"), "changes purchase orders");
        assert!(meaning("invoices:frobnicate").contains("ask what it does"));
        assert_eq!(meaning("calendar:*"), "everything that can be done with calendar");
        assert_eq!(meaning("*:read"), "looks at everything and changes nothing");
        assert!(meaning("odd").contains("ask"));
    }
}
