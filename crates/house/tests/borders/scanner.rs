//! A scanner of Rust sources for paths: `crate::…`, `super::…` and `self::…` in code and in `use` items, paths that begin with
//! an imported name, and names that a module exports again (`pub use`). Comments, strings and test modules are skipped.

use std::collections::HashMap;

use crate::tokens::{is_name, tokens};

/// Paths and exports of a source file.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Scan {
    /// Absolute paths by segments, without `crate`.
    pub(crate) paths: Vec<Vec<String>>,
    /// Exported names with their absolute paths.
    pub(crate) exports: Vec<(String, Vec<String>)>,
}

/// Scans the source of a module.
pub(crate) fn scan(source: &str, module: &[String]) -> Scan {
    let tokens = without_tests(&tokens(source));
    let mut scan = Scan::default();
    // Inline modules that are open, with the depth of their braces.
    let mut inline: Vec<(String, usize)> = Vec::new();
    // Imported names with their absolute paths.
    let mut imports: HashMap<String, Vec<String>> = HashMap::new();
    let mut depth = 0;
    let mut at = 0;
    while at < tokens.len() {
        let current: Vec<String> = module.iter().cloned().chain(inline.iter().map(|(name, _)| name.clone())).collect();
        match tokens[at].as_str() {
            "{" => depth += 1,
            "}" => {
                depth -= 1;
                inline.pop_if(|(_, outer)| *outer == depth);
            }
            "mod" if tokens.get(at + 2).is_some_and(|token| token == "{") => {
                inline.push((tokens[at + 1].clone(), depth));
            }
            // `use<…>` in a bound captures lifetimes.
            "use" if tokens.get(at + 1).is_some_and(|token| token != "<") => {
                let is_exported = at > 0 && (tokens[at - 1] == "pub" || tokens[at - 1] == ")");
                let end = at + tokens[at..].iter().position(|token| token == ";").expect("an end of `use`");
                let mut leaves = Vec::new();
                use_tree(&tokens[at + 1..end], &mut Vec::new(), &mut leaves);
                for (path, name) in leaves {
                    let is_rooted = matches!(path[0].as_str(), "crate" | "super" | "self");
                    let absolute = absolute(&path, &current);
                    if is_rooted {
                        scan.paths.push(absolute.clone());
                        imports.insert(name.clone(), absolute.clone());
                    }
                    if is_exported {
                        scan.exports.push((name, absolute));
                    }
                }
                at = end;
            }
            first if tokens.get(at + 1).is_some_and(|token| token == "::") && (at == 0 || tokens[at - 1] != "::") => {
                let mut path = vec![first.to_owned()];
                let import = imports.get(first);
                let is_rooted = matches!(first, "crate" | "super" | "self");
                while tokens.get(at + 1).is_some_and(|token| token == "::")
                    && tokens.get(at + 2).is_some_and(|token| is_name(token))
                {
                    path.push(tokens[at + 2].clone());
                    at += 2;
                }
                if let Some(import) = import {
                    scan.paths.push(import.iter().chain(&path[1..]).cloned().collect());
                } else if is_rooted {
                    scan.paths.push(absolute(&path, &current));
                }
            }
            _ => {}
        }
        at += 1;
    }
    scan
}

/// The leaves of a `use` tree: path and name in the module.
fn use_tree(tokens: &[String], prefix: &mut Vec<String>, leaves: &mut Vec<(Vec<String>, String)>) {
    let mut branches: Vec<&[String]> = Vec::new();
    let (mut start, mut depth) = (0, 0);
    for (at, token) in tokens.iter().enumerate() {
        match token.as_str() {
            "{" => depth += 1,
            "}" => depth -= 1,
            "," if depth == 0 => {
                branches.push(&tokens[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    branches.push(&tokens[start..]);
    for branch in branches.into_iter().filter(|branch| !branch.is_empty()) {
        let length = prefix.len();
        let mut at = 0;
        loop {
            match branch.get(at).map(String::as_str) {
                Some("{") => {
                    use_tree(&branch[at + 1..branch.len() - 1], prefix, leaves);
                    break;
                }
                Some("::") => at += 1,
                Some("as") => {
                    leaves.push((prefix.clone(), branch[at + 1].clone()));
                    break;
                }
                // A leaf `self` is the prefix itself.
                Some("self") if !prefix.is_empty() => at += 1,
                Some(name) => {
                    prefix.push(name.to_owned());
                    at += 1;
                }
                None => {
                    leaves.push((prefix.clone(), prefix.last().cloned().unwrap_or_default()));
                    break;
                }
            }
        }
        prefix.truncate(length);
    }
}

/// Resolves `crate`, `super` and `self` at the beginning of a path. Other paths are relative to the module.
fn absolute(path: &[String], module: &[String]) -> Vec<String> {
    let mut base = module.to_vec();
    let mut rest = path;
    while let Some((first, others)) = rest.split_first() {
        match first.as_str() {
            "crate" => base.clear(),
            "super" => drop(base.pop()),
            "self" => {}
            _ => break,
        }
        rest = others;
    }
    base.extend(rest.iter().cloned());
    base
}

/// Removes modules behind `#[cfg(test)]`.
fn without_tests(tokens: &[String]) -> Vec<String> {
    let marker = ["#", "[", "cfg", "(", "test", ")", "]", "mod"];
    let mut kept = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let is_test = tokens[at..].iter().zip(marker).filter(|(token, wanted)| token == wanted).count() == marker.len();
        if !is_test {
            kept.push(tokens[at].clone());
            at += 1;
            continue;
        }
        at += marker.len() + 1;
        let mut depth = 0;
        while let Some(token) = tokens.get(at) {
            at += 1;
            match token.as_str() {
                "{" => depth += 1,
                "}" => depth -= 1,
                ";" if depth == 0 => break,
                _ => {}
            }
            if depth == 0 {
                break;
            }
        }
    }
    kept
}

fn strings(parts: &[&str]) -> Vec<String> {
    parts.iter().map(|part| (*part).to_owned()).collect()
}

fn scanned(source: &str, module: &[&str]) -> (Vec<String>, Vec<(String, String)>) {
    let scan = scan(source, &strings(module));
    let exports = scan.exports.into_iter().map(|(name, path)| (name, path.join("::"))).collect();
    (scan.paths.into_iter().map(|path| path.join("::")).collect(), exports)
}

#[test]
fn paths_of_use_items_are_found_in_every_form() {
    let source = "use crate::a::{self, b::{C, D as E}, f};\nuse super::g;\nuse self::h::I;\nuse std::fmt;";
    let (paths, exports) = scanned(source, &["m", "n"]);
    assert_eq!(paths, ["a", "a::b::C", "a::b::D", "a::f", "m::g", "m::n::h::I"]);
    assert!(exports.is_empty());
}

#[test]
fn paths_in_code_are_found_and_those_in_text_and_tests_are_not() {
    let source = r##"
        // crate::comment::x
        /* crate::block /* nested */ ::x */
        fn f<'a>() -> crate::a::B { let c = '"'; vec![super::super::c::d(), r#"crate::raw "x"#, "crate::\"text"] }
        mod inner { fn g() { super::h(); } }
        fn i() -> impl Fn() + use<'_> { self::j(); }
        #[cfg(test)]
        mod tests { use crate::only_in_tests; }
        fn k() { crate::l::M; }
    "##;
    let (paths, _) = scanned(source, &["m", "n"]);
    assert_eq!(paths, ["a::B", "c::d", "m::n::h", "m::n::j", "l::M"]);
}

#[test]
fn paths_that_begin_with_an_imported_name_are_found() {
    let source = "use crate::a::{self, B}; use std::fmt; fn f() -> fmt::Result { a::c::d(B::new(), other::e()) }";
    let (paths, _) = scanned(source, &["m"]);
    assert_eq!(paths, ["a", "a::B", "a::c::d", "a::B::new"]);
}

#[test]
fn names_that_are_exported_again_are_found() {
    let source = "mod a;\npub use a::{B, c as d};\npub(crate) use crate::e::F;\nuse a::G;";
    let (paths, exports) = scanned(source, &["m"]);
    assert_eq!(paths, ["e::F"]);
    let expected = [("B", "m::a::B"), ("d", "m::a::c"), ("F", "e::F")];
    assert_eq!(exports, expected.map(|(name, path)| (name.to_owned(), path.to_owned())));
}
