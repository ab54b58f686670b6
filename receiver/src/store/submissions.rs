//! The one write that matters: a submission, once, with its receipt.

use bytes::Bytes;
use domain::calendar::Timestamp;
use domain::submission::{Receipt, Reference, SubmissionId};
use domain::suspicion::Suspicion;

use super::attachments::{self, NewFiles};
use super::complaints::set_state;
use super::database::Fault;
use super::events::{FOLLOW_UP, NewEvent, REOPENED};
use super::transaction::Transaction;
use super::{State, Store, StoreError, outbox, quarantine};

/// A submission to be stored.
#[derive(Clone, Debug)]
pub struct New {
    /// Idempotency key.
    pub id: SubmissionId,
    /// `complaint`, …
    pub kind: &'static str,
    /// Origin of the page.
    pub site: String,
    /// The bytes as they arrived, without the customer's key.
    pub body: Bytes,
    /// Their hash, by which a repeat is told from another submission with the same id.
    pub sha256: Vec<u8>,
    /// When it arrived.
    pub received_at: Timestamp,
    /// When the customer pressed the button.
    pub created_at: Timestamp,
    /// The earlier submission that this one replaces.
    pub supersedes: Option<SubmissionId>,
    /// What a follow-up is about.
    pub about: Option<About>,
    /// What only complaints have.
    pub complaint: Option<NewComplaint>,
    /// Why it waits apart; almost nothing does.
    pub suspicions: Vec<Suspicion>,
    /// The webhooks that are told of it.
    pub webhooks: Vec<String>,
    /// What will be answered; reference and status address are filled in here.
    pub receipt: Receipt,
}

/// The complaint that a follow-up is about.
#[derive(Clone, Debug)]
pub struct About {
    /// Its reference.
    pub reference: String,
    /// When an answer is promised, if it is to be opened again. Nothing leaves it as it is.
    pub reopen_by: Option<Timestamp>,
    /// Whether the customer's key came with it. Without it, the complaint stays as it is until somebody has looked.
    pub proven: bool,
}

/// What only complaints have.
#[derive(Clone, Debug)]
pub struct NewComplaint {
    /// The reference made from the id.
    pub reference: Reference,
    /// References to take when that one is taken: two ids in a trillion share theirs.
    pub spare: Vec<Reference>,
    /// Who looks after it.
    pub owner: String,
    /// When the answer is promised.
    pub reply_by: Timestamp,
    /// What only the receipt knows.
    pub secret: String,
    /// Where its state can be looked up, up to the reference.
    pub status_base: String,
    /// The files that follow, if any are taken.
    pub files: Option<NewFiles>,
}

/// What became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// A new row; the receipt.
    Stored(String),
    /// It was there already; the receipt of then.
    Repeated(String),
    /// The id belongs to another submission; nothing was changed.
    Different,
}

/// Only when no row has this id: a repeat that overtakes its first time waits here for that one's commit.
pub(super) const INSERT: &str = "INSERT INTO submissions \
     (id, kind, site, body, body_sha256, received_ms, client_ms, supersedes, about, receipt) \
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (id) DO NOTHING RETURNING seq";

impl Store {
    /// Stores a submission. `Ok` means that it is on the disk.
    pub async fn insert(&self, new: New) -> Result<Outcome, StoreError> {
        self.writer.call(new.body.len() + 1_024, move |transaction| insert(transaction, &new)).await
    }
}

fn insert(transaction: &mut Transaction<'_>, new: &New) -> Result<Outcome, Fault> {
    let mut receipt = new.receipt.clone();
    if let Some(complaint) = &new.complaint {
        // A repeat would find its own reference taken.
        if let Some(before) = earlier(transaction, new)? {
            return Ok(before);
        }
        let reference = free_reference(transaction, complaint)?;
        receipt.status_url =
            Some(format!("{}{}?secret={}", complaint.status_base, reference, complaint.secret));
        receipt.reference = Some(reference);
        let address = |files: &NewFiles| format!("{}?secret={}", files.upload_base, files.secret);
        receipt.upload_url = complaint.files.as_ref().map(address);
    }
    let json = wire::receipt::to_json(&receipt);
    let stored = transaction.first(
        INSERT,
        &[
            new.id.as_str().into(),
            new.kind.into(),
            (&new.site).into(),
            (&new.body).into(),
            (&new.sha256).into(),
            new.received_at.0.into(),
            new.created_at.0.into(),
            new.supersedes.as_ref().map(SubmissionId::as_str).into(),
            new.about.as_ref().map(|about| about.reference.as_str()).into(),
            (&json).into(),
        ],
    )?;
    let Some(stored) = stored else {
        // Between the two statements nobody can have taken it away.
        return earlier(transaction, new)?.ok_or_else(|| Fault::Again("the row has gone".to_owned()));
    };
    let seq = stored.int(0)?;
    if !new.suspicions.is_empty() {
        quarantine::put(transaction, seq, &new.suspicions)?;
    }
    if let (Some(complaint), Some(reference)) = (&new.complaint, &receipt.reference) {
        open_case(transaction, seq, new, complaint, reference)?;
    }
    outbox::put(transaction, seq, &new.webhooks, new.received_at)?;
    if let Some(about) = new.about.as_ref().filter(|about| about.proven) {
        attach(transaction, about, new.received_at, "customer")?;
    }
    Ok(Outcome::Stored(json))
}

/// What was answered to this id before.
fn earlier(transaction: &mut Transaction<'_>, new: &New) -> Result<Option<Outcome>, Fault> {
    let before = transaction
        .first("SELECT body_sha256, receipt FROM submissions WHERE id = $1", &[new.id.as_str().into()])?;
    let Some(before) = before else { return Ok(None) };
    let same = before.bytes(0)? == new.sha256;
    Ok(Some(if same { Outcome::Repeated(before.text(1)?) } else { Outcome::Different }))
}

/// The reference made from the id, unless another complaint has it already.
fn free_reference(transaction: &mut Transaction<'_>, complaint: &NewComplaint) -> Result<String, Fault> {
    for reference in std::iter::once(&complaint.reference).chain(&complaint.spare) {
        let taken = transaction
            .number("SELECT count(*) FROM complaints WHERE reference = $1", &[reference.as_str().into()])?;
        if taken == 0 {
            return Ok(reference.as_str().to_owned());
        }
    }
    Err(Fault::Refused("every reference is taken".to_owned()))
}

fn open_case(
    transaction: &mut Transaction<'_>,
    seq: i64,
    new: &New,
    complaint: &NewComplaint,
    reference: &str,
) -> Result<(), Fault> {
    transaction.execute(
        "INSERT INTO complaints (seq, reference, secret, owner, reply_by_ms, state) VALUES ($1, $2, $3, $4, $5, $6)",
        &[
            seq.into(),
            reference.into(),
            (&complaint.secret).into(),
            (&complaint.owner).into(),
            complaint.reply_by.0.into(),
            State::Received.as_str().into(),
        ],
    )?;
    if let Some(files) = &complaint.files {
        attachments::announce(transaction, seq, files)?;
    }
    let event = entry(seq, new.received_at, "customer", State::Received.as_str());
    transaction.append(event);
    // A follow-up may overtake its complaint on the way, and somebody may have said that it is the customer's.
    let early = format!("SELECT count(*) FROM submissions s WHERE s.about = $1 AND {}", quarantine::PROVEN);
    let early = transaction.number(&early, &[reference.into()])?;
    for _ in 0..early {
        transaction.append(entry(seq, new.received_at, "customer", FOLLOW_UP));
    }
    Ok(())
}

fn entry(submission_seq: i64, at: Timestamp, actor: &'static str, kind: &str) -> NewEvent {
    NewEvent { submission_seq, at_ms: at.0, actor, kind: kind.to_owned(), note: String::new() }
}

/// Notes a follow-up in the log of its complaint. When that is not put right yet, it is opened again, with a promise of
/// its own: the old one would be broken already. The company does so when a follow-up came without the customer's key and
/// somebody has looked. What was erased is opened no more: nobody could answer it.
pub(super) fn attach(
    transaction: &mut Transaction<'_>,
    about: &About,
    at: Timestamp,
    actor: &'static str,
) -> Result<(), Fault> {
    let sql = "SELECT c.seq, c.state FROM complaints c JOIN submissions s ON s.seq = c.seq \
               WHERE c.reference = $1 AND s.erased_ms IS NULL";
    let Some(found) = transaction.first(sql, &[(&about.reference).into()])? else { return Ok(()) };
    let (seq, state) = (found.int(0)?, found.text(1)?);
    transaction.append(entry(seq, at, actor, FOLLOW_UP));
    let answered = State::parse(&state).is_some_and(State::answered);
    if let Some(reply_by) = about.reopen_by.filter(|_| answered) {
        set_state(transaction, seq, State::Received)?;
        let promise = "UPDATE complaints SET reply_by_ms = $1 WHERE seq = $2";
        transaction.execute(promise, &[reply_by.0.into(), seq.into()])?;
        transaction.append(entry(seq, at, actor, REOPENED));
    }
    Ok(())
}
