//! `/.well-known/security.txt` (RFC 9116): what the content folder says, and where it is to be found.

use crate::edge::finished::Draft;
use crate::generation::Generation;
use crate::site_paths;

/// The file, with its canonical address.
pub fn draft(generation: &Generation, text: &str) -> Draft {
    let address = generation.config.absolute(&generation.site.href(site_paths::SECURITY_TXT));
    super::text(format!("{}\nCanonical: {address}\n", text.trim_end()))
}
