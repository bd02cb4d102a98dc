//! `/llms.txt` (llmstxt.org, version 2): all pages in Markdown, for agents. Where they don't fit, a folder has a list of
//! its own and the list above names that one. `/llms-full.txt`: the pages themselves.

use std::fmt::Write as _;

use content::{NavEntry, Page, Section, Site};

use crate::edge::finished::Draft;
use crate::generation::Generation;
use crate::site_paths;
use crate::view::{self, Face};

/// Longest list, in bytes: what agents read in one piece (50,000 characters), with some room.
const LONGEST: usize = 48_000;
/// Longest description in a list, in characters.
const DESCRIPTION: usize = 160;
/// Most bytes of all pages in one.
const LONGEST_FULL: usize = 2_000_000;

/// A folder: its section and the indexes that lead to it in the section's tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Folder {
    section: Section,
    way: Vec<usize>,
}

impl Folder {
    fn entry<'a>(&self, site: &'a Site) -> Option<&'a NavEntry> {
        self.way.iter().try_fold(site.tree(self.section), |entry, index| entry.children.get(*index))
    }

    fn below(&self, index: usize) -> Self {
        Self { section: self.section, way: self.way.iter().copied().chain([index]).collect() }
    }
}

/// Every folder that has a list of its own: each section, and below it those that are too long to stand in the list
/// above.
pub fn folders(site: &Site) -> Vec<Folder> {
    let mut found = Vec::new();
    let mut waiting: Vec<Folder> = Section::ALL.map(|section| Folder { section, way: Vec::new() }).to_vec();
    while let Some(folder) = waiting.pop() {
        let Some(entry) = folder.entry(site).filter(|entry| !entry.pages().is_empty()) else { continue };
        if size(site, entry) > LONGEST {
            let below = entry.children.iter().enumerate().filter(|(_, child)| !child.children.is_empty());
            waiting.extend(below.map(|(index, _)| folder.below(index)));
        }
        found.push(folder);
    }
    found
}

/// The site path of a folder's list.
pub fn address(site: &Site, folder: &Folder) -> String {
    let mut path = format!("/{}", folder.section.folder());
    if let Some(entry) = folder.entry(site).filter(|_| !folder.way.is_empty())
        && let Some(page) = entry.pages().first().map(|index| &site.pages()[*index])
    {
        // The folder's address is that of its own page, or the folder of its first.
        path = match entry.page {
            Some(index) => site.pages()[index].address().to_owned(),
            None => page.address().rsplit_once('/').map_or(path, |(folder, _)| folder.to_owned()),
        };
    }
    format!("{path}{}", site_paths::LLMS)
}

/// The list of all pages, or of those of a folder.
pub fn draft(generation: &Generation, folder: Option<&Folder>) -> Draft {
    let site = &generation.site;
    let mut out = String::new();
    match folder {
        None => {
            out.push_str("# SentryAgent.ai developer portal\n\n> Documentation and quickstarts for AI agent identities: names, credentials, short-lived tokens, DIDs, and a tamper-evident audit trail.\n\nEach page is available as Markdown: append `.md` to its URL, or request it with `Accept: text/markdown`.\n");
            let begin = absolute(generation, &site_paths::markdown(site_paths::GET_STARTED));
            let _ = write!(
                out,
                "\n## Get started\n\n- [Get started]({begin}): create an organization, an agent and its credential in four calls, without a person\n"
            );
            let sections = Section::ALL.map(|section| Folder { section, way: Vec::new() });
            let entries: Vec<_> = sections.iter().filter_map(|folder| Some((folder, folder.entry(site)?))).collect();
            let fits = entries.iter().map(|(_, entry)| size(site, entry)).sum::<usize>() < LONGEST;
            for (folder, entry) in entries.into_iter().filter(|(_, entry)| !entry.pages().is_empty()) {
                let _ = write!(out, "\n## {}\n\n", section_title(folder.section));
                if fits {
                    for index in view::order(generation, folder.section) {
                        line(&mut out, generation, &site.pages()[index]);
                    }
                } else {
                    part(&mut out, generation, folder, entry);
                }
            }
            let page = |path| absolute(generation, &site_paths::markdown(path));
            let _ = write!(
                out,
                "\n## Whole site\n\n- [Home]({}): overview on one page\n- [Changelog]({}): all entries\n",
                page(site_paths::HOME),
                page(site_paths::CHANGELOG)
            );
            let _ = write!(
                out,
                "\n## Marketplace\n\n- [Marketplace]({}): published agents and their verifications, with the parameters for search and filters\n",
                page(site_paths::MARKETPLACE)
            );
            let _ = write!(
                out,
                "\n## Tools\n\n- [did:web tool]({}): URL of the DID document of a did:web identifier\n",
                page(site_paths::DID_WEB)
            );
            let _ = write!(
                out,
                "\n## Optional\n\n- [All pages in one file]({})\n",
                absolute(generation, site_paths::LLMS_FULL)
            );
        }
        Some(folder) => {
            let Some(entry) = folder.entry(site) else { return super::text(out) };
            let title = if folder.way.is_empty() { section_title(folder.section) } else { &entry.title };
            let _ = write!(
                out,
                "# SentryAgent.ai: {title}\n\n> Part of {}\n\n## Pages\n\n",
                absolute(generation, site_paths::LLMS)
            );
            list(&mut out, generation, folder, entry);
        }
    }
    super::text(out)
}

/// All that is below an entry, or, where that is too long, its pages and the lists of its folders.
fn list(out: &mut String, generation: &Generation, folder: &Folder, entry: &NavEntry) {
    let site = &generation.site;
    if size(site, entry) <= LONGEST {
        for index in entry.pages() {
            line(out, generation, &site.pages()[index]);
        }
        return;
    }
    if let Some(index) = entry.page {
        line(out, generation, &site.pages()[index]);
    }
    let mut left_out = 0;
    for (index, child) in entry.children.iter().enumerate() {
        if out.len() > LONGEST {
            left_out += child.pages().len();
        } else if child.children.is_empty() {
            child.page.iter().for_each(|index| line(out, generation, &site.pages()[*index]));
        } else {
            part(out, generation, &folder.below(index), child);
        }
    }
    if left_out > 0 {
        let sitemap = absolute(generation, site_paths::SITEMAP);
        let _ = writeln!(out, "\n{left_out} more pages are in the [sitemap]({sitemap}).");
    }
}

/// A line that leads to a folder's own list.
fn part(out: &mut String, generation: &Generation, folder: &Folder, entry: &NavEntry) {
    let title = if folder.way.is_empty() { section_title(folder.section) } else { &entry.title };
    let count = entry.pages().len();
    let _ = writeln!(out, "- [{title}, {count} pages]({})", absolute(generation, &address(&generation.site, folder)));
}

fn line(out: &mut String, generation: &Generation, page: &Page) {
    if page.document().front.draft || page.document().is_broken() {
        return;
    }
    let address = absolute(generation, &site_paths::markdown(page.address()));
    let _ = writeln!(out, "- [{}]({address}){}", page.title(), described(page));
}

fn described(page: &Page) -> String {
    let text = page.document().front.description.as_deref().unwrap_or_default();
    let short: String = text.chars().take(DESCRIPTION).collect();
    if short.is_empty() { short } else { format!(": {short}") }
}

/// About how long the list of an entry is, in bytes.
fn size(site: &Site, entry: &NavEntry) -> usize {
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

fn absolute(generation: &Generation, path: &str) -> String {
    generation.config.absolute(&generation.site.href(path))
}

/// All pages in one, as far as they go into what an agent may want to read.
pub fn full(generation: &Generation) -> Draft {
    let site = &generation.site;
    let mut out = String::from("# SentryAgent.ai developer portal: all pages\n");
    let all = Section::ALL.into_iter().flat_map(|section| view::order(generation, section));
    let pages: Vec<usize> = all.filter(|index| !site.pages()[*index].document().front.draft).collect();
    for (count, index) in pages.iter().enumerate() {
        if out.len() > LONGEST_FULL {
            let _ = write!(
                out,
                "\n---\n\n{} more pages: {}\n",
                pages.len() - count,
                absolute(generation, site_paths::LLMS)
            );
            break;
        }
        let _ = write!(out, "\n{}", app::markdown::document(&view::page(generation, *index, Face::Markdown)));
    }
    super::text(out)
}
