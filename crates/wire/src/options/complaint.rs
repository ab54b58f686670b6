//! How complaints are handled: the promise, what can be offered, who to turn to next.

use domain::calendar::CivilDate;
use domain::config::{ComplaintOptions, Escalation, Outcome, Promise};
use domain::message::cut;

use super::form::Form;
use super::hours;
use super::issue::{self, ConfigIssue};
use super::leaf::Leaf;
use super::notes::Notes;
use super::reader::{LEFT_OUT, Reader, manual};
use super::survey::labelled;

/// Characters of an outcome's label.
const LABEL_CHARS_MAX: usize = 120;

/// Reads everything about complaints.
pub(super) fn complaint(reader: &mut Reader<'_, impl Notes>, own: &mut ComplaintOptions) {
    if !reader.object("complaint", manual!("How complaints are handled.")) {
        return;
    }
    promise(reader, &mut own.promise);
    let mut outcomes = Vec::new();
    let shipped: Vec<&str> = own.outcomes.iter().map(|outcome| outcome.id.as_str()).collect();
    let said = reader.list(
        "outcomes",
        12,
        &mut |reader| outcomes.extend(outcome(reader, &shipped)),
        manual!("What the company can offer: shipped ones by id, own ones in own words."),
    );
    if said {
        own.outcomes = outcomes;
    }
    escalation(reader, &mut own.escalation);
    reader.take(
        "attachments",
        Leaf::Number(0, domain::limits::ATTACHMENTS_MAX as u32, &mut own.attachments),
        manual!("Photos and PDFs that a customer may add, for an endpoint that takes them."),
    );
    reader.form(
        "reference_prefix",
        Form::Prefix,
        &mut own.reference_prefix,
        manual!("Beginning of references, as in `AE-7F3K-9Q2M`."),
    );
    own.reference_prefix.make_ascii_uppercase();
    reader.form(
        "urgent_phone",
        Form::Phone,
        &mut own.urgent_phone,
        manual!("Number to call when somebody is in danger; the company's own if absent."),
    );
    reader.form(
        "status_url",
        Form::Address,
        &mut own.status_url,
        manual!("Where a complaint is looked up, with `{reference}` and `{secret}` in it."),
    );
    if !own.status_url.is_empty() && cut(&own.status_url, "{reference}").is_none() {
        reader.note_at("status_url", "no {reference} in it", LEFT_OUT);
        own.status_url.clear();
    }
    reader.end();
}

fn promise(reader: &mut Reader<'_, impl Notes>, own: &mut Promise) {
    if !reader.object("promise", manual!("Working hours, and how soon an answer is promised.")) {
        return;
    }
    reader.form(
        "time_zone",
        Form::Zone,
        &mut own.time_zone,
        manual!("IANA name of the company's time zone."),
    );
    reader.down(
        "hours",
        manual!("Opening hours by day (`mon` … `sun`, `mon-fri`); a day without hours is a day off."),
    );
    hours::week(reader, &mut own.week);
    reader.up();
    let (days, sentence) = (&mut own.holidays, manual!("Days without work."));
    reader.list("holidays", 400, &mut |reader| days.extend(holiday(reader)), sentence);
    let mut hours = own.respond_within_minutes / 60;
    if reader.take(
        "respond_within_hours",
        Leaf::Number(1, 400, &mut hours),
        manual!("Working hours until an answer is promised."),
    ) {
        own.respond_within_minutes = hours * 60;
    }
    reader.end();
}

fn holiday(reader: &mut Reader<'_, impl Notes>) -> Option<CivilDate> {
    let mut day = String::new();
    reader.leaf(Leaf::Form(Form::Day, &mut day));
    CivilDate::parse_iso(&day)
}

fn outcome(reader: &mut Reader<'_, impl Notes>, shipped: &[&str]) -> Option<Outcome> {
    let (id, mut label) = labelled(reader, LABEL_CHARS_MAX)?;
    let id = if id.is_empty() { label.clone() } else { id };
    if shipped.contains(&id.as_str()) && label == id {
        // A shipped outcome has its words in every language.
        label.clear();
    } else if label == id && Form::Id.fits(&id) {
        reader.notes.suspect(|path| {
            let hint = issue::did_you_mean(&id, shipped);
            let found = "not a shipped outcome, shown as it stands";
            (!hint.is_empty()).then(|| ConfigIssue::remark(path, found, &hint))
        });
    }
    Some(Outcome { id, label })
}

fn escalation(reader: &mut Reader<'_, impl Notes>, escalation: &mut Option<Escalation>) {
    if !reader.object("escalation", manual!("Who to turn to next.")) {
        return;
    }
    let mut own = Escalation::default();
    if !reader.text("name", 120, &mut own.name, manual!("Name of the body.")) {
        reader.missing("name", LEFT_OUT);
    }
    reader.form("url", Form::Address, &mut own.url, manual!("Its address."));
    reader.take(
        "after_days",
        Leaf::Number(0, 365, &mut own.after_days),
        manual!("Days after which one may turn to it."),
    );
    reader.end();
    *escalation = Some(own).filter(|own| !own.name.is_empty());
}
