//! Telling other programs of the company what was handed in. What is to be told stands in the outbox since the moment
//! that the submission stands in the register; here it is taken up, sent, and struck out once it was received: at least
//! once, under an id by which a repeat is known.

mod address;
mod client;
mod config;
mod delivery;
mod plan;
mod sign;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64};

use domain::submission::Kind;
use tokio::sync::Notify;

pub use config::{Endpoint, read};
pub use delivery::{Deliveries, start};
pub use sign::Secret;

/// One webhook, and what is known of it.
#[derive(Debug)]
pub struct Webhook {
    /// Where to, and of what.
    pub endpoint: Endpoint,
    /// Tries that were received.
    pub told: AtomicU64,
    /// Tries that were not.
    pub failed: AtomicU64,
    /// It has said that it is gone; it is asked again after the next start.
    pub gone: AtomicBool,
    /// Rung when something has come in.
    bell: Notify,
}

/// All of them.
#[derive(Debug, Default)]
pub struct Webhooks(Vec<Arc<Webhook>>);

impl Webhooks {
    /// As the operator's file says.
    pub fn new(endpoints: &[Endpoint]) -> Self {
        let webhook = |endpoint: &Endpoint| {
            let (told, failed, gone, bell) = Default::default();
            Arc::new(Webhook { endpoint: endpoint.clone(), told, failed, gone, bell })
        };
        Self(endpoints.iter().map(webhook).collect())
    }

    /// Each of them.
    pub fn iter(&self) -> impl Iterator<Item = &Arc<Webhook>> {
        self.0.iter()
    }

    /// The names of those that hear of this kind.
    pub fn names_for(&self, kind: Kind) -> Vec<String> {
        let hears = |webhook: &&Arc<Webhook>| webhook.endpoint.kinds.contains(&kind);
        self.0.iter().filter(hears).map(|webhook| webhook.endpoint.name.clone()).collect()
    }

    /// Says that something has come in.
    pub fn ring(&self) {
        self.0.iter().for_each(|webhook| webhook.bell.notify_one());
    }
}
