//! What this device keeps, as its customer sees it: told apart truthfully, sent, copied and deleted, and every screen
//! true afterwards.

#![expect(clippy::expect_used, reason = "a test stops hard where its own steps are amiss")]

mod desk;

use domain::complaint;
use domain::delivery::{Change, DeliveryState};
use domain::feedback;
use domain::kept::{Action as Act, Kept};
use domain::message::MessageKey;
use domain::session::{Action, CustomerField, DraftKey, Effect, Field, Focus, Timer};
use domain::status;
use domain::submission::{Kind, Receipt, Scalar, SubmissionId};
use domain::view::View;

use desk::{Desk, NOW, id};

impl Desk {
    fn kept(&mut self, action: Act) -> Vec<Effect> {
        self.step(Action::Status(status::Action::Kept(action)))
    }

    /// At the status screen of a device that keeps these.
    fn with(items: &[Kept]) -> Self {
        let mut desk = Self::default();
        desk.step(Action::Opened(Some(View::Status)));
        desk.step(Action::KeptLoaded(items.to_vec()));
        desk
    }

    fn change(&mut self, id: &SubmissionId, state: DeliveryState) -> Vec<Effect> {
        self.step(Action::DeliveryChanged(Change { id: id.clone(), state, receipt: None }))
    }

    /// Tells us something, and gives the id of it.
    fn tell(&mut self, words: &str) -> SubmissionId {
        self.step(Action::ViewChosen(View::Feedback));
        self.step(Action::Feedback(feedback::Action::TextChanged(words.to_owned())));
        self.step(Action::Feedback(feedback::Action::SendPressed));
        self.session.feedback.sent.clone().expect("it was handed in")
    }

    /// Looks at the only one and answers the question before deleting.
    fn delete(&mut self, item: Kept) -> Vec<Effect> {
        self.step(Action::ViewChosen(View::Status));
        let id = item.id.clone();
        self.step(Action::KeptLoaded(vec![item]));
        self.kept(Act::Chosen(0));
        self.kept(Act::DeletePressed);
        assert_eq!(self.kept(Act::DeleteConfirmed), [Effect::Remove(id.clone())]);
        self.kept(Act::Deleted(Some(id), true))
    }
}

fn item(serial: u8, state: DeliveryState) -> Kept {
    Kept {
        id: id(serial),
        kind: Kind::Feedback,
        reference: String::new(),
        written_at: NOW,
        state,
        words: "Boots for dogs.".to_owned(),
        file: String::new(),
    }
}

fn photo(serial: u8, state: DeliveryState) -> Kept {
    Kept { kind: Kind::Complaint, words: String::new(), file: "sole.jpg".to_owned(), ..item(serial, state) }
}

fn said(effects: &[Effect]) -> Vec<MessageKey> {
    let key = |effect: &Effect| if let Effect::Announce(message) = effect { Some(message.key) } else { None };
    effects.iter().filter_map(key).collect()
}

fn focus(effects: &[Effect]) -> Vec<Focus> {
    let to = |effect: &Effect| if let Effect::MoveFocus(focus) = effect { Some(*focus) } else { None };
    effects.iter().filter_map(to).collect()
}

#[test]
fn each_state_has_the_sentence_that_is_true_of_it() {
    #[track_caller]
    fn check(state: DeliveryState, key: MessageKey, given_back: bool) {
        let item = item(1, state);
        assert_eq!((item.sentence().key, item.is_given_back()), (key, given_back), "{state:?}");
    }
    check(DeliveryState::Stored, MessageKey::SendingSaved, false);
    check(DeliveryState::Held, MessageKey::SendingHeld, false);
    check(DeliveryState::Sending, MessageKey::SendingSending, false);
    check(DeliveryState::Unsaved, MessageKey::SendingUnsaved, false);
    check(DeliveryState::Rejected, MessageKey::KeptRefused, true);
    check(DeliveryState::Expired, MessageKey::KeptExpired, true);
    check(DeliveryState::Sent, MessageKey::SendingSent, false);
}

#[test]
fn a_file_is_told_by_its_name_and_by_what_became_of_it() {
    #[track_caller]
    fn check(state: DeliveryState, key: MessageKey, asked: MessageKey) {
        let mut desk = Desk::with(&[photo(1, state)]);
        let sentence = desk.session.status.kept.items[0].sentence();
        assert_eq!((sentence.key, sentence.args), (key, vec![("name", "sole.jpg".to_owned())]), "{state:?}");
        desk.kept(Act::Chosen(0));
        assert_eq!(said(&desk.kept(Act::SendPressed)), [asked], "{state:?}");
    }
    let saved = MessageKey::ComplaintFilesSaved;
    check(DeliveryState::Stored, saved, saved);
    check(DeliveryState::Held, saved, saved);
    check(DeliveryState::Sending, MessageKey::ComplaintFilesSending, saved);
    check(DeliveryState::Rejected, MessageKey::ComplaintFilesRefused, saved);
    check(DeliveryState::Expired, MessageKey::ComplaintFilesRefused, saved);
    check(DeliveryState::Unsaved, MessageKey::ComplaintFilesUnsaved, MessageKey::ComplaintFilesUnsaved);
}

#[test]
fn one_is_looked_at_and_left_again() {
    let mut desk = Desk::with(&[item(1, DeliveryState::Rejected), item(2, DeliveryState::Stored)]);
    assert_eq!(desk.kept(Act::Chosen(7)), [], "a list that has changed meanwhile");
    assert_eq!(focus(&desk.kept(Act::Chosen(1))), [Focus::Title]);
    assert_eq!(desk.session.status.kept.opened.as_ref().map(|item| item.id.clone()), Some(id(2)));
    assert_eq!(desk.step(Action::BackPressed), [Effect::MoveFocus(Focus::Title)]);
    assert_eq!((desk.session.view(), desk.session.status.kept.opened.is_none()), (View::Status, true));
    assert_eq!(desk.session.status.kept.items.len(), 2);
    desk.kept(Act::Chosen(0));
    desk.step(Action::ViewChosen(View::Status));
    assert!(desk.session.status.kept.opened.is_none(), "chosen anew, the screen starts at its list");
}

#[test]
fn a_kept_complaint_is_found_by_its_reference() {
    let complaint = Kept {
        kind: Kind::Complaint,
        reference: "AE-7F3K-9Q2M".to_owned(),
        ..item(1, DeliveryState::Rejected)
    };
    // What was said about that complaint is not the complaint.
    let about = Kept { kind: Kind::FollowUp, ..complaint.clone() };
    let mut desk = Desk::with(&[about, complaint]);
    desk.step(Action::Status(status::Action::ReferenceChanged("ae 7f3k 9q2m".to_owned())));
    assert_eq!(desk.step(Action::Status(status::Action::LookUpPressed)), [Effect::MoveFocus(Focus::Title)]);
    assert_eq!(desk.session.status.kept.opened.as_ref().map(|item| item.kind), Some(Kind::Complaint));
    assert_eq!(desk.session.status.trouble, None);
}

#[test]
fn a_press_is_answered_at_once_and_then_by_what_comes_of_it() {
    let mut desk = Desk::with(&[item(1, DeliveryState::Rejected)]);
    assert_eq!(desk.kept(Act::SendPressed), [], "nothing is looked at");
    desk.kept(Act::Chosen(0));
    let shown = |desk: &Desk| {
        let shelf = &desk.session.status.kept;
        shelf.opened.as_ref().map(|item| shelf.sentence(item).key)
    };
    assert_eq!(shown(&desk), Some(MessageKey::KeptRefused));
    let effects = desk.kept(Act::SendPressed);
    assert_eq!((&effects[0], said(&effects)), (&Effect::SendNow(id(1)), vec![MessageKey::KeptAsked]));
    // The sender takes it up: the endpoint may have asked for some time.
    desk.change(&id(1), DeliveryState::Stored);
    assert_eq!(shown(&desk), Some(MessageKey::KeptAsked));
    assert_eq!(said(&desk.change(&id(1), DeliveryState::Sending)), [MessageKey::SendingSending]);
    assert_eq!(shown(&desk), Some(MessageKey::SendingSending));
    assert_eq!(said(&desk.change(&id(1), DeliveryState::Stored)), [MessageKey::SendingSaved]);
    assert_eq!(shown(&desk), Some(MessageKey::SendingSaved), "the try has ended, and the line was cut");
    desk.kept(Act::SendPressed);
    desk.change(&id(1), DeliveryState::Sending);
    let effects = desk.change(&id(1), DeliveryState::Sent);
    assert_eq!((said(&effects), effects.contains(&Effect::LoadKnown)), (vec![MessageKey::SendingSent], true));
    desk.step(Action::KeptLoaded(Vec::new()));
    assert_eq!(shown(&desk), Some(MessageKey::SendingSent), "it stays on the screen until it is left");
    assert_eq!(desk.change(&id(1), DeliveryState::Sent), [Effect::LoadKnown], "said twice by two pages");
}

#[test]
fn the_endpoints_reference_is_the_one_that_is_said() {
    let complaint =
        Kept { kind: Kind::Complaint, reference: "AE-1".to_owned(), ..item(1, DeliveryState::Held) };
    let mut desk = Desk::with(&[complaint]);
    desk.kept(Act::Chosen(0));
    let receipt = Some(Receipt { reference: Some("FW-2".to_owned()), ..Receipt::default() });
    let change = Change { id: id(1), state: DeliveryState::Sent, receipt };
    let effects = desk.step(Action::DeliveryChanged(change));
    let told = |effect: &Effect| {
        matches!(effect, Effect::Announce(message)
            if message.key == MessageKey::SendingSentReference && message.args[0].1 == "FW-2")
    };
    assert!(effects.iter().any(told), "{effects:?}");
}

#[test]
fn a_change_is_said_where_it_is_seen() {
    let mut desk = Desk::with(&[item(1, DeliveryState::Stored), item(2, DeliveryState::Stored)]);
    assert_eq!(desk.change(&id(1), DeliveryState::Sending), [], "a list says where each is, without a voice");
    assert_eq!(desk.session.status.kept.items[0].state, DeliveryState::Sending);
    assert_eq!(said(&desk.change(&id(1), DeliveryState::Sent)), [MessageKey::SendingSent]);
    desk.step(Action::ViewChosen(View::Answers));
    assert_eq!(desk.change(&id(2), DeliveryState::Sent), [], "at another screen nobody asked");
}

#[test]
fn words_are_copied_or_laid_out_for_copying() {
    let mut desk = Desk::with(&[item(1, DeliveryState::Expired)]);
    desk.kept(Act::Chosen(0));
    assert_eq!(desk.kept(Act::CopyPressed), [Effect::CopyWords("Boots for dogs.".to_owned())]);
    assert_eq!(said(&desk.kept(Act::CopyDone(true))), [MessageKey::ComplaintPromiseCopied]);
    assert_eq!(said(&desk.kept(Act::CopyDone(false))), [MessageKey::ComplaintPromiseCopyYourself]);
    assert_eq!(desk.session.status.kept.copied, Some(false));
    assert_eq!(desk.session.complaint.copied, None);
}

#[test]
fn deleting_asks_first_and_leads_back() {
    let mut desk = Desk::with(&[item(1, DeliveryState::Rejected), item(2, DeliveryState::Stored)]);
    desk.kept(Act::Chosen(0));
    assert_eq!(focus(&desk.kept(Act::DeletePressed)), [Focus::Field(Field::DeleteQuestion)]);
    assert_eq!(focus(&desk.kept(Act::DeleteDeclined)), [Focus::Field(Field::Delete)]);
    assert!(!desk.session.status.kept.question);
    desk.kept(Act::DeletePressed);
    assert_eq!(desk.kept(Act::DeleteConfirmed), [Effect::Remove(id(1))]);
    assert!(desk.session.status.kept.question, "until the browser has answered");
    let effects = desk.kept(Act::Deleted(Some(id(1)), true));
    assert_eq!((focus(&effects), said(&effects)), (vec![Focus::Title], vec![MessageKey::KeptDeleted]));
    let shelf = &desk.session.status.kept;
    assert_eq!((shelf.items.len(), shelf.opened.is_none(), shelf.question), (1, true, false));
    assert_eq!(shelf.said, Some(MessageKey::KeptDeleted));
}

#[test]
fn what_another_tab_deleted_is_called_saved_nowhere() {
    let gone = |serial| Action::Status(status::Action::Kept(Act::Deleted(Some(id(serial)), true)));
    let mut desk = Desk::with(&[item(1, DeliveryState::Stored), item(2, DeliveryState::Stored)]);
    assert!(
        desk.session.heeds(&gone(1)) && !desk.session.heeds(&gone(3)),
        "what is listed, and nothing else"
    );
    desk.kept(Act::Chosen(0));
    desk.kept(Act::CopyPressed);
    // The one beside it goes without a word.
    let effects = desk.step(gone(2));
    assert_eq!((focus(&effects), said(&effects)), (vec![], vec![]));
    let effects = desk.step(gone(1));
    assert_eq!((focus(&effects), said(&effects)), (vec![Focus::Title], vec![MessageKey::KeptDeleted]));
    assert!(desk.session.status.kept.items.is_empty() && desk.session.status.kept.opened.is_none());
    // The tab that was asked to delete it hears of it twice: by the report, and by the answer.
    assert_eq!(said(&desk.step(gone(1))), []);

    // What was looked at does not call its customer back from another screen.
    let mut desk = Desk::with(&[item(1, DeliveryState::Stored)]);
    desk.kept(Act::Chosen(0));
    desk.step(Action::ViewChosen(View::Feedback));
    let effects = desk.step(gone(1));
    assert_eq!((focus(&effects), said(&effects)), (vec![], vec![]));
    assert_eq!((desk.session.view(), desk.session.status.kept.opened.is_none()), (View::Feedback, true));

    // What was handed in here and is deleted there: the screen says saved no longer.
    let mut desk = Desk::default();
    desk.step(Action::Opened(None));
    let told = desk.tell("Boots for dogs.");
    desk.change(&told, DeliveryState::Stored);
    let report = Action::Status(status::Action::Kept(Act::Deleted(Some(told.clone()), true)));
    assert!(desk.session.heeds(&report));
    desk.step(report);
    assert!(desk.session.feedback.sent.is_none() && desk.session.deliveries.of(&told).is_none());
}

#[test]
fn what_the_browser_holds_on_to_is_not_called_deleted() {
    let mut desk = Desk::with(&[item(1, DeliveryState::Rejected)]);
    desk.kept(Act::Chosen(0));
    desk.kept(Act::DeletePressed);
    let effects = desk.kept(Act::Deleted(Some(id(1)), false));
    assert_eq!((focus(&effects), said(&effects)), (vec![], vec![MessageKey::KeptHeldOn]));
    let shelf = &desk.session.status.kept;
    assert_eq!((shelf.items.len(), shelf.question, shelf.said), (1, true, Some(MessageKey::KeptHeldOn)));
    desk.step(Action::BackPressed);
    desk.kept(Act::DeletePressed);
    desk.kept(Act::DeleteConfirmed);
    assert_eq!(said(&desk.kept(Act::Deleted(None, false))), [MessageKey::KeptHeldOn]);
    assert_eq!(desk.session.status.kept.items.len(), 1);
}

#[test]
fn the_question_is_true_of_what_it_is_about() {
    let mut desk = Desk::with(&[item(1, DeliveryState::Stored)]);
    assert_eq!(desk.session.status.kept.question_key(), MessageKey::KeptDeleteAllSure);
    desk.kept(Act::Chosen(0));
    assert_eq!(desk.session.status.kept.question_key(), MessageKey::KeptDeleteSure);
    desk.change(&id(1), DeliveryState::Sending);
    assert_eq!(desk.session.status.kept.question_key(), MessageKey::KeptDeleteSending);
    desk.kept(Act::DeletePressed);
    let effects = desk.change(&id(1), DeliveryState::Sent);
    assert_eq!(focus(&effects), [Focus::Title], "the question has gone, and with it what had the focus");
    assert!(!desk.session.status.kept.question);
}

#[test]
fn no_screen_speaks_of_what_was_deleted() {
    let mut desk = Desk::default();
    desk.step(Action::Opened(None));
    let told = desk.tell("Boots for dogs.");
    assert_eq!(desk.change(&told, DeliveryState::Unsaved).last(), Some(&Effect::KeepPageOpen(true)));
    let effects = desk.delete(Kept { id: told.clone(), ..item(0, DeliveryState::Unsaved) });
    assert!(effects.contains(&Effect::KeepPageOpen(false)));
    assert!(effects.contains(&Effect::DropDraft(DraftKey::Feedback)), "it would come back as a draft");
    desk.step(Action::ViewChosen(View::Feedback));
    assert_eq!((desk.session.feedback.sent.is_none(), &*desk.session.feedback.text), (true, ""));
    assert!(desk.session.deliveries.of(&told).is_none());
}

#[test]
fn a_deleted_complaint_promises_nothing_more() {
    let mut desk = Desk::default();
    desk.step(Action::Opened(Some(View::Complaint)));
    for action in [
        complaint::Action::WordsChanged("The sole came off.".to_owned()),
        complaint::Action::Told,
        complaint::Action::Confirmed,
        complaint::Action::ApologyRead,
        complaint::Action::SendPressed,
    ] {
        desk.step(Action::Complaint(action));
    }
    let filed = desk.session.complaint.filed.as_ref().expect("filed").id.clone();
    let other = desk.tell("Boots for dogs.");
    let complaint = Kept { id: filed, kind: Kind::Complaint, ..item(0, DeliveryState::Stored) };
    assert!(desk.delete(complaint).contains(&Effect::DropDraft(DraftKey::Complaint)));
    desk.step(Action::ViewChosen(View::Complaint));
    assert_eq!((desk.session.complaint.filed.is_none(), &*desk.session.complaint.words), (true, ""));
    assert_eq!(desk.session.feedback.sent, Some(other), "the rest stays as it is");
}

#[test]
fn everything_goes_once_the_browser_has_deleted_it() {
    let mut desk = Desk::with(&[item(1, DeliveryState::Stored)]);
    let order = vec![("order".to_owned(), Scalar::Text("A-1001".to_owned()))];
    desk.step(Action::ContextGiven(order.clone()));
    desk.step(Action::CustomerChanged(CustomerField::Email, "sam@example.com".to_owned()));
    let unsaved = desk.tell("Boots for cats.");
    desk.change(&unsaved, DeliveryState::Unsaved);
    desk.step(Action::ViewChosen(View::Status));
    desk.kept(Act::DeletePressed);
    assert_eq!(desk.kept(Act::DeleteConfirmed), [Effect::EraseDevice]);
    assert_eq!(desk.session.customer.email, "sam@example.com", "not before the browser has answered");
    let effects = desk.kept(Act::Deleted(None, true));
    assert_eq!(
        effects,
        [
            Effect::KeepPageOpen(false),
            Effect::MoveFocus(Focus::Title),
            Effect::Announce(domain::message::Message::plain(MessageKey::KeptDeleted)),
        ]
    );
    let session = &desk.session;
    assert_eq!((session.view(), session.open, &session.context), (View::Status, true, &order));
    assert_eq!((&*session.customer.email, &*session.feedback.text), ("", ""));
    assert!(session.status.kept.items.is_empty() && session.deliveries.of(&unsaved).is_none());
}

#[test]
fn what_was_typed_just_before_is_not_saved_behind_the_deletion() {
    let mut desk = Desk::with(&[item(1, DeliveryState::Stored)]);
    let pause = || Action::TimerFired(Timer::SaveDraft(DraftKey::Feedback));
    let words = |text: &str| Action::Feedback(feedback::Action::TextChanged(text.to_owned()));
    desk.step(Action::ViewChosen(View::Feedback));
    desk.step(words("Half a thought"));
    desk.step(Action::ViewChosen(View::Status));
    desk.kept(Act::DeletePressed);
    desk.kept(Act::DeleteConfirmed);
    assert_eq!(desk.step(pause()), [], "while the browser deletes");
    desk.kept(Act::Deleted(None, true));
    assert_eq!(desk.step(pause()), [], "nor an empty one afterwards");
    desk.step(Action::ViewChosen(View::Feedback));
    desk.step(words("Another"));
    assert!(matches!(desk.step(pause())[..], [Effect::SaveDraft(_)]), "what is typed from then on is");
}

#[test]
fn what_the_page_erases_moves_nobody() {
    let mut desk = Desk::default();
    desk.step(Action::Opened(None));
    let unsaved = desk.tell("Boots for cats.");
    desk.change(&unsaved, DeliveryState::Unsaved);
    assert_eq!(desk.step(Action::ForgetAsked), [Effect::KeepPageOpen(false), Effect::EraseDevice]);
    desk.step(Action::ViewChosen(View::Answers));
    assert_eq!(desk.kept(Act::Deleted(None, true)), []);
    assert_eq!(desk.session.view(), View::Answers);
}
