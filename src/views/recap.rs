//! Recap: what was heard, in the customer's own words, with "Yes, that's right" and correcting in place.

use domain::calendar::{CivilDate, DAY_MS, Timestamp};
use domain::complaint::{self, Draft};
use domain::message::MessageKey;
use domain::session::Action;
use yew::{AttrValue, Html};

use super::complaint::{Part, part};
use super::{FilesPart, Scene, details, own};
use crate::components::node::{all, el, isolated, none, number};
use crate::components::{Look, summary_list};
use crate::i18n::DateStyle;

/// Shows it.
pub fn view(scene: &Scene<'_>) -> Html {
    let draft = &scene.session.complaint;
    let (body, actions) = if draft.correcting { correcting(scene, draft) } else { heard(scene, draft) };
    part(
        scene,
        Part {
            name: "recap",
            at: 1,
            reading: !draft.correcting,
            title: MessageKey::ComplaintRecapTitle,
            body,
            actions,
            last: none(),
        },
    )
}

fn heard(scene: &Scene<'_>, draft: &Draft) -> (Html, Html) {
    let body = all([scene.say("p", "lead", MessageKey::ComplaintRecapLead), story(scene, draft)]);
    let yes = scene.button(Look::Primary, MessageKey::ComplaintRecapYes, None, || {
        Action::Complaint(complaint::Action::Confirmed)
    });
    let correct = scene.button(Look::Quiet, MessageKey::ComplaintRecapCorrect, None, || {
        Action::Complaint(complaint::Action::CorrectPressed)
    });
    (body, all([yes, correct]))
}

fn correcting(scene: &Scene<'_>, draft: &Draft) -> (Html, Html) {
    let body = all([
        scene.say("p", "lead", MessageKey::ComplaintRecapCorrecting),
        details::words(scene, draft),
        details::facts(scene, draft),
        scene.show_files(FilesPart::Tray),
        details::marks(scene, draft),
    ]);
    let done = scene.button(Look::Primary, MessageKey::ComplaintRecapDone, None, || {
        Action::Complaint(complaint::Action::Corrected)
    });
    (body, done)
}

/// What was told: the words as a quotation, the rest as rows.
pub fn story(scene: &Scene<'_>, draft: &Draft) -> Html {
    let said = |yes: bool, key| if yes { scene.text(key) } else { AttrValue::default() };
    let mut rated = AttrValue::default();
    if let Some((score, most)) = draft.rated {
        let (score, most) = (number(score.into()), number(most.into()));
        let args = [("score", &*score), ("most", &*most)];
        rated = scene.catalog.with(MessageKey::ComplaintRatingValue, &args);
    }
    let mut rows = Vec::new();
    for (key, value) in [
        (MessageKey::ComplaintRatingRow, rated),
        (MessageKey::ComplaintOrder, own(draft.order.trim())),
        (MessageKey::ComplaintProduct, own(draft.product.trim())),
        (MessageKey::ComplaintSinceRow, since(scene, draft)),
        (MessageKey::ComplaintEffectRow, own(draft.effect.trim())),
        (MessageKey::ComplaintOnBehalfRow, said(draft.on_behalf, MessageKey::ComplaintOnBehalfValue)),
        (MessageKey::ComplaintUrgentRow, said(draft.urgent, MessageKey::ComplaintUrgentValue)),
    ] {
        rows.push((scene.text(key), value));
    }
    let quoted = el("blockquote", "words", [isolated(own(draft.words.trim()))]);
    all([quoted, summary_list(rows), scene.show_files(FilesPart::Names)])
}

/// Since when, in words; empty when unsaid.
pub fn since(scene: &Scene<'_>, draft: &Draft) -> AttrValue {
    match CivilDate::parse_iso(&draft.since) {
        Some(day) => scene.catalog.date(Timestamp(i64::from(day.days()) * DAY_MS), DateStyle::Date),
        None => AttrValue::default(),
    }
}
