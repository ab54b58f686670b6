//! What the sender tells of this browser: what waits or was given back, the complaints it remembers, the files that were chosen.

use domain::attachment::Picked;
use domain::calendar::Timestamp;
use domain::delivery::DeliveryState;
use domain::kept::Kept;
use domain::status::Known;
use domain::submission::{Kind, SubmissionId};

use crate::json::{gather, optional_text, push_whole, text};
use crate::options::is_address;
use crate::receipt;
use crate::value::Value;

/// Reads what the browser has read of the files that were chosen. Its first bytes come as a text, a character each.
pub fn picked(told: &str) -> Vec<Picked> {
    let value = Value::parse(told).unwrap_or_default();
    gather(Some(&value), |file| {
        let head = file.get("head").and_then(Value::as_str);
        Some(Picked {
            id: SubmissionId::parse(text(file, "id"))?,
            name: text(file, "name").to_owned(),
            bytes: file.get("bytes").and_then(Value::as_u64)?,
            head: head.map(|head| head.chars().map(|one| one as u8).collect()),
        })
    })
}

/// Reads of what the sender tells of this device what was never received, newest first.
pub fn all_kept(told: &str) -> Vec<Kept> {
    gather(Some(&Value::parse(told).unwrap_or_default()), kept)
}

/// And the complaints that were, newest first.
pub fn all_known(told: &str) -> Vec<Known> {
    gather(Some(&Value::parse(told).unwrap_or_default()), known)
}

/// The state of this name in the sender's reports and in what it keeps.
pub fn delivery_state(name: &str) -> Option<DeliveryState> {
    Some(match name {
        "unsaved" => DeliveryState::Unsaved,
        "stored" => DeliveryState::Stored,
        "sending" => DeliveryState::Sending,
        "sent" => DeliveryState::Sent,
        "held" => DeliveryState::Held,
        "rejected" => DeliveryState::Rejected,
        "expired" => DeliveryState::Expired,
        _ => return None,
    })
}

fn instant(entry: &Value, key: &str) -> Option<Timestamp> {
    entry.get(key).and_then(Value::as_f64).map(|ms| Timestamp(ms as i64))
}

/// An entry with a state is one that nobody has received: a submission, or a file of one.
fn kept(entry: &Value) -> Option<Kept> {
    let kind = text(entry, "kind");
    let body = Value::parse(text(entry, "body")).unwrap_or_default();
    let said = body.get(kind).unwrap_or(&Value::Null);
    let reference = optional_text(entry, "reference").or_else(|| optional_text(said, "reference"));
    let is_file = kind == "attachment";
    Some(Kept {
        id: SubmissionId::parse(text(entry, "id"))?,
        kind: Kind::ALL.into_iter().find(|own| own.as_str() == if is_file { "complaint" } else { kind })?,
        reference: reference.unwrap_or_default(),
        written_at: instant(entry, "created_ms")?,
        state: delivery_state(text(entry, "state"))?,
        words: words(said),
        file: if is_file { text(entry, "name").to_owned() } else { String::new() },
    })
}

/// What a customer wrote or tapped, a paragraph each.
fn words(said: &Value) -> String {
    let mut out = String::new();
    for key in ["text", "effect", "outcome_text", "query", "answers"] {
        push_said(&mut out, said.get(key));
    }
    out
}

fn push_said(out: &mut String, said: Option<&Value>) {
    let before = out.len();
    match said {
        Some(Value::String(text)) => out.push_str(text),
        Some(Value::Number(score)) => push_whole(out, *score as u64),
        Some(Value::Array(list)) => list.iter().for_each(|one| push_said(out, Some(one))),
        Some(answer @ Value::Object(_)) => push_said(out, answer.get("value")),
        Some(Value::Null | Value::Bool(_)) | None => {}
    }
    if before > 0 && out.len() > before && !matches!(said, Some(Value::Array(_) | Value::Object(_))) {
        out.insert_str(before, "\n\n");
    }
}

/// A complaint with a receipt.
fn known(entry: &Value) -> Option<Known> {
    if text(entry, "kind") != "complaint" || entry.get("state").is_some() {
        return None;
    }
    let said = receipt::read(entry.get("receipt").unwrap_or(&Value::Null));
    Some(Known {
        // The endpoint's own reference counts more than the one that was made here.
        reference: said.reference.or_else(|| optional_text(entry, "reference"))?,
        received_at: said.received_at.or_else(|| instant(entry, "sent_ms")),
        reply_by: said.reply_by,
        owner: said.owner,
        status_url: said.status_url.filter(|url| is_address(url)),
    })
}
