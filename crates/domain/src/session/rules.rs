//! The rules of the screens by name, so that a shell may hold them apart and fetch each when its screen is wanted.

use super::{Ctx, DraftContent, DraftKey, Effect, Session};
use crate::delivery::Change;
use crate::faq::Entry;
use crate::status::{self, Known, Report, Trouble};
use crate::{answers, attachment, complaint, feedback, survey};

/// What a screen makes of a fact: a change of the session, and orders.
pub type Rule<Fact> = fn(&mut Session, &Ctx<'_>, Fact, &mut Vec<Effect>);

/// The entries of a file, if it arrived, and their language, if it fills in what the first file lacks.
pub type FaqFile = (Option<Vec<Entry>>, Option<String>);

/// The rules of each screen. The session calls one only with a fact of its own.
pub struct Rules {
    /// Of the screen whose draft is to be saved.
    pub save: Rule<DraftKey>,
    /// Of the screen whose draft was read from the device (`false`) or met there.
    pub restore: Rule<(DraftContent, bool)>,
    /// In the survey.
    pub survey: Rule<survey::Action>,
    /// In the feedback.
    pub feedback: Rule<feedback::Action>,
    /// In the answers.
    pub answers: Rule<answers::Action>,
    /// In the answers, of what is looked for.
    pub look: Rule<answers::Action>,
    /// The FAQ arrived, or there is no file of it.
    pub faq: Rule<FaqFile>,
    /// Searches the answers for the query that is typed.
    pub search: Rule<()>,
    /// In the complaint.
    pub complaint: Rule<complaint::Action>,
    /// With the files of the complaint.
    pub files: Rule<attachment::Action>,
    /// In the status.
    pub status: Rule<status::Action>,
    /// In the status, of the complaints that this device remembers.
    pub known: Rule<Vec<Known>>,
    /// In the status, of what the sender reports.
    pub kept: Rule<Change>,
    /// The state of a complaint arrived from this address, or did not.
    pub report: Rule<(String, Result<Report, Trouble>)>,
    /// Everything of the customer's is forgotten.
    pub forget: Rule<()>,
}

impl Rules {
    /// Those of this crate.
    pub const ALL: Self = Self {
        save: Session::save_draft,
        restore: Session::restore_draft,
        survey: Session::step_survey,
        feedback: Session::step_feedback,
        answers: Session::step_answers,
        look: Session::look_into_answers,
        faq: Session::faq_loaded,
        search: Session::search_answers,
        complaint: Session::step_complaint,
        files: Session::step_files,
        status: Session::step_status,
        known: Session::known_loaded,
        kept: Session::kept_changed,
        report: Session::status_loaded,
        forget: Session::forget,
    };
}
