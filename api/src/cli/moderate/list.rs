//! `api moderate list`

use std::collections::{BTreeMap, BTreeSet};

use domain::time::rfc3339;
use store::Store;
use store::StoreError;
use store::moderation;
use store::records::ReportRecord;

/// Prints open reports, the most reported agent first. Who reported counts once, however often.
#[expect(clippy::print_stdout, reason = "this is the command line")]
pub(super) async fn print(store: &Store) -> Result<(), StoreError> {
    let open = moderation::list_open(store).await?;
    let mut by_agent: BTreeMap<String, Vec<ReportRecord>> = BTreeMap::new();
    for row in open {
        by_agent.entry(row.agent_id.clone()).or_default().push(row);
    }
    let mut agents: Vec<(usize, String, Vec<ReportRecord>)> = by_agent
        .into_iter()
        .map(|(agent, rows)| {
            let reporters: BTreeSet<&[u8]> = rows.iter().map(|row| row.reporter.as_slice()).collect();
            (reporters.len(), agent, rows)
        })
        .collect();
    agents.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    for (reporters, id, rows) in agents {
        let count = |number: usize, what: &str| format!("{number} {what}{}", if number == 1 { "" } else { "s" });
        println!("{id} {} by {}", count(rows.len(), "report"), count(reporters, "reporter"));
        if let Some((row, publisher)) = moderation::find_reported(store, id).await? {
            let slug = publisher.map_or_else(|| "none".to_owned(), |publisher| publisher.slug);
            println!("  name {:?}, publisher {slug}, {}, {}", row.name, row.status, row.moderation);
        }
        for row in rows {
            // Escaped: a text has no say in how the terminal shows it.
            println!("  {} {} {} {:?}", row.id, rfc3339(row.created_at), row.reason, row.text);
        }
    }
    Ok(())
}
