//! Error responses of each operation, with examples, derived from the operation.

use serde_json::{Value, json};
use utoipa::PartialSchema as _;
use utoipa::openapi::content::ContentBuilder;
use utoipa::openapi::path::{Operation, ParameterIn};
use utoipa::openapi::response::{Response, ResponseBuilder};
use utoipa::openapi::{OpenApi, Ref, RefOr};

use super::finish::operations;
use crate::error::ErrorBody;
use crate::routes::token::error::OAuthErrorBody;

/// Example of an error response.
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
            "`name` is required.",
            &json!({ "fields": [{ "field": "name", "reason": "is required" }] }),
        ),
        case("Unauthorized", "401", "UNAUTHORIZED", "Missing or invalid access token.", &none),
        case(
            "Forbidden",
            "403",
            "FORBIDDEN",
            "The token lacks the scope agents:write.",
            &json!({ "scope": "agents:write" }),
        ),
        case("NotFound", "404", "AGENT_NOT_FOUND", "Agent not found.", &none),
        case("ClaimNotFound", "404", "NOT_FOUND", "Claim not found.", &none),
        case(
            "TooManyClaims",
            "429",
            "TIER_LIMIT_EXCEEDED",
            "An organization can have at most 20 claims. Delete one first.",
            &json!({ "limit": 20, "current": 20, "resetSeconds": null }),
        ),
        case(
            "AgentAlreadyExists",
            "409",
            "AGENT_ALREADY_EXISTS",
            "Another agent already uses the email address a@example.com.",
            &none,
        ),
        case(
            "NameNotAvailable",
            "409",
            "NAME_NOT_AVAILABLE",
            "The name is confusable with that of the verified organization northquay; choose another one.",
            &none,
        ),
        case(
            "IdempotencyResponseLost",
            "409",
            "IDEMPOTENCY_ANSWER_LOST",
            "The call completed, but its response was lost when the service stopped. Check whether its result exists; if not, repeat the call with a new Idempotency-Key.",
            &none,
        ),
        case(
            "AuditTrailBroken",
            "409",
            "AUDIT_TRAIL_BROKEN",
            "The audit trail was changed outside of this service, or restored from a backup without its last events, so its head is not signed. Verify the trail and compare it with your last export.",
            &none,
        ),
        case("AgentRemoved", "410", "AGENT_REMOVED", "The agent was removed.", &json!({ "reason": "decommissioned" })),
        case(
            "PublisherRemoved",
            "410",
            "PUBLISHER_REMOVED",
            "The publisher was deleted. Its name stays reserved.",
            &none,
        ),
        case(
            "PreconditionFailed",
            "412",
            "PRECONDITION_FAILED",
            "The resource has changed. Read it again and send its current ETag in If-Match.",
            &none,
        ),
        case("PayloadTooLarge", "413", "PAYLOAD_TOO_LARGE", "The body exceeds 64 KiB.", &none),
        case(
            "UnsupportedMediaType",
            "415",
            "UNSUPPORTED_MEDIA_TYPE",
            "The body must be JSON with Content-Type: application/json.",
            &none,
        ),
        case(
            "IdempotencyKeyReused",
            "422",
            "IDEMPOTENCY_KEY_REUSED",
            "The Idempotency-Key was already used with another request. Use a new key.",
            &none,
        ),
        case(
            "RateLimited",
            "429",
            "RATE_LIMITED",
            "Too many requests. The limit is 600 in 60 s. Retry in 12 s.",
            &json!({ "policy": "credential", "limit": 600, "current": 600, "windowSeconds": 60, "resetSeconds": 12 }),
        ),
        case(
            "InternalError",
            "500",
            "INTERNAL_ERROR",
            "Internal error. If the problem persists, contact support with the request ID.",
            &none,
        ),
        case("Unavailable", "503", "UNAVAILABLE", "The service is temporarily unavailable. Retry later.", &none),
    ]
}

/// Examples of OAuth errors.
fn oauth_cases() -> Vec<Case> {
    let case = |name, status, error: &str, description: &'static str| {
        let body = json!({ "error": error, "error_description": description });
        Case { name, status, description, body }
    };
    vec![
        case("OAuthInvalidRequest", "400", "invalid_request", "The parameter `grant_type` is required."),
        case(
            "OAuthInvalidClient",
            "401",
            "invalid_client",
            "Invalid client credentials, or the credential was revoked.",
        ),
        case("OAuthInsufficientScope", "403", "insufficient_scope", "The token lacks the scope tokens:read."),
        case(
            "OAuthTooMany",
            "429",
            "temporarily_unavailable",
            "Too many requests. The limit is 600 in 60 s. Retry in 12 s.",
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
            let names = if path.contains("/token") {
                token_errors(operation)
            } else {
                operation_errors(path, method, operation)
            };
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

fn token_errors(operation: &Operation) -> Vec<(&'static str, &'static str)> {
    let mut names = vec![
        ("400", "OAuthInvalidRequest"),
        ("401", "OAuthInvalidClient"),
        ("413", "PayloadTooLarge"),
        ("429", "OAuthTooMany"),
        ("500", "InternalError"),
        ("503", "Unavailable"),
    ];
    if operation.operation_id.as_deref() != Some("issueToken") {
        names.push(("403", "OAuthInsufficientScope"));
    }
    names
}

fn operation_errors(path: &str, method: &str, operation: &Operation) -> Vec<(&'static str, &'static str)> {
    let is_health = path.starts_with("/health");
    let mut names =
        vec![("400", "ValidationError"), ("429", "RateLimited"), ("500", "InternalError"), ("503", "Unavailable")];
    if operation.operation_id.as_deref() == Some("createClaim") {
        names.extend([("404", "NotFound"), ("429", "TooManyClaims")]);
    }
    if is_health {
        return names;
    }
    let is_private = operation.security.as_ref().is_some_and(|all| all.iter().any(|one| !is_open(one)));
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
                ("409", "IdempotencyResponseLost"),
                ("413", "PayloadTooLarge"),
                ("422", "IdempotencyKeyReused"),
            ]),
            "If-Match" => names.push(("412", "PreconditionFailed")),
            _ => {}
        }
    }
    match operation.operation_id.as_deref() {
        Some("updateOrganization") => names.push(("409", "NameNotAvailable")),
        Some("getAuditHead") => names.push(("409", "AuditTrailBroken")),
        Some("getPublisher") => names.push(("410", "PublisherRemoved")),
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
