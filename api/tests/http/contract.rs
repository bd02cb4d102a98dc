//! Comparison of the committed contract with the generated one: it changes on purpose and in the same commit.

use std::path::Path;

#[test]
fn the_committed_contract_equals_the_generated_one() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../client/openapi.json");
    let committed = std::fs::read_to_string(&file).expect("client/openapi.json");
    let generated = api::openapi::document(api::openapi::PRODUCTION).to_pretty_json().expect("JSON");
    assert!(
        committed.trim_end() == generated.trim_end(),
        "client/openapi.json differs from the generated contract. If the change is intended, regenerate it:\n    \
         cargo run -p api -- openapi > client/openapi.json\nand check client/tests/client/coverage."
    );
}
