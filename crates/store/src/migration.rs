//! Migrations of the database: one file per step, named by date.

mod m2026_11_25_first;
mod m2026_11_25_name_keys;
mod m2026_11_30_ascii_domains;
mod m2026_11_30_audit_head_macs;
mod m2026_11_30_organization_status;
mod m2026_11_30_queued_emails;
mod m2026_11_30_retired;

use sea_orm_migration::prelude::*;

/// Runs the migrations in order.
#[derive(Debug)]
pub(super) struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m2026_11_25_first::Migration),
            Box::new(m2026_11_25_name_keys::Migration),
            Box::new(m2026_11_30_retired::Migration),
            Box::new(m2026_11_30_ascii_domains::Migration),
            Box::new(m2026_11_30_queued_emails::Migration),
            Box::new(m2026_11_30_organization_status::Migration),
            Box::new(m2026_11_30_audit_head_macs::Migration),
        ]
    }
}

#[cfg(test)]
mod tests;
