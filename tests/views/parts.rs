//! The cut between the parts: no rule is called, and no screen shown, before its part was asked for.

use std::cell::RefCell;
use std::collections::VecDeque;

use all_ears::parts::{Part, after, before};
use domain::answers;
use domain::attachment;
use domain::calendar::Utc;
use domain::complaint;
use domain::delivery::{Change, DeliveryState};
use domain::feedback;
use domain::session::{Action, Ctx, Rules, Session};
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
    browse: |session, cx, (), out| {
        holds(Part::Screen(View::Answers));
        session.browse_answers(cx, (), out);
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

/// As the app goes on: a fact waits for its part, and for the part of the screen before it.
fn go_on(world: &World, session: &mut Session, waiting: &mut VecDeque<Action>) {
    let fresh_id = || SubmissionId::v7(at(NOW), [1; 10]);
    let page = Page::default();
    let cx = Ctx {
        now: at(NOW),
        fresh_id: &fresh_id,
        zone: &Utc,
        config: &world.config,
        locale: "en",
        site: "https://fernway.example",
        page: &page,
        rules: &WATCHED,
    };
    loop {
        let needed = waiting.front().map_or(&[][..], before);
        HERE.with_borrow_mut(|here| {
            here.extend(needed);
            here.extend(after(session));
        });
        let Some(action) = waiting.pop_front() else { return };
        let _effects = session.step(&cx, action);
    }
}

#[test]
fn a_part_is_here_before_it_is_called() {
    let world = World::new();
    let facts = facts();
    for seed in 1..=400_u32 {
        HERE.with_borrow_mut(Vec::clear);
        let mut session = Session::default();
        let mut random = seed.wrapping_mul(2_654_435_761);
        for _ in 0..60 {
            random = random.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let fact = facts[(random >> 16) as usize % facts.len()];
            go_on(&world, &mut session, &mut VecDeque::from([fact()]));
        }
    }
}
