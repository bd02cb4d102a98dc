//! The vocabulary of content/vocabulary.toml over the product's own text: strings of the programs, `--help`, scripts of the
//! pages, the API's contract and the navigation. `portal check` covers the pages of content/.

use std::path::Path;

use content::{Vocabulary, without_quotations};
use proc_macro2::{TokenStream, TokenTree};

use crate::root;
use crate::sources::{crates, files};
use crate::tokens::stream;

/// Crates whose strings nobody but an engineer reads.
const INTERNAL: [&str; 1] = ["house"];
/// Attributes of markup that hold names and not text.
const NAMES: [&str; 6] = ["class", "id", "href", "name", "rel", "d"];

#[test]
fn the_products_own_text_follows_the_vocabulary() {
    let mut problems = Vec::new();
    let vocabulary = Vocabulary::read(&root().join("content"), &mut problems);
    assert_eq!(problems, [], "the vocabulary itself");
    let mut texts = Vec::new();
    for (name, folder) in crates() {
        if !INTERNAL.contains(&name.as_str()) {
            for file in files(&folder.join("src"), &["rs"]) {
                texts.extend(strings_of(&file));
            }
        }
    }
    let of_programs = texts.len();
    texts.extend(files(&root().join("public"), &["js"]).iter().map(|file| (relative(file), read(file))));
    let contract: serde_json::Value = serde_json::from_str(&read(&root().join("client/openapi.json"))).expect("JSON");
    collect_json(&contract, "client/openapi.json ", &mut texts);
    let navigation: toml::Table = toml::from_str(&read(&root().join("content/navigation.toml"))).expect("TOML");
    collect_json(&serde_json::to_value(navigation).expect("JSON"), "content/navigation.toml ", &mut texts);
    assert!(of_programs > 1000 && texts.len() > of_programs + 500, "{of_programs} and {} texts", texts.len());

    let mut hits = Vec::new();
    for (place, text) in &texts {
        let prose = without_placeholders(&without_quotations(text));
        let found = vocabulary.find(&prose, place);
        hits.extend(found.iter().map(|hit| format!("{place}: `{}`: write `{}`\n    {text}", hit.phrase, hit.instead)));
    }
    assert!(hits.is_empty(), "{} occurrences:\n{}", hits.len(), hits.join("\n"));
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn relative(path: &Path) -> String {
    path.strip_prefix(root()).expect("in the workspace").display().to_string()
}

/// String literals with a space in them, each with file and line. Doc comments count where they become `--help`.
fn strings_of(file: &Path) -> Vec<(String, String)> {
    let source = read(file);
    let is_help = ["Parser", "Args", "Subcommand", "ValueEnum"]
        .iter()
        .any(|derived| source.lines().any(|line| line.trim_start().starts_with("#[derive(") && line.contains(derived)));
    let mut strings = Vec::new();
    collect_strings(stream(&source), is_help, &mut strings);
    let file = relative(file);
    strings.into_iter().map(|(line, text)| (format!("{file}:{line}"), text)).collect()
}

fn collect_strings(stream: TokenStream, is_help: bool, strings: &mut Vec<(usize, String)>) {
    let trees: Vec<TokenTree> = stream.into_iter().collect();
    let mut is_test = false;
    for (at, tree) in trees.iter().enumerate() {
        match tree {
            TokenTree::Group(group) => {
                let text = group.stream().to_string();
                is_test |= text == "cfg (test)" || text == "cfg(test)";
                let is_lint = ["allow", "expect", "cfg_attr"].iter().any(|name| text.starts_with(name));
                if group.delimiter() == proc_macro2::Delimiter::Brace && std::mem::take(&mut is_test) || is_lint {
                    continue;
                }
                collect_strings(group.stream(), is_help, strings);
            }
            TokenTree::Literal(literal) => {
                let name = match at.checked_sub(2).map(|before| (&trees[before], &trees[before + 1])) {
                    Some((TokenTree::Ident(name), TokenTree::Punct(sign))) if sign.as_char() == '=' => name.to_string(),
                    _ => String::new(),
                };
                if NAMES.contains(&name.as_str()) || (name == "doc" && !is_help) {
                    continue;
                }
                if let Ok(text) = syn::parse_str::<syn::LitStr>(&literal.to_string())
                    && text.value().trim().contains(' ')
                {
                    strings.push((literal.span().start().line, text.value()));
                }
            }
            TokenTree::Punct(sign) if sign.as_char() == ';' => is_test = false,
            _ => {}
        }
    }
}

/// Strings of a JSON value with a space in them, each with its path.
fn collect_json(value: &serde_json::Value, path: &str, texts: &mut Vec<(String, String)>) {
    match value {
        serde_json::Value::String(text) if text.contains(' ') => texts.push((path.to_owned(), text.clone())),
        serde_json::Value::Array(items) => items.iter().for_each(|item| collect_json(item, path, texts)),
        serde_json::Value::Object(members) => {
            for (key, value) in members {
                collect_json(value, &format!("{path}/{key}"), texts);
            }
        }
        _ => {}
    }
}

/// Blanks the placeholders of format strings: names of variables are no text.
fn without_placeholders(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut depth = 0_u32;
    for character in text.chars() {
        depth += u32::from(character == '{');
        out.push(if depth > 0 { '.' } else { character });
        depth = depth.saturating_sub(u32::from(character == '}'));
    }
    out
}

#[test]
fn strings_are_found_in_code_markup_and_attributes_and_not_in_tests() {
    let source = r##"
        /// Not help.
        #[error("an error {told}")] struct E;
        fn f() { view! { <p class="a b" title="a title">"Some text"</p> }; format!(r#"raw text"#); g("word"); }
        #[allow(x, reason = "no text")]
        #[cfg(test)]
        mod tests { fn t() { "only here"; } }
        fn h() { "after tests" }
    "##;
    let mut strings = Vec::new();
    collect_strings(stream(source), false, &mut strings);
    let texts: Vec<&str> = strings.iter().map(|(_, text)| text.as_str()).collect();
    assert_eq!(texts, ["an error {told}", "a title", "Some text", "raw text", "after tests"]);
    assert_eq!(strings[0].0, 3);
    let mut help = Vec::new();
    collect_strings(stream(source), true, &mut help);
    assert_eq!(help[0].1, " Not help.");
    assert_eq!(without_placeholders("a {told} b"), "a ...... b");
}
