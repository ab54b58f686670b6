//! Complaints by promised date: late ones first, then those due today, then the later ones, then the answered.

use axum::extract::State;
use domain::promise::{Standing, standing};
use domain::status::State as CaseState;
use domain::submission::{Body, Complaint, Submission};

use super::access::Reader;
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
    for (wanted, title, class) in [
        (Standing::Late, "Overdue", "late"),
        (Standing::Today, "Today", "today"),
        (Standing::OnTrack, "Later", "later"),
    ] {
        let rows = open.iter().filter(|row| standing(row.reply_by, now, &app.zone) == wanted);
        section(&app, &mut main, title, class, urgent_first(rows.map(Item::new)));
    }
    section(&app, &mut main, "Answered", "answered", answered.iter().map(Item::new).collect());
    Ok(page(&app, &reader, Tab::Complaints, counts, &main))
}

/// Says how many complaints wait apart: their customers were promised an answer too.
fn apart(out: &mut Html, hidden: i64) {
    if hidden == 0 {
        return;
    }
    out.raw("<p class=\"notice\" role=\"status\"><a href=\"/register/quarantine\">");
    out.text(&hidden.to_string());
    out.raw(if hidden == 1 { " complaint looks" } else { " complaints look" });
    out.raw(" like spam</a>. Please look soon: an answer was promised all the same.</p>");
}

/// A complaint as it stands in the list.
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

/// Where safety, money or health is at risk nobody waits for the next date (C14).
fn urgent_first<'a>(items: impl Iterator<Item = Item<'a>>) -> Vec<Item<'a>> {
    let mut items: Vec<_> = items.collect();
    items.sort_by_key(|item| !item.is_urgent());
    items
}

fn section(app: &App, out: &mut Html, title: &'static str, class: &'static str, items: Vec<Item<'_>>) {
    if items.is_empty() {
        return;
    }
    out.raw("<section class=\"").raw(class).raw("\"><h2>").raw(title).raw(" <span class=\"count\">");
    out.text(&items.len().to_string()).raw("</span></h2><ul class=\"cases\">");
    for item in &items {
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
    out.raw("<span class=\"due\">Answer by ");
    time(out, &app.zone, row.reply_by);
    out.raw("</span></span>");
    if let (Some(submission), Some(complaint)) = (&item.submission, item.said()) {
        out.raw("<span class=\"said\">").text(&beginning(&complaint.text, EXCERPT_CHARS)).raw("</span>");
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
