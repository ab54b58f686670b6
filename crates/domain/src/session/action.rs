//! The facts that a session takes.

use super::{DraftContent, DraftKey, Timer};
use crate::answers;
use crate::attachment;
use crate::calendar::Timestamp;
use crate::complaint;
use crate::delivery::Change;
use crate::faq::Entry;
use crate::feedback;
use crate::kept::Kept;
use crate::status::{self, Known, Report};
use crate::submission::{ContactBy, Context, Customer};
use crate::survey;
use crate::view::View;

/// Something that happened.
#[derive(Debug)]
pub enum Action {
    /// The panel opened, at a screen if the page asked for one.
    Opened(Option<View>),
    /// The panel closed: Escape, the button, the page.
    Closed,
    /// The close button inside the panel was pressed.
    ClosePressed,
    /// Back was pressed.
    BackPressed,
    /// A screen was chosen.
    ViewChosen(View),
    /// The page placed a screen within its own text: nobody asked for it, so the focus stays.
    ViewPlaced(View),
    /// The page asked for a survey by itself; `None` is the first one.
    SurveyAsked(Option<String>, Context),
    /// The customer pressed something of the page's that asks for a survey.
    SurveyPressed(Option<String>, Context),
    /// The page said what it is about.
    ContextGiven(Context),
    /// The page said who the customer is.
    Identified(Customer),
    /// The page filled in words, order and product for the screen that it opened.
    Prefilled(String, String, String),
    /// The customer changed a contact field.
    CustomerChanged(CustomerField, String),
    /// The customer chose how to be reached.
    ContactByChosen(ContactBy),
    /// In the survey.
    Survey(survey::Action),
    /// In the feedback.
    Feedback(feedback::Action),
    /// In the answers.
    Answers(answers::Action),
    /// In the complaint.
    Complaint(complaint::Action),
    /// With the files of the complaint.
    Files(attachment::Action),
    /// In the status.
    Status(status::Action),
    /// The sender reported.
    DeliveryChanged(Change),
    /// A draft was read from the device, with the time it was saved.
    DraftLoaded(DraftContent, Timestamp),
    /// A draft was saved over this one, which another page of the site had saved unseen.
    DraftMet(DraftContent, Timestamp),
    /// Another page of the site saved this draft.
    DraftElsewhere(DraftKey),
    /// Another page of the site has handed in or deleted the draft that is here as well.
    DraftGone(DraftKey),
    /// Complaints of this device were read.
    KnownLoaded(Vec<Known>),
    /// What this device keeps was read.
    KeptLoaded(Vec<Kept>),
    /// The FAQ for this language of the screen arrived, or did not; in another language, if it fills in what is lacking.
    FaqLoaded(String, Option<Vec<Entry>>, Option<String>),
    /// The state of a complaint arrived from this address, or did not.
    StatusLoaded(String, Result<Report, status::Trouble>),
    /// A timer ran out.
    TimerFired(Timer),
    /// The copy was made, or refused by the browser.
    CopyDone(bool),
    /// The language changed: the FAQ is wanted in the new one.
    LocaleChanged,
    /// The page or the customer asked to erase what this device holds.
    ForgetAsked,
}

impl Action {
    /// Whether who does this has gone on, and wants nothing any more of what they pressed in the answers before.
    fn leaves(&self) -> bool {
        use answers::Action::{ArticleOpened, Asked, ComplaintChosen, PersonWanted, QueryChanged};
        matches!(
            self,
            Self::Opened(_)
                | Self::Closed
                | Self::ClosePressed
                | Self::BackPressed
                | Self::ViewChosen(_)
                | Self::Answers(
                    ArticleOpened(_) | Asked(_) | ComplaintChosen | PersonWanted | QueryChanged(_)
                )
        )
    }

    /// Queues a fact behind those that wait for a part of the widget. What its customer has gone on from since is not done
    /// late: of a query only the words stay, of a press nothing.
    pub fn queue(self, waiting: &mut Vec<Self>) {
        if self.leaves() {
            for before in waiting.iter_mut() {
                if let Self::Answers(before) = before {
                    before.leave();
                }
            }
        }
        waiting.push(self);
    }
}

/// A contact field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CustomerField {
    /// Name.
    Name,
    /// E-mail.
    Email,
    /// Phone.
    Phone,
}
