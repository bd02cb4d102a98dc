//! `/.well-known/security.txt` (RFC 9116): the file of the content folder with its canonical URL.

use crate::context::SiteContext;
use crate::paths;
use crate::response::ResponseParts;

/// Builds the file.
pub fn security_txt_parts(context: &SiteContext, text: &str) -> ResponseParts {
    let address = context.settings.absolute_url(&context.site.href(paths::SECURITY_TXT));
    super::plain_text_response(format!("{}\nCanonical: {address}\n", text.trim_end()))
}
