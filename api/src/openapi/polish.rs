//! What the handlers' annotations don't say: title, ways to prove oneself, tags, and the schema of a new agent.

use utoipa::openapi::path::{Operation, ParameterBuilder, ParameterIn};
use utoipa::openapi::schema::Schema;
use utoipa::openapi::security::{ClientCredentials, Flow, HttpAuthScheme, HttpBuilder, OAuth2, Scopes, SecurityScheme};
use utoipa::openapi::tag::TagBuilder;
use utoipa::openapi::{InfoBuilder, LicenseBuilder, ObjectBuilder, OpenApi, PathItem, RefOr, Required, Server, Type};

use crate::domain::scope::Scope;

const ISSUER: &str = "https://api.sentryagent.ai";

/// Tags in the order of the reference, with what they hold.
const TAGS: [(&str, &str); 11] = [
    ("Sign-up", "Make an organization, and put it into a person's hands."),
    ("Organizations", "Your organization, its limits and what it used."),
    ("Sessions", "Handles that portals keep instead of secrets."),
    ("Agents", "The registry."),
    ("Credentials", "Secrets of agents: make, rotate, revoke."),
    ("Tokens", "OAuth 2.0: issue, introspect, revoke."),
    ("Audit", "The tamper-evident trail of what was done."),
    ("Marketplace", "Published agents: search, read, follow, report."),
    ("DIDs", "DID documents and agent cards."),
    ("Discovery", "What clients find out by themselves."),
    ("Health", "How the service stands."),
];

pub(super) fn polish(document: &mut OpenApi) {
    document.info = InfoBuilder::new()
        .title("SentryAgent.ai API")
        .version(env!("CARGO_PKG_VERSION"))
        .description(Some("An identity for AI agents: a registry entry, OAuth 2.0 tokens, a DID, an audit trail."))
        .license(Some(LicenseBuilder::new().name("Apache-2.0").identifier(Some("Apache-2.0")).build()))
        .build();
    document.servers = Some(vec![Server::new(ISSUER)]);
    let tags = TAGS.map(|(name, description)| TagBuilder::new().name(name).description(Some(description)).build());
    document.tags = Some(tags.into());
    let components = document.components.get_or_insert_default();
    components.add_security_scheme("bearer", bearer());
    components
        .add_security_scheme("basic", SecurityScheme::Http(HttpBuilder::new().scheme(HttpAuthScheme::Basic).build()));
    if let Some(RefOr::T(Schema::Object(fields))) = components.schemas.get("AgentFields").cloned() {
        let mut new = fields;
        new.required = ["name", "agentType", "capabilities"].map(str::to_owned).into();
        new.description = Some("What is sent to register an agent.".to_owned());
        components.schemas.insert("NewAgent".to_owned(), RefOr::T(Schema::Object(new)));
    }
    for item in document.paths.paths.values_mut() {
        if let Some(operation) = item.post.as_mut().filter(|operation| is_creating(operation)) {
            add_idempotency_key(operation);
        }
    }
}

fn bearer() -> SecurityScheme {
    let scopes = Scopes::from_iter(Scope::ALL.map(|scope| (scope.as_str(), scope.words())));
    let flow = Flow::ClientCredentials(ClientCredentials::new(format!("{ISSUER}/api/v1/token"), scopes));
    SecurityScheme::OAuth2(OAuth2::with_description([flow], "An access token, as `Authorization: Bearer`."))
}

fn is_creating(operation: &Operation) -> bool {
    operation.responses.responses.contains_key("201") || operation.operation_id.as_deref() == Some("reportAgent")
}

fn add_idempotency_key(operation: &mut Operation) {
    let key = ParameterBuilder::new()
        .name("Idempotency-Key")
        .parameter_in(ParameterIn::Header)
        .required(Required::False)
        .description(Some(
            "Random text, a UUID does. The same call with the same key is done once, and answered again for 24 hours.",
        ))
        .schema(Some(
            ObjectBuilder::new()
                .schema_type(Type::String)
                .min_length(Some(22))
                .max_length(Some(255))
                .pattern(Some("^[!-~]+$")),
        ))
        .build();
    operation.parameters.get_or_insert_default().push(RefOr::T(key));
}

/// The operations of a path.
pub(super) fn operations(item: &mut PathItem) -> impl Iterator<Item = (&'static str, &mut Operation)> {
    [
        ("get", item.get.as_mut()),
        ("post", item.post.as_mut()),
        ("patch", item.patch.as_mut()),
        ("delete", item.delete.as_mut()),
    ]
    .into_iter()
    .filter_map(|(method, operation)| operation.map(|operation| (method, operation)))
}
