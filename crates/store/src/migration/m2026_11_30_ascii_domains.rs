//! Domains of email addresses in their ASCII form (RFC 5891), by which addresses are compared from now on.

use sea_orm::ConnectionTrait as _;
use sea_orm_migration::prelude::*;
use url::Host;

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[allow(elided_lifetimes_in_paths, reason = "the trait is written so, and async_trait tells them apart")]
#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let connection = manager.get_connection();
        for table in ["organizations", "agents"] {
            let all = Query::select().columns(["id", "email", "email_key"]).from(table).to_owned();
            for row in connection.query_all(&all).await? {
                let id: String = row.try_get("", "id")?;
                let (email, key): (Option<String>, Option<String>) =
                    (row.try_get("", "email")?, row.try_get("", "email_key")?);
                let Some(ascii) = email.as_deref().and_then(with_ascii_domain) else { continue };
                let same = Expr::col("email_key").eq(ascii.to_ascii_lowercase());
                let others = Query::select().column("id").from(table).and_where(same).to_owned();
                if connection.query_one(&others).await?.is_some() {
                    // Both spellings were in use as different addresses: the older form stays.
                    continue;
                }
                let mut update = Query::update().table(table).and_where(Expr::col("id").eq(id)).to_owned();
                update.value("email", ascii.clone());
                if key.is_some() {
                    update.value("email_key", ascii.to_ascii_lowercase());
                }
                connection.execute(&update).await?;
            }
        }
        Ok(())
    }

    async fn down(&self, _: &SchemaManager) -> Result<(), DbErr> {
        // The earlier version accepts this form as well.
        Ok(())
    }
}

/// Converts the domain of an address in another script. `None` for all others.
fn with_ascii_domain(email: &str) -> Option<String> {
    let (local, domain) = email.rsplit_once('@')?;
    match Host::parse(domain) {
        Ok(Host::Domain(ascii)) if !domain.is_ascii() => Some(format!("{local}@{ascii}")),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_domains_in_other_scripts_are_converted() {
        assert_eq!(with_ascii_domain("ana@b\u{fc}cher.example").as_deref(), Some("ana@xn--bcher-kva.example"));
        for kept in ["Ana@example.com", "ana@[192.0.2.1]", "ana"] {
            assert_eq!(with_ascii_domain(kept), None, "{kept}");
        }
    }
}
