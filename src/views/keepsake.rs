//! The customer's own copy of a complaint: as text, and the promised date as a calendar entry.

use domain::calendar::{MINUTE_MS, Timestamp};
use domain::complaint::{Draft, Filed};
use domain::message::{MessageKey, key as key_of, until};

use yew::AttrValue;

use super::{Scene, recap, resolve};
use crate::i18n::DateStyle;

/// File name of the copy: the reference and an ending.
pub fn name(scene: &Scene<'_>, ending: &str) -> String {
    let filed = scene.session.complaint.filed.as_ref();
    let mut name = filed.map(|filed| filed.reference.clone()).unwrap_or_default();
    name.push_str(ending);
    name
}

/// The copy in words. Empty when nothing was handed in.
pub fn text(scene: &Scene<'_>) -> String {
    let draft = &scene.session.complaint;
    let Some(filed) = &draft.filed else { return String::new() };
    let said = |yes: bool, key| if yes { scene.text(key) } else { AttrValue::default() };
    let mut out = String::new();
    let mut line = |key: MessageKey, value: &str| {
        if !value.is_empty() {
            out.push_str(&scene.text(key));
            out.push('\n');
            out.push_str(value);
            out.push_str("\n\n");
        }
    };
    line(MessageKey::CopyReference, &filed.reference);
    line(MessageKey::CopyCompany, &scene.company.name);
    if let Some(at) = filed.received_at {
        line(MessageKey::CopyReceived, &scene.catalog.date(at, DateStyle::Moment));
        line(MessageKey::CopyReplyBy, &scene.catalog.date(filed.reply_by, DateStyle::Moment));
    }
    line(MessageKey::CopyOwner, filed.owner.as_deref().unwrap_or_else(|| scene.owner()));
    line(MessageKey::CopyWords, draft.words.trim());
    line(MessageKey::CopyOrder, draft.order.trim());
    line(MessageKey::CopyProduct, draft.product.trim());
    line(MessageKey::ComplaintSinceRow, &recap::since(scene, draft));
    line(MessageKey::CopyEffect, draft.effect.trim());
    line(MessageKey::ComplaintOnBehalfRow, &said(draft.on_behalf, MessageKey::ComplaintOnBehalfValue));
    line(MessageKey::ComplaintUrgentRow, &said(draft.urgent, MessageKey::ComplaintUrgentValue));
    line(MessageKey::ComplaintFiles, &files(draft));
    line(MessageKey::CopyOutcome, &wishes(scene, draft));
    let customer = &scene.session.customer;
    line(MessageKey::ContactName, customer.name.trim());
    line(MessageKey::ContactEmail, customer.email.trim());
    line(MessageKey::ContactPhone, customer.phone.trim());
    line(MessageKey::CopyKey, key(filed));
    let how = if key(filed).is_empty() { MessageKey::CopyHow } else { MessageKey::CopyHowKey };
    out.push_str(&scene.catalog.with(how, &[("page", scene.page_url)]));
    out.push('\n');
    out
}

/// The names of the files that went along, one a line.
fn files(draft: &Draft) -> String {
    let mut out = String::new();
    for file in &draft.tray.files {
        if !out.is_empty() {
            out.push('\n');
        }
        out.push_str(&file.name);
    }
    out
}

/// The chosen outcomes, one a line, and the customer's own words.
fn wishes(scene: &Scene<'_>, draft: &Draft) -> String {
    let chosen = scene.outcomes.iter().filter(|outcome| draft.outcomes.contains(&outcome.id));
    let mut out = String::new();
    for outcome in chosen {
        out.push_str(&resolve::label(scene, outcome));
        out.push('\n');
    }
    out.push_str(draft.outcome_text.trim());
    out.trim().to_owned()
}

/// What the endpoint's address for the status holds behind `secret=`: the key for looking it up elsewhere.
pub fn key(filed: &Filed) -> &str {
    let url = filed.status_url.as_deref().unwrap_or_default();
    key_of(url)
}

/// The promised answer as an iCalendar event (RFC 5545) of half an hour.
pub fn calendar(scene: &Scene<'_>) -> String {
    let Some(filed) = &scene.session.complaint.filed else { return String::new() };
    let title = scene.catalog.with(
        MessageKey::CopyCalendarTitle,
        &[("company", &scene.company.name), ("reference", &filed.reference)],
    );
    let lines = [
        ("BEGIN:", "VCALENDAR"),
        ("VERSION:", "2.0"),
        ("PRODID:", "-//All Ears//EN"),
        ("BEGIN:", "VEVENT"),
        ("UID:", filed.id.as_str()),
        ("DTSTAMP:", &compact(scene.now)),
        ("DTSTART:", &compact(filed.reply_by)),
        ("DTEND:", &compact(Timestamp(filed.reply_by.0 + 30 * MINUTE_MS))),
        ("SUMMARY:", &escaped(&title)),
        ("END:", "VEVENT"),
        ("END:", "VCALENDAR"),
    ];
    let mut out = String::new();
    for (name, value) in lines {
        out.push_str(name);
        out.push_str(value);
        out.push_str("\r\n");
    }
    out
}

/// `20261124T160000Z`
fn compact(at: Timestamp) -> String {
    let text = at.to_rfc3339();
    let mut out: String = until(&text, ".").chars().filter(char::is_ascii_alphanumeric).collect();
    if !out.ends_with("Z") {
        out.push('Z');
    }
    out
}

fn escaped(text: &str) -> String {
    let mut out = String::new();
    for character in text.chars() {
        match character {
            ',' | ';' | '\\' => out.extend(['\\', character]),
            '\r' | '\n' => out.push(' '),
            other => out.push(other),
        }
    }
    out
}
