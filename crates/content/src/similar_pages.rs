//! Suggestions for an unknown path.

use std::collections::BTreeSet;

use crate::page::Page;
use crate::site::Site;

impl Site {
    /// Returns pages with a URL or title similar to `path`, most similar first.
    pub fn near(&self, path: &str, limit: usize) -> Vec<&Page> {
        let segment = path.rsplit('/').find(|segment| !segment.is_empty()).unwrap_or(path).to_lowercase();
        let whole = path.to_lowercase();
        let likeness = |page: &Page| {
            let name = page.address.rsplit('/').next().unwrap_or_default().to_lowercase();
            let by_name = strsim::jaro_winkler(&segment, &name);
            let by_title = strsim::jaro_winkler(&segment.replace('-', " "), &page.title().to_lowercase());
            let by_words = shared_words(&segment, &name);
            let place = strsim::normalized_levenshtein(&whole, &page.address.to_lowercase());
            by_name.max(by_title).max(by_words) + 0.2 * place
        };
        let mut near: Vec<(f64, &Page)> =
            self.pages.iter().map(|page| (likeness(page), page)).filter(|(near, _)| *near > 0.82).collect();
        near.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.address.cmp(&b.1.address)));
        near.into_iter().take(limit).map(|(_, page)| page).collect()
    }
}

/// Share of words that two hyphenated names have in common, weighted so that one of three is not enough.
fn shared_words(a: &str, b: &str) -> f64 {
    let words = |name: &str| name.split('-').filter(|word| word.len() > 2).map(str::to_owned).collect::<BTreeSet<_>>();
    let (a, b) = (words(a), words(b));
    let shared = a.intersection(&b).count();
    let all = a.len().max(b.len());
    #[expect(clippy::cast_precision_loss, reason = "a name has a handful of words")]
    if all == 0 { 0.0 } else { 0.6 + 0.4 * shared as f64 / all as f64 - if shared == 0 { 0.6 } else { 0.0 } }
}
