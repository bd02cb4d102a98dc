//! Languages of code fences.

/// Language: names in fences, label, and syntax definition.
#[derive(Debug)]
pub(crate) struct Language {
    /// Names in fences; the first is part of the class.
    names: &'static [&'static str],
    /// Label of a tab.
    pub(crate) label: &'static str,
    /// Name of the syntax definition; none for plain text.
    pub(crate) syntax: Option<&'static str>,
}

impl Language {
    /// Finds the language with a name, ignoring case.
    pub(crate) fn find(name: &str) -> Option<&'static Self> {
        LANGUAGES.iter().find(|language| language.names.iter().any(|known| known.eq_ignore_ascii_case(name)))
    }

    /// Returns the name used in the class.
    pub(crate) fn name(&self) -> &'static str {
        self.names[0]
    }

    /// Returns true for a terminal session: prompts, commands and output.
    pub(crate) fn is_session(&self) -> bool {
        self.name() == "console"
    }

    /// Returns true if the text is drawn as a diagram.
    pub(crate) fn is_diagram(&self) -> bool {
        self.name() == "mermaid"
    }

    /// Lists all names, for suggestions.
    pub(crate) fn all_names() -> impl Iterator<Item = &'static str> {
        LANGUAGES.iter().flat_map(|language| language.names.iter().copied())
    }
}

const fn language(names: &'static [&'static str], label: &'static str, syntax: &'static str) -> Language {
    Language { names, label, syntax: Some(syntax) }
}

const LANGUAGES: &[Language] = &[
    Language { names: &["text", "txt", "plain", "plaintext"], label: "Text", syntax: None },
    Language { names: &["console", "shell-session", "shellsession", "terminal"], label: "Terminal", syntax: None },
    language(&["bash", "sh", "shell", "zsh"], "Shell", "Bourne Again Shell (bash)"),
    language(&["batch", "bat", "cmd"], "Batch", "Batch File"),
    language(&["c", "h"], "C", "C"),
    language(&["cmake"], "CMake", "CMake"),
    language(&["cpp", "c++", "cc", "hpp"], "C++", "C++"),
    language(&["csharp", "c#", "cs"], "C#", "C#"),
    language(&["css"], "CSS", "CSS"),
    language(&["csv"], "CSV", "Comma Separated Values"),
    language(&["dart"], "Dart", "Dart"),
    language(&["diff", "patch"], "Diff", "Diff"),
    language(&["dockerfile", "docker"], "Dockerfile", "Dockerfile"),
    language(&["elixir", "ex", "exs"], "Elixir", "Elixir"),
    language(&["env", "dotenv"], "Environment", "DotENV"),
    language(&["erlang", "erl"], "Erlang", "Erlang"),
    language(&["fish"], "fish", "Fish"),
    language(&["go", "golang"], "Go", "Go"),
    language(&["graphql", "gql"], "GraphQL", "GraphQL"),
    language(&["haskell", "hs"], "Haskell", "Haskell"),
    language(&["hcl", "terraform", "tf"], "HCL", "Terraform"),
    language(&["html", "htm"], "HTML", "HTML"),
    language(&["http"], "HTTP", "HTTP Request and Response"),
    language(&["ini", "cfg", "properties", "systemd"], "INI", "INI"),
    language(&["java"], "Java", "Java"),
    language(&["javascript", "js", "mjs", "cjs", "node"], "JavaScript", "JavaScript"),
    language(&["json"], "JSON", "JSON"),
    language(&["jsonc", "json5", "jsonl", "ndjson"], "JSON", "JSON"),
    language(&["kotlin", "kt"], "Kotlin", "Kotlin"),
    language(&["lua"], "Lua", "Lua"),
    language(&["makefile", "make"], "Makefile", "Makefile"),
    language(&["markdown", "md"], "Markdown", "Markdown"),
    Language { names: &["mermaid"], label: "Diagram", syntax: None },
    language(&["nginx"], "nginx", "nginx"),
    language(&["php"], "PHP", "PHP"),
    Language { names: &["powershell", "ps1", "pwsh"], label: "PowerShell", syntax: None },
    language(&["protobuf", "proto"], "Protocol Buffers", "Protocol Buffer"),
    language(&["python", "py"], "Python", "Python"),
    language(&["ruby", "rb"], "Ruby", "Ruby"),
    language(&["rust", "rs"], "Rust", "Rust"),
    language(&["scala"], "Scala", "Scala"),
    language(&["scss", "sass"], "SCSS", "SCSS"),
    language(&["sql"], "SQL", "SQL"),
    language(&["swift"], "Swift", "Swift"),
    language(&["toml"], "TOML", "TOML"),
    language(&["tsx", "jsx"], "TSX", "TypeScriptReact"),
    language(&["typescript", "ts", "mts"], "TypeScript", "TypeScript"),
    language(&["xml", "svg"], "XML", "XML"),
    language(&["yaml", "yml"], "YAML", "YAML"),
];

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::highlight::Highlighter;

    #[test]
    fn language_names_are_unique() {
        let mut seen = HashSet::new();
        for name in Language::all_names() {
            assert!(seen.insert(name), "duplicate name {name}");
        }
    }

    #[test]
    fn every_named_syntax_is_available() {
        for syntax in LANGUAGES.iter().filter_map(|language| language.syntax) {
            assert!(Highlighter::shared().knows(syntax), "{syntax}");
        }
    }

    #[test]
    fn language_names_are_case_insensitive() {
        assert_eq!(Language::find("TypeScript").map(Language::name), Some("typescript"));
        assert!(Language::find("klingon").is_none());
    }
}
