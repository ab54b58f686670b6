//! The files of a complaint: chosen and taken out while it is told, followed once it was handed in.

use domain::attachment::{self, Tray, size};
use domain::complaint::FieldError;
use domain::delivery::DeliveryState;
use domain::message::MessageKey;
use domain::session::Action;
use yew::{AttrValue, Html};

use super::{Scene, own, trouble};
use crate::components::node::{all, el, isolated, list, none, number, words};
use crate::components::{FileField, Icon, Look, Tone, button, file_field, notice, progress};

/// The way into this file: it is fetched apart from the screens that it is shown on, and only where files are taken.
#[derive(Clone, Copy)]
pub struct Files {
    /// How many may go along.
    pub max: u32,
    /// Shows a part of it.
    pub show: fn(&Scene<'_>, Part) -> Html,
}

/// What there is to show of files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The field and what was chosen.
    Tray,
    /// What was chosen, to be read back.
    Names,
    /// Where each is that was handed in.
    Uploads,
}

impl Scene<'_> {
    /// A part of what shows files, where there may be any.
    pub(super) fn show_files(&self, part: Part) -> Html {
        self.files.map_or_else(none, |files| (files.show)(self, part))
    }
}

/// Shows a part of it.
pub fn view(scene: &Scene<'_>, part: Part) -> Html {
    match part {
        Part::Tray => tray(scene),
        Part::Names => names(scene),
        Part::Uploads => uploads(scene),
    }
}

/// What browsers offer first; what is taken is told from the bytes.
const ACCEPT: &str = "image/*,application/pdf";

fn tray(scene: &Scene<'_>) -> Html {
    let draft = &scene.session.complaint;
    let tray = &draft.tray;
    let reading = draft.errors.contains(&FieldError::FilesReading);
    let error = match &tray.said {
        Some(said) => scene.catalog.message(said),
        None if reading => scene.text(MessageKey::ComplaintFilesReading),
        None => AttrValue::default(),
    };
    let again = if tray.left_behind {
        notice(Tone::Plain, scene.text(MessageKey::ComplaintFilesAgain), none())
    } else {
        none()
    };
    let count = number(scene.files.map_or(0, |files| files.max as usize));
    let field = file_field(FileField {
        id: "files",
        label: scene.text(MessageKey::ComplaintFilesAdd),
        hint: scene.catalog.with(MessageKey::ComplaintFilesHint, &[("count", &count)]),
        error,
        accept: ACCEPT,
        on_choose: scene.press(|| Action::Files(attachment::Action::Chosen)),
    });
    all([again, chosen(scene, tray), field])
}

fn chosen(scene: &Scene<'_>, tray: &Tray) -> Html {
    let mut rows = Vec::new();
    for (at, file) in tray.files.iter().enumerate() {
        let remove = scene.catalog.with(MessageKey::ComplaintFilesRemove, &[("name", &file.name)]);
        let press = scene.press_at(at, |at| Action::Files(attachment::Action::Removed(at)));
        let said = [isolated(own(&file.name)), words("span", "hint", own(&size(file.bytes)))];
        rows.push(el(
            "li",
            "",
            [el("span", "file", said), button(Look::Icon, remove, Some(Icon::CLOSE), press)],
        ));
    }
    if rows.is_empty() { none() } else { list("ul", "chosen", rows) }
}

fn names(scene: &Scene<'_>) -> Html {
    let mut rows = Vec::new();
    for file in &scene.session.complaint.tray.files {
        rows.push(el("li", "", [isolated(own(&file.name))]));
    }
    under_heading(scene, rows)
}

fn under_heading(scene: &Scene<'_>, rows: Vec<Html>) -> Html {
    if rows.is_empty() {
        return none();
    }
    all([scene.say("h3", "small", MessageKey::ComplaintFiles), list("ul", "uploads", rows)])
}

fn uploads(scene: &Scene<'_>) -> Html {
    let mut rows = Vec::new();
    let filed = scene.session.complaint.filed.as_ref().map(|filed| &filed.id);
    for upload in scene.session.uploads.iter().filter(|upload| Some(&upload.of) == filed) {
        let said = scene.catalog.message(&upload.sentence());
        let below = match upload.state {
            DeliveryState::Sending => progress(said.clone()),
            DeliveryState::Rejected | DeliveryState::Expired => trouble::person(scene),
            DeliveryState::Pending
            | DeliveryState::Unsaved
            | DeliveryState::Stored
            | DeliveryState::Held
            | DeliveryState::Sent => none(),
        };
        rows.push(el("li", "", [words("p", "", said), below]));
    }
    under_heading(scene, rows)
}
