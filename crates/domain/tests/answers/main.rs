//! Answers on the screen: along the list by keyboard, large FAQs a part at a time.

mod beside;
#[path = "../desk/mod.rs"]
mod desk;
mod languages;
mod nothing;
mod without_search;

use domain::answers::{ARTICLE_KEY, Action as Answers, Helpful, QUERY_KEY, Source, Way};
use domain::complaint;
use domain::config::{Config, Endpoint};
use domain::faq::Entry;
use domain::limits;
use domain::message::MessageKey;
use domain::session::{Action, Effect, Field, Focus, Timer};
use domain::submission::{Body, Scalar, Signal};
use domain::view::View;

use desk::Desk;

fn entry(id: &str, question: &str, answer: &str) -> Entry {
    Entry { id: id.into(), question: question.into(), answer: answer.into(), ..Entry::default() }
}

impl Desk {
    fn new(entries: Vec<Entry>) -> Self {
        let mut config = Config::default();
        config.faq.entries = entries;
        config.endpoint.default = Some(Endpoint { url: "/v1/submissions".to_owned(), ..Endpoint::default() });
        Self { config, ..Self::default() }
    }

    fn shop() -> Self {
        Self::new(vec![
            entry("returns", "How do I send something back?", "With the label, within **60 days**."),
            entry("resole", "Can my boots be resoled?", "Yes, in our workshop."),
            entry("wax", "How do I wax my boots?", "While they are damp."),
        ])
    }

    fn answers(&mut self, action: Answers) -> Vec<Effect> {
        self.step(Action::Answers(action))
    }

    fn search(&mut self, query: &str) -> Vec<Effect> {
        self.answers(Answers::QueryChanged(query.to_owned()))
    }

    /// Ids of what is listed, in order.
    fn listed(&self) -> Vec<&str> {
        let answers = &self.session.answers;
        answers.found.iter().map(|found| answers.entries[found.entry].id.as_str()).collect()
    }
}

fn focus(effects: &[Effect]) -> Option<Focus> {
    effects
        .iter()
        .rev()
        .find_map(|effect| if let Effect::MoveFocus(focus) = effect { Some(*focus) } else { None })
}

fn waits_for(effects: &[Effect], timer: Timer) -> bool {
    effects.iter().any(|effect| matches!(effect, Effect::StartTimer(own, _) if *own == timer))
}

#[track_caller]
fn check_key(from: Option<usize>, way: Way, expected: Focus) {
    let mut desk = Desk::shop();
    desk.step(Action::Opened(Some(View::Answers)));
    assert_eq!(desk.session.answers.found.len(), 3);
    assert_eq!(focus(&desk.answers(Answers::Moved(from, way))), Some(expected));
}

#[test]
fn keys_lead_along_the_list_and_back() {
    let field = Focus::Field(Field::Search);
    check_key(None, Way::Next, Focus::Result(0));
    check_key(Some(0), Way::Next, Focus::Result(1));
    check_key(Some(2), Way::Next, Focus::Result(2));
    check_key(Some(2), Way::Previous, Focus::Result(1));
    check_key(Some(0), Way::Previous, field);
    check_key(Some(1), Way::First, Focus::Result(0));
    check_key(Some(1), Way::Last, Focus::Result(2));
    check_key(Some(1), Way::Out, field);
    check_key(None, Way::Out, field);
    // A list that grew shorter meanwhile.
    check_key(Some(9), Way::Next, Focus::Result(2));
}

#[test]
fn enter_opens_the_best_and_back_leads_to_where_it_stood() {
    let mut desk = Desk::shop();
    desk.step(Action::Opened(Some(View::Answers)));
    desk.answers(Answers::QueryEntered);
    assert_eq!(desk.session.answers.article, None, "nothing was asked for");
    desk.search("boots");
    assert_eq!(desk.listed(), ["resole", "wax"]);
    desk.answers(Answers::QueryEntered);
    assert_eq!(desk.session.answers.article, Some(1));
    assert_eq!(focus(&desk.step(Action::BackPressed)), Some(Focus::Result(0)));
    desk.answers(Answers::ArticleOpened(0));
    assert_eq!(focus(&desk.step(Action::BackPressed)), Some(Focus::Title), "it is not among those found");
}

#[test]
fn escape_empties_the_field_and_shows_what_stood_there_first() {
    let mut desk = Desk::shop();
    desk.step(Action::Opened(Some(View::Answers)));
    desk.search("wax");
    assert!(desk.session.answers.searched);
    desk.answers(Answers::Moved(Some(0), Way::Out));
    assert_eq!(desk.session.answers.query, "");
    assert_eq!(desk.listed(), ["returns", "resole", "wax"]);
    assert!(!desk.session.answers.searched);
}

#[test]
fn what_was_asked_for_is_marked_in_question_and_answer() {
    let mut desk = Desk::shop();
    desk.step(Action::Opened(Some(View::Answers)));
    assert!(desk.session.answers.found[0].question.is_empty(), "nothing is asked for yet");
    desk.search("label");
    let found = &desk.session.answers.found[0];
    let marked: Vec<&str> =
        found.snippet.iter().filter(|piece| piece.marked).map(|piece| piece.text.as_str()).collect();
    assert_eq!(marked, ["label"]);
    let whole: String = found.snippet.iter().map(|piece| piece.text.as_str()).collect();
    assert_eq!(whole, "With the label, within 60 days.", "without the marks of Markdown");
}

/// As many entries as are read in several goes.
fn many() -> Vec<Entry> {
    let mut entries: Vec<Entry> = (0..200)
        .map(|at| entry(&format!("e{at}"), &format!("Question {at}?"), &"words and more words ".repeat(20)))
        .collect();
    entries.push(entry("last", "Where is the zeppelin?", "In its shed."));
    entries
}

#[test]
fn a_large_faq_is_read_a_part_at_a_time() {
    let mut desk = Desk::new(many());
    desk.step(Action::Opened(Some(View::Answers)));
    let before = desk.session.answers.found.clone();
    let mut effects = desk.search("zeppelin");
    let mut parts = 0;
    while waits_for(&effects, Timer::ReadAnswers) {
        assert_eq!(desk.session.answers.found, before, "what stood there stays until the search has run");
        let said = desk.step(Action::TimerFired(Timer::AnnounceResults));
        assert!(waits_for(&said, Timer::AnnounceResults), "no number is said before it is known");
        assert!(said.iter().all(|effect| !matches!(effect, Effect::Announce(_))));
        effects = desk.step(Action::TimerFired(Timer::ReadAnswers));
        parts += 1;
    }
    let bytes: usize = many().iter().map(|entry| entry.question.len() + entry.answer.len()).sum();
    assert!(parts >= bytes / limits::INDEX_STEP_BYTES - 2, "{parts} parts for {bytes} bytes");
    assert_eq!(desk.listed(), ["last"]);
    let said = desk.step(Action::TimerFired(Timer::AnnounceResults));
    assert!(said.iter().any(
        |effect| matches!(effect, Effect::Announce(message) if message.key == MessageKey::AnswersCountOne)
    ));
}

#[test]
fn who_empties_the_field_meanwhile_sees_what_stood_there_first() {
    let mut desk = Desk::new(many());
    desk.step(Action::Opened(Some(View::Answers)));
    desk.search("zeppelin");
    desk.search("");
    for _ in 0..100 {
        desk.step(Action::TimerFired(Timer::ReadAnswers));
    }
    assert_eq!(desk.session.answers.found.len(), limits::SEARCH_RESULTS_MAX);
    assert!(!desk.session.answers.searched);
    assert_eq!(desk.session.answers.source, Source::Ready);
}

/// A shop with topics and pages.
fn sorted() -> Desk {
    let own = |id: &str, category: &str, popular: bool, pages: &[&str]| Entry {
        category: category.into(),
        popular,
        pages: pages.iter().map(|page| (*page).to_owned()).collect(),
        ..entry(id, id, "Yes.")
    };
    let mut desk = Desk::new(vec![
        own("returns", "Orders", true, &["/orders"]),
        own("parcel", "Orders", false, &[]),
        own("resole", "Care", true, &[]),
        own("wax", "Care", false, &["/boots"]),
        own("loose", "", false, &[]),
    ]);
    desk.page.url = "https://shop.example/boots/trail".to_owned();
    desk.step(Action::Opened(Some(View::Answers)));
    desk
}

#[test]
fn what_belongs_to_the_page_comes_first_then_what_others_ask() {
    let mut desk = sorted();
    assert_eq!((desk.listed(), desk.session.answers.here), (vec!["wax", "returns", "resole"], 1));
    desk.page.url = "https://shop.example/orders".to_owned();
    desk.step(Action::Closed);
    let effects = desk.step(Action::Opened(None));
    assert!(waits_for(&effects, Timer::AnnounceResults));
    let said = desk.step(Action::TimerFired(Timer::AnnounceResults));
    assert_eq!(said, [], "nothing is said of a list that nobody asked for");
    assert_eq!((desk.listed(), desk.session.answers.here), (vec!["returns", "resole"], 1));
}

#[test]
fn a_topic_shows_all_that_belongs_to_it() {
    let mut desk = sorted();
    assert_eq!(desk.session.answers.categories, ["Orders", "Care"]);
    let effects = desk.answers(Answers::CategoryChosen(Some(0)));
    assert_eq!((desk.listed(), desk.session.answers.here), (vec!["returns", "parcel"], 0));
    assert!(effects.iter().any(|effect| matches!(effect, Effect::Announce(_))));
    desk.search("loose");
    assert_eq!(desk.listed(), ["loose"], "a search looks everywhere");
    desk.search("");
    assert_eq!(desk.listed(), ["returns", "parcel"]);
    desk.answers(Answers::CategoryChosen(Some(9)));
    assert_eq!(desk.listed(), ["wax", "returns", "resole"]);
}

#[track_caller]
fn check_link(id: &str, article: Option<usize>, query: &str) {
    let mut desk = Desk::shop();
    desk.config.faq.urls = vec![("*".to_owned(), "/faq.json".to_owned())];
    let fetches = desk.answers(Answers::Asked(id.to_owned()));
    assert!(fetches.contains(&Effect::FetchFaq));
    assert_eq!((desk.session.open, desk.session.view()), (true, View::Answers));
    desk.step(Action::FaqLoaded("en".to_owned(), None, None));
    assert_eq!((desk.session.answers.article, desk.session.answers.query.as_str()), (article, query), "{id}");
    // The same once the entries are here, from another screen.
    desk.step(Action::BackPressed);
    desk.step(Action::ViewChosen(View::Complaint));
    desk.session.answers.query.clear();
    desk.answers(Answers::Asked(id.to_owned()));
    assert_eq!((desk.session.answers.article, desk.session.answers.query.as_str()), (article, query), "{id}");
}

#[test]
fn a_link_leads_to_its_answer_or_to_a_search_for_its_words() {
    check_link("resole", Some(1), "");
    check_link("Resole", Some(1), "");
    check_link("wax-my_boots", None, "wax my boots");
    check_link("  ", None, "");
}

#[test]
fn a_link_that_comes_late_leaves_alone_who_has_gone_on() {
    let mut desk = Desk::shop();
    desk.config.faq.urls = vec![("*".to_owned(), "/faq.json".to_owned())];
    desk.answers(Answers::Asked("resole".to_owned()));
    desk.step(Action::BackPressed);
    desk.step(Action::ViewChosen(View::Complaint));
    let effects = desk.step(Action::FaqLoaded("en".to_owned(), None, None));
    assert_eq!(desk.session.view(), View::Complaint);
    assert!(!effects.iter().any(|effect| matches!(effect, Effect::MoveFocus(_))), "{effects:?}");
}

#[test]
fn a_link_opens_the_other_answer_over_the_one_that_is_read() {
    let mut desk = Desk::shop();
    desk.answers(Answers::Asked("resole".to_owned()));
    desk.answers(Answers::Asked("wax".to_owned()));
    assert_eq!(desk.session.answers.article, Some(2));
    desk.answers(Answers::Asked("label".to_owned()));
    assert_eq!((desk.session.answers.article, desk.listed()), (None, vec!["returns"]));
}

fn signals(effects: &[Effect]) -> Vec<(Signal, bool)> {
    let handed = effects.iter().filter_map(|effect| {
        let Effect::HandToSender(submission) = effect else { return None };
        let Body::Signal(signal) = &submission.body else { return None };
        Some((signal.clone(), submission.supersedes.is_some()))
    });
    handed.collect()
}

#[test]
fn each_face_says_something_else() {
    let mut desk = Desk::shop();
    desk.answers(Answers::Asked("resole".to_owned()));
    for (face, helpful, partly, again) in [
        (Helpful::Yes, Some(true), false, false),
        (Helpful::Partly, Some(false), true, true),
        (Helpful::No, Some(false), false, true),
    ] {
        let effects = desk.answers(Answers::HelpfulMarked(face));
        let [(signal, supersedes)] = &signals(&effects)[..] else { panic!("{face:?}: one signal") };
        assert_eq!((signal.helpful, signal.partly, *supersedes), (helpful, partly, again), "{face:?}");
        assert_eq!(signal.article, "resole");
    }
}

#[test]
fn the_sad_face_carries_article_and_query_to_somebody_who_listens() {
    let mut desk = Desk::shop();
    desk.config.privacy.signals = false;
    desk.step(Action::Opened(Some(View::Answers)));
    desk.search("boots");
    desk.answers(Answers::QueryEntered);
    let effects = desk.answers(Answers::HelpfulMarked(Helpful::No));
    assert!(signals(&effects).is_empty(), "the company sends none");
    assert_eq!(desk.session.view(), View::Complaint);
    assert_eq!(desk.session.complaint.words, "", "what fits a search field is no account of what happened");
    assert_eq!(desk.session.answers.carried, Some(1));
    let along = [(ARTICLE_KEY, "resole"), (QUERY_KEY, "boots")];
    let along = along.map(|(key, text)| (key.to_owned(), Scalar::Text(text.to_owned())));
    assert_eq!(desk.session.context, along);
    assert!(
        effects
            .iter()
            .any(|effect| matches!(effect, Effect::Announce(said) if said.key == MessageKey::AnswersTold))
    );
    desk.step(Action::Complaint(complaint::Action::StartAfresh));
    assert_eq!(
        (desk.session.answers.carried, desk.session.context.len()),
        (None, 0),
        "the next is another matter"
    );
}

/// What is done of these facts, in order, when nothing could be done before the last one came.
fn queued(facts: Vec<Action>) -> Vec<String> {
    let mut waiting = Vec::new();
    facts.into_iter().for_each(|fact| fact.queue(&mut waiting));
    waiting.iter().map(|fact| format!("{fact:?}")).collect()
}

#[test]
fn presses_that_waited_are_not_done_late_once_their_customer_went_on() {
    let typed = |words: &str| Action::Answers(Answers::QueryChanged(words.to_owned()));
    let press = |at| Action::Answers(Answers::ArticleOpened(at));
    let gone = "Answers(Left(None))";
    let pressed = queued(vec![press(0), press(0), press(1)]);
    assert_eq!(pressed, [gone, gone, "Answers(ArticleOpened(1))"], "the last press counts");
    assert_eq!(queued(vec![press(0), Action::BackPressed]), [gone, "BackPressed"]);
    let paused = Action::Answers(Answers::Paused);
    let taken = queued(vec![typed("bo"), typed("boots"), paused, Action::Answers(Answers::ComplaintChosen)]);
    let words = ["Answers(Left(Some(\"bo\")))", "Answers(Left(Some(\"boots\")))"];
    assert_eq!(taken, [words[0], words[1], gone, "Answers(ComplaintChosen)"], "the words go along");
    let report = || Action::CopyDone(true);
    let reported = queued(vec![report(), press(0), report(), Action::Closed]);
    assert_eq!(reported, ["CopyDone(true)", gone, "CopyDone(true)", "Closed"], "what nobody pressed stays");
    let entered = queued(vec![typed("boots"), Action::Answers(Answers::QueryEntered)]);
    assert_eq!(entered, ["Answers(QueryChanged(\"boots\"))", "Answers(QueryEntered)"], "both in their order");
}
