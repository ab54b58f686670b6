//! Taking up what is due, a few tries at a time for each webhook, so that a slow one holds up nobody but itself.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use bytes::Bytes;
use domain::calendar::Timestamp;
use serde_json::Value;
use tokio::sync::watch;
use tokio::task::JoinSet;
use wire::webhook::{self, Event};

use super::Webhook;
use super::client::Client;
use super::plan::{Gate, Outcome, Plan};
use crate::store::{Due, Store, StoreError};
use crate::{App, log};

/// Tries of one webhook at a time.
const UNDER_WAY_MAX: usize = 4;
/// How long a try belongs to whoever took it up, beyond its own time. After a kill it is made again then.
const LEASE_MS: i64 = 5_000;
/// How often the outbox is looked at without a ring: other receivers and commands write into it as well.
const PAUSE: Duration = Duration::from_secs(1);
/// How long somebody waits when another receiver has taken up what was due.
const RACE_PAUSE: Duration = Duration::from_millis(20);
/// How long somebody waits when the store is busy, and how often it is asked to note what a try came to.
const BUSY_PAUSE: Duration = Duration::from_millis(250);
const NOTES_MAX: u32 = 16;

/// Deliveries that go on until they are told to end.
#[derive(Debug)]
pub struct Deliveries {
    end: watch::Sender<bool>,
    tasks: JoinSet<()>,
}

/// Begins to deliver.
pub fn start(app: &App) -> Result<Deliveries, String> {
    let (end, ended) = watch::channel(false);
    let mut tasks = JoinSet::new();
    if app.webhooks.iter().next().is_some() {
        let client = Client::new()?;
        for webhook in app.webhooks.iter() {
            let delivery = Delivery {
                webhook: Arc::clone(webhook),
                store: app.store.clone(),
                clock: app.clock,
                client: client.clone(),
                plan: Plan::new(),
                gate: Gate::default(),
                tries: JoinSet::new(),
            };
            tasks.spawn(delivery.run(ended.clone()));
        }
    }
    Ok(Deliveries { end, tasks })
}

impl Deliveries {
    /// Takes nothing up any more, and waits for the tries that are under way, but not for ever: what is cut off here
    /// is made again after the next start.
    pub async fn end(mut self, patience: Duration) {
        let _ = self.end.send(true);
        let all = async { while self.tasks.join_next().await.is_some() {} };
        let _ = tokio::time::timeout(patience, all).await;
        self.tasks.shutdown().await;
    }
}

struct Delivery {
    webhook: Arc<Webhook>,
    store: Store,
    clock: fn() -> Timestamp,
    client: Client,
    plan: Plan,
    gate: Gate,
    tries: JoinSet<(Due, Outcome)>,
}

impl Delivery {
    async fn run(mut self, mut ended: watch::Receiver<bool>) {
        loop {
            let pause = match self.take_up().await {
                Ok(pause) => pause,
                // Customers come first.
                Err(StoreError::Busy) => BUSY_PAUSE,
                Err(error) => {
                    log::fault(&error);
                    BUSY_PAUSE
                }
            };
            let webhook = Arc::clone(&self.webhook);
            let done = tokio::select! {
                _ = ended.wait_for(|ended| *ended) => break,
                done = self.tries.join_next(), if !self.tries.is_empty() => done,
                () = webhook.bell.notified() => None,
                () = tokio::time::sleep(pause) => None,
            };
            if let Some(Ok((due, outcome))) = done {
                self.note(due, outcome).await;
            }
        }
        while let Some(Ok((due, outcome))) = self.tries.join_next().await {
            self.note(due, outcome).await;
        }
    }

    /// Takes up what is due and fits; answers how long nothing new is to be expected.
    async fn take_up(&mut self) -> Result<Duration, StoreError> {
        let now = (self.clock)();
        let room = self.gate.room(UNDER_WAY_MAX).saturating_sub(self.tries.len());
        let shut = ms(self.gate.shut_ms(now));
        if room == 0 || shut > Duration::ZERO {
            return Ok(if room == 0 { PAUSE } else { PAUSE.min(shut) });
        }
        let name = &self.webhook.endpoint.name;
        match self.store.due_next(name.clone()).await? {
            None => return Ok(PAUSE),
            Some(at) if at > now => return Ok(PAUSE.min(ms(at.0 - now.0))),
            Some(_) => {}
        }
        let until = Timestamp(now.0 + self.lease_ms());
        let all = self.store.take_up(name.clone(), now, until, room).await?;
        // Where another receiver was quicker, there may be more in a moment.
        let pause = if all.is_empty() { RACE_PAUSE } else { PAUSE };
        for due in all {
            let (client, webhook) = (self.client.clone(), Arc::clone(&self.webhook));
            self.tries.spawn(async move {
                let body = Bytes::from(event(&due, webhook.endpoint.full));
                let outcome = client.tell(&webhook.endpoint, &message_id(&due), now, body).await;
                (due, outcome)
            });
        }
        Ok(pause)
    }

    /// Milliseconds that a try belongs to whoever took it up.
    fn lease_ms(&self) -> i64 {
        LEASE_MS + i64::try_from(self.webhook.endpoint.timeout.as_millis()).unwrap_or(LEASE_MS)
    }

    async fn note(&mut self, due: Due, outcome: Outcome) {
        let now = (self.clock)();
        let name = self.webhook.endpoint.name.clone();
        let back = self.gate.note(&outcome, now, self.plan);
        let count = if outcome == Outcome::Told { &self.webhook.told } else { &self.webhook.failed };
        count.fetch_add(1, Ordering::Relaxed);
        let attempts = due.attempts + 1;
        let chance = chance();
        let (said, next) = match outcome {
            Outcome::Told => {
                keep(|| self.store.told(due.seq)).await;
                if back {
                    let from = Timestamp(now.0 + self.lease_ms());
                    keep(|| self.store.hasten(name.clone(), from, now)).await;
                    log::event("webhook_back", &[("webhook", &name)]);
                }
                return;
            }
            Outcome::Gone => {
                if !self.webhook.gone.swap(true, Ordering::Relaxed) {
                    log::event("webhook_gone", &[("webhook", &name)]);
                }
                // Nothing of it is lost: it is asked again after the next start, when somebody has seen to it.
                ("410, it is gone".to_owned(), Some(now))
            }
            Outcome::Failed(said, asked_ms) => {
                let asked = Timestamp(now.0 + asked_ms.unwrap_or(0));
                let next = self.plan.next_try(attempts, due.since, now, chance);
                (said, next.map(|next| next.max(asked)))
            }
        };
        if next.is_none() {
            log::event("webhook_given_up", &[("webhook", &name), ("id", &due.id)]);
        }
        keep(|| self.store.not_told(due.seq, attempts, next, said.clone())).await;
    }
}

/// Writes down what a try came to, also when the store is busy at first. Without it the try is made again.
async fn keep<F: Future<Output = Result<(), StoreError>>>(write: impl Fn() -> F) {
    for _ in 0..NOTES_MAX {
        match write().await {
            Ok(()) => return,
            Err(StoreError::Gone) => break,
            Err(_) => tokio::time::sleep(BUSY_PAUSE).await,
        }
    }
    log::fault(&"what a webhook answered was not written down; it will be told again");
}

fn ms(ms: i64) -> Duration {
    Duration::from_millis(u64::try_from(ms).unwrap_or(0))
}

fn chance() -> u64 {
    let mut bytes = [0; 8];
    let _ = getrandom::fill(&mut bytes);
    u64::from_le_bytes(bytes)
}

/// By which a repeat is known: the same in every try and from every receiver.
fn message_id(due: &Due) -> String {
    format!("msg_{}", due.id)
}

fn event(due: &Due, full: bool) -> String {
    let receipt: Value = serde_json::from_str(&due.receipt).unwrap_or_default();
    let of_receipt = |key: &str| receipt[key].as_str().unwrap_or_default().to_owned();
    let (reference, reply_by) = (of_receipt("reference"), of_receipt("reply_by"));
    let body = std::str::from_utf8(&due.body).ok().filter(|body| full && !body.is_empty());
    webhook::to_json(&Event {
        id: &due.id,
        kind: &due.kind,
        site: &due.site,
        received_at: Some(due.received_at),
        reference: &reference,
        reply_by: &reply_by,
        about: due.about.as_deref().unwrap_or_default(),
        quarantined: due.quarantined,
        erased: due.erased,
        submission: body,
    })
}
