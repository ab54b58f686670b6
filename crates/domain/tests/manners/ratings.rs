//! The comment to a rating is a draft until it is handed in: it comes back in its survey, about its purchase, and nowhere else.

use domain::delivery::{Change, DeliveryState};
use domain::kept;
use domain::session::{Action, CustomerField, DraftContent, DraftKey, Effect, Timer};
use domain::status;
use domain::submission::{AnswerValue, Body, Context, Scalar, Submission, SubmissionId};
use domain::survey::{self, Action as Act, Survey};
use domain::view::View;

use super::{Desk, NOW};

const SETTLE: Action = Action::TimerFired(Timer::SettleRating);

const A: &str = "A-1001";
const B: &str = "A-1002";

fn key(order: &str) -> DraftKey {
    DraftKey::Rating(survey::Draft::key_of("post-purchase", &context(order)))
}

fn context(order: &str) -> Context {
    vec![("order".to_owned(), Scalar::Text(order.to_owned()))]
}

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
        self.step(Action::SurveyPressed(None, context(order)))
    }

    fn save(&mut self, order: &str) -> Vec<Effect> {
        self.step(Action::TimerFired(Timer::SaveDraft(key(order))))
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
        let id = self.session.survey.as_ref().and_then(|run| run.sent.clone());
        self.step(safe(&id.expect("something was handed in")))
    }

    fn words(&self) -> String {
        self.session.survey.as_ref().map(survey::Run::words).unwrap_or_default()
    }
}

fn drops(effects: &[Effect]) -> Vec<DraftKey> {
    let one = |effect: &Effect| if let Effect::DropDraft(key) = effect { Some(*key) } else { None };
    effects.iter().filter_map(one).collect()
}

/// Four stars that were sent, and a comment that was not.
fn left_behind() -> survey::Draft {
    let mut desk = Desk::rating(A);
    desk.tap(4);
    assert_eq!(handed(&desk.step(SETTLE)).len(), 1);
    desk.stored();
    desk.comment("Dry feet");
    draft(&desk.save(A))
}

#[test]
fn a_comment_is_kept_and_comes_back_with_its_stars() {
    let kept = left_behind();
    let mut desk = Desk::default();
    assert!(desk.ask(A).contains(&Effect::LoadDraft(key(A))));
    desk.back(&kept);
    let run = desk.session.survey.as_ref().expect("a run");
    assert_eq!((run.answer("satisfaction"), run.restored), (Some(&AnswerValue::Score(4)), true));
    assert!(run.kept, "the stars are noted");
    assert_eq!(desk.words(), "Dry feet");
    assert!(handed(&desk.step(Action::ClosePressed)).is_empty());
    assert!(!desk.step(Action::Opened(None)).contains(&Effect::LoadDraft(key(A))));
    let effects = desk.step(Action::Survey(Act::FinishPressed));
    let [rating] = handed(&effects)[..] else { unreachable!("{effects:?}") };
    assert_eq!(rating.supersedes, kept.sent, "the stars would count twice");
    assert!(matches!(&rating.body, Body::Rating(own) if own.complete && own.answers == kept.answers));
    assert!(desk.stored().contains(&Effect::DropDraft(key(A))));
}

#[test]
fn a_tap_is_sent_and_needs_no_draft() {
    let mut desk = Desk::rating(A);
    let saves = |effects: &[Effect]| {
        effects.iter().any(|effect| matches!(effect, Effect::StartTimer(Timer::SaveDraft(_), _)))
    };
    assert!(!saves(&desk.tap(4)));
    desk.step(SETTLE);
    assert!(!desk.stored().contains(&Effect::DropDraft(key(A))), "another purchase's draft would go");
    assert!(saves(&desk.comment("Dry feet")));
}

#[test]
fn another_purchase_and_another_survey_are_another_matter() {
    let kept = left_behind();
    let mut desk = Desk::rating(B);
    desk.back(&kept);
    assert_eq!(desk.session.survey.as_ref().map(|run| (run.begun(), run.restored)), Some((false, false)));
    desk.ask(A);
    desk.back(&survey::Draft { survey: "nps".to_owned(), ..kept.clone() });
    assert_eq!(desk.words(), "");
    desk.back(&kept);
    assert_eq!(desk.words(), "Dry feet");
}

#[test]
fn words_of_this_page_stand_below_those_of_before() {
    let kept = left_behind();
    let mut desk = Desk::rating(A);
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
            .any(|effect| matches!(effect, Effect::StartTimer(Timer::SaveDraft(DraftKey::Rating(_)), _)))
    );
    assert_eq!(handed(&desk.step(SETTLE)).len(), 1);
}

#[test]
fn what_was_said_since_outlives_what_was_handed_in() {
    let mut desk = Desk::rating(A);
    desk.comment("Dry");
    desk.save(A);
    desk.tap(4);
    desk.step(SETTLE);
    desk.comment("Dry feet");
    assert!(!desk.stored().contains(&Effect::DropDraft(key(A))));
    assert_eq!(draft(&desk.save(A)).answers.len(), 2);
    desk.step(Action::ClosePressed);
    assert!(desk.stored().contains(&Effect::DropDraft(key(A))));
}

fn safe(id: &SubmissionId) -> Action {
    Action::DeliveryChanged(Change { id: id.clone(), state: DeliveryState::Stored, receipt: None })
}

#[test]
fn two_purchases_have_two_drafts() {
    let mut desk = Desk::rating(A);
    desk.comment("Dry feet");
    desk.save(A);
    let first = handed(&desk.ask(B))[0].id.clone();
    desk.comment("Too wide");
    // What was about to be saved of the first one is safe, and takes nothing from the second.
    assert_eq!(desk.save(A), []);
    assert_eq!(DraftKey::Rating(draft(&desk.save(B)).key), key(B));
    desk.tap(2);
    let second = handed(&desk.step(SETTLE))[0].id.clone();
    assert_eq!(drops(&desk.step(safe(&first))), [key(A)]);
    assert_eq!(drops(&desk.step(safe(&second))), [key(B)]);
    // Another page that is done with the one leaves the other alone, and one that deletes everything does not.
    desk.comment("Too wide for me");
    desk.save(B);
    desk.step(Action::DraftGone(key(A)));
    assert_eq!(desk.words(), "Too wide for me");
    desk.step(Action::DraftGone(DraftKey::Rating(0)));
    assert_eq!(desk.words(), "");
}

#[test]
fn what_was_handed_in_is_not_saved_behind_it() {
    let mut desk = Desk::rating(A);
    desk.comment("Great!");
    // Closed within the half second after which it would have been saved.
    assert_eq!(handed(&desk.step(Action::ClosePressed)).len(), 1);
    desk.stored();
    assert_eq!(desk.save(A), []);
    // And with a store that takes its time.
    let mut desk = Desk::rating(A);
    desk.comment("Great");
    desk.save(A);
    desk.comment("Great!");
    desk.step(Action::ClosePressed);
    assert_eq!(desk.save(A), []);
    assert_eq!(drops(&desk.stored()), [key(A)]);
}

#[test]
fn a_tap_outlives_the_draft_that_another_page_handed_in() {
    let mut desk = Desk::rating(A);
    desk.comment("Dry feet");
    desk.save(A);
    desk.tap(2);
    desk.step(Action::DraftGone(key(A)));
    assert_eq!(handed(&desk.step(SETTLE)).len(), 1);
}

#[test]
fn a_comment_stays_with_the_purchase_that_it_is_about() {
    let mut desk = Desk::rating(A);
    desk.comment("Dry feet");
    desk.step(Action::ContextGiven(context(B)));
    assert_eq!(DraftKey::Rating(draft(&desk.save(A)).key), key(A));
    let effects = desk.step(Action::ClosePressed);
    assert_eq!(handed(&effects)[0].context, context(A));
    assert_eq!(desk.session.context, context(B));
    // Opened at the next purchase, it is about that.
    desk.step(Action::Opened(Some(View::Rating)));
    assert_eq!(desk.words(), "");
    desk.tap(2);
    let effects = desk.step(SETTLE);
    assert_eq!(
        (handed(&effects)[0].context.clone(), handed(&effects)[0].supersedes.clone()),
        (context(B), None)
    );
    // A page that says late what it is about has nothing rated yet.
    let mut desk = Desk::default();
    desk.step(Action::Opened(Some(View::Rating)));
    assert!(desk.step(Action::ContextGiven(context(A))).contains(&Effect::LoadDraft(key(A))));
    desk.back(&left_behind());
    assert_eq!(desk.words(), "Dry feet");
}

#[test]
fn a_page_may_say_more_and_another_ticket_is_another_matter() {
    let about = |pairs: &[(&str, &str)]| -> Context {
        let pair = |(name, value): &(&str, &str)| ((*name).to_owned(), Scalar::Text((*value).to_owned()));
        pairs.iter().map(pair).collect()
    };
    let mut desk = Desk::default();
    desk.step(Action::SurveyPressed(None, about(&[("ticket", "T-1")])));
    desk.tap(4);
    desk.step(SETTLE);
    desk.comment("Quick");
    let kept = survey::Draft::key_of("post-purchase", &about(&[("ticket", "T-1")]));
    desk.step(Action::TimerFired(Timer::SaveDraft(DraftKey::Rating(kept))));
    // More is said of the same: what is handed in says it as well.
    let effects = desk.step(Action::SurveyPressed(None, about(&[("channel", "phone")])));
    assert_eq!(handed(&effects).len(), 1);
    assert_eq!(desk.words(), "Quick");
    // Another ticket begins anew, and the first one's draft goes with what was handed in.
    let first = handed(&effects)[0].id.clone();
    desk.step(Action::SurveyPressed(None, about(&[("ticket", "T-2")])));
    assert_eq!(desk.words(), "");
    assert_eq!(drops(&desk.step(safe(&first))), [DraftKey::Rating(kept)]);
    // The order in which a page tells makes no difference.
    let one = about(&[("order", "A"), ("product", "B")]);
    let other = about(&[("product", "B"), ("order", "A")]);
    assert_eq!(survey::Draft::key_of("nps", &one), survey::Draft::key_of("nps", &other));
    let crossed = about(&[("order", "B"), ("product", "A")]);
    assert_ne!(survey::Draft::key_of("nps", &one), survey::Draft::key_of("nps", &crossed));
}

#[test]
fn what_was_deleted_takes_its_draft_along() {
    let deleted = |id: &SubmissionId| {
        Action::Status(status::Action::Kept(kept::Action::Deleted(Some(id.clone()), true)))
    };
    // In another tab, of a rating that this one only goes on with.
    let kept = left_behind();
    let mut desk = Desk::rating(A);
    desk.back(&kept);
    let report = deleted(kept.sent.as_ref().expect("the stars were sent"));
    assert!(desk.session.heeds(&report));
    assert_eq!(drops(&desk.step(report)), [key(A)]);
    assert!(desk.session.survey.is_none());
    // Here, while the next purchase is rated.
    let mut desk = Desk::rating(A);
    desk.comment("Dry feet");
    desk.save(A);
    let first = handed(&desk.ask(B))[0].id.clone();
    assert_eq!(drops(&desk.step(deleted(&first))), [key(A)]);
}

#[test]
fn a_comment_that_was_emptied_does_not_come_back() {
    let mut desk = Desk::rating(A);
    desk.comment("Dry feet");
    desk.save(A);
    desk.comment("");
    assert_eq!(drops(&desk.step(Action::ClosePressed)), [key(A)]);
}

#[test]
fn nobody_has_asked_for_a_survey_that_the_page_shows() {
    let loads = |effects: &[Effect]| effects.iter().any(|effect| matches!(effect, Effect::LoadDraft(_)));
    let mut desk = Desk::default();
    assert!(!loads(&desk.step(Action::ViewPlaced(View::Rating))));
    assert!(loads(&desk.tap(4)));
    assert!(!loads(&desk.tap(5)), "once is enough");
    let mut desk = Desk::default();
    assert!(!loads(&desk.step(Action::SurveyAsked(None, Vec::new()))));
    assert!(loads(&desk.tap(4)));
}

#[test]
fn an_address_is_not_lost_to_a_rating_that_comes_after() {
    let mut desk = Desk::default();
    let mut own = Survey::post_purchase();
    let contact = survey::Question {
        id: "contact".to_owned(),
        kind: survey::QuestionKind::Contact,
        ..own.questions[1].clone()
    };
    own.questions.push(contact);
    desk.config.surveys.list = vec![own];
    desk.ask(A);
    desk.tap(4);
    desk.step(Action::CustomerChanged(CustomerField::Email, "rosa@mail.example".to_owned()));
    assert_eq!(handed(&desk.step(SETTLE))[0].customer.email, "rosa@mail.example");
    desk.comment("Dry feet");
    assert_eq!(desk.save(A), [], "without the address it would supersede what has it");
}

#[test]
fn stars_count_once_where_the_draft_says_nothing_new() {
    let kept = survey::Draft { answers: Vec::new(), ..left_behind() };
    let mut desk = Desk::rating(A);
    desk.tap(5);
    desk.back(&kept);
    assert_eq!(handed(&desk.step(SETTLE))[0].supersedes, kept.sent);
    assert_eq!(drops(&desk.stored()), [key(A)]);
}

#[test]
fn who_starts_afresh_rates_once_all_the_same() {
    let kept = left_behind();
    let mut desk = Desk::rating(A);
    desk.back(&kept);
    let effects = desk.step(Action::Survey(Act::StartAfresh));
    assert!(effects.contains(&Effect::DropDraft(key(A))));
    assert_eq!(desk.session.survey.as_ref().map(|run| (run.begun(), run.restored)), Some((false, false)));
    desk.tap(2);
    assert_eq!(handed(&desk.step(SETTLE))[0].supersedes, kept.sent);
}

#[test]
fn what_another_page_handed_in_is_let_go_of() {
    let mut desk = Desk::rating(A);
    desk.back(&left_behind());
    desk.step(Action::DraftGone(key(A)));
    assert_eq!(desk.words(), "");
    // A run that has no draft on the device is none of that page's.
    let mut desk = Desk::rating(A);
    desk.tap(4);
    desk.step(SETTLE);
    desk.step(Action::DraftGone(key(A)));
    assert!(desk.session.survey.as_ref().is_some_and(survey::Run::begun));
}

#[test]
fn a_site_without_drafts_keeps_none() {
    let mut desk = Desk::default();
    desk.config.privacy.drafts = false;
    assert!(!desk.ask(A).contains(&Effect::LoadDraft(key(A))));
    desk.comment("Dry feet");
    assert_eq!(desk.save(A), []);
}

#[test]
fn a_question_that_has_changed_since_takes_no_old_answer() {
    let kept = left_behind();
    let mut desk = Desk::default();
    let mut changed = Survey::post_purchase();
    changed.questions[0].kind = survey::QuestionKind::Nps;
    desk.config.surveys.list = vec![changed];
    desk.ask(A);
    desk.back(&kept);
    assert_eq!(desk.session.survey.as_ref().and_then(|run| run.answer("satisfaction")), None);
    assert_eq!(desk.words(), "Dry feet");
}
