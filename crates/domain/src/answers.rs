//! The FAQ on the screen: search, article, "Did this answer it?".

use crate::faq::{Entry, Index};
use crate::feedback::join;
use crate::limits;
use crate::message::{Message, MessageKey, whole};
use crate::session::{Ctx, Effect, Focus, Session, Timer, bounded};
use crate::submission::{Body, Kind, Signal, Topic};
use crate::view::View;

/// Milliseconds without a keystroke after which the number of answers is said.
const ANNOUNCE_DELAY_MS: u32 = 700;

/// Whether the entries are here.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Source {
    /// Nobody asked yet.
    #[default]
    Unasked,
    /// On the way.
    Loading,
    /// Here.
    Ready,
    /// The company has none, or they are out of reach now.
    Missing,
}

/// The FAQ on the screen.
#[derive(Debug, Default)]
pub struct Answers {
    /// Whether the entries are here.
    pub source: Source,
    /// The entries.
    pub entries: Vec<Entry>,
    /// What is searched for.
    pub query: String,
    /// Entries found, best first; popular ones while nothing is typed.
    pub found: Vec<usize>,
    /// The article that is read.
    pub article: Option<usize>,
    /// Whether it helped, if said.
    pub helpful: Option<bool>,
    index: Option<Index>,
    signalled: String,
}

/// What the customer does.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    /// Types a query.
    QueryChanged(String),
    /// Opens an entry.
    ArticleOpened(usize),
    /// Says whether it helped.
    HelpfulMarked(bool),
    /// Wants to ask a person; the query comes along.
    PersonWanted,
    /// Wants to complain; article and query come along.
    ComplaintChosen,
}

impl Answers {
    /// Whether an article was open.
    pub(crate) fn close_article(&mut self) -> bool {
        self.helpful = None;
        self.article.take().is_some()
    }

    /// What shows while nothing is typed: what others ask for.
    fn browse(&mut self) {
        let chosen = self.entries.iter().any(|entry| entry.popular);
        self.found.clear();
        for (at, entry) in self.entries.iter().enumerate() {
            if entry.popular == chosen && self.found.len() < limits::SEARCH_RESULTS_MAX {
                self.found.push(at);
            }
        }
    }
}

impl Session {
    fn find(&mut self, cx: &Ctx<'_>, out: &mut Vec<Effect>) {
        if self.answers.query.trim().is_empty() {
            self.answers.browse();
        } else {
            (cx.rules.search)(self, cx, (), out);
        }
    }

    /// Searches for what is typed. The first search reads the entries.
    pub fn search_answers(&mut self, _cx: &Ctx<'_>, _fact: (), _out: &mut Vec<Effect>) {
        let answers = &mut self.answers;
        let index = answers.index.get_or_insert_with(|| Index::new(&answers.entries));
        let hits = index.search(&answers.query, limits::SEARCH_RESULTS_MAX);
        answers.found = hits.into_iter().map(|hit| hit.entry).collect();
    }

    /// Applies what the customer does.
    pub fn step_answers(&mut self, cx: &Ctx<'_>, action: Action, out: &mut Vec<Effect>) {
        match action {
            Action::QueryChanged(query) => {
                self.answers.query = bounded(&query, limits::QUERY_CHARS_MAX);
                self.find(cx, out);
                out.push(Effect::StartTimer(Timer::AnnounceResults, ANNOUNCE_DELAY_MS));
            }
            Action::ArticleOpened(at) => {
                if at < self.answers.entries.len() {
                    self.answers.article = Some(at);
                    self.answers.helpful = None;
                    out.push(Effect::MoveFocus(Focus::Title));
                }
            }
            Action::HelpfulMarked(helpful) => self.mark_helpful(cx, helpful, out),
            Action::PersonWanted => {
                if self.feedback.sent.is_some() {
                    self.feedback = crate::feedback::Draft::default();
                }
                join(&mut self.feedback.text, &self.answers.query);
                self.feedback.topic = Some(Topic::Question);
                self.show(cx, View::Feedback, out);
            }
            Action::ComplaintChosen => {
                self.attach_article();
                let words = self.answers.query.clone();
                self.carry_to_complaint(cx, &words, out);
            }
        }
    }

    /// What was read travels with the complaint, so that nobody is sent the same answer again.
    fn attach_article(&mut self) {
        let Some(entry) = self.answers.article.and_then(|at| self.answers.entries.get(at)) else { return };
        let article = crate::submission::Scalar::Text(entry.id.clone());
        self.add_context(vec![("article".to_owned(), article)]);
    }

    fn mark_helpful(&mut self, cx: &Ctx<'_>, helpful: bool, out: &mut Vec<Effect>) {
        let Some(entry) = self.answers.article.and_then(|at| self.answers.entries.get(at)) else { return };
        if self.answers.helpful == Some(helpful) {
            return;
        }
        let signal = Signal {
            name: "answer_helpful".to_owned(),
            query: self.answers.query.trim().to_owned(),
            article: entry.id.clone(),
            helpful: Some(helpful),
        };
        self.answers.helpful = Some(helpful);
        let key = if helpful { MessageKey::AnswersGlad } else { MessageKey::AnswersNext };
        out.push(Effect::Announce(Message::plain(key)));
        self.send_signal(cx, signal, out);
    }

    fn send_signal(&mut self, cx: &Ctx<'_>, signal: Signal, out: &mut Vec<Effect>) {
        if cx.config.privacy.signals && cx.config.endpoint.of(Kind::Signal).is_some() {
            let id = (cx.fresh_id)();
            self.hand_in(cx, id, Body::Signal(signal), None, out);
        }
    }

    pub(crate) fn announce_results(&mut self, cx: &Ctx<'_>, out: &mut Vec<Effect>) {
        let query = self.answers.query.trim().to_owned();
        if query.is_empty() || self.answers.source != Source::Ready {
            return;
        }
        let count = self.answers.found.len();
        let key = match count {
            0 => MessageKey::AnswersCountNone,
            1 => MessageKey::AnswersCountOne,
            _ => MessageKey::AnswersCountOther,
        };
        out.push(Effect::Announce(Message { key, args: vec![("count", whole(count as u64))] }));
        if count == 0 && self.answers.signalled != query {
            self.answers.signalled.clone_from(&query);
            self.send_signal(cx, Signal { name: "search_empty".to_owned(), query, ..Signal::default() }, out);
        }
    }

    pub(crate) fn want_faq(&mut self, cx: &Ctx<'_>, out: &mut Vec<Effect>) {
        match self.answers.source {
            Source::Ready | Source::Loading => {}
            Source::Unasked | Source::Missing => {
                if cx.config.faq.urls.is_empty() {
                    self.faq_loaded(cx, None, out);
                } else {
                    self.answers.source = Source::Loading;
                    out.push(Effect::FetchFaq);
                }
            }
        }
    }

    /// Another language: what was asked for before is asked for again.
    pub(crate) fn change_faq(&mut self, cx: &Ctx<'_>, out: &mut Vec<Effect>) {
        if self.answers.source != Source::Unasked {
            self.answers.source = Source::Unasked;
            self.want_faq(cx, out);
        }
    }

    /// The entries of the config, and those of the file that have another id.
    pub(crate) fn faq_loaded(&mut self, cx: &Ctx<'_>, fetched: Option<Vec<Entry>>, out: &mut Vec<Effect>) {
        let mut entries = cx.config.faq.entries.clone();
        for entry in fetched.unwrap_or_default() {
            if cx.config.faq.entries.iter().all(|own| own.id != entry.id) {
                entries.push(entry);
            }
        }
        self.answers.source = if entries.is_empty() { Source::Missing } else { Source::Ready };
        self.answers.index = None;
        self.answers.entries = entries;
        self.answers.article = None;
        self.find(cx, out);
    }
}
