//! Answers in several languages, and in a company's own words.

use domain::answers::Action as Answers;
use domain::config::Config;
use domain::faq::Entry;
use domain::session::Action;
use domain::view::View;

use crate::{Desk, entry};

/// A shop whose own language is English, on a Chinese screen.
fn abroad() -> Desk {
    let mut desk = Desk::new(Vec::new());
    let file = |tag: &str| (tag.to_owned(), format!("/faq.{tag}.json"));
    desk.config.faq.urls = vec![file("en"), file("zh-Hans")];
    desk.locale = "zh-Hans";
    desk
}

fn loaded(entries: Vec<Entry>, fills: Option<&str>) -> Action {
    Action::FaqLoaded("zh-Hans".to_owned(), Some(entries), fills.map(str::to_owned))
}

#[test]
fn what_is_lacking_in_one_language_is_shown_in_the_companys_own() {
    let mut desk = abroad();
    desk.step(Action::Opened(Some(View::Answers)));
    desk.step(loaded(vec![entry("returns", "怎样退货？", "六十天内。")], None));
    assert_eq!(desk.listed(), ["returns"]);
    desk.answers(Answers::ArticleOpened(0));
    desk.step(loaded(vec![entry("returns", "Returns?", "Yes."), entry("wax", "Wax?", "Damp.")], Some("en")));
    assert_eq!(desk.session.answers.article, Some(0), "who reads is left to read");
    let answers = &desk.session.answers;
    let langs: Vec<&str> = answers.entries.iter().map(|entry| entry.lang.as_str()).collect();
    assert_eq!((desk.listed(), langs), (vec!["returns", "wax"], vec!["", "en"]));
    assert_eq!(desk.session.answers.foreign(), None);
    desk.answers(Answers::ArticleOpened(1));
    assert_eq!(desk.session.answers.foreign(), Some("en"));
    desk.step(Action::BackPressed);
    desk.search("wax");
    assert_eq!(desk.listed(), ["wax"]);
}

#[test]
fn a_link_waits_for_the_file_that_may_have_its_answer() {
    let mut desk = abroad();
    desk.answers(Answers::Asked("wax".to_owned()));
    desk.step(loaded(vec![entry("returns", "怎样退货？", "六十天内。")], None));
    assert_eq!((desk.session.answers.article, desk.session.answers.query.as_str()), (None, ""));
    desk.step(loaded(vec![entry("wax", "Wax?", "Damp.")], Some("en")));
    assert_eq!(desk.session.answers.article, Some(1));
}

#[track_caller]
fn check_files(urls: &[&str], own: Option<&str>, locale: &str, file: Option<&str>, filling: Option<&str>) {
    let mut faq = Config::default().faq;
    faq.urls = urls.iter().map(|tag| ((*tag).to_owned(), String::new())).collect();
    let tag = |found: Option<&(String, String)>| found.map(|(tag, _)| tag.clone());
    let got = (tag(faq.file(locale)), tag(faq.filling(locale, own)));
    assert_eq!((got.0.as_deref(), got.1.as_deref()), (file, filling), "{urls:?} {own:?} {locale}");
}

#[test]
fn each_language_has_its_file_and_one_that_fills_in() {
    check_files(&["en", "zh-Hans"], None, "zh-Hans", Some("zh-Hans"), Some("en"));
    check_files(&["en", "zh-Hans"], None, "en", Some("en"), None);
    check_files(&["en", "zh-Hans"], Some("zh-Hans"), "en", Some("en"), Some("zh-Hans"));
    check_files(&["en", "zh-Hans"], Some("fr"), "fr", Some("en"), None);
    check_files(&["*"], None, "zh-Hans", Some("*"), None);
    check_files(&["*", "zh-Hans"], None, "zh-Hans", Some("zh-Hans"), None);
    check_files(&[], None, "en", None, None);
}

#[test]
fn a_companys_own_words_are_found() {
    let mut desk = Desk::shop();
    desk.config.faq.synonyms = vec!["Return Label, Boomerang".to_owned(), "dubbin,wax,, ".to_owned()];
    desk.step(Action::Opened(Some(View::Answers)));
    desk.search("dubbin");
    assert_eq!(desk.listed(), ["wax"]);
    desk.search("zzzz");
    desk.answers(Answers::Paused);
    assert!(desk.listed().is_empty());
}
