//! The FAQ on the screen: search, article, "Did this answer it?".

use crate::faq::{Entry, Index, Piece};
use crate::feedback::join;
use crate::limits;
use crate::markup;
use crate::message::{Message, MessageKey, whole};
use crate::session::{Ctx, Effect, Field, Focus, Session, Timer, bounded};
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

/// An entry in the list, as it is shown there.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Found {
    /// Its place among the entries.
    pub entry: usize,
    /// Its question, with what was asked for marked; empty while nothing is asked for.
    pub question: Vec<Piece>,
    /// The part of its answer that says most about what was asked for.
    pub snippet: Vec<Piece>,
}

/// A way along the list by keyboard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// To the next one; from the search field to the first.
    Next,
    /// To the one before; from the first to the search field.
    Previous,
    /// To the first.
    First,
    /// To the last.
    Last,
    /// Back to the search field, which is emptied.
    Out,
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
    pub found: Vec<Found>,
    /// Whether they were found for the query: what stood there before stays until they are.
    pub searched: bool,
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
    /// Presses Enter in the search field: the best one opens.
    QueryEntered,
    /// Presses a key that leads along the list, in the search field or at one of the list.
    Moved(Option<usize>, Way),
    /// Has typed nothing for a moment.
    Paused,
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
    /// Where the focus goes when the article closes that was open, if one was: to where it was opened.
    pub(crate) fn close_article(&mut self) -> Option<Focus> {
        self.helpful = None;
        let entry = self.article.take()?;
        let place = self.found.iter().position(|found| found.entry == entry);
        Some(place.map_or(Focus::Title, Focus::Result))
    }

    /// Where a key leads.
    fn go(&self, from: Option<usize>, way: Way) -> Focus {
        let field = Focus::Field(Field::Search);
        let Some(last) = self.found.len().checked_sub(1) else { return field };
        Focus::Result(match (way, from) {
            (Way::Out, _) | (Way::Previous, None | Some(0)) => return field,
            (Way::Next, Some(at)) => (at + 1).min(last),
            (Way::Previous, Some(at)) => at - 1,
            (Way::Next, None) | (Way::First, _) => 0,
            (Way::Last, _) => last,
        })
    }

    /// What shows while nothing is typed: what others ask for.
    fn browse(&mut self) {
        let chosen = self.entries.iter().any(|entry| entry.popular);
        self.searched = false;
        self.found.clear();
        for (at, entry) in self.entries.iter().enumerate() {
            if entry.popular == chosen && self.found.len() < limits::SEARCH_RESULTS_MAX {
                self.found.push(Found { entry: at, ..Found::default() });
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

    /// Searches for what is typed. The first search reads the entries, a part at a time, so that no frame is late.
    pub fn search_answers(&mut self, _cx: &Ctx<'_>, _fact: (), out: &mut Vec<Effect>) {
        let Answers { index, entries, query, found, searched, .. } = &mut self.answers;
        let index = index.get_or_insert_with(Index::default);
        if !index.build_some(entries, limits::INDEX_STEP_BYTES) {
            return out.push(Effect::StartTimer(Timer::ReadAnswers, 0));
        }
        if query.trim().is_empty() {
            return;
        }
        let marks = index.marks(query);
        found.clear();
        for hit in index.search(query, limits::SEARCH_RESULTS_MAX) {
            let Entry { question, answer, .. } = &entries[hit.entry];
            found.push(Found {
                entry: hit.entry,
                question: marks.mark(question),
                snippet: marks.snippet(&markup::plain(answer), limits::SNIPPET_BYTES_MAX),
            });
        }
        *searched = true;
    }

    /// Applies what the customer does.
    pub fn step_answers(&mut self, cx: &Ctx<'_>, action: Action, out: &mut Vec<Effect>) {
        match action {
            Action::QueryChanged(query) => {
                self.answers.query = bounded(&query, limits::QUERY_CHARS_MAX);
                self.find(cx, out);
                out.push(Effect::StartTimer(Timer::AnnounceResults, ANNOUNCE_DELAY_MS));
            }
            Action::QueryEntered => {
                if let Some(best) = self.answers.found.first().filter(|_| self.answers.searched) {
                    let entry = best.entry;
                    self.open_article(entry, out);
                }
            }
            Action::Moved(from, way) => {
                if way == Way::Out {
                    self.answers.query.clear();
                    self.find(cx, out);
                }
                out.push(Effect::MoveFocus(self.answers.go(from, way)));
            }
            Action::Paused => self.announce_results(cx, out),
            Action::ArticleOpened(at) => self.open_article(at, out),
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

    fn open_article(&mut self, at: usize, out: &mut Vec<Effect>) {
        if at < self.answers.entries.len() {
            self.answers.article = Some(at);
            self.answers.helpful = None;
            out.push(Effect::MoveFocus(Focus::Title));
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

    fn announce_results(&mut self, cx: &Ctx<'_>, out: &mut Vec<Effect>) {
        let query = self.answers.query.trim().to_owned();
        if query.is_empty() || self.answers.source != Source::Ready {
            return;
        }
        if !self.answers.searched {
            return out.push(Effect::StartTimer(Timer::AnnounceResults, ANNOUNCE_DELAY_MS));
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

    pub(crate) fn want_faq(&mut self, out: &mut Vec<Effect>) {
        match self.answers.source {
            Source::Ready | Source::Loading => {}
            Source::Unasked | Source::Missing => {
                self.answers.source = Source::Loading;
                out.push(Effect::FetchFaq);
            }
        }
    }

    /// Another language: what was asked for before is asked for again.
    pub(crate) fn change_faq(&mut self, out: &mut Vec<Effect>) {
        if self.answers.source != Source::Unasked {
            self.answers.source = Source::Unasked;
            self.want_faq(out);
        }
    }

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
        self.answers.entries = entries;
        self.answers.article = None;
        self.find(cx, out);
    }
}
