//! Drafts: what saves one, writes it, reads it and takes it in again comes with its screen.

use domain::calendar::Timestamp;
use domain::session::{Ctx, DraftContent, DraftKey, Effect, Session};
use domain::view::View;
use wasm_split_helpers::wasm_split;
use wire::draft;

use super::Part;
use super::rt::now;

/// What there is to do with a draft.
pub enum Task<'a> {
    /// Have the device keep it.
    Save(&'a mut Session, &'a Ctx<'a>, &'a mut Vec<Effect>),
    /// Write it.
    Write(&'a DraftContent, Timestamp, &'a mut String),
    /// Read it.
    Read(&'a str, &'a mut draft::Saved<DraftContent>),
    /// Take it in: one that was read from the device (`false`), or met there.
    TakeIn(&'a mut Session, &'a Ctx<'a>, DraftContent, bool, &'a mut Vec<Effect>),
}

/// The part that a draft belongs to, as a list of one.
pub fn part(key: DraftKey) -> &'static [Part] {
    match key {
        DraftKey::Complaint => &[Part::Screen(View::Complaint)],
        DraftKey::Feedback => &[Part::Screen(View::Feedback)],
        DraftKey::Rating(_) => &[Part::Screen(View::Rating)],
    }
}

/// Which draft this is.
pub fn key(content: &DraftContent) -> DraftKey {
    match content {
        DraftContent::Complaint(_) => DraftKey::Complaint,
        DraftContent::Feedback(_) => DraftKey::Feedback,
        DraftContent::Rating(draft) => DraftKey::Rating(draft.key),
    }
}

/// Does it where it is known how.
pub fn see_to(key: DraftKey, task: Task<'_>) {
    match key {
        DraftKey::Complaint => now(complaint(task)),
        DraftKey::Feedback => now(feedback(task)),
        DraftKey::Rating(_) => now(rating(task)),
    }
}

#[wasm_split(complaint, wasm_split_path = crate::parts)]
fn complaint(task: Task<'_>) {
    match task {
        Task::Save(session, cx, out) => session.save_complaint(cx, (), out),
        Task::Write(DraftContent::Complaint(draft), now, text) => {
            *text = draft::complaint_to_json(draft, now)
        }
        Task::Read(text, saved) => {
            *saved = draft::complaint(text)
                .map(|(draft, saved_at)| (DraftContent::Complaint(Box::new(draft)), saved_at));
        }
        Task::TakeIn(session, cx, DraftContent::Complaint(draft), met, out) => {
            session.restore_complaint(cx, (*draft, met), out);
        }
        Task::Write(..) | Task::TakeIn(..) => {}
    }
}

#[wasm_split(feedback, wasm_split_path = crate::parts)]
fn feedback(task: Task<'_>) {
    match task {
        Task::Save(session, cx, out) => session.save_feedback(cx, (), out),
        Task::Write(DraftContent::Feedback(draft), now, text) => *text = draft::feedback_to_json(draft, now),
        Task::Read(text, saved) => {
            *saved = draft::feedback(text).map(|(draft, saved_at)| (DraftContent::Feedback(draft), saved_at));
        }
        Task::TakeIn(session, cx, DraftContent::Feedback(draft), met, out) => {
            session.restore_feedback(cx, (draft, met), out);
        }
        Task::Write(..) | Task::TakeIn(..) => {}
    }
}

#[wasm_split(rating, wasm_split_path = crate::parts)]
fn rating(task: Task<'_>) {
    match task {
        Task::Save(session, cx, out) => session.save_rating(cx, (), out),
        Task::Write(DraftContent::Rating(draft), now, text) => *text = draft::rating_to_json(draft, now),
        Task::Read(text, saved) => {
            *saved = draft::rating(text).map(|(draft, saved_at)| (DraftContent::Rating(draft), saved_at));
        }
        Task::TakeIn(session, cx, DraftContent::Rating(draft), met, out) => {
            session.restore_rating(cx, (draft, met), out);
        }
        Task::Write(..) | Task::TakeIn(..) => {}
    }
}
