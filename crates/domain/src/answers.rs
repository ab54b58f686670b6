//! The FAQ on the screen: search, article, "Did this answer it?".

mod beside;
mod browse;
mod look;
mod read;

use crate::faq::{Entry, Index, Piece};
use crate::feedback::join;
use crate::limits;
use crate::session::{Ctx, Effect, Field, Focus, Session, Timer, bounded};
use crate::submission::{SubmissionId, Topic};
use crate::view::View;

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

/// Whether an article answered the question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Helpful {
    /// It did.
    Yes,
    /// In part: a person helps with the rest.
    Partly,
    /// Not at all: on to somebody who listens.
    No,
}

/// Under this key of the context the article goes along. The name is ours: the page's own words keep their place.
pub const ARTICLE_KEY: &str = "all_ears_article";
/// Under this key, what was looked for before.
pub const QUERY_KEY: &str = "all_ears_query";

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
    /// How many of them belong to the page that the customer is on; they come first.
    pub here: usize,
    /// Where entries belong, each once, in their order.
    pub categories: Vec<String>,
    /// The category that is looked through, by its place; none for all.
    pub category: Option<usize>,
    /// Whether they were found for the query: what stood there before stays until they are.
    pub searched: bool,
    /// Whether nothing was found for it. That shows once the customer rests, for the next letter may find something.
    nothing: bool,
    /// The article that is read.
    pub article: Option<usize>,
    /// Whether it helped, if said.
    pub helpful: Option<Helpful>,
    /// The article that comes along with the complaint, so that nobody is sent the same answer again.
    pub carried: Option<usize>,
    /// What was looked for before the complaint; empty for nothing. It comes along beside the customer's words: what fits a
    /// search field is no account of what happened.
    pub looked_for: String,
    /// Whether the complaint was opened by the word that an answer did not help.
    pub unhelped: bool,
    /// Entries that fit the complaint that is being written.
    pub beside: Vec<usize>,
    beside_said: bool,
    /// Whether they are looked for as soon as that is possible.
    suggesting: bool,
    /// Whether the article was opened beside the complaint, where the way back leads to.
    from_complaint: bool,
    /// The signal that said so; who thinks better of it replaces it.
    marked: Option<SubmissionId>,
    /// The id of an entry that was asked for before the entries were here; empty for none.
    wanted: String,
    index: Option<Index>,
    signalled: String,
}

/// What the customer does.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    /// Types a query.
    QueryChanged(String),
    /// Has gone on before the search was there: the words of a query stay.
    Left(Option<String>),
    /// Presses Enter in the search field: the best one opens.
    QueryEntered,
    /// Presses a key that leads along the list, in the search field or at one of the list.
    Moved(Option<usize>, Way),
    /// Has typed nothing for a moment.
    Paused,
    /// Looks through one category, by its place, or through all.
    CategoryChosen(Option<usize>),
    /// Rests from writing a complaint.
    Rested,
    /// Follows a link to one entry, by its id.
    Asked(String),
    /// Opens an entry.
    ArticleOpened(usize),
    /// Says whether it helped.
    HelpfulMarked(Helpful),
    /// Wants to ask a person; the query comes along.
    PersonWanted,
    /// Wants to complain; article and query come along, beside the words.
    ComplaintChosen,
}

impl Action {
    /// Whoever did this has gone on before the search was there: of what looks for something or into it the words stay.
    pub(crate) fn leave(&mut self) {
        let words = match self {
            Self::Left(_) | Self::PersonWanted | Self::ComplaintChosen => return,
            Self::QueryChanged(query) => Some(std::mem::take(query)),
            Self::QueryEntered
            | Self::Moved(..)
            | Self::Paused
            | Self::CategoryChosen(_)
            | Self::Rested
            | Self::Asked(_)
            | Self::ArticleOpened(_)
            | Self::HelpfulMarked(_) => None,
        };
        *self = Self::Left(words);
    }
}

impl Answers {
    /// The language of the article that is open, where it is not that of the screen.
    pub fn foreign(&self) -> Option<&str> {
        let entry = self.entries.get(self.article?)?;
        (!entry.lang.is_empty()).then_some(&entry.lang)
    }

    /// Where the focus goes when the article closes that was open, if one was: to where it was opened.
    pub(crate) fn close_article(&mut self) -> Option<Focus> {
        self.helpful = None;
        let entry = self.article.take()?;
        let place = self.found.iter().position(|found| found.entry == entry);
        // Beside the complaint, the words wait to be gone on with.
        let words = std::mem::take(&mut self.from_complaint).then_some(Focus::Field(Field::Words));
        Some(words.unwrap_or_else(|| place.map_or(Focus::Title, Focus::Result)))
    }
}

impl Session {
    /// Lists what shows while nothing is looked for. Words wait there until the search is here.
    fn list(&mut self, cx: &Ctx<'_>, out: &mut Vec<Effect>) {
        self.answers.browse(&cx.page.url);
        if !self.answers.query.is_empty() {
            out.push(Effect::OfferSearch);
        }
    }

    /// Applies what the customer does. What looks for something comes with the search.
    pub fn step_answers(&mut self, cx: &Ctx<'_>, action: Action, out: &mut Vec<Effect>) {
        match action {
            // The page may be another one by now, and of words that nobody has searched for yet the search may be on its way.
            Action::Paused if self.answers.query.is_empty() || self.answers.index.is_none() => {
                self.list(cx, out);
            }
            Action::Left(words) => {
                if let Some(words) = words {
                    self.answers.query = bounded(&words, limits::QUERY_CHARS_MAX);
                    self.answers.searched = false;
                }
            }
            Action::PersonWanted => {
                if self.feedback.sent.is_some() {
                    self.feedback = crate::feedback::Draft::default();
                }
                join(&mut self.feedback.text, &self.answers.query);
                self.feedback.topic = Some(Topic::Question);
                self.show(cx, View::Feedback, out);
            }
            Action::ComplaintChosen => {
                let article = self.answers.article;
                let unhelped = self.answers.helpful == Some(Helpful::No);
                self.carry_to_complaint(cx, "", out);
                self.attach_article(article);
                self.attach_query();
                self.answers.unhelped = unhelped;
            }
            Action::QueryEntered => {
                self.answers.rest();
                if let Some(best) = self.answers.found.first().filter(|_| self.answers.searched) {
                    let entry = best.entry;
                    self.open_article(entry, out);
                }
            }
            Action::Moved(from, way) => {
                if way == Way::Out {
                    self.answers.query.clear();
                    self.list(cx, out);
                }
                out.push(Effect::MoveFocus(self.answers.go(from, way)));
            }
            Action::CategoryChosen(category) => {
                self.answers.category = category.filter(|at| *at < self.answers.categories.len());
                self.list(cx, out);
                self.announce_count(out);
            }
            Action::Asked(id) => self.follow(cx, &id, out),
            Action::ArticleOpened(at) => self.open_article(at, out),
            Action::HelpfulMarked(helpful) => self.mark_helpful(cx, helpful, out),
            Action::QueryChanged(_) | Action::Paused | Action::Rested => {
                (cx.rules.look)(self, cx, action, out);
            }
        }
    }

    /// What was read travels with the complaint.
    fn attach_article(&mut self, article: Option<usize>) {
        let Some(entry) = article.and_then(|at| self.answers.entries.get(at)) else { return };
        let id = crate::submission::Scalar::Text(entry.id.clone());
        self.answers.carried = article;
        self.add_context(vec![(ARTICLE_KEY.to_owned(), id)]);
    }

    /// What was looked for travels with it.
    fn attach_query(&mut self) {
        let query = bounded(self.answers.query.trim(), limits::FIELD_CHARS_MAX);
        if !query.is_empty() {
            self.answers.looked_for.clone_from(&query);
            self.add_context(vec![(QUERY_KEY.to_owned(), crate::submission::Scalar::Text(query))]);
        }
    }

    /// The next complaint is about something else.
    pub(crate) fn detach_article(&mut self) {
        self.answers.beside.clear();
        (self.answers.beside_said, self.answers.unhelped) = (false, false);
        self.answers.looked_for.clear();
        self.answers.carried = None;
        self.context.retain(|(key, _)| key != ARTICLE_KEY && key != QUERY_KEY);
    }

    pub(crate) fn want_faq(&mut self, out: &mut Vec<Effect>) {
        match self.answers.source {
            Source::Loading => {}
            Source::Ready => out.push(Effect::StartTimer(Timer::AnnounceResults, 0)),
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
}
