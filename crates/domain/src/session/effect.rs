//! The orders that a session gives.

use crate::complaint;
use crate::feedback;
use crate::message::Message;
use crate::submission::{Kind, Submission, SubmissionId};
use crate::survey;
use crate::view::View;

/// An order to the shell.
#[derive(Debug, PartialEq)]
pub enum Effect {
    /// Store it, then send it.
    HandToSender(Box<Submission>),
    /// Keep what is typed so far.
    SaveDraft(DraftContent),
    /// Read the draft back.
    LoadDraft(DraftKey),
    /// Delete the draft.
    DropDraft(DraftKey),
    /// Read the complaints of this device.
    LoadKnown,
    /// Fetch the FAQ for the current language; where there is no file, say so.
    FetchFaq,
    /// Say so once the search is here, if it comes: nothing waits for it.
    OfferSearch,
    /// Take these words as if they had been typed to be looked for.
    LookFor(String),
    /// Fetch the state of a complaint from this address.
    FetchStatus(String),
    /// Start a timer anew, in milliseconds.
    StartTimer(Timer, u32),
    /// Say it in the live region.
    Announce(Message),
    /// Move the focus after the next render.
    MoveFocus(Focus),
    /// Tell the page.
    Emit(HostEvent),
    /// Close the panel.
    HidePanel,
    /// Give the customer a copy of the complaint just filed.
    KeepCopy(CopyForm),
    /// Ask before the page closes, or stop asking: something is neither stored nor received.
    KeepPageOpen(bool),
    /// Send this one now, whatever became of it so far.
    SendNow(SubmissionId),
    /// Delete this one from the device.
    Remove(SubmissionId),
    /// Give the customer these words to keep.
    CopyWords(String),
    /// Read what was chosen in the field for files.
    ReadFiles,
    /// Let go of a file that does not go along.
    DropFile(SubmissionId),
    /// Erase drafts, receipts and waiting items from this browser.
    EraseDevice,
}

/// A form of the customer's own copy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CopyForm {
    /// To the clipboard.
    Clipboard,
    /// As a text file.
    File,
    /// As a calendar entry for the promised date.
    Calendar,
}

/// Timers by name: starting one again replaces it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Timer {
    /// Save a draft.
    SaveDraft(DraftKey),
    /// Send the rating as it stands.
    SettleRating,
    /// Say that a survey asks.
    SayAsked,
    /// Say how many answers were found.
    AnnounceResults,
    /// Go on reading the answers.
    ReadAnswers,
    /// Look for answers beside what is written.
    Suggest,
}

/// Which draft.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DraftKey {
    /// The complaint.
    Complaint,
    /// The feedback.
    Feedback,
    /// The rating of this survey about this purchase, by [`survey::Draft::key`]; of any, if 0.
    Rating(u32),
}

/// A draft with its content.
#[derive(Clone, Debug, PartialEq)]
pub enum DraftContent {
    /// The complaint.
    Complaint(Box<complaint::Draft>),
    /// The feedback.
    Feedback(feedback::Draft),
    /// The rating.
    Rating(survey::Draft),
}

/// Where the focus goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Focus {
    /// The heading of the screen.
    Title,
    /// A field.
    Field(Field),
    /// One of the answers that are listed, by its place.
    Result(usize),
    /// Where it is: what has it comes back into sight, should something else have taken its room.
    Here,
    /// Where it is: this comes into sight.
    Sight(Field),
}

/// Fields that can be focused, each an element id in the views.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// The complaint's words.
    Words,
    /// The feedback's words.
    FeedbackText,
    /// The search box.
    Search,
    /// The e-mail address.
    Email,
    /// The date since when.
    Since,
    /// The reference to look up.
    Reference,
    /// The key from the customer's copy.
    Key,
    /// The field for files.
    Files,
    /// The button that asks for deleting.
    Delete,
    /// The question before deleting.
    DeleteQuestion,
    /// How to reach a person at once.
    Urgent,
    /// The thanks for saying whether it was put right.
    PutRight,
    /// The thanks for saying whether the promise was kept.
    PromiseKept,
}

impl Field {
    /// The element's id.
    pub fn id(self) -> &'static str {
        match self {
            Self::Words => "words",
            Self::FeedbackText => "feedback-text",
            Self::Search => "search",
            Self::Email => "email",
            Self::Since => "since",
            Self::Reference => "reference",
            Self::Key => "key",
            Self::Files => "files",
            Self::Delete => "delete",
            Self::DeleteQuestion => "delete-question",
            Self::Urgent => "urgent",
            Self::PutRight => "put-right-said",
            Self::PromiseKept => "promise-kept-said",
        }
    }
}

/// What the page is told. Never personal data.
#[derive(Clone, Debug, PartialEq)]
pub enum HostEvent {
    /// A screen shows.
    View(View),
    /// A question of a survey was answered for the first time.
    Answer(String, String),
    /// Something was handed in.
    Submit(Kind, SubmissionId),
    /// It is stored in this browser.
    Stored(Kind, SubmissionId),
    /// It was received.
    Delivered(Kind, SubmissionId),
    /// It was refused.
    Refused(Kind, SubmissionId),
}
