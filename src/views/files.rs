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

/// The ways into this file: it is fetched apart from the screens that it is shown on, and only where files are taken.
#[derive(Clone, Copy)]
pub struct Files {
    /// How many may go along.
    pub max: u32,
    /// The field and what was chosen.
    pub tray: fn(&Scene<'_>, u32) -> Html,
    /// The names, for the recap.
    pub names: fn(&Scene<'_>) -> AttrValue,
    /// Where each file is that was handed in.
    pub uploads: fn(&Scene<'_>) -> Html,
}

impl Files {
    /// All of it at hand.
    pub fn all(max: u32) -> Self {
        Self { max, tray, names, uploads }
    }
}

impl Scene<'_> {
    /// What shows files, where there may be any.
    pub(super) fn of_files(&self, show: impl FnOnce(Files) -> Html) -> Html {
        self.files.map_or_else(none, show)
    }
}

/// What browsers offer first; what is taken is told from the bytes.
const ACCEPT: &str = "image/*,application/pdf";

/// The field and what was chosen.
pub fn tray(scene: &Scene<'_>, max: u32) -> Html {
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
    let count = number(max as usize);
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
            [el("span", "file", said), button(Look::Icon, remove, Some(Icon::Close), press)],
        ));
    }
    if rows.is_empty() { none() } else { list("ul", "chosen", rows) }
}

/// The names, for the recap.
pub fn names(scene: &Scene<'_>) -> AttrValue {
    let mut out = String::new();
    for file in &scene.session.complaint.tray.files {
        if !out.is_empty() {
            out.push_str(", ");
        }
        out.push_str(&file.name);
    }
    out.into()
}

/// Where each file is that was handed in.
pub fn uploads(scene: &Scene<'_>) -> Html {
    let mut rows = Vec::new();
    for upload in scene.session.complaint.filed.iter().flat_map(|filed| &filed.uploads) {
        let said = scene.catalog.message(&upload.sentence());
        let below = match upload.state {
            DeliveryState::Sending => progress(said.clone(), upload.percent),
            DeliveryState::Rejected | DeliveryState::Expired => trouble::person(scene),
            DeliveryState::Pending
            | DeliveryState::Unsaved
            | DeliveryState::Stored
            | DeliveryState::Held
            | DeliveryState::Sent => none(),
        };
        rows.push(el("li", "", [words("p", "", said), below]));
    }
    if rows.is_empty() {
        return none();
    }
    all([scene.say("h3", "small", MessageKey::ComplaintFiles), list("ul", "uploads", rows)])
}
