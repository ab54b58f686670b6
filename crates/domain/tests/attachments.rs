//! Files that go along with a complaint: what is taken, what is said about the rest, what becomes of each.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod desk;

use domain::attachment::{Action as FilesAction, MediaType, Picked, size};
use domain::complaint::{self, FieldError, Step};
use domain::config::Config;
use domain::delivery::{Change, DeliveryState};
use domain::limits;
use domain::message::{Message, MessageKey};
use domain::session::{Action, DraftContent, Effect, Field, Focus};
use domain::submission::{Body, SubmissionId};
use domain::view::View;

use desk::{Desk, NOW, id};

const JPEG: &[u8] = b"\xff\xd8\xff\xe0";

fn photo(number: u8, bytes: u64) -> Picked {
    Picked { id: id(number), name: format!("{number}.jpg"), bytes, head: Some(JPEG.to_vec()) }
}

impl Desk {
    fn new() -> Self {
        let mut config = Config::default();
        config.complaint.attachments = 3;
        Self { config, serial: 200, ..Self::default() }
    }

    fn complain(&mut self, action: complaint::Action) -> Vec<Effect> {
        self.step(Action::Complaint(action))
    }

    fn choose(&mut self, picked: Vec<Picked>) -> Vec<Effect> {
        assert!(self.step(Action::Files(FilesAction::Chosen)).contains(&Effect::ReadFiles));
        self.step(Action::Files(FilesAction::Read(picked)))
    }

    fn names(&self) -> Vec<&str> {
        self.session.complaint.tray.files.iter().map(|file| file.name.as_str()).collect()
    }

    fn hand_in(&mut self) -> Vec<Effect> {
        self.complain(complaint::Action::WordsChanged("The sole came off.".to_owned()));
        for action in [complaint::Action::Told, complaint::Action::Confirmed, complaint::Action::ApologyRead]
        {
            self.complain(action);
        }
        self.complain(complaint::Action::SendPressed)
    }

    fn hears(&mut self, id: SubmissionId, state: DeliveryState) -> Vec<Effect> {
        self.step(Action::DeliveryChanged(Change { id, state, receipt: None }))
    }
}

fn said(effects: &[Effect]) -> Vec<&Message> {
    effects
        .iter()
        .filter_map(|effect| if let Effect::Announce(message) = effect { Some(message) } else { None })
        .collect()
}

#[test]
fn the_first_bytes_say_what_a_file_is() {
    let check = |head: &[u8], expected| assert_eq!(MediaType::sniff(head), expected, "{head:?}");
    check(JPEG, Some(MediaType::Jpeg));
    check(b"\x89PNG\r\n\x1a\n\0\0", Some(MediaType::Png));
    check(b"RIFF\x24\0\0\0WEBPVP8 ", Some(MediaType::Webp));
    check(b"RIFF\x24\0\0\0WAVEfmt ", None);
    check(b"\0\0\0\x18ftypheic\0\0", Some(MediaType::Heic));
    check(b"\0\0\0\x18ftypmp42\0\0", None);
    check(b"GIF89a", Some(MediaType::Gif));
    check(b"%PDF-1.7", Some(MediaType::Pdf));
    check(b"<svg onload=alert(1)>", None);
    check(b"GIF89", None);
    check(b"", None);
}

#[test]
fn lengths_are_said_in_words() {
    let check = |bytes, expected| assert_eq!(size(bytes), expected);
    check(1, "1\u{a0}KB");
    check(183_220, "179\u{a0}KB");
    check((1 << 20) - 1, "1024\u{a0}KB");
    check(1 << 20, "1.0\u{a0}MB");
    check(3_565_159, "3.4\u{a0}MB");
}

#[track_caller]
fn refuses(before: Vec<Picked>, picked: Picked, key: MessageKey) {
    let mut desk = Desk::new();
    let count = before.len();
    desk.choose(before);
    let dropped = picked.id.clone();
    let effects = desk.choose(vec![picked]);
    assert_eq!(desk.session.complaint.tray.files.len(), count);
    assert_eq!(desk.session.complaint.tray.said.as_ref().map(|said| said.key), Some(key));
    assert_eq!(said(&effects)[0].key, key, "a voice says it too");
    assert!(effects.contains(&Effect::DropFile(dropped)), "its bytes are let go");
}

#[test]
fn what_does_not_fit_is_said_and_the_rest_goes_along() {
    refuses(vec![], photo(1, limits::ATTACHMENT_BYTES_MAX + 1), MessageKey::ComplaintFilesBig);
    refuses(vec![], Picked { head: None, ..photo(1, 5) }, MessageKey::ComplaintFilesUnreadable);
    refuses(vec![], photo(1, 0), MessageKey::ComplaintFilesUnreadable);
    refuses(vec![], Picked { head: Some(b"MZ".to_vec()), ..photo(1, 5) }, MessageKey::ComplaintFilesType);
    let three = (1..=3).map(|number| photo(number, 5)).collect();
    refuses(three, photo(4, 5), MessageKey::ComplaintFilesMany);
    let full = vec![photo(1, limits::ATTACHMENT_BYTES_MAX), photo(2, limits::ATTACHMENT_BYTES_MAX)];
    refuses(
        full,
        photo(3, limits::ATTACHMENTS_BYTES_MAX - 2 * limits::ATTACHMENT_BYTES_MAX + 1),
        MessageKey::ComplaintFilesMuch,
    );
    // One of several that is refused takes nobody with it, and what was said goes with the next that fits.
    let mut desk = Desk::new();
    desk.choose(vec![
        photo(1, 5),
        photo(2, limits::ATTACHMENT_BYTES_MAX + 1),
        photo(3, limits::ATTACHMENT_BYTES_MAX),
    ]);
    assert_eq!(desk.names(), ["1.jpg", "3.jpg"]);
    desk.choose(vec![photo(4, 5)]);
    assert_eq!((desk.names().len(), &desk.session.complaint.tray.said), (3, &None));
}

#[test]
fn a_long_name_keeps_its_ending() {
    let mut desk = Desk::new();
    let name = format!("{}靴 final.jpeg", "very ".repeat(60));
    desk.choose(vec![
        Picked { name, ..photo(1, 5) },
        Picked { name: "a\u{0}b\r\n.jpg".to_owned(), ..photo(2, 5) },
    ]);
    let names = desk.names();
    assert_eq!(names[0].chars().count(), limits::ATTACHMENT_NAME_CHARS_MAX);
    assert!(names[0].starts_with("very very") && names[0].ends_with("靴 final.jpeg"), "{names:?}");
    assert_eq!(names[1], "ab.jpg");
}

#[test]
fn nobody_goes_on_while_files_are_read() {
    let mut desk = Desk::new();
    desk.complain(complaint::Action::WordsChanged("The sole came off.".to_owned()));
    desk.step(Action::Files(FilesAction::Chosen));
    let effects = desk.complain(complaint::Action::Told);
    assert_eq!(
        (desk.session.complaint.step, &desk.session.complaint.errors),
        (Step::Listen, &vec![FieldError::FilesReading])
    );
    assert_eq!(said(&effects)[0].key, MessageKey::ComplaintFilesReading);
    desk.step(Action::Files(FilesAction::Read(vec![photo(1, 5)])));
    assert!(desk.session.complaint.errors.is_empty());
    desk.complain(complaint::Action::Told);
    assert_eq!(desk.session.complaint.step, Step::Recap);
    // Nothing came back: it is said, and the way is free.
    let mut desk = Desk::new();
    desk.choose(vec![]);
    assert_eq!(desk.session.complaint.tray.said.as_ref().unwrap().key, MessageKey::ComplaintFilesUnreadable);
    assert!(!desk.session.complaint.tray.reading);
}

#[test]
fn a_file_is_taken_out_and_the_focus_stays_near() {
    let mut desk = Desk::new();
    desk.choose(vec![photo(1, 5), photo(2, 5)]);
    let effects = desk.step(Action::Files(FilesAction::Removed(0)));
    assert_eq!(desk.names(), ["2.jpg"]);
    assert!(effects.contains(&Effect::DropFile(id(1))));
    assert!(effects.contains(&Effect::MoveFocus(Focus::Field(Field::Files))));
    assert_eq!(said(&effects)[0].key, MessageKey::ComplaintFilesRemoved);
    let effects = desk.step(Action::Files(FilesAction::Removed(1)));
    assert!(!effects.iter().any(|effect| matches!(effect, Effect::DropFile(_))), "a double press takes one");
}

#[test]
fn they_are_named_in_the_submission_and_followed_on_the_screen() {
    let mut desk = Desk::new();
    desk.choose(vec![photo(1, 5), photo(2, 6)]);
    let effects = desk.hand_in();
    let handed =
        effects.iter().find_map(|effect| if let Effect::HandToSender(it) = effect { Some(it) } else { None });
    let Body::Complaint(complaint) = &handed.expect("handed in").body else { panic!("a complaint") };
    assert_eq!(complaint.attachments.iter().map(|file| file.bytes).collect::<Vec<_>>(), [5, 6]);
    let state = |desk: &Desk| desk.session.uploads.iter().map(|upload| upload.state).collect::<Vec<_>>();
    assert_eq!(state(&desk), [DeliveryState::Pending; 2]);
    let effects = desk.hears(id(1), DeliveryState::Unsaved);
    assert!(
        effects.contains(&Effect::KeepPageOpen(true)),
        "a photo that is nowhere else holds the page open"
    );
    let effects = desk.hears(id(1), DeliveryState::Sending);
    assert!(effects.contains(&Effect::KeepPageOpen(true)), "on its way it is still nowhere else");
    let effects = desk.hears(id(1), DeliveryState::Sent);
    assert!(effects.contains(&Effect::KeepPageOpen(false)));
    assert_eq!(said(&effects)[0].key, MessageKey::ComplaintFilesSent);
    let effects = desk.hears(id(1), DeliveryState::Stored);
    assert!(said(&effects).is_empty(), "what has arrived has arrived");
    desk.hears(id(2), DeliveryState::Rejected);
    assert_eq!(state(&desk), [DeliveryState::Sent, DeliveryState::Rejected]);
}

#[test]
fn a_file_that_is_nowhere_else_holds_the_page_open_also_while_the_next_complaint_is_told() {
    let mut desk = Desk::new();
    desk.choose(vec![photo(1, 5)]);
    desk.hand_in();
    desk.hears(id(desk.serial), DeliveryState::Sent);
    desk.hears(id(1), DeliveryState::Unsaved);
    desk.step(Action::ViewChosen(View::Complaint));
    let effects = desk.hand_in();
    assert!(!effects.contains(&Effect::KeepPageOpen(false)), "{effects:?}");
    let effects = desk.hears(id(desk.serial), DeliveryState::Sent);
    assert!(effects.contains(&Effect::KeepPageOpen(true)), "the photo of the first one is here alone");
    let effects = desk.hears(id(1), DeliveryState::Sent);
    assert!(effects.contains(&Effect::KeepPageOpen(false)));
    assert_eq!(said(&effects)[0].key, MessageKey::ComplaintFilesSent);
    // What has arrived is let go with the next.
    desk.step(Action::ViewChosen(View::Complaint));
    desk.hand_in();
    assert_eq!(desk.session.uploads, []);
}

#[test]
fn a_draft_says_that_files_have_to_be_chosen_anew() {
    let mut desk = Desk::new();
    let mut draft =
        complaint::Draft { words: "The sole came off.".to_owned(), ..complaint::Draft::default() };
    draft.tray.left_behind = true;
    desk.step(Action::DraftLoaded(DraftContent::Complaint(Box::new(draft.clone())), NOW));
    assert!(desk.session.complaint.tray.left_behind);
    desk.choose(vec![photo(1, 5)]);
    assert!(!desk.session.complaint.tray.left_behind);
    // What was chosen before the draft came stays.
    desk.step(Action::DraftLoaded(DraftContent::Complaint(Box::new(draft)), NOW));
    assert_eq!((desk.names(), desk.session.complaint.tray.left_behind), (vec!["1.jpg"], false));
    let effects = desk.complain(complaint::Action::StartAfresh);
    assert!(effects.contains(&Effect::DropFile(id(1))) && desk.names().is_empty());
}
