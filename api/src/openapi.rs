//! The contract: OpenAPI 3.1, made from the routes. `client/openapi.json` is this document, and a test keeps them equal.

use bytes::Bytes;
use utoipa::openapi::OpenApi;

mod errors;
mod polish;

use crate::router::{
    caller_routes, creating_routes, health_routes, marketplace_routes, public_routes, reporting_routes, token_routes,
};
use utoipa_axum::router::OpenApiRouter;

/// The server of the committed document.
pub const PRODUCTION: &str = "https://api.sentryagent.ai";

/// The document of a server, by its issuer: what it names lies there, the address for tokens too.
pub fn document(issuer: &str) -> OpenApi {
    let versioned = OpenApiRouter::new()
        .merge(creating_routes())
        .merge(caller_routes())
        .merge(token_routes())
        .merge(marketplace_routes())
        .merge(reporting_routes());
    let all = OpenApiRouter::new().nest("/api/v1", versioned).merge(public_routes()).merge(health_routes());
    let mut document = all.into_openapi();
    polish::polish(&mut document, issuer);
    errors::add(&mut document);
    document
}

/// The document of a server as JSON, made once at the start.
///
/// # Errors
///
/// A document that can't be written is a defect: the server must not start without its contract.
pub fn json(issuer: &str) -> Result<Bytes, serde_json::Error> {
    document(issuer).to_json().map(Bytes::from)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use serde_json::Value;

    /// All values of a key, wherever it stands.
    fn values(key: &str, value: &Value, found: &mut BTreeSet<String>) {
        match value {
            Value::Object(fields) => {
                found.extend(fields.get(key).and_then(Value::as_str).map(str::to_owned));
                fields.values().for_each(|value| values(key, value, found));
            }
            Value::Array(items) => items.iter().for_each(|value| values(key, value, found)),
            _ => {}
        }
    }

    #[test]
    fn all_that_the_contract_names_is_there() {
        let document = serde_json::to_value(super::document(super::PRODUCTION)).expect("JSON");
        let mut references = BTreeSet::new();
        values("$ref", &document, &mut references);
        assert!(references.len() > 20, "{references:?}");
        for reference in references {
            let pointer = reference.strip_prefix('#').expect("a reference into the document");
            assert!(document.pointer(pointer).is_some(), "{reference} is missing");
        }
    }

    #[test]
    fn a_server_names_no_other_for_secrets_to_be_sent_to() {
        let document = super::document("https://agents.example").to_json().expect("JSON");
        assert!(document.contains("https://agents.example/api/v1/token"));
        assert!(!document.contains("\"tokenUrl\":\"https://api.sentryagent.ai"), "{document}");
    }

    #[test]
    fn every_answer_that_has_a_body_shows_an_example() {
        let document = serde_json::to_value(super::document(super::PRODUCTION)).expect("JSON");
        let schemas = &document["components"]["schemas"];
        for (path, item) in document["paths"].as_object().expect("paths") {
            for (method, operation) in item.as_object().expect("operations") {
                for (status, answer) in operation["responses"].as_object().expect("answers") {
                    for content in answer["content"].as_object().into_iter().flat_map(|kinds| kinds.iter()) {
                        let is_text = !content.0.contains("json") || content.0.ends_with("jsonl");
                        let name = content.1["schema"]["$ref"].as_str().and_then(|name| name.rsplit('/').next());
                        let of_schema = name.is_some_and(|name| has_example(&schemas[name], schemas));
                        assert!(is_text || of_schema || content.1.get("example").is_some(), "{method} {path} {status}");
                    }
                }
            }
        }
    }

    /// Whether a schema has an example, or all of its parts do.
    fn has_example(schema: &Value, schemas: &Value) -> bool {
        if schema.get("example").is_some() {
            return true;
        }
        if let Some(parts) = schema["allOf"].as_array() {
            let of = |part: &Value| {
                part["$ref"].as_str().and_then(|name| name.rsplit('/').next()).map(|name| &schemas[name]).cloned()
            };
            return parts.iter().any(|part| has_example(&of(part).unwrap_or_else(|| part.clone()), schemas));
        }
        let parts = schema["properties"].as_object().into_iter().flat_map(|fields| fields.values());
        let mut named = parts
            .filter_map(|part| {
                part["$ref"].as_str().or(part["items"]["$ref"].as_str()).and_then(|name| name.rsplit('/').next())
            })
            .peekable();
        named.peek().is_some() && named.all(|name| has_example(&schemas[name], schemas))
    }
}
