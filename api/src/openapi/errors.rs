//! The errors that each operation can answer, with an example each. Which they are follows from what the operation is.

use serde_json::{Value, json};
use utoipa::PartialSchema as _;
use utoipa::openapi::content::ContentBuilder;
use utoipa::openapi::path::{Operation, ParameterIn};
use utoipa::openapi::response::{Response, ResponseBuilder};
use utoipa::openapi::{OpenApi, Ref, RefOr};

use super::polish::operations;
use crate::error::ErrorBody;
use crate::routes::token::error::OAuthErrorBody;

/// Name, code, status and the rest of an example.
struct Case {
    name: &'static str,
    status: &'static str,
    description: &'static str,
    body: Value,
}

fn case(name: &'static str, status: &'static str, code: &str, message: &'static str, details: &Value) -> Case {
    let mut body = json!({ "code": code, "message": message, "requestId": "01993b70-2a2b-7c00-8f00-5d8e5b1f6a10" });
    if !details.is_null() {
        body["details"] = details.clone();
    }
    Case { name, status, description: message, body }
}

fn cases() -> Vec<Case> {
    let none = Value::Null;
    vec![
        case(
            "ValidationError",
            "400",
            "VALIDATION_ERROR",
            "name is missing",
            &json!({ "fields": [{ "field": "name", "reason": "is missing" }] }),
        ),
        case("Unauthorized", "401", "UNAUTHORIZED", "a valid access token is needed", &none),
        case(
            "Forbidden",
            "403",
            "FORBIDDEN",
            "the token lacks the scope agents:write",
            &json!({ "scope": "agents:write" }),
        ),
        case("NotFound", "404", "AGENT_NOT_FOUND", "there is no such agent", &none),
        case("ClaimNotFound", "404", "NOT_FOUND", "there is no such claim", &none),
        case(
            "TooManyClaims",
            "429",
            "TIER_LIMIT_EXCEEDED",
            "an organization has at most 20 claims: remove one",
            &json!({ "limit": 20, "current": 20, "resetSeconds": null }),
        ),
        case(
            "AgentAlreadyExists",
            "409",
            "AGENT_ALREADY_EXISTS",
            "an agent with the e-mail address a@example.com exists already",
            &none,
        ),
        case(
            "NameNotAvailable",
            "409",
            "NAME_NOT_AVAILABLE",
            "the name reads like that of the verified organization northquay: choose one that can't be taken for it",
            &none,
        ),
        case(
            "IdempotencyAnswerLost",
            "409",
            "IDEMPOTENCY_ANSWER_LOST",
            "this call was done, but its answer was lost when the service stopped: look for what it made, and send it again, with another Idempotency-Key, only where that is missing",
            &none,
        ),
        case("AgentRemoved", "410", "AGENT_REMOVED", "this agent was removed", &json!({ "reason": "decommissioned" })),
        case(
            "PreconditionFailed",
            "412",
            "PRECONDITION_FAILED",
            "it has changed since it was read: read it again, and send its new ETag in If-Match",
            &none,
        ),
        case("PayloadTooLarge", "413", "PAYLOAD_TOO_LARGE", "the body is longer than 64 KiB", &none),
        case(
            "UnsupportedMediaType",
            "415",
            "UNSUPPORTED_MEDIA_TYPE",
            "the body has to be JSON, with Content-Type: application/json",
            &none,
        ),
        case(
            "IdempotencyKeyReused",
            "422",
            "IDEMPOTENCY_KEY_REUSED",
            "this Idempotency-Key was used with another request",
            &none,
        ),
        case(
            "RateLimited",
            "429",
            "RATE_LIMITED",
            "too many requests: at most 600 in 60 s are taken; try again in 12 s",
            &json!({ "policy": "credential", "limit": 600, "current": 600, "windowSeconds": 60, "resetSeconds": 12 }),
        ),
        case("InternalError", "500", "INTERNAL_ERROR", "something went wrong on our side", &none),
        case("Unavailable", "503", "UNAVAILABLE", "the service can't do this at the moment: try again", &none),
    ]
}

/// OAuth's own.
fn oauth_cases() -> Vec<Case> {
    let case = |name, status, error: &str, description: &'static str| {
        let body = json!({ "error": error, "error_description": description });
        Case { name, status, description, body }
    };
    vec![
        case("OAuthInvalidRequest", "400", "invalid_request", "the parameter grant_type is missing"),
        case(
            "OAuthInvalidClient",
            "401",
            "invalid_client",
            "there is no active client with this client_id and client_secret: check both, and that the credential was not revoked",
        ),
        case("OAuthUnauthorizedClient", "403", "unauthorized_client", "the token lacks the scope tokens:read"),
        case(
            "OAuthTooMany",
            "429",
            "temporarily_unavailable",
            "too many requests: at most 600 in 60 s are taken; try again in 12 s",
        ),
    ]
}

pub(super) fn add(document: &mut OpenApi) {
    let components = document.components.get_or_insert_default();
    components.schemas.insert("Error".to_owned(), ErrorBody::schema());
    components.schemas.insert("OAuthError".to_owned(), OAuthErrorBody::schema());
    for (cases, schema) in [(cases(), "Error"), (oauth_cases(), "OAuthError")] {
        for case in cases {
            components.responses.insert(case.name.to_owned(), RefOr::T(response(&case, schema)));
        }
    }
    for (path, item) in &mut document.paths.paths {
        for (method, operation) in operations(item) {
            let names = if path.contains("/token") { of_token(operation) } else { of(path, method, operation) };
            for (status, name) in names {
                let reference = RefOr::Ref(Ref::from_response_name(name));
                operation.responses.responses.entry(status.to_owned()).or_insert(reference);
            }
        }
    }
}

fn response(case: &Case, schema: &str) -> Response {
    let content =
        ContentBuilder::new().schema(Some(Ref::from_schema_name(schema))).example(Some(case.body.clone())).build();
    ResponseBuilder::new()
        .description(format!("{}: {}", case.status, case.description))
        .content("application/json", content)
        .build()
}

fn of_token(operation: &Operation) -> Vec<(&'static str, &'static str)> {
    let mut names = vec![
        ("400", "OAuthInvalidRequest"),
        ("401", "OAuthInvalidClient"),
        ("413", "PayloadTooLarge"),
        ("429", "OAuthTooMany"),
        ("500", "InternalError"),
        ("503", "Unavailable"),
    ];
    if operation.operation_id.as_deref() != Some("issueToken") {
        names.push(("403", "OAuthUnauthorizedClient"));
    }
    names
}

fn of(path: &str, method: &str, operation: &Operation) -> Vec<(&'static str, &'static str)> {
    let is_health = path.starts_with("/health");
    let mut names = vec![("500", "InternalError"), ("503", "Unavailable")];
    if operation.operation_id.as_deref() == Some("createClaim") {
        names.extend([("404", "NotFound"), ("429", "TooManyClaims")]);
    }
    if is_health {
        return names;
    }
    let is_private = operation.security.as_ref().is_some_and(|all| all.iter().any(|one| !is_open(one)));
    if path.starts_with("/api/v1") {
        names.push(("400", "ValidationError"));
    }
    if is_private {
        names.extend([("401", "Unauthorized"), ("403", "Forbidden")]);
    }
    if is_private || method == "post" || path.contains("/marketplace/") {
        names.push(("429", "RateLimited"));
    }
    if path.contains('{') {
        names.push(("404", if path.contains("{claimId}") { "ClaimNotFound" } else { "NotFound" }));
    }
    if operation.request_body.is_some() {
        names.extend([("413", "PayloadTooLarge"), ("415", "UnsupportedMediaType")]);
    }
    for parameter in operation.parameters.iter().flatten() {
        let RefOr::T(parameter) = parameter else { continue };
        if !matches!(parameter.parameter_in, ParameterIn::Header) {
            continue;
        }
        match parameter.name.as_str() {
            "Idempotency-Key" => names.extend([
                ("409", "IdempotencyAnswerLost"),
                ("413", "PayloadTooLarge"),
                ("422", "IdempotencyKeyReused"),
            ]),
            "If-Match" => names.push(("412", "PreconditionFailed")),
            _ => {}
        }
    }
    match operation.operation_id.as_deref() {
        Some("updateOrganization") => names.push(("409", "NameNotAvailable")),
        Some("registerAgent") => names.push(("409", "AgentAlreadyExists")),
        Some("updateAgent") => names.extend([("409", "AgentAlreadyExists"), ("410", "AgentRemoved")]),
        Some(
            "createCredential"
            | "rotateCredential"
            | "getDidDocument"
            | "getAgentCard"
            | "getMarketplaceAgent"
            | "reportAgent",
        ) => {
            names.push(("410", "AgentRemoved"));
        }
        _ => {}
    }
    names
}

fn is_open(requirement: &utoipa::openapi::security::SecurityRequirement) -> bool {
    *requirement == utoipa::openapi::security::SecurityRequirement::default()
}
