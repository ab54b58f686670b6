//! The entries as they arrive, and what shows while nothing is typed: what belongs to the page that the customer is on, then what others ask for; or all
//! of one category.

use super::{Action, Answers, Found, Source};
use crate::faq::Entry;
use crate::limits;
use crate::message::cut;
use crate::session::{Ctx, Effect, FaqFile, Session};
use crate::view::View;

impl Session {
    /// The entries of the config, and those of the file that have another id; then, in another language, those that
    /// neither has.
    pub fn faq_loaded(&mut self, cx: &Ctx<'_>, (fetched, fills): FaqFile, out: &mut Vec<Effect>) {
        let answers = &mut self.answers;
        if fills.is_none() {
            let (wanted, suggesting) = (std::mem::take(&mut answers.wanted), answers.suggesting);
            let (query, entries) = (std::mem::take(&mut answers.query), cx.config.faq.entries.clone());
            *answers = Answers { query, entries, wanted, suggesting, ..Answers::default() };
        }
        for mut entry in fetched.unwrap_or_default() {
            if answers.entries.iter().all(|own| own.id != entry.id) {
                entry.lang = fills.clone().unwrap_or_default();
                answers.entries.push(entry);
            }
        }
        answers.source = if answers.entries.is_empty() { Source::Missing } else { Source::Ready };
        for Entry { category, .. } in &answers.entries {
            let known = answers.categories.contains(category) || category.is_empty();
            if !known && answers.categories.len() < limits::CATEGORIES_MAX {
                answers.categories.push(category.clone());
            }
        }
        self.list(cx, out);
        let more = fills.is_none() && cx.config.faq.filling(cx.locale, cx.config.locale.as_deref()).is_some();
        let known = self.answers.entries.iter().any(|entry| entry.id == self.answers.wanted);
        if !self.answers.wanted.is_empty() && (known || !more) {
            let wanted = std::mem::take(&mut self.answers.wanted);
            // Who has gone elsewhere meanwhile stays there.
            if self.open && self.view() == View::Answers && self.answers.source == Source::Ready {
                self.follow(cx, &wanted, out);
            }
        }
        if self.answers.suggesting {
            (cx.rules.look)(self, cx, Action::Rested, out);
        }
    }
}

impl Answers {
    /// Lists what shows while nothing is typed.
    pub(super) fn browse(&mut self, page: &str) {
        (self.searched, self.nothing) = (false, false);
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

/// The path of an address.
fn path(address: &str) -> &str {
    let after_host = cut(address, "://").map_or(address, |(_, rest)| rest);
    let start = after_host.bytes().position(|byte| byte == b'/');
    start.map_or("", |at| &after_host[at..])
}

/// Whether the path of a page that an entry names stands for this one.
fn stands_for(page: &str, path: &str) -> bool {
    let page = without_slash(page);
    let mut path = plain(without_slash(path));
    plain(page).all(|byte| path.next() == Some(byte))
        && path.next().is_none_or(|next| next == b'/' && !page.is_empty())
}

fn without_slash(path: &str) -> &str {
    path.strip_suffix('/').unwrap_or(path)
}

/// The bytes that a path stands for: browsers write letters beyond ASCII in it as `%E6…`, people do not.
fn plain(path: &str) -> impl Iterator<Item = u8> + '_ {
    let mut left = path.as_bytes();
    let digit = |byte: u8| char::from(byte).to_digit(16);
    std::iter::from_fn(move || {
        let (&byte, rest) = left.split_first()?;
        left = rest;
        if let (b'%', [high, low, rest @ ..]) = (byte, rest)
            && let (Some(high), Some(low)) = (digit(*high), digit(*low))
        {
            left = rest;
            return Some((high * 16 + low) as u8);
        }
        Some(byte)
    })
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

    #[test]
    fn letters_beyond_ascii_are_met_as_browsers_write_them() {
        check("/怎样", "https://shop.example/%E6%80%8E%E6%A0%B7/%E9%80%80%E8%B4%A7", true);
        check("/%e6%80%8e%E6%A0%B7", "https://shop.example/怎样", true);
        check("/Größen", "https://shop.example/Gr%C3%B6%C3%9Fen", true);
        check("/größen", "https://shop.example/gr%C3%B6", false);
        check("/two words", "https://shop.example/two%20words", true);
        check("/100%", "https://shop.example/100%", true);
        check("/100%a", "https://shop.example/100%a", true);
        check("/a", "https://shop.example/%", false);
    }
}
