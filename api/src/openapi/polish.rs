//! What the handlers' annotations don't say: title, ways to prove oneself, tags, and the schema of a new agent.

use domain::scope::Scope;
use utoipa::openapi::Ref;
use utoipa::openapi::path::{Operation, ParameterBuilder, ParameterIn};
use utoipa::openapi::schema::{ArrayItems, Schema, SchemaType};
use utoipa::openapi::security::{ClientCredentials, Flow, HttpAuthScheme, HttpBuilder, OAuth2, Scopes, SecurityScheme};
use utoipa::openapi::tag::TagBuilder;
use utoipa::openapi::{
    Components, InfoBuilder, LicenseBuilder, ObjectBuilder, OpenApi, PathItem, RefOr, Required, Server, Type,
};

/// Tags in the order of the reference, with what they hold.
const TAGS: [(&str, &str); 12] = [
    ("Sign-up", "Make an organization, and put it into a person's hands."),
    ("Organizations", "Your organization, its limits and what it used."),
    ("Sessions", "Handles that portals keep instead of secrets."),
    ("Agents", "The registry."),
    ("Credentials", "Secrets of agents: make, rotate, revoke."),
    ("Claims", "What is proved of organizations and agents: domains, keys, repositories."),
    ("Tokens", "OAuth 2.0: issue, introspect, revoke."),
    ("Audit", "The tamper-evident trail of what was done."),
    ("Marketplace", "Published agents: search, read, follow, report."),
    ("DIDs", "DID documents and agent cards."),
    ("Discovery", "What clients find out by themselves."),
    ("Health", "How the service stands."),
];

pub(super) fn polish(document: &mut OpenApi, issuer: &str) {
    document.info = InfoBuilder::new()
        .title("SentryAgent.ai API")
        .version(env!("CARGO_PKG_VERSION"))
        .description(Some("An identity for AI agents: a registry entry, OAuth 2.0 tokens, a DID, an audit trail."))
        .license(Some(LicenseBuilder::new().name("Apache-2.0").identifier(Some("Apache-2.0")).build()))
        .build();
    document.servers = Some(vec![Server::new(issuer)]);
    let tags = TAGS.map(|(name, description)| TagBuilder::new().name(name).description(Some(description)).build());
    document.tags = Some(tags.into());
    let components = document.components.get_or_insert_default();
    components.add_security_scheme("bearer", bearer(issuer));
    components
        .add_security_scheme("basic", SecurityScheme::Http(HttpBuilder::new().scheme(HttpAuthScheme::Basic).build()));
    describe_once(components);
    add_new_agent(components);
    limit_scopes(components);
    name_items(components);
    for (_, operation) in document.paths.paths.values_mut().flat_map(operations) {
        if is_creating(operation) {
            add_idempotency_key(operation);
        }
        for parameter in operation.parameters.iter_mut().flatten() {
            // What may be left out is not therefore null: no header can be.
            if let RefOr::T(parameter) = parameter
                && matches!(parameter.parameter_in, ParameterIn::Header)
            {
                parameter.schema = parameter.schema.take().map(not_null);
            }
        }
        let may_be_left_out = matches!(
            operation.operation_id.as_deref(),
            Some("signUp" | "createCredential" | "rotateCredential" | "checkClaim")
        );
        if let Some(RefOr::T(body)) = &mut operation.request_body {
            body.required = Some(if may_be_left_out { Required::False } else { Required::True });
        }
    }
}

/// A field of a named type with a comment of its own comes as the type and an object that holds the comment, which nothing
/// can be at once.
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

/// What is sent to register an agent: fields of which three have to be there.
fn add_new_agent(components: &mut Components) {
    let Some(RefOr::T(Schema::Object(fields))) = components.schemas.get("AgentFields") else { return };
    let mut new = fields.clone();
    new.required = ["name", "agentType", "capabilities"].map(str::to_owned).into();
    new.description = Some("What is sent to register an agent.".to_owned());
    for field in &new.required {
        if let Some(schema) = new.properties.get_mut(field) {
            *schema = not_null(schema.clone());
        }
    }
    components.schemas.insert("NewAgent".to_owned(), RefOr::T(Schema::Object(new)));
}

/// A schema that does not take null.
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

/// What is on a page of a list is named, and not spelt out again.
fn name_items(components: &mut Components) {
    for (name, schema) in &mut components.schemas {
        let (Some(item), RefOr::T(Schema::Object(list))) = (name.strip_prefix("List_"), schema) else { continue };
        if let Some(RefOr::T(Schema::Array(data))) = list.properties.get_mut("data") {
            data.items = ArrayItems::RefOrSchema(Box::new(RefOr::Ref(Ref::from_schema_name(item))));
        }
    }
}

/// An agent's credential has no `admin:orgs`.
fn limit_scopes(components: &mut Components) {
    let Some(RefOr::T(Schema::Object(request))) = components.schemas.get_mut("CredentialRequest") else { return };
    let Some(RefOr::T(Schema::Array(scopes))) = request.properties.get_mut("scopes") else { return };
    let words = Scope::ALL.into_iter().filter(|scope| *scope != Scope::AdminOrgs).map(Scope::as_str);
    let word = ObjectBuilder::new().schema_type(Type::String).enum_values(Some(words));
    scopes.items = ArrayItems::RefOrSchema(Box::new(word.into()));
}

fn bearer(issuer: &str) -> SecurityScheme {
    let scopes = Scopes::from_iter(Scope::ALL.map(|scope| (scope.as_str(), scope.words())));
    let flow = Flow::ClientCredentials(ClientCredentials::new(format!("{issuer}/api/v1/token"), scopes));
    SecurityScheme::OAuth2(OAuth2::with_description([flow], "An access token, as `Authorization: Bearer`."))
}

fn is_creating(operation: &Operation) -> bool {
    operation.responses.responses.contains_key("201")
        || matches!(operation.operation_id.as_deref(), Some("reportAgent" | "verifyEmail" | "confirmRecovery"))
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
