//! The entries as they arrive, and what shows while nothing is typed: what belongs to the page that the customer is on, then what others ask for; or all
//! of one category.

use super::{Action, Answers, Found, Source};
use crate::faq::Entry;
use crate::limits;
use crate::session::{Ctx, Effect, Session};

impl Session {
    /// The entries of the config, and those of the file that have another id.
    pub fn faq_loaded(&mut self, cx: &Ctx<'_>, fetched: Option<Vec<Entry>>, out: &mut Vec<Effect>) {
        let mut entries = cx.config.faq.entries.clone();
        for entry in fetched.unwrap_or_default() {
            if cx.config.faq.entries.iter().all(|own| own.id != entry.id) {
                entries.push(entry);
            }
        }
        self.answers.source = if entries.is_empty() { Source::Missing } else { Source::Ready };
        self.answers.index = None;
        self.answers.categories.clear();
        for Entry { category, .. } in &entries {
            let known = self.answers.categories.contains(category) || category.is_empty();
            if !known && self.answers.categories.len() < limits::CATEGORIES_MAX {
                self.answers.categories.push(category.clone());
            }
        }
        self.answers.category = None;
        self.answers.entries = entries;
        self.answers.article = None;
        self.find(cx, out);
        let wanted = std::mem::take(&mut self.answers.wanted);
        if !wanted.is_empty() {
            (cx.rules.look)(self, cx, Action::Asked(wanted), out);
        }
    }

    /// Lists what shows while nothing is typed.
    pub fn browse_answers(&mut self, cx: &Ctx<'_>, _fact: (), _out: &mut Vec<Effect>) {
        self.answers.browse(&cx.page.url);
    }
}

impl Answers {
    fn browse(&mut self, page: &str) {
        self.searched = false;
        self.here = 0;
        self.found.clear();
        if let Some(category) = self.category.and_then(|at| self.categories.get(at)) {
            let category = category.clone();
            return self.list(limits::CATEGORY_ENTRIES_MAX, &|entry| entry.category == category);
        }
        let path = path(page);
        let here = |entry: &Entry| entry.pages.iter().any(|page| stands_for(page, path));
        self.list(limits::HERE_ENTRIES_MAX, &here);
        self.here = self.found.len();
        let chosen = self.entries.iter().any(|entry| entry.popular);
        self.list(limits::SEARCH_RESULTS_MAX, &|entry| entry.popular == chosen);
    }

    /// Adds entries that are not listed yet, up to so many in all.
    fn list(&mut self, most: usize, fits: &dyn Fn(&Entry) -> bool) {
        for (at, entry) in self.entries.iter().enumerate() {
            let known = self.found.iter().any(|found| found.entry == at);
            if !known && self.found.len() < most && fits(entry) {
                self.found.push(Found { entry: at, ..Found::default() });
            }
        }
    }
}

/// The path of an address, without the slash at its end.
fn path(address: &str) -> &str {
    let after_host = address.split_once("://").map_or(address, |(_, rest)| rest);
    after_host.find('/').map_or("", |at| after_host[at..].trim_end_matches('/'))
}

/// Whether the path of a page that an entry names stands for this one.
fn stands_for(page: &str, path: &str) -> bool {
    let page = page.trim_end_matches('/');
    path.strip_prefix(page)
        .is_some_and(|below| below.is_empty() || (below.starts_with('/') && !page.is_empty()))
}

#[cfg(test)]
mod tests {
    use super::{path, stands_for};

    #[track_caller]
    fn check(page: &str, address: &str, expected: bool) {
        assert_eq!(stands_for(page, path(address)), expected, "{page} on {address}");
    }

    #[test]
    fn a_page_stands_for_itself_and_all_below() {
        check("/boots", "https://shop.example/boots", true);
        check("/boots", "https://shop.example/boots/", true);
        check("/boots/", "https://shop.example/boots", true);
        check("/boots", "https://shop.example/boots/trail", true);
        check("/boots", "https://shop.example/boots-care", false);
        check("/boots", "https://shop.example/", false);
        check("/boots", "https://shop.example", false);
        check("/boots", "https://shop.example/en/boots", false);
        check("/", "https://shop.example/", true);
        check("/", "https://shop.example", true);
        check("/", "https://shop.example/boots", false);
        check("", "https://shop.example/boots", false);
        check("boots", "https://shop.example/boots", false);
        check("/怎样", "https://shop.example/怎样/退货", true);
    }
}
