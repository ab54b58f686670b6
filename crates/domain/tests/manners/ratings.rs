//! The comment to a rating is a draft until it is handed in: it comes back in its survey, about its purchase, and nowhere else.

use domain::delivery::{Change, DeliveryState};
use domain::session::{Action, DraftContent, DraftKey, Effect, Timer};
use domain::submission::{AnswerValue, Body, Scalar, Submission};
use domain::survey::{self, Action as Act, Survey};

use super::{Desk, NOW};

const SAVE: Action = Action::TimerFired(Timer::SaveDraft(DraftKey::Rating));
const SETTLE: Action = Action::TimerFired(Timer::SettleRating);

fn handed(effects: &[Effect]) -> Vec<&Submission> {
    fn one(effect: &Effect) -> Option<&Submission> {
        if let Effect::HandToSender(own) = effect { Some(own) } else { None }
    }
    effects.iter().filter_map(one).collect()
}

fn draft(effects: &[Effect]) -> survey::Draft {
    let one = |effect: &Effect| {
        if let Effect::SaveDraft(DraftContent::Rating(draft)) = effect { Some(draft.clone()) } else { None }
    };
    effects.iter().find_map(one).expect("a draft is saved")
}

impl Desk {
    /// At the survey about this order.
    fn rating(order: &str) -> Self {
        let mut desk = Self::default();
        desk.ask(order);
        desk
    }

    fn ask(&mut self, order: &str) -> Vec<Effect> {
        let context = vec![("order".to_owned(), Scalar::Text(order.to_owned()))];
        self.step(Action::SurveyPressed(None, context))
    }

    fn tap(&mut self, stars: u8) -> Vec<Effect> {
        self.step(Action::Survey(Act::Answered(0, AnswerValue::Score(stars))))
    }

    fn comment(&mut self, words: &str) -> Vec<Effect> {
        self.step(Action::Survey(Act::Answered(1, AnswerValue::Text(words.to_owned()))))
    }

    fn back(&mut self, draft: &survey::Draft) -> Vec<Effect> {
        self.step(Action::DraftLoaded(DraftContent::Rating(draft.clone()), NOW))
    }

    fn stored(&mut self) -> Vec<Effect> {
        let id =
            self.session.survey.as_ref().and_then(|run| run.sent.clone()).expect("something was handed in");
        self.step(Action::DeliveryChanged(Change { id, state: DeliveryState::Stored, receipt: None }))
    }

    fn words(&self) -> String {
        self.session.survey.as_ref().map(survey::Run::words).unwrap_or_default()
    }
}

/// Four stars that were sent, and a comment that was not.
fn left_behind() -> survey::Draft {
    let mut desk = Desk::rating("A-1001");
    desk.tap(4);
    assert_eq!(handed(&desk.step(SETTLE)).len(), 1);
    desk.stored();
    desk.comment("Dry feet");
    draft(&desk.step(SAVE))
}

#[test]
fn a_comment_is_kept_and_comes_back_with_its_stars() {
    let kept = left_behind();
    let mut desk = Desk::default();
    assert!(desk.ask("A-1001").contains(&Effect::LoadDraft(DraftKey::Rating)));
    desk.back(&kept);
    let run = desk.session.survey.as_ref().expect("a run");
    assert_eq!((run.answer("satisfaction"), run.restored), (Some(&AnswerValue::Score(4)), true));
    assert!(run.kept, "the stars are noted");
    assert_eq!(desk.words(), "Dry feet");
    // Who only looks has handed in nothing.
    assert!(handed(&desk.step(Action::ClosePressed)).is_empty());
    assert!(!desk.step(Action::Opened(None)).contains(&Effect::LoadDraft(DraftKey::Rating)));
    let effects = desk.step(Action::Survey(Act::FinishPressed));
    let [rating] = handed(&effects)[..] else { unreachable!("{effects:?}") };
    assert_eq!(rating.supersedes, kept.sent, "the stars would count twice");
    assert!(matches!(&rating.body, Body::Rating(own) if own.complete && own.answers == kept.answers));
    assert!(desk.stored().contains(&Effect::DropDraft(DraftKey::Rating)));
}

#[test]
fn a_tap_is_sent_and_needs_no_draft() {
    let mut desk = Desk::rating("A-1001");
    let saves = |effects: &[Effect]| {
        effects.iter().any(|effect| matches!(effect, Effect::StartTimer(Timer::SaveDraft(_), _)))
    };
    assert!(!saves(&desk.tap(4)));
    desk.step(SETTLE);
    assert!(
        !desk.stored().contains(&Effect::DropDraft(DraftKey::Rating)),
        "another purchase's draft would go"
    );
    assert!(saves(&desk.comment("Dry feet")));
}

#[test]
fn another_purchase_and_another_survey_are_another_matter() {
    let kept = left_behind();
    let mut desk = Desk::rating("A-1002");
    desk.back(&kept);
    desk.step(Action::DraftMet(DraftContent::Rating(kept.clone()), NOW));
    assert_eq!(desk.session.survey.as_ref().map(|run| (run.begun(), run.restored)), Some((false, false)));
    desk.ask("A-1001");
    desk.back(&survey::Draft { survey: "nps".to_owned(), ..kept.clone() });
    assert_eq!(desk.words(), "");
    desk.back(&kept);
    assert_eq!(desk.words(), "Dry feet");
}

#[test]
fn words_of_this_page_stand_below_those_of_before() {
    let kept = left_behind();
    let mut desk = Desk::rating("A-1001");
    desk.tap(5);
    desk.comment("And warm");
    let effects = desk.back(&kept);
    assert_eq!(desk.words(), "Dry feet\n\nAnd warm");
    assert_eq!(
        desk.session.survey.as_ref().and_then(|run| run.answer("satisfaction")),
        Some(&AnswerValue::Score(5))
    );
    assert!(
        effects
            .iter()
            .any(|effect| matches!(effect, Effect::StartTimer(Timer::SaveDraft(DraftKey::Rating), _)))
    );
    // Handed in as a whole, once its customer says so.
    assert_eq!(handed(&desk.step(SETTLE)).len(), 1);
}

#[test]
fn what_was_said_since_outlives_what_was_handed_in() {
    let mut desk = Desk::rating("A-1001");
    desk.comment("Dry");
    desk.step(SAVE);
    desk.tap(4);
    desk.step(SETTLE);
    desk.comment("Dry feet");
    assert!(!desk.stored().contains(&Effect::DropDraft(DraftKey::Rating)));
    assert_eq!(draft(&desk.step(SAVE)).answers.len(), 2);
    desk.step(Action::ClosePressed);
    assert!(desk.stored().contains(&Effect::DropDraft(DraftKey::Rating)));
}

#[test]
fn the_next_purchase_keeps_its_draft_when_the_last_one_is_safe() {
    let mut desk = Desk::rating("A-1001");
    desk.comment("Dry feet");
    desk.step(SAVE);
    let effects = desk.ask("A-1002");
    let first = handed(&effects)[0].id.clone();
    desk.comment("Too wide");
    desk.step(SAVE);
    let safe = Change { id: first, state: DeliveryState::Stored, receipt: None };
    assert!(!desk.step(Action::DeliveryChanged(safe)).contains(&Effect::DropDraft(DraftKey::Rating)));
}

#[test]
fn who_starts_afresh_rates_once_all_the_same() {
    let kept = left_behind();
    let mut desk = Desk::rating("A-1001");
    desk.back(&kept);
    let effects = desk.step(Action::Survey(Act::StartAfresh));
    assert!(effects.contains(&Effect::DropDraft(DraftKey::Rating)));
    assert_eq!(desk.session.survey.as_ref().map(|run| (run.begun(), run.restored)), Some((false, false)));
    desk.tap(2);
    assert_eq!(handed(&desk.step(SETTLE))[0].supersedes, kept.sent);
}

#[test]
fn what_another_page_handed_in_is_let_go_of() {
    let mut desk = Desk::rating("A-1001");
    desk.back(&left_behind());
    desk.step(Action::DraftGone(DraftKey::Rating));
    assert_eq!(desk.words(), "");
    // A run that has no draft on the device is none of that page's.
    let mut desk = Desk::rating("A-1001");
    desk.tap(4);
    desk.step(SETTLE);
    desk.step(Action::DraftGone(DraftKey::Rating));
    assert!(desk.session.survey.as_ref().is_some_and(survey::Run::begun));
}

#[test]
fn a_site_without_drafts_keeps_none() {
    let mut desk = Desk::default();
    desk.config.privacy.drafts = false;
    assert!(!desk.ask("A-1001").contains(&Effect::LoadDraft(DraftKey::Rating)));
    desk.tap(4);
    let effects = desk.comment("Dry feet");
    assert!(!effects.iter().any(|effect| matches!(effect, Effect::StartTimer(Timer::SaveDraft(_), _))));
}

#[test]
fn a_question_that_has_changed_since_takes_no_old_answer() {
    let kept = left_behind();
    let mut desk = Desk::default();
    let mut changed = Survey::post_purchase();
    changed.questions[0].kind = survey::QuestionKind::Nps;
    desk.config.surveys.list = vec![changed];
    desk.ask("A-1001");
    desk.back(&kept);
    assert_eq!(desk.session.survey.as_ref().and_then(|run| run.answer("satisfaction")), None);
    assert_eq!(desk.words(), "Dry feet");
}
