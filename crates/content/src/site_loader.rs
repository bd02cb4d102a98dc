//! Loads a content folder as a site.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use jiff::Timestamp;
use rayon::prelude::*;

use crate::check;
use crate::history::History;
use crate::link;
use crate::load::{self, File, Folder, Previous};
use crate::media::Media;
use crate::navigation::{self, Order};
use crate::page::{Page, Section};
use crate::problem::{Problem, ProblemKind};
use crate::redirects::{self, Redirect, RedirectEntry, trim_slash};
use crate::search_settings::SearchSettings;
use crate::security_txt;
use crate::site::{LoadError, Options, Site};
use crate::vocabulary::Vocabulary;

impl Site {
    /// Reads the folder. Files unchanged since `previous` are not read or parsed again.
    pub fn load(options: &Options, previous: Option<&Self>) -> Result<Self, LoadError> {
        let root = &options.root;
        std::fs::read_dir(root).map_err(|error| LoadError::NoFolder(root.clone(), error))?;
        let mut problems = Vec::new();
        let vocabulary = Vocabulary::read(root, &mut problems);
        let known = previous.map_or_else(Previous::default, |site| Previous {
            files: &site.files,
            is_checked: site.vocabulary == vocabulary,
        });
        let (folder, history) = rayon::join(
            || load::folder(root, known, options.keep_last_good, &vocabulary),
            || {
                let read = || History::read(root, previous.map(|site| &*site.history));
                if options.history { read() } else { Some(History::default()) }
            },
        );
        let history = match (history, previous) {
            (None, Some(previous)) => Arc::clone(&previous.history),
            (history, _) => Arc::new(history.unwrap_or_default()),
        };
        let mut site = Self {
            options: options.clone(),
            pages: Vec::new(),
            by_address: HashMap::new(),
            by_file: HashMap::new(),
            hidden_drafts: HashSet::new(),
            media: HashMap::new(),
            redirects: HashMap::new(),
            search: SearchSettings::default(),
            vocabulary,
            security_txt: None,
            trees: HashMap::new(),
            files: folder.files.clone(),
            history,
            problems: folder.problems.clone(),
        };
        site.place_pages();
        if site.pages.is_empty() {
            return Err(LoadError::Empty(root.clone()));
        }
        site.plant_trees();
        site.load_media(&folder, previous);
        let redirects = site.gather_redirects();
        site.search = SearchSettings::read(root, |path| site.has_path(path), &mut problems);
        site.security_txt = security_txt::read(root, Timestamp::now(), &mut problems);
        site.problems.append(&mut problems);
        let mut problems = check::check(&site, root, &redirects);
        site.problems.append(&mut problems);
        site.problems.sort();
        site.problems.dedup();
        Ok(site)
    }

    /// Assigns each file its URL. Of two files with the same URL, the first by name is used.
    fn place_pages(&mut self) {
        for file in self.files.clone() {
            let Some(section) = Section::of_file(&file.path) else {
                if file.path.iter().count() > 1 {
                    let reason =
                        "pages are in docs/, quickstarts/ and changelog/ only; this file is not served".to_owned();
                    self.problems.push(Problem::new(&file.path, 0, ProblemKind::Navigation(reason)));
                }
                continue;
            };
            let front = &file.document.front;
            if front.draft && !self.options.drafts {
                self.hidden_drafts.insert(file.path.clone());
                continue;
            }
            let (address, wrong) = address_of(&file);
            self.problems.extend(wrong.map(|kind| Problem::new(&file.path, 0, kind)));
            if section == Section::Changelog
                && !file.path.ends_with("index.md")
                && front.date.is_none()
                && !file.document.is_broken()
            {
                self.problems.push(Problem::new(&file.path, 1, ProblemKind::MissingDate));
            }
            if let Some(&existing) = self.by_address.get(&address) {
                let other = self.pages[existing].path().display().to_string();
                self.problems.push(Problem::new(&file.path, 0, ProblemKind::DuplicatePath { address, other }));
                continue;
            }
            let index = self.pages.len();
            self.by_address.insert(address.clone(), index);
            self.by_file.insert(file.path.clone(), index);
            let updated = self.history.day(&file.path);
            self.pages.push(Page { file, address, section, updated });
        }
    }

    fn plant_trees(&mut self) {
        let order = Order::read(&self.options.root, &mut self.problems);
        for section in Section::ALL {
            let members: Vec<usize> =
                (0..self.pages.len()).filter(|index| self.pages[*index].section == section).collect();
            let tree = navigation::tree(section.folder(), &self.pages, &members, &order);
            self.trees.insert(section, tree);
        }
    }

    /// Reads the files referenced by pages.
    fn load_media(&mut self, folder: &Folder, previous: Option<&Self>) {
        let mut referenced = BTreeSet::new();
        for page in &self.pages {
            let targets = page.document().references.iter().filter(|reference| link::is_relative(&reference.target));
            referenced.extend(targets.filter_map(|reference| link::relative_file(page.path(), &reference.target)));
        }
        referenced.extend(referenced.iter().map(|path| link::dark_variant(path)).collect::<Vec<_>>());
        let found: Vec<_> = referenced.into_iter().filter_map(|path| folder.others.get_key_value(&path)).collect();
        let read: Vec<_> = found
            .into_par_iter()
            .map(|(path, stamp)| {
                let known = previous.and_then(|site| site.media.get(path)).filter(|media| media.stamp == *stamp);
                let media = known.map_or_else(
                    || Media::read(&self.options.root, path, *stamp).map(Arc::new),
                    |media| Ok(Arc::clone(media)),
                );
                (path.clone(), media)
            })
            .collect();
        for (path, media) in read {
            match media {
                Ok(media) => {
                    self.media.insert(path, media);
                }
                Err(kind) => self.problems.push(Problem::new(path, 0, kind)),
            }
        }
    }

    fn gather_redirects(&mut self) -> Vec<RedirectEntry> {
        let mut redirects = redirects::read(&self.options.root, &mut self.problems);
        for page in &self.pages {
            for from in page.document().front.redirect_from.iter().filter(|from| from.starts_with('/')) {
                let redirect = Redirect { from: from.clone(), to: page.address.clone(), status: 301 };
                redirects.push(RedirectEntry { redirect, path: page.path().display().to_string(), line: 1 });
            }
        }
        // A page takes precedence over a redirect from its path; `check` reports the redirect.
        let is_followed = |entry: &&RedirectEntry| !self.by_address.contains_key(trim_slash(&entry.redirect.from));
        let followed: Vec<RedirectEntry> = redirects.iter().filter(is_followed).cloned().collect();
        self.redirects = redirects::resolve(&followed, &mut self.problems);
        redirects
    }
}

/// Returns the URL of a file: its path without `.md` or `/index.md`, with the last segment replaced by the slug.
fn address_of(file: &File) -> (String, Option<ProblemKind>) {
    let mut segments: Vec<String> =
        file.path.with_extension("").iter().map(|part| part.to_string_lossy().into_owned()).collect();
    let is_plain = |name: &str| {
        !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.'))
    };
    let wrong =
        segments.iter().find(|segment| !is_plain(segment)).map(|segment| ProblemKind::BadFileName(segment.clone()));
    if segments.len() > 1 && segments.last().is_some_and(|last| last == "index") {
        segments.pop();
    }
    if let (Some(slug), Some(last)) = (file.document.front.usable_slug(), segments.last_mut()) {
        slug.clone_into(last);
    }
    (format!("/{}", segments.join("/")), wrong)
}
