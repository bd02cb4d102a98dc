//! Crate borders, from `cargo metadata`.

use cargo_metadata::{DependencyKind, MetadataCommand, Package};

use crate::root;

/// Dependencies of a crate.
struct Border {
    name: &'static str,
    /// Crates of the workspace that it may depend on.
    allowed: &'static [&'static str],
    /// Other crates that it must not depend on.
    forbidden: &'static [&'static str],
}

/// The borders of every crate. Rules for crates that don't exist yet wait for them.
const BORDERS: [Border; 11] = [
    Border {
        name: "api",
        allowed: &["domain", "store", "web"],
        forbidden: &["leptos", "leptos_axum", "sea-orm", "sea-orm-migration"],
    },
    Border {
        name: "app",
        allowed: &["domain"],
        forbidden: &["axum", "tokio", "reqwest", "leptos_axum", "leptos_router", "leptos_meta", "sea-orm"],
    },
    Border { name: "client", allowed: &[], forbidden: &["axum", "leptos", "leptos_axum"] },
    Border {
        name: "content",
        allowed: &[],
        forbidden: &["axum", "leptos", "leptos_axum", "tokio", "hyper", "reqwest"],
    },
    Border { name: "domain", allowed: &[], forbidden: &["axum", "sea-orm", "lettre", "tokio", "reqwest", "leptos"] },
    Border { name: "house", allowed: &["content"], forbidden: &[] },
    Border { name: "search", allowed: &["content"], forbidden: &["axum", "leptos", "leptos_axum", "tokio", "hyper"] },
    Border {
        name: "server",
        allowed: &["app", "client", "content", "domain", "search", "site", "web"],
        forbidden: &["leptos_router", "leptos_meta", "sea-orm"],
    },
    Border {
        name: "site",
        allowed: &["app", "client", "content", "domain", "search"],
        forbidden: &["axum", "hyper", "leptos_router", "leptos_meta", "reqwest", "sea-orm", "tower"],
    },
    Border { name: "store", allowed: &["domain"], forbidden: &["axum", "leptos", "lettre", "reqwest"] },
    Border { name: "web", allowed: &[], forbidden: &["leptos", "leptos_axum", "sea-orm"] },
];

/// Dependencies that a rule forbids and that exist all the same: crate, dependency, and the work that ends it.
const EXEMPT: [(&str, &str, &str); 0] = [];

fn packages() -> Vec<Package> {
    let manifest = root().join("Cargo.toml");
    MetadataCommand::new().manifest_path(manifest).no_deps().exec().expect("metadata").packages
}

#[test]
fn every_crate_has_its_borders_and_keeps_them() {
    let packages = packages();
    let is_member = |name: &str| packages.iter().any(|package| package.name.as_str() == name);
    for package in &packages {
        let border = BORDERS.iter().find(|border| border.name == package.name.as_str());
        let border = border.unwrap_or_else(|| panic!("{} has no border in BORDERS", package.name));
        for dependency in package.dependencies.iter().filter(|dependency| dependency.kind == DependencyKind::Normal) {
            let name = dependency.name.as_str();
            assert!(
                !is_member(name) || border.allowed.contains(&name),
                "{} must not depend on the crate {name}",
                package.name
            );
            let is_exempt = EXEMPT.iter().any(|(exempt, what, _)| *exempt == package.name.as_str() && *what == name);
            assert!(!border.forbidden.contains(&name) || is_exempt, "{} must not use {name}", package.name);
        }
    }
}

#[test]
fn an_exemption_that_is_not_needed_any_more_is_removed() {
    let packages = packages();
    for (name, dependency, reason) in EXEMPT {
        let package = packages.iter().find(|package| package.name.as_str() == name);
        let is_used = package.is_some_and(|package| package.dependencies.iter().any(|known| known.name == dependency));
        assert!(is_used, "remove the exemption of {name} for {dependency} ({reason})");
    }
}
