//! `api organizations release-name`

use domain::rejection::Rejection;
use store::{Store, StoreError, organizations};

/// Frees the slugs and the name of a deleted publisher.
#[expect(clippy::print_stdout, reason = "this is the command line")]
pub(super) async fn run(store: &Store, slug: String) -> Result<(), String> {
    match organizations::release(store, slug.clone()).await {
        Ok(slugs) => {
            println!("Freed the name and the slugs {}.", slugs.join(", "));
            Ok(())
        }
        Err(StoreError::Rejected(Rejection::NotFound(_))) => {
            Err(format!("{slug} is not the slug of a deleted publisher."))
        }
        Err(error) => Err(error.to_string()),
    }
}
