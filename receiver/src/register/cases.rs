//! Complaints by what is due: the urgent ones first, then the late, those due today, the later ones, and the answered.

use axum::extract::State;
use domain::promise::{Standing, standing};
use domain::status::State as CaseState;
use domain::submission::{Body, Complaint, Submission};

use super::access::Reader;
use super::due::due;
use super::html::Html;
use super::layout::{Tab, beginning, page, read, time, who};
use super::{ROWS_MAX, texts};
use crate::store::CaseRow;
use crate::{App, Error, Shared};

/// Answered complaints that are still shown.
const ANSWERED_MAX: u32 = 50;
/// Characters of a complaint in the list.
const EXCERPT_CHARS: usize = 180;

/// Shows the list.
pub async fn list(State(app): State<Shared>, reader: Reader) -> Result<Html, Error> {
    let open = app.store.complaints(false, ROWS_MAX).await?;
    let answered = app.store.complaints(true, ANSWERED_MAX).await?;
    let counts = app.store.counts().await?;
    let now = (app.clock)();
    let mut main = Html::new();
    main.raw("<h1>Complaints</h1>");
    apart(&mut main, counts.hidden);
    if counts.hidden > 0 && open.is_empty() {
        // Neither sentence would be true.
    } else if open.is_empty() && answered.is_empty() {
        main.raw("<p class=\"empty\">No complaint has come in yet. Each one will stand here with its promised date.</p>");
    } else if open.is_empty() {
        main.raw("<p class=\"empty\">Every complaint has its answer.</p>");
    }
    // Where safety, money or health is at risk nobody waits for a date (C14).
    let beyond = match counts.open > i64::from(ROWS_MAX) {
        true => app.store.complaints_beyond(ROWS_MAX, ROWS_MAX as usize, is_urgent).await?,
        false => Vec::new(),
    };
    let all = open.iter().chain(&beyond).map(Item::new);
    let (urgent, calm): (Vec<_>, Vec<_>) = all.partition(Item::is_urgent);
    section(&app, &mut main, "Urgent", "late", &urgent);
    for (wanted, title, class) in [
        (Standing::Late, "Overdue", "late"),
        (Standing::Today, "Today", "today"),
        (Standing::OnTrack, "Later", "later"),
    ] {
        let is_wanted = |item: &&Item<'_>| standing(item.row.reply_by, now, &app.zone) == wanted;
        section(&app, &mut main, title, class, &calm.iter().filter(is_wanted).cloned().collect::<Vec<_>>());
    }
    more(&mut main, counts.open, urgent.len() + calm.len());
    section(&app, &mut main, "Answered", "answered", &answered.iter().map(Item::new).collect::<Vec<_>>());
    Ok(page(&app, &reader, Tab::Complaints, counts, &main))
}

/// Says how many complaints wait apart: their customers were promised an answer too.
fn apart(out: &mut Html, hidden: i64) {
    if hidden == 0 {
        return;
    }
    out.raw("<p class=\"notice\" role=\"status\"><a href=\"/register/quarantine\">");
    out.text(&texts::count(hidden, "complaint looks", "complaints look"));
    out.raw(" like spam</a>. Please look soon: an answer was promised all the same.</p>");
}

/// A complaint as it stands in the list.
#[derive(Clone)]
struct Item<'a> {
    row: &'a CaseRow,
    submission: Option<Submission>,
}

impl<'a> Item<'a> {
    fn new(row: &'a CaseRow) -> Self {
        Self { row, submission: read(&row.body) }
    }

    fn said(&self) -> Option<&Complaint> {
        match &self.submission.as_ref()?.body {
            Body::Complaint(complaint) => Some(complaint),
            Body::Rating(_) | Body::Feedback(_) | Body::FollowUp(_) | Body::Signal(_) => None,
        }
    }

    fn is_urgent(&self) -> bool {
        self.said().is_some_and(|complaint| complaint.urgent)
    }
}

/// Whether a body is an urgent complaint's. Few are, so most need not be read.
fn is_urgent(body: &[u8]) -> bool {
    let named = body.windows(8).any(|part| part == b"\"urgent\"");
    named
        && match read(body).map(|submission| submission.body) {
            Some(Body::Complaint(complaint)) => complaint.urgent,
            Some(Body::Rating(_) | Body::Feedback(_) | Body::FollowUp(_) | Body::Signal(_)) | None => false,
        }
}

/// Says how many more there are than one page shows.
fn more(out: &mut Html, all: i64, shown: usize) {
    let hidden = all - i64::try_from(shown).unwrap_or(i64::MAX);
    if hidden > 0 {
        out.raw("<p class=\"empty\">");
        out.text(&texts::count(hidden, "complaint is", "complaints are"));
        out.raw(" due after these. Answer some, and they move up; the export holds all of them.</p>");
    }
}

fn section(app: &App, out: &mut Html, title: &'static str, class: &'static str, items: &[Item<'_>]) {
    if items.is_empty() {
        return;
    }
    out.raw("<section class=\"").raw(class).raw("\"><h2>").raw(title).raw(" <span class=\"count\">");
    out.text(&items.len().to_string()).raw("</span></h2><ul class=\"cases\">");
    for item in items {
        entry(app, out, item);
    }
    out.raw("</ul></section>");
}

fn entry(app: &App, out: &mut Html, item: &Item<'_>) {
    let row = item.row;
    out.raw("<li><a class=\"card\" href=\"/register/complaints/").text(&row.reference);
    out.raw("\"><span class=\"line\"><strong class=\"reference\">").text(&row.reference).raw("</strong>");
    badge(out, row.state);
    if item.is_urgent() {
        out.raw("<span class=\"badge urgent\">Urgent</span>");
    }
    if row.state.answered() {
        out.raw("<span class=\"due\">Received ");
        time(out, &app.zone, row.received_at);
        out.raw("</span>");
    } else {
        due(out, &app.zone, row.reply_by, (app.clock)(), item.is_urgent());
    }
    out.raw("</span>");
    if let (Some(submission), Some(complaint)) = (&item.submission, item.said()) {
        out.raw("<span class=\"said\" lang=\"")
            .text(&submission.locale)
            .raw("\">")
            .text(&beginning(&complaint.text, EXCERPT_CHARS))
            .raw("</span>");
        out.raw("<span class=\"meta\">").text(who(&submission.customer));
        thing(out, complaint);
        out.raw("</span>");
    }
    out.raw("</a></li>");
}

fn thing(out: &mut Html, complaint: &Complaint) {
    for part in [&complaint.product, &complaint.order] {
        if !part.is_empty() {
            out.raw(" · ").text(part);
        }
    }
}

/// The state as a small label.
pub fn badge(out: &mut Html, state: CaseState) {
    out.raw("<span class=\"badge ").raw(state.as_str()).raw("\">").raw(texts::state(state)).raw("</span>");
}
