//! One complaint: everything the customer said, everything that happened, and what happens next.

use axum::extract::{Path, RawQuery, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect, Response};
use domain::calendar::{Timestamp, instant};
use domain::config::Outcome;
use domain::limits;
use domain::promise::{Standing, standing};
use domain::status::State as CaseState;
use domain::submission::{Body, Complaint, ContactBy, FollowUp, Reference, Submission};

use super::access::Reader;
use super::cases::badge;
use super::due::due;
use super::files;
use super::html::Html;
use super::layout::{Tab, about, fact, page, read, time, token};
use super::texts;
use crate::body::Paced;
use crate::store::{BodyRow, Case, Entry};
use crate::{App, Error, Shared};

/// Shows it.
pub async fn show(
    State(app): State<Shared>,
    reader: Reader,
    Path(reference): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Html, Error> {
    let reference = Reference::parse(&reference).ok_or(Error::NotFound)?;
    let case = app.store.complaint(reference.as_str().to_owned()).await?.ok_or(Error::NotFound)?;
    let files = app.store.files(case.row.seq).await?;
    let counts = app.store.counts().await?;
    let mut main = Html::new();
    main.raw("<p class=\"back\"><a href=\"/register\">All complaints</a></p>");
    if query.as_deref() == Some("saved") {
        main.raw(
            "<p class=\"saved\" role=\"status\">Saved. The customer sees it on their status page now.</p>",
        );
    }
    title(&app, &mut main, &case);
    main.raw("<div class=\"columns\"><div>");
    match read(&case.row.body) {
        Some(Submission { body: Body::Complaint(complaint), customer, context, page, locale, .. }) => {
            words(&app, &mut main, &complaint, &locale);
            files::list(&mut main, &files, &complaint.attachments);
            main.raw("<section class=\"panel\"><h2>Customer</h2><dl>");
            let named = if customer == Default::default() { "Anonymous" } else { &customer.name };
            fact(&mut main, "Name", named);
            reach(&mut main, "E-mail", "mailto:", &customer.email);
            reach(&mut main, "Phone", "tel:", &customer.phone);
            fact(&mut main, "Prefers", customer.contact_by.map_or("", contact));
            fact(&mut main, "Language", texts::language(&locale));
            fact(&mut main, "About", &about(&context));
            fact(&mut main, "Page", &page.url);
            main.raw("</dl></section>");
        }
        _ => gone(&app, &mut main, case.row.erased_at),
    }
    for row in &case.follow_ups {
        follow_up(&app, &mut main, row);
    }
    unproven(&mut main, case.unproven);
    main.raw("</div><div>");
    if case.row.erased_at.is_none() {
        next(&mut main, &reader, &case);
    }
    log(&app, &mut main, &case.log);
    main.raw("</div></div>");
    Ok(page(&app, &reader, Tab::Complaints, counts, &main))
}

/// Why there are no words to show.
fn gone(app: &App, out: &mut Html, erased_at: Option<Timestamp>) {
    let Some(at) = erased_at else {
        out.raw("<p class=\"empty\">A newer version stored this complaint; the export holds all of it.</p>");
        return;
    };
    out.raw("<p class=\"empty\">Erased ");
    time(out, &app.zone, at);
    out.raw(": what the customer said and what was noted for them is gone, here and in the export. ");
    out.raw("The log keeps that the complaint was there.</p>");
}

fn title(app: &App, out: &mut Html, case: &Case) {
    let row = &case.row;
    out.raw("<h1 class=\"reference\">").text(&row.reference).raw("</h1><p class=\"line\">");
    if row.erased_at.is_some() {
        out.raw("<span class=\"badge\">Erased</span>");
    } else {
        badge(out, row.state);
    }
    if !row.state.answered() && row.erased_at.is_none() {
        match standing(row.reply_by, (app.clock)(), &app.zone) {
            Standing::Late => out.raw("<span class=\"badge urgent\">Overdue</span>"),
            Standing::Today => out.raw("<span class=\"badge today\">Today</span>"),
            Standing::OnTrack => out,
        };
        let is_urgent =
            matches!(read(&row.body), Some(Submission { body: Body::Complaint(said), .. }) if said.urgent);
        due(out, &app.zone, row.reply_by, (app.clock)(), is_urgent);
    }
    out.raw("<span>Received ");
    time(out, &app.zone, row.received_at);
    out.raw("</span>");
    if !row.owner.is_empty() {
        out.raw("<span>Owner: ").text(&row.owner).raw("</span>");
    }
    out.raw("</p>");
}

/// How to reach the customer, at a press.
fn reach(out: &mut Html, term: &'static str, scheme: &'static str, address: &str) {
    if address.is_empty() {
        return;
    }
    out.raw("<dt>").raw(term).raw("</dt><dd><a href=\"").raw(scheme).text(&escaped(address)).raw("\">");
    out.text(address).raw("</a></dd>");
}

/// As it stands in an address of such a kind: nothing in it adds another recipient, or a text.
fn escaped(address: &str) -> String {
    let mut out = String::new();
    for byte in address.bytes().filter(|byte| *byte != b' ') {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'@' | b'.' | b'-' | b'_' | b'+') {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

fn words(app: &App, out: &mut Html, complaint: &Complaint, locale: &str) {
    out.raw("<section class=\"panel\"><h2>In the customer’s words</h2>");
    if complaint.urgent {
        out.raw("<p class=\"badge urgent\">Safety, money or health is at risk now</p>");
    }
    out.raw("<blockquote lang=\"").text(locale).raw("\">").text(&complaint.text).raw("</blockquote><dl>");
    fact(out, "Product", &complaint.product);
    fact(out, "Order", &complaint.order);
    fact(
        out,
        "Since",
        &complaint.since.map(|day| instant(day, 0, &app.zone)).map(|at| app.zone.day(at)).unwrap_or_default(),
    );
    fact(out, "What it caused", &complaint.effect);
    fact(out, "Would put it right", &wishes(app, complaint));
    fact(out, "In their own words", &complaint.outcome_text);
    fact(out, "Recap", if complaint.recap_confirmed { "“Yes, that’s right”" } else { "" });
    if complaint.corrections > 0 {
        fact(out, "Recap corrected", &texts::count(i64::from(complaint.corrections), "time", "times"));
    }
    fact(out, "Written for", if complaint.on_behalf { "Somebody else" } else { "" });
    out.raw("</dl></section>");
}

/// The outcomes in the company's words where it has some, else in ours.
fn wishes(app: &App, complaint: &Complaint) -> String {
    let offered: &[Outcome] = &app.config.complaint.outcomes;
    let label = |id: &String| {
        let own = offered.iter().find(|outcome| outcome.id == *id && !outcome.label.is_empty());
        own.map_or_else(|| texts::outcome(id), |outcome| outcome.label.clone())
    };
    complaint.outcomes.iter().map(label).collect::<Vec<_>>().join(", ")
}

fn contact(by: ContactBy) -> &'static str {
    match by {
        ContactBy::Email => "E-mail",
        ContactBy::Phone => "A call",
    }
}

fn follow_up(app: &App, out: &mut Html, row: &BodyRow) {
    let Some(Submission { body: Body::FollowUp(said), .. }) = read(&row.body) else { return };
    out.raw("<section class=\"panel\"><h2>Follow-up, ");
    time(out, &app.zone, row.received_at);
    out.raw("</h2>");
    follow_up_words(out, &said);
    out.raw("</section>");
}

/// Says that somebody wrote about it who did not give the customer's key. What they wrote is not shown beside the
/// customer's words: whoever reads them here would take them for theirs.
fn unproven(out: &mut Html, count: i64) {
    if count > 0 {
        out.raw("<p class=\"notice\"><a href=\"/register/quarantine\">");
        out.text(&texts::count(count, "message", "messages"));
        out.raw("</a> about this complaint came without the customer’s key. Please look.</p>");
    }
}

/// What a follow-up says.
pub fn follow_up_words(out: &mut Html, said: &FollowUp) {
    if !said.text.is_empty() {
        out.raw("<blockquote>").text(&said.text).raw("</blockquote>");
    }
    follow_up_facts(out, said);
}

/// What it says beside its words.
pub fn follow_up_facts(out: &mut Html, said: &FollowUp) {
    let yes = |flag: Option<bool>| flag.map_or("", |flag| if flag { "Yes" } else { "Not yet" });
    out.raw("<dl>");
    fact(out, "Promise kept", yes(said.promise_kept));
    fact(out, "Put right", yes(said.put_right));
    out.raw("</dl>");
}

fn next(out: &mut Html, reader: &Reader, case: &Case) {
    out.raw("<section class=\"panel\"><h2>What happens next</h2><form method=\"post\" action=\"/register/complaints/");
    out.text(&case.row.reference).raw("\">");
    token(out, reader);
    out.raw("<p class=\"todo\">").raw(texts::next(case.row.state)).raw("</p>");
    out.raw("<label for=\"state\">State</label><select id=\"state\" name=\"state\">");
    for state in CaseState::ALL.into_iter().filter(|state| *state != CaseState::Received) {
        out.raw("<option value=\"").raw(state.as_str()).raw("\"");
        if state == case.row.state {
            out.raw(" selected");
        }
        out.raw(">").raw(texts::state(state)).raw("</option>");
    }
    out.raw("</select><label for=\"note\">Note for the customer <span class=\"quiet\">(shown with the state)</span></label>");
    out.raw("<textarea id=\"note\" name=\"note\" rows=\"4\" maxlength=\"2000\"></textarea><button>Save</button></form></section>");
}

fn log(app: &App, out: &mut Html, entries: &[Entry]) {
    out.raw("<section class=\"panel\"><h2>What happened</h2><ol class=\"log\">");
    for entry in entries {
        out.raw("<li><strong>").raw(texts::event(&entry.kind, &entry.actor)).raw("</strong> ");
        time(out, &app.zone, entry.at);
        if !entry.note.is_empty() {
            out.raw("<p>").text(&entry.note).raw("</p>");
        }
        out.raw("</li>");
    }
    out.raw("</ol></section>");
}

/// Sets the state, with a note for the customer.
pub async fn advance(
    State(app): State<Shared>,
    reader: Reader,
    Path(reference): Path<String>,
    headers: HeaderMap,
    Paced(body): Paced,
) -> Result<Response, Error> {
    let form = match reader.form(&app, &headers, &body) {
        Ok(form) => form,
        Err(status) => return Ok(status.into_response()),
    };
    let reference = Reference::parse(&reference).ok_or(Error::NotFound)?;
    let state = CaseState::parse(form.field("state")).ok_or(Error::NotFound)?;
    let note: String =
        form.field("note").trim().replace("\r\n", "\n").chars().take(limits::TEXT_CHARS_MAX).collect();
    let known = app.store.advance(reference.as_str().to_owned(), state, note, (app.clock)()).await?;
    if known {
        Ok(Redirect::to(&format!("/register/complaints/{}?saved", reference.as_str())).into_response())
    } else {
        Err(Error::NotFound)
    }
}
