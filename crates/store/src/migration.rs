//! How the database became what it is: a file for each step, named by the day it was written.

mod m2026_11_25_first;
mod m2026_11_25_name_keys;

use sea_orm_migration::prelude::*;

/// Runs them in order.
#[derive(Debug)]
pub(super) struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![Box::new(m2026_11_25_first::Migration), Box::new(m2026_11_25_name_keys::Migration)]
    }
}

#[cfg(test)]
mod tests;
