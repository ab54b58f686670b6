//! The sender outside the WASM: it stores, sends and remembers; this file only carries to and fro.

use domain::config::{Endpoint, Format, ReceiptMode};
use domain::delivery::{Change, DeliveryState};
use domain::kept;
use domain::session::{Action, DraftKey};
use domain::status;
use domain::submission::{Body, Submission, SubmissionId};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wire::value::Value;
use yew::Callback;

use super::js;

/// How the names of the ratings' drafts begin, which are of many purchases.
const RATING: &str = "rating";

/// The sender's reports, for as long as this lives.
pub struct Reports {
    stop: JsValue,
    _report: Closure<dyn Fn(JsValue)>,
}

impl Drop for Reports {
    fn drop(&mut self) {
        let stop: &js_sys::Function = self.stop.unchecked_ref();
        let _stopped = stop.call0(&JsValue::UNDEFINED);
    }
}

/// Listens to the sender.
pub fn listen(sender: &JsValue, report: Callback<Action>) -> Option<Reports> {
    let closure: Closure<dyn Fn(JsValue)> = Closure::new(move |change: JsValue| {
        if let Some(change) = read_change(&change) {
            report.emit(Action::DeliveryChanged(change));
            return;
        }
        let (state, id) = (js::text(&change, "state"), js::text(&change, "id"));
        if state == "deleted" {
            // Here, or in another tab: no screen is to call it saved any more.
            if let Some(id) = SubmissionId::parse(&id) {
                report.emit(act(kept::Action::Deleted(Some(id), true)));
            }
        } else {
            // `id` is a draft's name, as below.
            let key = match id.as_str() {
                "complaint" => DraftKey::Complaint,
                "feedback" => DraftKey::Feedback,
                // Of one purchase, or of any.
                rating => {
                    let digits = rating.bytes().skip(RATING.len());
                    DraftKey::Rating(digits.fold(0, |sum: u32, digit| {
                        sum.wrapping_mul(10).wrapping_add(u32::from(digit.wrapping_sub(b'0')))
                    }))
                }
            };
            let dropped = state == "dropped";
            report.emit(if dropped { Action::DraftGone(key) } else { Action::DraftElsewhere(key) });
        }
    });
    let stop = js::call(sender, "subscribe", &[closure.as_ref().clone()]).ok()?;
    Some(Reports { stop, _report: closure })
}

/// Hands a submission over. The answer says whether it is stored; without a sender nothing is.
pub fn submit(
    sender: &JsValue,
    submission: &Submission,
    endpoint: Option<&Endpoint>,
    reply: Callback<Change>,
) {
    let lost = Change { id: submission.id.clone(), state: DeliveryState::Unsaved, receipt: None };
    let Some(endpoint) = endpoint else { return reply.emit(lost) };
    let (reference, files) = match &submission.body {
        Body::Complaint(complaint) => (complaint.reference.as_str(), !complaint.attachments.is_empty()),
        Body::Rating(_) | Body::Feedback(_) | Body::FollowUp(_) | Body::Signal(_) => ("", false),
    };
    let entry = js::bare_object(&[
        ("id", submission.id.as_str().into()),
        ("kind", submission.body.kind().as_str().into()),
        ("reference", reference.into()),
        ("files", files.into()),
        ("endpoint", endpoint_object(endpoint)),
        ("body", wire::submission::to_json(submission).into()),
    ]);
    let told = Box::new(move |change: JsValue| reply.emit(read_change(&change).unwrap_or(lost)));
    js::ask(sender, "submit", &[entry.into()], told);
}

fn endpoint_object(endpoint: &Endpoint) -> JsValue {
    let mut headers: Vec<(&str, JsValue)> = Vec::new();
    for (name, value) in &endpoint.headers {
        headers.push((name, value.into()));
    }
    let format = match endpoint.format {
        Format::Json => "json",
        Format::Text => "text",
        Format::Form => "form",
        Format::CloudEvents => "cloudevents",
    };
    let receipt = match endpoint.receipt {
        ReceiptMode::Status => "status",
        ReceiptMode::Strict => "strict",
    };
    js::bare_object(&[
        ("url", endpoint.url.as_str().into()),
        ("method", endpoint.method.as_str().into()),
        ("headers", js::bare_object(&headers).into()),
        ("credentials", endpoint.credentials.as_str().into()),
        ("format", format.into()),
        ("receipt", receipt.into()),
        ("redirect", endpoint.redirect.as_str().into()),
        ("timeout_seconds", endpoint.timeout_seconds.into()),
    ])
    .into()
}

fn read_change(change: &JsValue) -> Option<Change> {
    let receipt = Value::parse(&js::text(change, "receipt"));
    Some(Change {
        id: SubmissionId::parse(&js::text(change, "id"))?,
        state: wire::stored::delivery_state(&js::text(change, "state"))?,
        receipt: receipt.as_ref().map(wire::receipt::read),
    })
}

fn name(key: DraftKey) -> JsValue {
    match key {
        DraftKey::Complaint => "complaint".into(),
        DraftKey::Feedback => "feedback".into(),
        DraftKey::Rating(which) => {
            let mut name = RATING.to_owned();
            wire::json::push_whole(&mut name, u64::from(which));
            name.into()
        }
    }
}

/// Keeps a draft. A refused write leaves the words on the screen; what another page had written unseen comes back.
pub fn save_draft(sender: &JsValue, key: DraftKey, text: String, reply: Callback<String>) {
    js::ask(sender, "saveDraft", &[name(key), text.into()], told(reply));
}

/// Hands on a draft that came as text.
fn told(reply: Callback<String>) -> js::Done {
    Box::new(move |text: JsValue| {
        if let Some(text) = text.as_string() {
            reply.emit(text);
        }
    })
}

/// Reads a draft back, if there is one.
pub fn load_draft(sender: &JsValue, key: DraftKey, reply: Callback<String>) {
    js::ask(sender, "draft", &[name(key)], told(reply));
}

/// Deletes a draft.
pub fn drop_draft(sender: &JsValue, key: DraftKey) {
    js::ask(sender, "dropDraft", &[name(key)], Box::new(drop));
}

/// What this device keeps and what it remembers, in one look.
pub fn known(sender: &JsValue, told: Callback<String>) {
    let answered = Box::new(move |text: JsValue| told.emit(text.as_string().unwrap_or_default()));
    js::ask(sender, "receipts", &[], answered);
}

/// Sends one now.
pub fn send_now(sender: &JsValue, id: &SubmissionId) {
    js::ask(sender, "sendNow", &[id.as_str().into()], Box::new(drop));
}

/// Deletes one from this device.
pub fn remove(sender: &JsValue, id: SubmissionId, reply: Callback<Action>) {
    let args = [id.as_str().into()];
    js::ask(sender, "remove", &args, deleted(Some(id), reply));
}

/// Erases what this device holds.
pub fn forget(sender: &JsValue, reply: Callback<Action>) {
    js::ask(sender, "forget", &[], deleted(None, reply));
}

fn deleted(id: Option<SubmissionId>, reply: Callback<Action>) -> js::Done {
    Box::new(move |done: JsValue| {
        reply.emit(act(kept::Action::Deleted(id, done.as_bool().unwrap_or_default())))
    })
}

/// What came of copying the words of one.
pub fn copied(done: bool) -> Action {
    act(kept::Action::CopyDone(done))
}

fn act(action: kept::Action) -> Action {
    Action::Status(status::Action::Kept(action))
}
