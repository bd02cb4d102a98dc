//! Response types have exactly the fields of the contract.
//!
//! Unknown fields are ignored by design, for newer servers, so a missing field fails nowhere else. These tests decode a
//! response with every field set, encode it again and compare.

use std::collections::BTreeSet;

use client::List;
use client::types::{
    Agent, AuditEvent, AuditHead, AuditVerification, CardDetail, Changes, Claim, Credential, DetailedHealth,
    EmailVerification, EmailedLink, HealthResponse, Introspection, MailNotice, MarketplacePage, NewCredential,
    NewSession, Organization, PublisherDetail, RecoveryResponse, ReportReceipt, Session, SignupResponse, TierStatus,
    Token,
};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::sample::{Fields, of};
use super::{document, operations_of, schema_name};

/// Decodes a value and encodes it again.
type Again = fn(&Value) -> serde_json::Result<Value>;

fn again<T: DeserializeOwned + Serialize>(value: &Value) -> serde_json::Result<Value> {
    serde_json::to_value(T::deserialize(value)?)
}

/// Schemas of the contract with the client's types.
const ANSWERS: [(&str, Again); 28] = [
    ("Agent", again::<Agent>),
    ("AuditEvent", again::<AuditEvent>),
    ("AuditHead", again::<AuditHead>),
    ("AuditVerification", again::<AuditVerification>),
    ("Claim", again::<Claim>),
    ("DetailedHealth", again::<DetailedHealth>),
    ("Health", again::<HealthResponse>),
    ("Introspection", again::<Introspection>),
    ("List_Agent", again::<List<Agent>>),
    ("List_AuditEvent", again::<List<AuditEvent>>),
    ("List_Claim", again::<List<Claim>>),
    ("List_Credential", again::<List<Credential>>),
    ("List_Session", again::<List<Session>>),
    ("MailNotice", again::<MailNotice>),
    ("MarketplaceAgentDetail", again::<CardDetail>),
    ("MarketplaceChanges", again::<Changes>),
    ("MarketplacePage", again::<MarketplacePage>),
    ("NewCredential", again::<NewCredential>),
    ("NewSession", again::<NewSession>),
    ("Organization", again::<Organization>),
    ("Publisher", again::<PublisherDetail>),
    ("RecoveryResponse", again::<RecoveryResponse>),
    ("ReportReceipt", again::<ReportReceipt>),
    ("SignupResponse", again::<SignupResponse>),
    ("TierStatus", again::<TierStatus>),
    ("Token", again::<Token>),
    ("EmailVerification", again::<EmailVerification>),
    ("EmailedLink", again::<EmailedLink>),
];

#[test]
fn every_response_schema_has_a_type() {
    let document = document();
    let answered: BTreeSet<&str> = operations_of(&document)
        .flat_map(|(.., operation)| operation["responses"].as_object().expect("responses"))
        .filter(|(status, _)| status.starts_with('2'))
        .flat_map(|(_, answer)| answer["content"].as_object().into_iter().flatten())
        .filter_map(|(_, content)| schema_name(content))
        .collect();
    let typed: BTreeSet<&str> = ANSWERS.iter().map(|(name, _)| *name).collect();
    assert_eq!(typed, answered);
}

#[test]
fn types_have_exactly_the_fields_of_the_contract() {
    let document = document();
    for (name, again) in ANSWERS {
        let whole = of(&document, &document["components"]["schemas"][name], Fields::All);
        let written = again(&whole).unwrap_or_else(|error| panic!("{name}: {error}: {whole:#}"));
        let mut differences = Vec::new();
        compare(name, &whole, &written, &mut differences);
        assert!(differences.is_empty(), "{differences:#?}");
    }
}

#[test]
fn optional_fields_may_be_missing() {
    let document = document();
    for (name, again) in ANSWERS {
        let least = of(&document, &document["components"]["schemas"][name], Fields::Required);
        if let Err(error) = again(&least) {
            panic!("{name}: {error}: {least:#}");
        }
    }
}

/// Collects the differences of two values, by path.
fn compare(path: &str, contract: &Value, client: &Value, differences: &mut Vec<String>) {
    match (contract, client) {
        (Value::Object(contract), Value::Object(client)) => {
            for name in contract.keys().chain(client.keys()).collect::<BTreeSet<_>>() {
                let at = format!("{path}.{name}");
                match (contract.get(name), client.get(name)) {
                    (Some(contract), Some(client)) => compare(&at, contract, client, differences),
                    (Some(_), None) => differences.push(format!("{at}: the client does not have it")),
                    (None, _) => differences.push(format!("{at}: the contract does not have it")),
                }
            }
        }
        (Value::Array(contract), Value::Array(client)) if contract.len() == client.len() => {
            for (contract, client) in contract.iter().zip(client) {
                compare(&format!("{path}[]"), contract, client, differences);
            }
        }
        _ if contract == client => {}
        _ => differences.push(format!("{path}: {contract} comes out as {client}")),
    }
}
