//! The cut between the parts: no rule is called, and no screen shown, before its part was asked for.

use std::cell::RefCell;

use all_ears::parts::{Part, after, before, drafts};
use domain::answers;
use domain::attachment;
use domain::calendar::Utc;
use domain::complaint;
use domain::delivery::{Change, DeliveryState};
use domain::feedback;
use domain::session::{Action, Ctx, DraftContent, DraftKey, Effect, Rules, Session, Timer};
use domain::status;
use domain::submission::{AnswerValue, Page, SubmissionId};
use domain::survey;
use domain::view::View;

use crate::world::{NOW, World, at};

thread_local! {
    /// The parts that are here.
    static HERE: RefCell<Vec<Part>> = const { RefCell::new(Vec::new()) };
}

fn holds(part: Part) {
    HERE.with_borrow(|here| {
        assert!(here.contains(&part), "a rule of {part:?} was called before it was here")
    });
}

/// Rules that say when they are called too early.
const WATCHED: Rules = Rules {
    save: |session, cx, key, out| {
        holds(drafts::part(key)[0]);
        (Rules::ALL.save)(session, cx, key, out);
    },
    restore: |session, cx, (content, met), out| {
        holds(drafts::part(drafts::key(&content))[0]);
        (Rules::ALL.restore)(session, cx, (content, met), out);
    },
    survey: |session, cx, action, out| {
        holds(Part::Screen(View::Rating));
        session.step_survey(cx, action, out);
    },
    feedback: |session, cx, action, out| {
        holds(Part::Screen(View::Feedback));
        session.step_feedback(cx, action, out);
    },
    answers: |session, cx, action, out| {
        holds(Part::Screen(View::Answers));
        session.step_answers(cx, action, out);
    },
    look: |session, cx, action, out| {
        holds(Part::Search);
        session.look_into_answers(cx, action, out);
    },
    faq: |session, cx, entries, out| {
        holds(Part::Screen(View::Answers));
        session.faq_loaded(cx, entries, out);
    },
    search: |session, cx, (), out| {
        holds(Part::Search);
        session.search_answers(cx, (), out);
    },
    complaint: |session, cx, action, out| {
        holds(Part::Screen(View::Complaint));
        session.step_complaint(cx, action, out);
    },
    files: |session, cx, action, out| {
        holds(Part::Files);
        session.step_files(cx, action, out);
    },
    status: |session, cx, action, out| {
        holds(Part::Screen(View::Status));
        session.step_status(cx, action, out);
    },
    known: |session, cx, known, out| {
        holds(Part::Screen(View::Status));
        session.known_loaded(cx, known, out);
    },
    kept: |session, cx, change, out| {
        holds(Part::Screen(View::Status));
        session.kept_changed(cx, change, out);
    },
    report: |session, cx, told, out| {
        holds(Part::Screen(View::Status));
        session.status_loaded(cx, told, out);
    },
    forget: |session, cx, (), out| {
        holds(Part::Screen(View::Status));
        session.forget(cx, (), out);
    },
};

/// What may happen, at any screen and in any order.
fn facts() -> Vec<fn() -> Action> {
    vec![
        || Action::Opened(None),
        || Action::Opened(Some(View::Answers)),
        || Action::Closed,
        || Action::BackPressed,
        || Action::ViewChosen(View::Rating),
        || Action::ViewChosen(View::Feedback),
        || Action::ViewChosen(View::Answers),
        || Action::ViewChosen(View::Complaint),
        || Action::ViewChosen(View::Status),
        || Action::SurveyAsked(None, Vec::new()),
        || Action::Survey(survey::Action::Answered(0, AnswerValue::Score(2))),
        || Action::Survey(survey::Action::ComplaintChosen),
        || Action::Feedback(feedback::Action::TextChanged("Good day".to_owned())),
        || Action::Feedback(feedback::Action::ComplaintChosen),
        || Action::Answers(answers::Action::QueryChanged("return".to_owned())),
        || Action::Answers(answers::Action::QueryEntered),
        || Action::Answers(answers::Action::Rested),
        || Action::Answers(answers::Action::Asked("size".to_owned())),
        || Action::Answers(answers::Action::Asked("no-such".to_owned())),
        || Action::Answers(answers::Action::CategoryChosen(None)),
        || Action::Answers(answers::Action::Moved(Some(0), answers::Way::Out)),
        || Action::Answers(answers::Action::ArticleOpened(0)),
        || Action::Answers(answers::Action::PersonWanted),
        || Action::Complaint(complaint::Action::WordsChanged("It hums".to_owned())),
        || Action::Complaint(complaint::Action::SendPressed),
        || Action::Files(attachment::Action::Chosen),
        || Action::Status(status::Action::LookUpPressed),
        || Action::StatusLoaded(String::new(), Err(status::Trouble::OutOfReach)),
        || Action::FaqLoaded("en".to_owned(), None, None),
        || Action::TimerFired(Timer::SaveDraft(DraftKey::Complaint)),
        || Action::TimerFired(Timer::SaveDraft(DraftKey::Feedback)),
        || Action::TimerFired(Timer::SaveDraft(DraftKey::Rating(1))),
        || Action::DraftLoaded(DraftContent::Complaint(Box::default()), at(NOW)),
        || Action::DraftLoaded(DraftContent::Rating(survey::Draft::default()), at(NOW)),
        || Action::DraftMet(DraftContent::Feedback(feedback::Draft::default()), at(NOW)),
        || Action::LocaleChanged,
        || Action::ForgetAsked,
        || {
            Action::DeliveryChanged(Change {
                id: SubmissionId::v7(at(NOW), [1; 10]),
                state: DeliveryState::Sent,
                receipt: None,
            })
        },
    ]
}

/// A device with the app on it.
struct Device {
    world: World,
    session: Session,
    /// Facts that wait for a part.
    waiting: Vec<Action>,
    /// Whether the search never comes.
    hangs: bool,
}

impl Device {
    fn new(hangs: bool) -> Self {
        HERE.with_borrow_mut(Vec::clear);
        Self { world: World::new(), session: Session::default(), waiting: Vec::new(), hangs }
    }

    /// Asks for a part; says whether it is here.
    fn has(&self, part: Part) -> bool {
        let comes = !(self.hangs && part == Part::Search);
        HERE.with_borrow_mut(|here| {
            if comes && !here.contains(&part) {
                here.push(part);
            }
            here.contains(&part)
        })
    }

    /// As the app goes on: a fact waits for its part, and for the part of the screen before it. Timers run out at once.
    fn tell(&mut self, action: Action) {
        action.queue(&mut self.waiting);
        while !self.waiting.is_empty() {
            let shown = after(&self.session).into_iter();
            let needed = before(&self.waiting[0]).iter().copied();
            if !shown.chain(needed).all(|part| self.has(part)) {
                return;
            }
            let action = self.waiting.remove(0);
            for effect in self.step(action) {
                self.carry_out(effect);
            }
        }
    }

    fn step(&mut self, action: Action) -> Vec<Effect> {
        let fresh_id = || SubmissionId::v7(at(NOW), [1; 10]);
        let page = Page::default();
        let cx = Ctx {
            now: at(NOW),
            fresh_id: &fresh_id,
            zone: &Utc,
            config: &self.world.config,
            locale: "en",
            site: "https://fernway.example",
            page: &page,
            rules: &WATCHED,
        };
        self.session.step(&cx, action)
    }

    /// What the search does by and by is not waited for.
    fn carry_out(&mut self, effect: Effect) {
        if effect == Effect::FetchFaq {
            self.waiting.push(Action::FaqLoaded("en".to_owned(), None, None));
        } else if effect == Effect::OfferSearch {
            if self.has(Part::Screen(View::Answers)) && self.has(Part::Search) {
                self.waiting.push(Action::Answers(answers::Action::Rested));
            }
        } else if let Effect::LookFor(words) = effect {
            self.waiting.insert(0, Action::Answers(answers::Action::QueryChanged(words)));
        } else if let Effect::StartTimer(timer @ (Timer::Suggest | Timer::AnnounceResults), delay_ms) = effect
            && (timer == Timer::Suggest || delay_ms == 0)
        {
            self.waiting.push(Action::TimerFired(timer));
        }
    }
}

fn walk(seed: u32, hangs: bool) {
    let facts = facts();
    let mut device = Device::new(hangs);
    let mut random = seed.wrapping_mul(2_654_435_761);
    for _ in 0..60 {
        random = random.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        device.tell(facts[(random >> 16) as usize % facts.len()]());
    }
}

#[test]
fn a_part_is_here_before_it_is_called() {
    for seed in 1..=400 {
        walk(seed, false);
    }
}

#[test]
fn a_search_that_hangs_is_never_called() {
    for seed in 1..=400 {
        walk(seed, true);
    }
}
