//! Tables and indexes of the first version.

use sea_orm_migration::prelude::*;

/// An index: whether it is unique, its table, its columns.
type IndexOf = (bool, &'static str, &'static [&'static str]);

/// All indexes.
pub(super) const INDEXES: [IndexOf; 13] = [
    (true, "agents", &["organization_id", "email_key"]),
    (false, "agents", &["organization_id", "created_at"]),
    (false, "credentials", &["agent_id"]),
    (false, "credentials", &["organization_id"]),
    (false, "organizations", &["email_key"]),
    (false, "organizations", &["state", "expires_at"]),
    (false, "audit_events", &["organization_id", "agent_id", "seq"]),
    (false, "sessions", &["organization_id"]),
    (false, "claims", &["agent_id"]),
    (false, "claims", &["organization_id"]),
    (false, "claims", &["state", "next_check_at"]),
    (false, "reports", &["agent_id"]),
    (false, "idempotent_answers", &["created_at"]),
];

/// All tables.
pub(super) fn all() -> Vec<TableCreateStatement> {
    vec![
        organizations(),
        old_slugs(),
        agents(),
        credentials(),
        sessions(),
        links(),
        audit_events(),
        audit_heads(),
        outbox(),
        revoked_tokens(),
        settings(),
        usage(),
        idempotent_answers(),
        claims(),
        reports(),
    ]
}

fn organizations() -> TableCreateStatement {
    let mut table = table("organizations");
    table.col(text("id").primary_key());
    table.col(text("name"));
    table.col(nullable(text("display_name")));
    table.col(text("name_key"));
    table.col(text("slug").unique_key());
    table.col(nullable(text("email")));
    table.col(nullable(text("email_key")));
    table.col(text("state"));
    table.col(text("tier"));
    table.col(nullable(number("expires_at")));
    table.col(nullable(bytes("claim_hash")));
    table.col(nullable(number("deletion_asked_at")));
    table.col(number("created_at"));
    table.col(number("updated_at"));
    table
}

fn old_slugs() -> TableCreateStatement {
    let mut table = table("old_slugs");
    table.col(text("slug").primary_key());
    table.col(text("organization_id"));
    table
}

fn agents() -> TableCreateStatement {
    let mut table = table("agents");
    table.col(text("id").primary_key());
    table.col(text("organization_id"));
    table.col(text("name"));
    table.col(text("description"));
    table.col(nullable(text("email")));
    table.col(nullable(text("email_key")));
    table.col(text("agent_type"));
    table.col(text("version"));
    table.col(json("capabilities"));
    table.col(json("tags"));
    table.col(nullable(json("skills")));
    table.col(text("owner"));
    table.col(text("deployment_env"));
    table.col(text("status"));
    table.col(flag("is_public"));
    table.col(nullable(text("endpoint_url")));
    table.col(json("public_keys"));
    table.col(text("did_host"));
    table.col(number("revision"));
    table.col(text("moderation"));
    table.col(nullable(text("moderation_reason")));
    table.col(number("created_at"));
    table.col(number("updated_at"));
    table.col(nullable(number("published_at")));
    table.col(nullable(number("decommissioned_at")));
    table
}

fn credentials() -> TableCreateStatement {
    let mut table = table("credentials");
    table.col(text("id").primary_key());
    table.col(text("organization_id"));
    table.col(nullable(text("agent_id")));
    table.col(bytes("secret_hash").unique_key());
    table.col(text("scopes"));
    table.col(number("created_at"));
    table.col(nullable(number("expires_at")));
    table.col(nullable(number("revoked_at")));
    table.col(nullable(number("first_call_at")));
    table
}

fn sessions() -> TableCreateStatement {
    let mut table = table("sessions");
    table.col(text("id").primary_key());
    table.col(text("organization_id"));
    table.col(bytes("handle_hash").unique_key());
    table.col(number("created_at"));
    table.col(number("last_used_at"));
    table.col(number("expires_at"));
    table
}

fn links() -> TableCreateStatement {
    let mut table = table("links");
    table.col(bytes("code_hash").primary_key());
    table.col(text("organization_id"));
    table.col(text("purpose"));
    table.col(text("email"));
    table.col(number("created_at"));
    table.col(number("expires_at"));
    table
}

fn audit_events() -> TableCreateStatement {
    let mut table = table("audit_events");
    table.col(text("organization_id"));
    table.col(number("seq"));
    table.col(text("event_id").unique_key());
    table.col(text("timestamp"));
    table.col(nullable(text("agent_id")));
    table.col(text("actor"));
    table.col(text("action"));
    table.col(text("outcome"));
    table.col(text("metadata"));
    table.col(text("previous_hash"));
    table.col(text("hash"));
    table.primary_key(Index::create().name("pk-audit_events").col("organization_id").col("seq"));
    table
}

fn audit_heads() -> TableCreateStatement {
    let mut table = table("audit_heads");
    table.col(text("organization_id").primary_key());
    table.col(number("seq"));
    table.col(text("hash"));
    table
}

fn outbox() -> TableCreateStatement {
    let mut table = table("outbox");
    table.col(number("seq").auto_increment().primary_key());
    table.col(text("agent_id"));
    table.col(text("kind"));
    table.col(number("at"));
    table
}

fn revoked_tokens() -> TableCreateStatement {
    let mut table = table("revoked_tokens");
    table.col(text("token_id").primary_key());
    table.col(number("expires_at"));
    table
}

fn settings() -> TableCreateStatement {
    let mut table = table("settings");
    table.col(text("name").primary_key());
    table.col(bytes("value"));
    table
}

fn usage() -> TableCreateStatement {
    let mut table = table("usage");
    table.col(text("organization_id"));
    table.col(number("day"));
    table.col(number("calls"));
    table.col(number("tokens"));
    table.primary_key(Index::create().name("pk-usage").col("organization_id").col("day"));
    table
}

fn idempotent_answers() -> TableCreateStatement {
    let mut table = table("idempotent_answers");
    table.col(bytes("id").primary_key());
    table.col(bytes("body_hash"));
    table.col(bytes("sealed"));
    table.col(number("created_at"));
    table
}

fn claims() -> TableCreateStatement {
    let mut table = table("claims");
    table.col(text("id").primary_key());
    table.col(text("organization_id"));
    table.col(nullable(text("agent_id")));
    table.col(text("kind"));
    table.col(text("target"));
    table.col(text("nonce"));
    table.col(text("state"));
    table.col(nullable(text("method")));
    table.col(nullable(number("checked_at")));
    table.col(nullable(number("expires_at")));
    table.col(nullable(number("next_check_at")));
    table.col(nullable(text("evidence_url")));
    table.col(small_number("failures"));
    table.col(nullable(text("last_failure")));
    table.col(nullable(number("last_tried_at")));
    table.col(number("created_at"));
    table
}

fn reports() -> TableCreateStatement {
    let mut table = table("reports");
    table.col(text("id").primary_key());
    table.col(text("agent_id"));
    table.col(text("reason"));
    table.col(text("text"));
    table.col(bytes("reporter"));
    table.col(text("state"));
    table.col(number("created_at"));
    table
}

fn table(name: &'static str) -> TableCreateStatement {
    Table::create().table(name).to_owned()
}

fn text(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).string().not_null().to_owned()
}

fn number(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).big_integer().not_null().to_owned()
}

fn small_number(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).integer().not_null().to_owned()
}

fn flag(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).boolean().not_null().to_owned()
}

fn json(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).json().not_null().to_owned()
}

fn bytes(name: &'static str) -> ColumnDef {
    ColumnDef::new_with_type(name, ColumnType::VarBinary(StringLen::None)).not_null().to_owned()
}

fn nullable(mut column: ColumnDef) -> ColumnDef {
    column.null().to_owned()
}
