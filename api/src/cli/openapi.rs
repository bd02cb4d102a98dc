//! `api openapi`

/// Prints the OpenAPI document.
#[expect(clippy::print_stdout, reason = "this is the command line")]
pub(super) fn run() -> Result<(), String> {
    let text =
        crate::openapi::document(crate::openapi::PRODUCTION).to_pretty_json().map_err(|error| error.to_string())?;
    println!("{text}");
    Ok(())
}
