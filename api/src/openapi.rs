//! Contract of the API: OpenAPI 3.1, generated from the routes. `client/openapi.json` is this document; a test compares
//! them.

use bytes::Bytes;
use utoipa::openapi::OpenApi;

mod errors;
mod finish;

use crate::router::{
    caller_routes, creating_routes, health_routes, marketplace_routes, public_routes, reporting_routes, token_routes,
};
use utoipa_axum::router::OpenApiRouter;

/// Server URL in the committed document.
pub const PRODUCTION: &str = "https://api.sentryagent.ai";

/// Builds the document of a server. All URLs in it, including the token URL, start with its issuer.
pub fn document(issuer: &str) -> OpenApi {
    let versioned = OpenApiRouter::new()
        .merge(creating_routes())
        .merge(caller_routes())
        .merge(token_routes())
        .merge(marketplace_routes())
        .merge(reporting_routes());
    let all = OpenApiRouter::new().nest("/api/v1", versioned).merge(public_routes()).merge(health_routes());
    let mut document = all.into_openapi();
    finish::finish(&mut document, issuer);
    errors::add(&mut document);
    document
}

/// Renders the document as JSON, once at startup.
///
/// # Errors
///
/// Serialization errors. The server must not start without its contract.
pub fn json(issuer: &str) -> Result<Bytes, serde_json::Error> {
    document(issuer).to_json().map(Bytes::from)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use serde_json::Value;

    /// Collects all values of a key, at any depth.
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
    fn every_reference_resolves() {
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
    fn all_urls_start_with_the_issuer() {
        let document = super::document("https://agents.example").to_json().expect("JSON");
        assert!(document.contains("https://agents.example/api/v1/token"));
        assert!(!document.contains("\"tokenUrl\":\"https://api.sentryagent.ai"), "{document}");
    }

    #[test]
    fn every_response_body_has_an_example() {
        let document = serde_json::to_value(super::document(super::PRODUCTION)).expect("JSON");
        let schemas = &document["components"]["schemas"];
        for (path, item) in document["paths"].as_object().expect("paths") {
            for (method, operation) in item.as_object().expect("operations") {
                for (status, response) in operation["responses"].as_object().expect("responses") {
                    for content in response["content"].as_object().into_iter().flat_map(|kinds| kinds.iter()) {
                        let is_text = !content.0.contains("json") || content.0.ends_with("jsonl");
                        let name = content.1["schema"]["$ref"].as_str().and_then(|name| name.rsplit('/').next());
                        let of_schema = name.is_some_and(|name| has_example(&schemas[name], schemas));
                        assert!(is_text || of_schema || content.1.get("example").is_some(), "{method} {path} {status}");
                    }
                }
            }
        }
    }

    /// Returns true if a schema or all of its parts have an example.
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
