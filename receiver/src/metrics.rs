//! What the receiver counts, in the words of Prometheus, and whether it is well. Numbers only: no customer is in them.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Instant;

use axum::Extension;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, header};
use axum::middleware::Next;
use axum::response::Response;

use crate::guards::{Peer, customer};
use crate::store::{BOUNDS_US, Times};
use crate::{Error, Shared};

/// Counters, all rising.
#[derive(Debug, Default)]
pub struct Counters {
    /// Submissions that were stored.
    pub accepted: AtomicU64,
    /// Repeats that got their receipt again.
    pub replays: AtomicU64,
    /// Submissions that wait apart for somebody to look.
    pub quarantined: AtomicU64,
    /// Files that were stored, and their bytes.
    pub files: AtomicU64,
    /// See `files`.
    pub file_bytes: AtomicU64,
    /// Submissions and files without a 2xx, by the name of their problem.
    refused: Mutex<BTreeMap<&'static str, u64>>,
    /// How long submissions took to be answered.
    answers: Times,
    /// A shutdown has begun.
    pub ending: AtomicBool,
}

/// A response that refuses, and why.
#[derive(Clone, Copy, Debug)]
pub struct Refused(pub &'static str);

/// Counts what was refused.
pub async fn count(State(app): State<Shared>, request: Request, next: Next) -> Response {
    let posts = request.method() == Method::POST;
    let counted = posts || request.method() == Method::PUT;
    let began = Instant::now();
    let response = next.run(request).await;
    if posts {
        app.counters.answers.note(began.elapsed());
    }
    if let Some(Refused(reason)) = response.extensions().get::<Refused>().filter(|_| counted) {
        let mut refused = app.counters.refused.lock().unwrap_or_else(PoisonError::into_inner);
        *refused.entry(reason).or_default() += 1;
    }
    response
}

/// Whether this process runs; a supervisor starts it again when it does not answer.
pub async fn healthy() -> &'static str {
    "ok\n"
}

/// Whether submissions can be taken in now; a balancer asks somebody else when they cannot.
pub async fn ready(State(app): State<Shared>) -> Result<&'static str, Error> {
    if app.counters.ending.load(Ordering::Relaxed) {
        return Err(Error::NotReady("it is shutting down"));
    }
    app.store.ping().await?;
    Ok("ready\n")
}

/// Shows the counters to this machine, and to whoever was named with `--metrics-from`.
pub async fn show(
    State(app): State<Shared>,
    peer: Option<Extension<Peer>>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    let peer = peer.map(|Extension(peer)| peer);
    let who = customer(peer.as_ref(), &headers, &app.options);
    if who.is_some_and(|who| !app.options.metrics_from.contains(&who.to_canonical())) {
        return Err(Error::NotFound);
    }
    let mut told = text(&app);
    webhooks(&mut told, &app).await;
    let mut response = Response::new(Body::from(told));
    let kind = HeaderValue::from_static("text/plain; version=0.0.4; charset=utf-8");
    response.headers_mut().insert(header::CONTENT_TYPE, kind);
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}

fn text(app: &Shared) -> String {
    let mut out = String::new();
    let read = |counter: &AtomicU64| counter.load(Ordering::Relaxed);
    let counters = &app.counters;
    let meter = app.store.meter();
    let mut one = |name: &str, kind: &str, help: &str, value: u64| {
        let _ = writeln!(out, "# HELP all_ears_{name} {help}\n# TYPE all_ears_{name} {kind}");
        let _ = writeln!(out, "all_ears_{name} {value}");
    };
    one("accepted_total", "counter", "Submissions stored.", read(&counters.accepted));
    one("replays_total", "counter", "Repeats answered with their receipt.", read(&counters.replays));
    one(
        "quarantined_total",
        "counter",
        "Submissions that wait apart for somebody to look.",
        read(&counters.quarantined),
    );
    one("attachments_total", "counter", "Files stored.", read(&counters.files));
    one("attachment_bytes_total", "counter", "Bytes of these files.", read(&counters.file_bytes));
    one("stored_jobs_total", "counter", "Jobs of all transactions.", read(&meter.jobs));
    one("failed_commits_total", "counter", "Transactions that were not kept.", read(&meter.failures));
    one("queue_depth", "gauge", "Jobs that wait to be written.", app.store.waiting() as u64);
    let limit = app.pressure.limit() as u64;
    one("under_way_limit", "gauge", "Submissions that may be under way at once.", limit);
    one("attachments_arriving", "gauge", "Files on their way in.", app.arriving.under_way() as u64);
    one("connections", "gauge", "Connections that are open.", app.places.taken() as u64);
    let name = "all_ears_lag_seconds";
    let _ = writeln!(out, "# HELP {name} How long a request waits for its turn.\n# TYPE {name} gauge");
    let _ = writeln!(out, "{name} {}", seconds(app.pressure.lag_us()));
    let name = "all_ears_refused_total";
    let _ = writeln!(out, "# HELP {name} Submissions and files without a 2xx.\n# TYPE {name} counter");
    for (reason, count) in counters.refused.lock().unwrap_or_else(PoisonError::into_inner).iter() {
        let _ = writeln!(out, "{name}{{reason=\"{reason}\"}} {count}");
    }
    let help = "From the head of a submission to its answer, refusals included.";
    histogram(&mut out, "answer_seconds", help, &counters.answers);
    histogram(&mut out, "commit_seconds", "From the first statement to the flush.", &meter.transactions);
    out
}

/// What was told to other programs, and what is still to be told to whom.
async fn webhooks(out: &mut String, app: &Shared) {
    let mut depths: BTreeMap<(String, String), (i64, i64)> = BTreeMap::new();
    let (tries, gone) = ("all_ears_webhook_tries_total", "all_ears_webhook_gone");
    let _ = writeln!(out, "# HELP {tries} Tries to tell a webhook something.\n# TYPE {tries} counter");
    for webhook in app.webhooks.iter() {
        let name = &webhook.endpoint.name;
        for (outcome, count) in [("told", &webhook.told), ("failed", &webhook.failed)] {
            let count = count.load(Ordering::Relaxed);
            let _ = writeln!(out, "{tries}{{webhook=\"{name}\",outcome=\"{outcome}\"}} {count}");
        }
        for state in ["waiting", "dead"] {
            depths.insert((name.clone(), state.to_owned()), (0, 0));
        }
    }
    let _ = writeln!(out, "# HELP {gone} Webhooks that answered 410.\n# TYPE {gone} gauge");
    for webhook in app.webhooks.iter() {
        let is_gone = u8::from(webhook.gone.load(Ordering::Relaxed));
        let _ = writeln!(out, "{gone}{{webhook=\"{}\"}} {is_gone}", webhook.endpoint.name);
    }
    // Also of webhooks that no file names any more.
    // The other numbers are there also when the database is not.
    for depth in app.store.outbox().await.unwrap_or_default() {
        let age_ms = ((app.clock)().0 - depth.since.0).max(0);
        depths.insert((depth.endpoint, depth.state), (depth.count, age_ms / 1_000));
    }
    let (outbox, oldest) = ("all_ears_outbox", "all_ears_outbox_oldest_seconds");
    let _ = writeln!(out, "# HELP {outbox} What is still to be told.\n# TYPE {outbox} gauge");
    for ((name, state), (count, _)) in &depths {
        let _ = writeln!(out, "{outbox}{{webhook=\"{name}\",state=\"{state}\"}} {count}");
    }
    let _ = writeln!(out, "# HELP {oldest} For how long the oldest has been there.\n# TYPE {oldest} gauge");
    for ((name, state), (_, age)) in &depths {
        let _ = writeln!(out, "{oldest}{{webhook=\"{name}\",state=\"{state}\"}} {age}");
    }
}

fn histogram(out: &mut String, name: &str, help: &str, times: &Times) {
    let read = |counter: &AtomicU64| counter.load(Ordering::Relaxed);
    let _ = writeln!(out, "# HELP all_ears_{name} {help}\n# TYPE all_ears_{name} histogram");
    let mut below = 0;
    for (class, bound) in times.classes.iter().zip(BOUNDS_US) {
        below += read(class);
        let _ = writeln!(out, "all_ears_{name}_bucket{{le=\"{}\"}} {below}", seconds(bound));
    }
    below += times.classes.last().map_or(0, read);
    let _ = writeln!(out, "all_ears_{name}_bucket{{le=\"+Inf\"}} {below}");
    let spent = seconds(read(&times.spent_us));
    let _ = writeln!(out, "all_ears_{name}_sum {spent}\nall_ears_{name}_count {below}");
}

#[expect(clippy::cast_precision_loss, reason = "a shown number")]
fn seconds(us: u64) -> f64 {
    us as f64 / 1e6
}
