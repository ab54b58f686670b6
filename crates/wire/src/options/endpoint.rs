//! Where submissions go: an address, an object, or one of both for each purpose.

use domain::config::{Endpoint, Endpoints, Format, ReceiptMode};
use domain::submission::Kind;

use super::form::Form;
use super::issue::ConfigIssue;
use super::leaf::Leaf;
use super::notes::Notes;
use super::reader::{LEFT_OUT, Reader, manual};

const FORMATS: [(&str, Format); 4] = [
    ("json", Format::Json),
    ("text", Format::Text),
    ("form", Format::Form),
    ("cloudevents", Format::CloudEvents),
];
const REDIRECTS: [&str; 2] = ["refuse", "follow"];
const RECEIPTS: [(&str, ReceiptMode); 2] = [("status", ReceiptMode::Status), ("strict", ReceiptMode::Strict)];
const METHODS: [&str; 3] = ["POST", "PUT", "PATCH"];
const CREDENTIALS: [&str; 3] = ["omit", "same-origin", "include"];
/// Beginnings of keys that nobody but their owner may know.
const SECRETS: [&str; 8] = ["sk_", "rk_", "whsec_", "sk-", "ghp_", "xoxb-", "github_pat_", "AKIA"];

/// Reads all endpoints.
pub(super) fn endpoints(reader: &mut Reader<'_, impl Notes>, all: &mut Endpoints) {
    reader.down(
        "endpoint",
        manual!("Where submissions go: an address, an object, or one for each kind of submission."),
    );
    let mut own = Endpoint::default();
    if reader.instead(Leaf::Form(Form::Address, &mut own.url)) {
        all.default = Some(own).filter(|own| !own.url.is_empty());
    } else if reader.enter() {
        fields(reader, &mut own);
        #[cfg(feature = "docs")]
        reader.define("AllEarsEndpoint");
        let default = purpose(reader, "default", manual!("For every kind without one of its own."));
        all.default = Some(own).filter(|own| !own.url.is_empty()).or(default);
        for kind in Kind::ALL {
            if let Some(endpoint) = purpose(reader, kind.as_str(), manual!("For this kind of submission.")) {
                all.by_kind.push((kind, endpoint));
            }
        }
        reader.leave();
    }
    reader.up();
}

/// Notes the kinds of submission that would go nowhere.
pub(super) fn complete(reader: &mut Reader<'_, impl Notes>, all: &Endpoints) {
    let lost = || Kind::ALL.into_iter().filter(|kind| all.of(*kind).is_none());
    let count = lost().count();
    if count == Kind::ALL.len() {
        reader.note_at("endpoint", "no usable address", "the launcher stays hidden");
    } else if count > 0 {
        reader.tell(|_| {
            let names: Vec<&str> = lost().map(Kind::as_str).collect();
            let found = "no address for ".to_owned() + &names.join(", ");
            ConfigIssue::remark("endpoint".to_owned(), &found, "add \"default\"")
        });
    }
}

fn purpose(reader: &mut Reader<'_, impl Notes>, key: &'static str, doc: &'static str) -> Option<Endpoint> {
    let mut own = Endpoint::default();
    reader.down(key, doc);
    if reader.instead(Leaf::Form(Form::Address, &mut own.url)) || known(reader) {
    } else if reader.enter() {
        fields(reader, &mut own);
        if reader.value().is_some_and(|value| value.get("url").is_none()) {
            reader.missing("url", "left out");
        }
        reader.leave();
    }
    reader.up();
    (!own.url.is_empty()).then_some(own)
}

/// Whether the manual has described these fields before.
fn known(reader: &mut Reader<'_, impl Notes>) -> bool {
    #[cfg(feature = "docs")]
    return reader.known("AllEarsEndpoint");
    #[cfg(not(feature = "docs"))]
    {
        let _ = reader;
        false
    }
}

fn fields(reader: &mut Reader<'_, impl Notes>, own: &mut Endpoint) {
    reader.form(
        "url",
        Form::Address,
        &mut own.url,
        manual!("Address that receives the submissions by HTTP."),
    );
    pick(reader, "method", &METHODS, &mut own.method, manual!("HTTP method."));
    reader.down("headers", manual!("More headers. Everybody can read them: never put a secret here."));
    reader.free(20, "<name>", &mut |reader, name| header(reader, name, &mut own.headers));
    reader.up();
    pick(
        reader,
        "credentials",
        &CREDENTIALS,
        &mut own.credentials,
        manual!("Whether cookies go along, as in `fetch`."),
    );
    let names = FORMATS.map(|(name, _)| name);
    let mut at = FORMATS.iter().position(|(_, format)| *format == own.format).unwrap_or(0);
    reader.take(
        "format",
        Leaf::Word(&names, &mut at),
        manual!(
            "`json`; the same as `text/plain`, which needs no CORS preflight; fields of a `form`; or a CloudEvent."
        ),
    );
    own.format = FORMATS[at].1;
    let names = RECEIPTS.map(|(name, _)| name);
    let mut at = RECEIPTS.iter().position(|(_, receipt)| *receipt == own.receipt).unwrap_or(0);
    reader.take(
        "receipt",
        Leaf::Word(&names, &mut at),
        manual!("What counts as received: any 2xx `status`, or `strict`, an answer with our `id`."),
    );
    own.receipt = RECEIPTS[at].1;
    pick(
        reader,
        "redirect",
        &REDIRECTS,
        &mut own.redirect,
        manual!(
            "Whether an answer from where the address redirects to counts (`follow`), as Google Apps Script needs."
        ),
    );
    // The template itself is filled outside the widget; here it is only known.
    reader.down(
        "body",
        manual!("What is sent in place of the submission: any JSON, with `{{path}}` in its texts."),
    );
    reader.up();
    reader.take(
        "timeout_seconds",
        Leaf::Number(1, 120, &mut own.timeout_seconds),
        manual!("Seconds until a request is given up and tried again later."),
    );
}

/// Takes one of some words that the config keeps as text.
fn pick(
    reader: &mut Reader<'_, impl Notes>,
    key: &'static str,
    words: &[&str],
    slot: &mut String,
    doc: &'static str,
) {
    let mut at = words.iter().position(|word| *word == slot).unwrap_or(0);
    reader.take(key, Leaf::Word(words, &mut at), doc);
    words[at].clone_into(slot);
}

fn header(reader: &mut Reader<'_, impl Notes>, name: &str, headers: &mut Vec<(String, String)>) {
    let Some(value) = reader.word(1_000) else { return };
    let token = |byte: u8| {
        byte.is_ascii_alphanumeric()
            || matches!(byte, b'!' | b'#'..=b'\'' | b'*' | b'+' | b'-' | b'.' | b'^'..=b'`' | b'|' | b'~')
    };
    let ours = ["content-type", "idempotency-key"];
    if ours.into_iter().any(|own| own.eq_ignore_ascii_case(name)) {
        reader.note("set by the widget itself", LEFT_OUT);
    } else if name.is_empty()
        || !name.bytes().all(token)
        || !value.bytes().all(|byte| (b' '..=b'~').contains(&byte))
    {
        reader.note("no header can be like this", LEFT_OUT);
    } else {
        // What stands here is ASCII: each byte is a letter.
        let begins = |at: usize| at == 0 || matches!(value.as_bytes()[at - 1], b' ' | b':' | b'=');
        let secret = |at: usize| SECRETS.into_iter().any(|own| value[at..].starts_with(own));
        if (0..value.len()).any(|at| begins(at) && secret(at)) {
            reader.note("looks like a secret, and everybody can read it", "keep it on your server");
        }
        headers.push((name.to_owned(), value));
    }
}
