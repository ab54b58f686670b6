//! One draft in two pages: who only looks follows who writes, and what both wrote is kept.

use domain::calendar::Timestamp;
use domain::complaint::{self, Action as Act, Step};
use domain::feedback;
use domain::message::MessageKey;
use domain::session::{Action, DraftContent, DraftKey, Effect, Timer};
use domain::survey;
use domain::view::View;

use super::{Desk, NOW, said};

fn stored(words: &str, step: Step) -> DraftContent {
    let draft = complaint::Draft { words: words.to_owned(), step, ..complaint::Draft::default() };
    DraftContent::Complaint(Box::new(draft))
}

fn saves(effects: &[Effect]) -> bool {
    effects.iter().any(|effect| matches!(effect, Effect::StartTimer(Timer::SaveDraft(_), _)))
}

impl Desk {
    /// At Listen, with these words saved.
    fn telling(words: &str) -> Self {
        let mut desk = Self::default();
        desk.step(Action::Opened(Some(View::Complaint)));
        desk.write(words);
        desk.step(Action::TimerFired(Timer::SaveDraft(DraftKey::Complaint)));
        desk
    }

    pub fn write(&mut self, words: &str) {
        self.step(Action::Complaint(Act::WordsChanged(words.to_owned())));
    }
}

#[test]
fn who_has_saved_follows_the_other_page() {
    let mut desk = Desk::telling("It leaks at the toe");
    let effects = desk.step(Action::DraftElsewhere(DraftKey::Complaint));
    assert_eq!(effects, [Effect::LoadDraft(DraftKey::Complaint)]);
    // A draft of another screen comes in between.
    desk.step(Action::DraftLoaded(DraftContent::Rating(survey::Draft::default()), NOW));
    // What was changed there is not said twice here.
    let effects = desk.step(Action::DraftLoaded(stored("It leaks at the heel", Step::Recap), NOW));
    let draft = &desk.session.complaint;
    assert_eq!(
        (draft.words.as_str(), draft.step, draft.restored),
        ("It leaks at the heel", Step::Recap, true)
    );
    assert!(!saves(&effects), "it is on the device");
}

#[test]
fn who_writes_goes_on_and_meets_the_other_words() {
    let mut desk = Desk::telling("It leaks");
    desk.write("It leaks at the toe");
    assert_eq!(desk.step(Action::DraftElsewhere(DraftKey::Complaint)), []);
    desk.step(Action::TimerFired(Timer::SaveDraft(DraftKey::Complaint)));
    let effects = desk.step(Action::DraftMet(stored("The laces broke", Step::Listen), NOW));
    let draft = &desk.session.complaint;
    assert_eq!((draft.words.as_str(), draft.restored), ("The laces broke\n\nIt leaks at the toe", true));
    assert_eq!(said(&effects), [MessageKey::ComplaintRestored]);
    assert!(saves(&effects), "both are kept");
}

#[test]
fn who_began_to_write_as_the_other_draft_came_keeps_both() {
    let mut desk = Desk::telling("It leaks");
    desk.step(Action::DraftElsewhere(DraftKey::Complaint));
    desk.write("It leaks at the toe");
    desk.step(Action::DraftLoaded(stored("The laces broke", Step::Listen), NOW));
    assert_eq!(desk.session.complaint.words, "The laces broke\n\nIt leaks at the toe");
}

#[test]
fn what_another_page_handed_in_or_deleted_is_not_offered_again() {
    let mut desk = Desk::telling("It leaks at the toe");
    desk.step(Action::Complaint(Act::Told));
    desk.step(Action::TimerFired(Timer::SaveDraft(DraftKey::Complaint)));
    assert_eq!(desk.step(Action::DraftGone(DraftKey::Complaint)), []);
    let draft = &desk.session.complaint;
    assert_eq!((draft.words.as_str(), draft.step), ("", Step::Listen));
    // What was written on since is in no other page.
    let mut desk = Desk::telling("It leaks");
    desk.write("It leaks at the toe");
    desk.step(Action::DraftGone(DraftKey::Complaint));
    assert_eq!(desk.session.complaint.words, "It leaks at the toe");
}

#[test]
fn what_says_nothing_new_moves_nobody() {
    let mut desk = Desk::telling("It leaks at the toe");
    desk.step(Action::Complaint(Act::Told));
    assert_eq!(desk.step(Action::DraftMet(stored("It leaks", Step::Listen), NOW)), []);
    assert_eq!(desk.session.complaint.step, Step::Recap);
    let old = Timestamp(NOW.0 - 25 * 3_600_000);
    assert_eq!(desk.step(Action::DraftMet(stored("The laces broke", Step::Listen), old)), []);
    // Read back and changed behind the customer's back, it is told again.
    desk.step(Action::DraftMet(stored("The laces broke", Step::Listen), NOW));
    assert_eq!(desk.session.complaint.step, Step::Listen);
}

#[test]
fn a_draft_that_nobody_opened_here_is_none_of_this_page() {
    let mut desk = Desk::default();
    desk.step(Action::Opened(None));
    assert_eq!(desk.step(Action::DraftElsewhere(DraftKey::Complaint)), []);
    let mut desk = Desk::telling("It leaks");
    desk.config.privacy.drafts = false;
    assert_eq!(desk.step(Action::DraftElsewhere(DraftKey::Complaint)), []);
}

#[test]
fn a_message_is_no_other_matter() {
    let mut desk = Desk::default();
    desk.step(Action::Opened(Some(View::Feedback)));
    desk.step(Action::Feedback(feedback::Action::TextChanged("Boots for dogs".to_owned())));
    desk.step(Action::TimerFired(Timer::SaveDraft(DraftKey::Feedback)));
    desk.step(Action::DraftElsewhere(DraftKey::Feedback));
    let content = |text: &str| {
        DraftContent::Feedback(feedback::Draft { text: text.to_owned(), ..feedback::Draft::default() })
    };
    desk.step(Action::DraftLoaded(content("Boots for cats"), NOW));
    assert_eq!(desk.session.feedback.text, "Boots for cats");
    desk.step(Action::DraftMet(content("Socks"), NOW));
    assert_eq!(desk.session.feedback.text, "Socks\n\nBoots for cats");
}
