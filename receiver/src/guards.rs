//! What a submission passes before it is stored: rates by address and site. And what marks it: words that many others
//! have sent. Holds what has to be remembered for that; nothing of it is written down.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};

use axum::http::HeaderMap;
use domain::calendar::Timestamp;
use domain::submission::{Submission, SubmissionId};
use domain::suspicion::{self, Suspicion};

use crate::places::{Place, household};
use crate::rates::Rates;
use crate::volumes::{Counted, Volumes};
use crate::{Error, Options, secrets};

/// Different words that are remembered, and for how long.
const WORDS_MAX: usize = 4_096;
const WORDS_MS_MAX: i64 = 60 * 60 * 1_000;
/// Submissions that are remembered with the same words. More make no difference.
const SENDERS_MAX: usize = 8;

/// The connection that a request came through.
#[derive(Clone, Debug)]
pub struct Peer {
    /// Who is at its other end: the customer, or a proxy.
    pub address: IpAddr,
    /// Its place.
    pub place: Arc<Place>,
}

/// Everything that is remembered about senders.
#[derive(Debug)]
pub struct Guards {
    addresses: Rates<IpAddr>,
    sites: Rates<String>,
    address_files: Arc<Volumes<IpAddr>>,
    site_files: Arc<Volumes<String>>,
    words: Mutex<HashMap<Vec<u8>, Senders>>,
}

/// Since when some words are known, and which submissions said them.
type Senders = (i64, Vec<SubmissionId>);

/// What a submission added to the known words, to be taken back when it is not stored.
#[derive(Debug)]
pub struct Said(Option<(Vec<u8>, SubmissionId)>);

/// The bytes of a file that is on its way in. Dropped, they do not count.
#[derive(Debug)]
pub struct CountedFile {
    address: Option<Counted<IpAddr>>,
    site: Option<Counted<String>>,
}

impl CountedFile {
    /// It is stored: they count.
    pub fn keep(self) {
        self.address.map(Counted::keep);
        self.site.map(Counted::keep);
    }
}

impl Guards {
    /// With the rates that the receiver was told.
    pub fn new(options: &Options) -> Self {
        Self {
            addresses: Rates::per_minute(options.rate_per_address),
            sites: Rates::per_minute(options.rate_per_site),
            address_files: Volumes::per_day(options.file_bytes_per_address),
            site_files: Volumes::per_day(options.file_bytes_per_site),
            words: Mutex::default(),
        }
    }

    /// Before anything is read: does this customer send too often?
    pub fn check_address(&self, from: Option<IpAddr>, now: Timestamp) -> Result<(), Error> {
        let Some(address) = from else { return Ok(()) };
        self.addresses.count(household(address), ms(now)).map_err(too_many)
    }

    /// Once the site is known: do all its customers together?
    pub fn check_site(&self, site: &str, now: Timestamp) -> Result<(), Error> {
        self.sites.count(site.to_owned(), ms(now)).map_err(too_many)
    }

    /// Counts the bytes of a file before they come, unless its customer or its site has handed in too many of late.
    pub fn count_file(
        &self,
        from: Option<IpAddr>,
        site: &str,
        bytes: u64,
        now: Timestamp,
    ) -> Result<CountedFile, Error> {
        let own = from.map(|address| self.address_files.count(&household(address), bytes, ms(now)));
        let address = own.transpose().map_err(too_many)?.flatten();
        let site = self.site_files.count(&site.to_owned(), bytes, ms(now)).map_err(too_many)?;
        Ok(CountedFile { address, site })
    }

    /// Why it looks like spam. Other submissions with its words count, never the tries of this one: whoever comes again
    /// after an outage is no campaign.
    pub fn suspect(&self, submission: &Submission, now: Timestamp) -> (Vec<Suspicion>, Said) {
        let words = suspicion::words(submission);
        let mut said_before = 0;
        let mut said = Said(None);
        if suspicion::is_compared(&words) {
            let hash = secrets::hash(words.as_bytes());
            let (others, added) = self.remember(&hash, &submission.id, now);
            said_before = others;
            said = Said(added.then(|| (hash, submission.id.clone())));
        }
        (suspicion::suspicions(&words, said_before), said)
    }

    /// Counts others with the same words, and this one from now on: also when its sender does not wait for the answer.
    /// Answers as well whether it was not counted before.
    fn remember(&self, words: &[u8], id: &SubmissionId, now: Timestamp) -> (u32, bool) {
        let mut known = self.words.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= WORDS_MAX {
            known.retain(|_, (at, _)| now.0 - *at < WORDS_MS_MAX);
        }
        if known.len() >= WORDS_MAX {
            known.clear();
        }
        let (since, senders) = known.entry(words.to_owned()).or_insert((now.0, Vec::new()));
        if now.0 - *since >= WORDS_MS_MAX {
            *since = now.0;
            senders.clear();
        }
        let others = senders.iter().filter(|sender| *sender != id).count();
        let adds = others == senders.len() && others < SENDERS_MAX;
        if adds {
            senders.push(id.clone());
        }
        (u32::try_from(others).unwrap_or(u32::MAX), adds)
    }

    /// What was not stored has not been said.
    pub fn forget(&self, said: Said) {
        let Some((words, id)) = said.0 else { return };
        let mut known = self.words.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, senders)) = known.get_mut(&words) {
            senders.retain(|sender| *sender != id);
        }
    }
}

fn ms(at: Timestamp) -> u64 {
    u64::try_from(at.0).unwrap_or_default()
}

fn too_many(wait_ms: u64) -> Error {
    Error::TooMany(wait_ms.div_ceil(1_000).clamp(1, 3_600))
}

/// The customer's address: the other end of the connection, or what a proxy that we know says of it. `None` when there
/// is no telling, as with a program on this machine that names nobody.
pub fn customer(peer: Option<&Peer>, headers: &HeaderMap, options: &Options) -> Option<IpAddr> {
    let near = peer?.address.to_canonical();
    if !near.is_loopback() && !options.proxies.contains(&near) {
        return Some(near);
    }
    // The last entry is the proxy's own word; those before it are whatever the customer wrote.
    let last = headers.get_all("x-forwarded-for").into_iter().next_back()?.to_str().ok()?;
    let last = last.rsplit(',').next()?.trim();
    let bare = last.strip_prefix('[').and_then(|rest| rest.split(']').next()).unwrap_or(last);
    bare.parse().ok().or_else(|| last.parse::<std::net::SocketAddr>().ok().map(|address| address.ip()))
}
