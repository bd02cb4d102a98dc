//! Cycles of modules within a crate.

use std::collections::{BTreeMap, BTreeSet};

use crate::scanner::{Scan, scan};
use crate::sources::{crates, modules};

/// The largest cycle, in files: a parent and its children may know each other, half a crate may not.
const LARGEST_CYCLE: usize = 5;
/// Crates with larger cycles, with the number of files, until the work named here is done.
const EXEMPT: [(&str, usize, &str); 0] = [];

/// A module: its path in the crate.
type Module = Vec<String>;
/// Modules and the modules that they use.
type Graph = BTreeMap<Module, BTreeSet<Module>>;

/// The modules of a crate and the modules that they use, from `crate::…`, `super::…` and `self::…`.
fn graph(scans: &BTreeMap<Module, Scan>) -> Graph {
    let uses = |module: &Module, scan: &Scan| {
        let targets = scan.paths.iter().map(|path| resolve(scans, path, 0));
        targets.filter(|target| target != module).collect()
    };
    scans.iter().map(|(module, scan)| (module.clone(), uses(module, scan))).collect()
}

/// The module that a path leads to. A name that a module exports again leads to its origin.
fn resolve(scans: &BTreeMap<Module, Scan>, path: &[String], depth: usize) -> Module {
    let mut end = path.len();
    while !scans.contains_key(&path[..end]) {
        end -= 1;
    }
    let module = path[..end].to_vec();
    let export = path.get(end).and_then(|name| scans[&module].exports.iter().find(|(exported, _)| exported == name));
    match export {
        // The bound only guards against exports in a circle.
        Some((_, origin)) if depth < 10 && origin != path => {
            let rest = origin.iter().chain(&path[end + 1..]).cloned().collect::<Vec<_>>();
            resolve(scans, &rest, depth + 1)
        }
        _ => module,
    }
}

/// Groups of modules that use each other (strongly connected components), largest first.
fn cycles(graph: &Graph) -> Vec<Vec<&Module>> {
    let reachable: BTreeMap<&Module, BTreeSet<&Module>> =
        graph.keys().map(|module| (module, reachable_from(graph, module))).collect();
    let mut cycles: Vec<Vec<&Module>> = Vec::new();
    for module in graph.keys() {
        if cycles.iter().flatten().any(|known| *known == module) {
            continue;
        }
        let cycle: Vec<&Module> =
            reachable[module].iter().copied().filter(|other| reachable[*other].contains(module)).collect();
        if cycle.len() > 1 {
            cycles.push(cycle);
        }
    }
    cycles.sort_by_key(|cycle| std::cmp::Reverse(cycle.len()));
    cycles
}

fn reachable_from<'a>(graph: &'a Graph, module: &'a Module) -> BTreeSet<&'a Module> {
    let mut found = BTreeSet::new();
    let mut waiting = vec![module];
    while let Some(next) = waiting.pop() {
        for target in &graph[next] {
            if found.insert(target) {
                waiting.push(target);
            }
        }
    }
    found
}

#[test]
fn no_crate_has_a_large_cycle_of_modules() {
    for (name, folder) in crates() {
        let scans: BTreeMap<Module, Scan> = modules(&folder)
            .into_iter()
            .map(|(module, file)| {
                let source = std::fs::read_to_string(&file).expect("a source file");
                let scan = scan(&source, &module);
                (module, scan)
            })
            .collect();
        let graph = graph(&scans);
        let most = EXEMPT.iter().find(|(exempt, ..)| *exempt == name).map_or(LARGEST_CYCLE, |(_, files, _)| *files);
        if let Some(largest) = cycles(&graph).first() {
            let listed: Vec<String> = largest.iter().map(|module| module.join("::")).collect();
            assert!(largest.len() <= most, "{name}: {} files use each other: {}", largest.len(), listed.join(", "));
        }
    }
}

fn module(path: &str) -> Module {
    if path.is_empty() { Vec::new() } else { path.split("::").map(str::to_owned).collect() }
}

#[test]
fn a_cycle_is_found_through_exports_and_without_them() {
    let sources = [
        ("", "mod a; mod b; mod c; mod d;"),
        ("a", "use crate::b::Of;"),
        ("b", "mod inner; pub use inner::Of;"),
        ("b::inner", "use crate::c::f;"),
        ("c", "fn f() { crate::a::g() }"),
        ("d", "use crate::a::G;"),
    ];
    let scans = sources.map(|(path, source)| (module(path), scan(source, &module(path)))).into_iter().collect();
    let graph = graph(&scans);
    let found: Vec<Vec<String>> =
        cycles(&graph).iter().map(|cycle| cycle.iter().map(|module| module.join("::")).collect()).collect();
    assert_eq!(found, [["a", "b::inner", "c"]]);
}
