//! Parts of the document that annotations can't express: title, security schemes, tags, and the schema of a new agent.

use domain::scope::Scope;
use utoipa::openapi::Ref;
use utoipa::openapi::path::{Operation, ParameterBuilder, ParameterIn};
use utoipa::openapi::schema::{ArrayItems, Schema, SchemaType};
use utoipa::openapi::security::{ClientCredentials, Flow, HttpAuthScheme, HttpBuilder, OAuth2, Scopes, SecurityScheme};
use utoipa::openapi::tag::TagBuilder;
use utoipa::openapi::{
    Components, InfoBuilder, LicenseBuilder, ObjectBuilder, OpenApi, PathItem, RefOr, Required, Server, Type,
};

/// Tags in the order of the reference, with descriptions.
const TAGS: [(&str, &str); 12] = [
    ("Sign-up", "Create, claim, verify and recover organizations."),
    ("Organizations", "Your organization, its limits and usage."),
    ("Sessions", "Handles that portals store instead of secrets."),
    ("Agents", "Register, update and decommission agents."),
    ("Credentials", "Create, rotate and revoke credentials of agents."),
    ("Claims", "Verify domains, keys and repositories."),
    ("Tokens", "OAuth 2.0: issue, introspect and revoke tokens."),
    ("Audit", "Tamper-evident audit trail."),
    ("Marketplace", "Search, read, follow and report published agents."),
    ("DIDs", "DID documents and agent cards."),
    ("Discovery", "Discovery documents for clients."),
    ("Health", "Health checks."),
];

pub(super) fn finish(document: &mut OpenApi, issuer: &str) {
    document.info = InfoBuilder::new()
        .title("SentryAgent.ai API")
        .version(env!("CARGO_PKG_VERSION"))
        .description(Some("Identity for AI agents: a registry entry, OAuth 2.0 tokens, a DID and an audit trail."))
        .license(Some(LicenseBuilder::new().name("Apache-2.0").identifier(Some("Apache-2.0")).build()))
        .build();
    document.servers = Some(vec![Server::new(issuer)]);
    let tags = TAGS.map(|(name, description)| TagBuilder::new().name(name).description(Some(description)).build());
    document.tags = Some(tags.into());
    let components = document.components.get_or_insert_default();
    components.add_security_scheme("bearer", bearer(issuer));
    components
        .add_security_scheme("basic", SecurityScheme::Http(HttpBuilder::new().scheme(HttpAuthScheme::Basic).build()));
    let link_code = HttpBuilder::new()
        .scheme(HttpAuthScheme::Bearer)
        .description(Some("Code at the end of an emailed link."))
        .build();
    components.add_security_scheme("linkCode", SecurityScheme::Http(link_code));
    describe_once(components);
    add_new_agent(components);
    limit_scopes(components);
    name_items(components);
    for (_, operation) in document.paths.paths.values_mut().flat_map(operations) {
        if is_creating(operation) {
            add_idempotency_key(operation);
        }
        for parameter in operation.parameters.iter_mut().flatten() {
            // Optional is not nullable: headers are never null.
            if let RefOr::T(parameter) = parameter
                && matches!(parameter.parameter_in, ParameterIn::Header)
            {
                parameter.schema = parameter.schema.take().map(not_null);
            }
        }
        let is_optional = matches!(
            operation.operation_id.as_deref(),
            Some("signUp" | "createCredential" | "rotateCredential" | "checkClaim")
        );
        if let Some(RefOr::T(body)) = &mut operation.request_body {
            body.required = Some(if is_optional { Required::False } else { Required::True });
        }
    }
}

/// utoipa renders a field of a named type with its own comment as `allOf` of the type and an object, which no value can
/// match; merge them.
fn describe_once(components: &mut Components) {
    for schema in components.schemas.values_mut() {
        let RefOr::T(Schema::Object(object)) = schema else { continue };
        for property in object.properties.values_mut() {
            let RefOr::T(Schema::AllOf(both)) = property else { continue };
            if let [RefOr::T(Schema::Object(of_type)), RefOr::T(Schema::Object(comment))] = both.items.as_slice() {
                let mut merged = of_type.clone();
                merged.description.clone_from(&comment.description);
                *property = RefOr::T(Schema::Object(merged));
            }
        }
    }
}

/// Adds the schema of a request to register an agent, with its required fields.
fn add_new_agent(components: &mut Components) {
    let Some(RefOr::T(Schema::Object(fields))) = components.schemas.get("AgentUpdate") else { return };
    let mut new = fields.clone();
    new.required = ["name", "agentType", "capabilities"].map(str::to_owned).into();
    new.description = Some("Request to register an agent.".to_owned());
    for field in &new.required {
        if let Some(schema) = new.properties.get_mut(field) {
            *schema = not_null(schema.clone());
        }
    }
    components.schemas.insert("NewAgent".to_owned(), RefOr::T(Schema::Object(new)));
}

/// Removes `null` from a schema.
fn not_null(schema: RefOr<Schema>) -> RefOr<Schema> {
    let one = |kind: SchemaType| match kind {
        SchemaType::Array(kinds) => {
            kinds.into_iter().find(|kind| *kind != Type::Null).map_or(SchemaType::AnyValue, SchemaType::Type)
        }
        other => other,
    };
    match schema {
        RefOr::T(Schema::OneOf(choice)) => choice.items.into_iter().find(|item| !is_null(item)).unwrap_or_default(),
        RefOr::T(Schema::Object(mut object)) => {
            object.schema_type = one(object.schema_type);
            RefOr::T(Schema::Object(object))
        }
        RefOr::T(Schema::Array(mut array)) => {
            array.schema_type = one(array.schema_type);
            RefOr::T(Schema::Array(array))
        }
        other => other,
    }
}

fn is_null(schema: &RefOr<Schema>) -> bool {
    matches!(schema, RefOr::T(Schema::Object(object)) if object.schema_type == SchemaType::Type(Type::Null))
}

/// References the item schema of a list instead of inlining it.
fn name_items(components: &mut Components) {
    for (name, schema) in &mut components.schemas {
        let (Some(item), RefOr::T(Schema::Object(list))) = (name.strip_prefix("List_"), schema) else { continue };
        if let Some(RefOr::T(Schema::Array(data))) = list.properties.get_mut("data") {
            data.items = ArrayItems::RefOrSchema(Box::new(RefOr::Ref(Ref::from_schema_name(item))));
        }
    }
}

/// Removes `admin:orgs` from the scopes of an agent's credential.
fn limit_scopes(components: &mut Components) {
    let Some(RefOr::T(Schema::Object(request))) = components.schemas.get_mut("CredentialRequest") else { return };
    let Some(RefOr::T(Schema::Array(scopes))) = request.properties.get_mut("scopes") else { return };
    let words = Scope::ALL.into_iter().filter(|scope| *scope != Scope::AdminOrgs).map(Scope::as_str);
    let word = ObjectBuilder::new().schema_type(Type::String).enum_values(Some(words));
    scopes.items = ArrayItems::RefOrSchema(Box::new(word.into()));
}

fn bearer(issuer: &str) -> SecurityScheme {
    let scopes = Scopes::from_iter(Scope::ALL.map(|scope| (scope.as_str(), scope.description())));
    let flow = Flow::ClientCredentials(ClientCredentials::new(format!("{issuer}/api/v1/token"), scopes));
    SecurityScheme::OAuth2(OAuth2::with_description([flow], "Access token, sent as `Authorization: Bearer`."))
}

fn is_creating(operation: &Operation) -> bool {
    operation.responses.responses.contains_key("201")
        || matches!(
            operation.operation_id.as_deref(),
            Some("reportAgent" | "verifyEmail" | "confirmRecovery" | "disownSignup" | "restoreByEmail")
        )
}

fn add_idempotency_key(operation: &mut Operation) {
    let key = ParameterBuilder::new()
        .name("Idempotency-Key")
        .parameter_in(ParameterIn::Header)
        .required(Required::False)
        .description(Some(
            "Random key, such as a UUID. For 24 hours, a repeated call with the same key returns the first response.",
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

/// Lists the operations of a path.
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
