//! Terminal transcripts on the home page.

use leptos::prelude::*;

/// Recorded request that registers an agent, and its response. `end2end/samples/run/home.spec.ts` runs the commands and
/// fails if a response differs.
pub(super) const REGISTERED: &str = include_str!("registered.console");

/// Output of the program on the audit trail page, before and after an event is modified.
pub(super) const TAMPERED: &str = include_str!("tampered.console");

/// Terminal lines: commands after a prompt, and their output. `bad` is the output line styled as an error.
#[component]
pub(super) fn Terminal(transcript: &'static str, #[prop(default = "")] bad: &'static str) -> impl IntoView {
    let mut is_continued = false;
    let mut lines = Vec::new();
    for line in transcript.trim_end().lines() {
        let typed = line.strip_prefix("$ ");
        let end = (!lines.is_empty()).then_some("\n");
        lines.push(match typed {
            Some(command) => view! { {end}<span class="p">"$ "</span><span class="cmd">{command}</span> }.into_any(),
            None if is_continued => view! { {end}<span class="cmd">{line}</span> }.into_any(),
            None => view! { {end}<span class="out" class:bad=line == bad>{line}</span> }.into_any(),
        });
        is_continued = (typed.is_some() || is_continued) && line.ends_with('\\');
    }
    view! { <pre><code class="language-console">{lines}</code></pre> }
}

/// String member of the last response in a transcript.
pub(super) fn member(transcript: &'static str, name: &str) -> &'static str {
    let value = transcript.rsplit_once(&format!("\"{name}\": \""));
    value.and_then(|(_, rest)| rest.split_once('"')).map_or("", |(value, _)| value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn member_returns_the_value_of_the_last_response() {
        assert_eq!(member("$ a\n{ \"did\": \"x\" }\n$ b\n{ \"did\": \"y\" }\n", "did"), "y");
        assert_eq!(member("$ a\n", "did"), "");
    }

    #[test]
    fn the_recorded_response_contains_did_and_name() {
        assert!(REGISTERED.starts_with("$ "));
        assert!(member(REGISTERED, "did").starts_with("did:web:"), "{REGISTERED}");
        assert!(!member(REGISTERED, "name").is_empty(), "{REGISTERED}");
    }
}
