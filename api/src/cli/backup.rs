//! `api backup` and `api restore`

use std::path::Path;

use store::backup as copies;

/// Writes a copy of the database, whole as of one moment, while a server may be running.
#[expect(clippy::print_stdout, reason = "this is the command line")]
pub(super) async fn backup(data_dir: &Path, file: &Path) -> Result<(), String> {
    let bytes = copies::backup(data_dir, file).await.map_err(|error| error.to_string())?;
    println!("{}: {bytes} bytes. The keys are not in it: back KEY_DIR up apart.", file.display());
    Ok(())
}

/// Puts a copy in the database's place.
#[expect(clippy::print_stdout, reason = "this is the command line")]
pub(super) async fn restore(data_dir: &Path, file: &Path, is_replacing: bool) -> Result<(), String> {
    let before = copies::restore(data_dir, file, is_replacing).await.map_err(|error| error.to_string())?;
    println!("{} is the database now. It needs the KEY_DIR that it was made with.", file.display());
    if let Some(before) = before {
        println!("The one before is kept as {}: remove it when you are sure.", before.display());
    }
    Ok(())
}
