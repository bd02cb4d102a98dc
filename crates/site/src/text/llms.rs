//! `/llms.txt` (llmstxt.org, version 2): all pages in Markdown, for agents. A folder that does not fit has a separate
//! list, linked from the list above. `/llms-full.txt`: the content of all pages.

use std::fmt::Write as _;

use content::{NavEntry, Page, Section, Site};

use crate::context::SiteContext;
use crate::paths;
use crate::response::ResponseParts;
use crate::view::{self, BodyFormat};

/// Longest list, in bytes: agents read 50,000 characters at once.
const MAX_LIST: usize = 48_000;
/// Longest description, in characters.
const MAX_DESCRIPTION: usize = 160;
/// Longest document of all pages, in bytes.
const MAX_FULL: usize = 2_000_000;

/// A folder: its section, and its path of indexes in the section's tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Folder {
    section: Section,
    path_indexes: Vec<usize>,
}

impl Folder {
    fn entry<'a>(&self, site: &'a Site) -> Option<&'a NavEntry> {
        self.path_indexes.iter().try_fold(site.tree(self.section), |entry, index| entry.children.get(*index))
    }

    fn below(&self, index: usize) -> Self {
        Self { section: self.section, path_indexes: self.path_indexes.iter().copied().chain([index]).collect() }
    }
}

/// Finds all folders with a separate list: each section, and folders too long for the list above.
pub fn list_folders(site: &Site) -> Vec<Folder> {
    let mut found = Vec::new();
    let mut waiting: Vec<Folder> = Section::ALL.map(|section| Folder { section, path_indexes: Vec::new() }).to_vec();
    while let Some(folder) = waiting.pop() {
        let Some(entry) = folder.entry(site).filter(|entry| !entry.pages().is_empty()) else { continue };
        if estimate_size(site, entry) > MAX_LIST {
            let below = entry.children.iter().enumerate().filter(|(_, child)| !child.children.is_empty());
            waiting.extend(below.map(|(index, _)| folder.below(index)));
        }
        found.push(folder);
    }
    found
}

/// The site path of a folder's list.
pub fn list_path(site: &Site, folder: &Folder) -> String {
    let mut path = format!("/{}", folder.section.folder());
    if let Some(entry) = folder.entry(site).filter(|_| !folder.path_indexes.is_empty())
        && let Some(page) = entry.pages().first().map(|index| &site.pages()[*index])
    {
        // A folder's address is that of its own page, or the folder of its first page.
        path = match entry.page {
            Some(index) => site.pages()[index].address().to_owned(),
            None => page.address().rsplit_once('/').map_or(path, |(folder, _)| folder.to_owned()),
        };
    }
    format!("{path}{}", paths::LLMS)
}

/// Builds the list of all pages, or of those of a folder.
pub fn llms_parts(context: &SiteContext, folder: Option<&Folder>) -> ResponseParts {
    let site = &context.site;
    let mut out = String::new();
    match folder {
        None => {
            out.push_str("# SentryAgent.ai developer portal\n\n> Documentation and quickstarts for AI agent identities: names, credentials, short-lived tokens, DIDs, and a tamper-evident audit trail.\n\nEach page is available as Markdown: append `.md` to its URL, or request it with `Accept: text/markdown`.\n");
            let begin = absolute_url(context, &paths::markdown(paths::GET_STARTED));
            let _ = write!(
                out,
                "\n## Get started\n\n- [Get started]({begin}): create an organization, an agent and its credential in four calls, without a person\n"
            );
            let sections = Section::ALL.map(|section| Folder { section, path_indexes: Vec::new() });
            let entries: Vec<_> = sections.iter().filter_map(|folder| Some((folder, folder.entry(site)?))).collect();
            let fits = entries.iter().map(|(_, entry)| estimate_size(site, entry)).sum::<usize>() < MAX_LIST;
            for (folder, entry) in entries.into_iter().filter(|(_, entry)| !entry.pages().is_empty()) {
                let _ = write!(out, "\n## {}\n\n", section_title(folder.section));
                if fits {
                    for index in view::section_order(context, folder.section) {
                        write_page(&mut out, context, &site.pages()[index]);
                    }
                } else {
                    write_folder(&mut out, context, folder, entry);
                }
            }
            let page = |path| absolute_url(context, &paths::markdown(path));
            let _ = write!(
                out,
                "\n## Whole site\n\n- [Home]({}): overview on one page\n- [Changelog]({}): all entries\n",
                page(paths::HOME),
                page(paths::CHANGELOG)
            );
            let _ = write!(
                out,
                "\n## Marketplace\n\n- [Marketplace]({}): published agents and their verifications, with the parameters for search and filters\n",
                page(paths::MARKETPLACE)
            );
            let _ = write!(
                out,
                "\n## Tools\n\n- [did:web tool]({}): URL of the DID document of a did:web identifier\n",
                page(paths::DID_WEB)
            );
            let _ = write!(
                out,
                "\n## Optional\n\n- [All pages in one file]({})\n",
                absolute_url(context, paths::LLMS_FULL)
            );
        }
        Some(folder) => {
            let Some(entry) = folder.entry(site) else { return super::plain_text_response(out) };
            let title = if folder.path_indexes.is_empty() { section_title(folder.section) } else { &entry.title };
            let _ = write!(
                out,
                "# SentryAgent.ai: {title}\n\n> Part of {}\n\n## Pages\n\n",
                absolute_url(context, paths::LLMS)
            );
            write_list(&mut out, context, folder, entry);
        }
    }
    super::plain_text_response(out)
}

/// Lists all pages below an entry, or its own pages and the lists of its folders.
fn write_list(out: &mut String, context: &SiteContext, folder: &Folder, entry: &NavEntry) {
    let site = &context.site;
    if estimate_size(site, entry) <= MAX_LIST {
        for index in entry.pages() {
            write_page(out, context, &site.pages()[index]);
        }
        return;
    }
    if let Some(index) = entry.page {
        write_page(out, context, &site.pages()[index]);
    }
    let mut left_out = 0;
    for (index, child) in entry.children.iter().enumerate() {
        if out.len() > MAX_LIST {
            left_out += child.pages().len();
        } else if child.children.is_empty() {
            child.page.iter().for_each(|index| write_page(out, context, &site.pages()[*index]));
        } else {
            write_folder(out, context, &folder.below(index), child);
        }
    }
    if left_out > 0 {
        let sitemap = absolute_url(context, paths::SITEMAP);
        let _ = writeln!(out, "\n{left_out} more pages are in the [sitemap]({sitemap}).");
    }
}

/// Writes a link to a folder's list.
fn write_folder(out: &mut String, context: &SiteContext, folder: &Folder, entry: &NavEntry) {
    let title = if folder.path_indexes.is_empty() { section_title(folder.section) } else { &entry.title };
    let count = entry.pages().len();
    let _ = writeln!(out, "- [{title}, {count} pages]({})", absolute_url(context, &list_path(&context.site, folder)));
}

fn write_page(out: &mut String, context: &SiteContext, page: &Page) {
    if page.document().front.draft || page.document().is_broken() {
        return;
    }
    let address = absolute_url(context, &paths::markdown(page.address()));
    let _ = writeln!(out, "- [{}]({address}){}", page.title(), described(page));
}

fn described(page: &Page) -> String {
    let text = page.document().front.description.as_deref().unwrap_or_default();
    let short: String = text.chars().take(MAX_DESCRIPTION).collect();
    if short.is_empty() { short } else { format!(": {short}") }
}

/// Estimates the length of an entry's list, in bytes.
fn estimate_size(site: &Site, entry: &NavEntry) -> usize {
    let line = |index: &usize| {
        let page = &site.pages()[*index];
        page.title().len() + page.address().len() + described(page).len() + 48
    };
    entry.pages().iter().map(line).sum()
}

fn section_title(section: Section) -> &'static str {
    match section {
        Section::Docs => "Docs",
        Section::Quickstarts => "Quickstarts",
        Section::Changelog => "Changelog",
    }
}

fn absolute_url(context: &SiteContext, path: &str) -> String {
    context.settings.absolute_url(&context.site.href(path))
}

/// Builds a document of all pages, up to a maximum length.
pub fn llms_full_parts(context: &SiteContext) -> ResponseParts {
    let site = &context.site;
    let mut out = String::from("# SentryAgent.ai developer portal: all pages\n");
    let all = Section::ALL.into_iter().flat_map(|section| view::section_order(context, section));
    let pages: Vec<usize> = all.filter(|index| !site.pages()[*index].document().front.draft).collect();
    for (count, index) in pages.iter().enumerate() {
        if out.len() > MAX_FULL {
            let _ =
                write!(out, "\n---\n\n{} more pages: {}\n", pages.len() - count, absolute_url(context, paths::LLMS));
            break;
        }
        let _ = write!(
            out,
            "\n{}",
            app::markdown_page::document(&view::content_page(context, *index, BodyFormat::Markdown))
        );
    }
    super::plain_text_response(out)
}
