//! The committed contract is the one that the code makes: it changes on purpose, and in the same commit.

use std::path::Path;

#[test]
fn the_committed_contract_is_that_of_the_code() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../client/openapi.json");
    let written = std::fs::read_to_string(&file).expect("client/openapi.json");
    let made = api::openapi::document(api::openapi::PRODUCTION).to_pretty_json().expect("JSON");
    assert!(
        written.trim_end() == made.trim_end(),
        "client/openapi.json is not what the code makes. If the change is meant, write it anew:\n    \
         cargo run -p api -- openapi > client/openapi.json\nand see what client/tests/client/coverage says."
    );
}
