//! Each operation has a method.

use std::collections::{BTreeMap, BTreeSet};

use super::operations_of;

/// Operations not meant for users of this client, with the reason.
const FOR_OTHERS: [(&str, &str); 1] =
    [("getOpenidConfiguration", "the same as getServerMetadata, at the address where OpenID clients look")];

type Operations = BTreeMap<String, (String, String)>;

fn contract() -> Operations {
    let document = super::document();
    let operations = operations_of(&document).map(|(path, method, operation)| {
        let id = operation["operationId"].as_str().expect("an identifier");
        (id.to_owned(), (method.to_owned(), path.to_owned()))
    });
    operations.collect()
}

fn covered() -> Operations {
    client::operations().map(|(id, method, path)| (id.to_owned(), (method, path.to_owned()))).collect()
}

#[test]
fn every_operation_of_the_contract_has_a_method() {
    let covered = covered();
    let mut missing = Vec::new();
    for (id, at) in contract() {
        let is_for_others = FOR_OTHERS.iter().any(|(other, _)| *other == id);
        assert!(!(is_for_others && covered.contains_key(&id)), "{id} is covered: remove it from FOR_OTHERS");
        if !is_for_others && covered.get(&id) != Some(&at) {
            missing.push(format!("{id}: {at:?}; the client has {:?}", covered.get(&id)));
        }
    }
    assert!(missing.is_empty(), "{missing:#?}");
}

/// Skips resources that the API doesn't serve at all; of all others, every operation must match.
#[test]
fn every_method_is_an_operation_of_the_contract() {
    let contract = contract();
    let noun = |path: &str| path.trim_start_matches("/api/v1/").split('/').next().unwrap_or_default().to_owned();
    let nouns: BTreeSet<String> = contract.values().map(|(_, path)| noun(path)).collect();
    for (id, at) in covered() {
        assert!(
            !nouns.contains(&noun(&at.1)) || contract.get(&id) == Some(&at),
            "{id} {at:?} is not in the contract, which has {:?}",
            contract.get(&id)
        );
    }
}

#[test]
fn excluded_operations_are_in_the_contract() {
    let contract = contract();
    for (id, why) in FOR_OTHERS {
        assert!(contract.contains_key(id), "{id} ({why}) is not an operation");
    }
}
