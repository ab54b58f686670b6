//! `POST /v1/submissions`: bytes → JSON → contract → row → receipt. A 2xx means that the row is on the disk.

use std::sync::atomic::Ordering;

use axum::Extension;
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::Response;
use domain::calendar::Timestamp;
use domain::promise;
use domain::submission::{self, Complaint, Receipt, Reference, Submission, SubmissionId};
use domain::suspicion::Suspicion;
use wire::{strict, submission_read};

use crate::guards::{self, Peer};
use crate::store::{About, New, NewComplaint, NewFiles, Outcome, StoreError};
use crate::{App, Error, Shared, body, customer_key, host, secrets};

/// References to fall back on when the one made from the id is taken.
const SPARE_REFERENCES: usize = 3;

/// Takes a submission in.
pub async fn submit(
    State(app): State<Shared>,
    peer: Option<Extension<Peer>>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Error> {
    let peer = peer.map(|Extension(peer)| peer);
    let now = (app.clock)();
    app.guards.check_address(guards::customer(peer.as_ref(), &headers, &app.options), now)?;
    check_media_type(&headers)?;
    let bytes = body::read(body).await?;
    // Only now: whoever trickles their body takes no room, and a client that still writes would not hear the answer.
    let _under_way = app.pressure.enter().ok_or(StoreError::Busy)?;
    if let Some(peer) = &peer {
        peer.place.waits();
    }
    let submission = parse(&bytes)?;
    let id = submission.id.clone();
    check_key(&headers, &id)?;
    app.guards.check_site(&submission.site, now)?;
    let mut new = prepare(&app, &headers, &submission, bytes)?;
    let unproven = !prove(&app, &submission, &mut new).await?;
    let (mut suspicions, said) = app.guards.suspect(&submission, now);
    suspicions.extend(unproven.then_some(Suspicion::WithoutKey));
    let suspected = !suspicions.is_empty();
    let mut new = New { suspicions, ..new };
    if let Some(complaint) = new.complaint.as_mut().filter(|_| suspected) {
        // Its words are received as ever; but whoever sends spam is not asked for files as well.
        complaint.files = None;
    }
    let stored = app.store.insert(new).await;
    if matches!(stored, Err(_) | Ok(Outcome::Different)) {
        app.guards.forget(said);
    }
    match stored? {
        Outcome::Stored(receipt) => {
            app.webhooks.ring();
            app.counters.accepted.fetch_add(1, Ordering::Relaxed);
            app.counters.quarantined.fetch_add(u64::from(suspected), Ordering::Relaxed);
            Ok(answer(StatusCode::CREATED, receipt, false))
        }
        Outcome::Repeated(receipt) => {
            app.counters.replays.fetch_add(1, Ordering::Relaxed);
            Ok(answer(StatusCode::OK, receipt, true))
        }
        Outcome::Different => Err(Error::IdReused(id.as_str().to_owned())),
    }
}

/// Notes whether a follow-up came with the customer's key. False only where one did not.
async fn prove(app: &App, submission: &Submission, new: &mut New) -> Result<bool, Error> {
    if let (submission::Body::FollowUp(said), Some(about)) = (&submission.body, &mut new.about) {
        about.proven = customer_key::proven(&app.store, said).await?;
        return Ok(about.proven);
    }
    Ok(true)
}

/// The bytes of a body as a submission: UTF-8, JSON, the contract.
pub fn parse(bytes: &[u8]) -> Result<Submission, Error> {
    let text = std::str::from_utf8(bytes).map_err(|error| Error::NotUtf8(error.valid_up_to()))?;
    let value = strict::parse(text).map_err(Error::NotJson)?;
    Ok(submission_read::read(&value).map_err(Error::Shape)?.submission)
}

/// JSON, or the same JSON as plain text, which browsers send without asking first. UTF-8, and not compressed.
fn check_media_type(headers: &HeaderMap) -> Result<(), Error> {
    let named = |name: header::HeaderName| {
        headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or("nothing")
    };
    let encoding = headers.contains_key(header::CONTENT_ENCODING).then(|| named(header::CONTENT_ENCODING));
    if let Some(encoding) = encoding.filter(|encoding| !encoding.eq_ignore_ascii_case("identity")) {
        return Err(Error::MediaType(format!("Content-Encoding {encoding}")));
    }
    let full = named(header::CONTENT_TYPE);
    let mut parts = full.split(';').map(str::trim);
    let essence = parts.next().unwrap_or_default();
    let known =
        essence.eq_ignore_ascii_case("application/json") || essence.eq_ignore_ascii_case("text/plain");
    let utf8 = parts.all(|parameter| {
        let parameter = parameter.to_ascii_lowercase();
        !parameter.starts_with("charset=") || matches!(&parameter[8..], "utf-8" | "\"utf-8\"" | "utf8")
    });
    if known && utf8 { Ok(()) } else { Err(Error::MediaType(full.chars().take(80).collect())) }
}

/// The header may be there; then it has to say the same as the body. A structured-field string is quoted.
fn check_key(headers: &HeaderMap, id: &SubmissionId) -> Result<(), Error> {
    let Some(key) = headers.get("idempotency-key") else { return Ok(()) };
    let key = key.to_str().unwrap_or_default().trim();
    let bare = key.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap_or(key);
    if bare == id.as_str() { Ok(()) } else { Err(Error::KeyMismatch(key.chars().take(80).collect())) }
}

fn prepare(app: &App, headers: &HeaderMap, submission: &Submission, mut body: Vec<u8>) -> Result<New, Error> {
    let received_at = (app.clock)();
    let mut receipt = Receipt {
        id: submission.id.as_str().to_owned(),
        received_at: Some(received_at),
        ..Receipt::default()
    };
    let mut complaint = None;
    let mut about = None;
    match &submission.body {
        submission::Body::Complaint(said) => {
            let case = open(app, headers, &submission.id, said, received_at)?;
            receipt.reply_by = Some(case.reply_by);
            receipt.owner = (!case.owner.is_empty()).then(|| case.owner.clone());
            complaint = Some(case);
        }
        submission::Body::FollowUp(said) => {
            let again = said.put_right == Some(false);
            let reopen_by = again.then(|| promised(app, received_at));
            about = Some(About { reference: said.reference.clone(), reopen_by, proven: false });
            body = customer_key::blanked(body);
        }
        submission::Body::Rating(_) | submission::Body::Feedback(_) | submission::Body::Signal(_) => {}
    }
    Ok(New {
        kind: submission.body.kind().as_str(),
        site: submission.site.clone(),
        sha256: secrets::hash(&body),
        body: body.into(),
        received_at,
        created_at: submission.created_at,
        supersedes: submission.supersedes.clone(),
        about,
        complaint,
        receipt,
        suspicions: Vec::new(),
        webhooks: app.webhooks.names_for(submission.body.kind()),
        id: submission.id.clone(),
    })
}

/// When an answer to what comes now is promised.
pub fn promised(app: &App, from: Timestamp) -> Timestamp {
    promise::reply_by(&app.config.complaint.promise, &app.zone, from)
}

/// The clock of the promise starts now, whenever the customer pressed the button (C6).
fn open(
    app: &App,
    headers: &HeaderMap,
    id: &SubmissionId,
    said: &Complaint,
    received_at: Timestamp,
) -> Result<NewComplaint, Error> {
    let company = &app.config.company;
    let owner = if company.owner_name.is_empty() { &company.name } else { &company.owner_name };
    let prefix = prefix_of(said).unwrap_or(&app.config.complaint.reference_prefix);
    let mut spare = Vec::new();
    for _ in 0..SPARE_REFERENCES {
        let mut random = [0u8; 10];
        getrandom::fill(&mut random).map_err(|error| Error::Store(StoreError::Refused(error.to_string())))?;
        spare.push(SubmissionId::v7(received_at, random).reference(prefix));
    }
    Ok(NewComplaint {
        reference: id.reference(prefix),
        spare,
        owner: owner.clone(),
        reply_by: promised(app, received_at),
        secret: fresh_secret()?,
        files: announced(app, headers, id, said)?,
        status_base: format!("{}/v1/status/", host::base_url(headers, &app.options)),
    })
}

/// The files that a complaint names, where the company takes any.
fn announced(
    app: &App,
    headers: &HeaderMap,
    id: &SubmissionId,
    said: &Complaint,
) -> Result<Option<NewFiles>, Error> {
    if said.attachments.is_empty() || app.config.complaint.attachments == 0 {
        return Ok(None);
    }
    let base = host::base_url(headers, &app.options);
    Ok(Some(NewFiles {
        files: said.attachments.clone(),
        secret: fresh_secret()?,
        upload_base: format!("{base}/v1/submissions/{}/attachments/{{id}}", id.as_str()),
    }))
}

fn fresh_secret() -> Result<String, Error> {
    secrets::fresh().ok_or_else(|| Error::Store(StoreError::Refused("no randomness".to_owned())))
}

/// The prefix that the customer's screen shows, as the widget may have another config than this receiver. The code
/// after it is always the id's: nobody can claim somebody else's reference.
fn prefix_of(said: &Complaint) -> Option<&str> {
    let reference = Reference::parse(&said.reference)?;
    let length = reference.as_str().find('-')?;
    said.reference.get(..length)
}

fn answer(status: StatusCode, receipt: String, repeated: bool) -> Response {
    let mut response = Response::new(Body::from(receipt));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if repeated {
        headers.insert("idempotent-replay", HeaderValue::from_static("true"));
    }
    response
}
