//! The operator's file of webhooks: where to, with which secret, of what. Read strictly: a mistake here would be words
//! of customers that go astray.

use std::collections::BTreeSet;
use std::time::Duration;

use axum::http::Uri;
use axum::http::uri::Scheme;
use domain::submission::Kind;
use serde_json::{Map, Value};

use super::sign::Secret;

/// How long a try may take, unless the file says otherwise, and the longest that it may say.
const TIMEOUT_S: u64 = 15;
const TIMEOUT_S_MAX: u64 = 30;
/// Webhooks in a file. Each is a task of its own.
const ENDPOINTS_MAX: usize = 20;
const NAME_CHARS_MAX: usize = 40;
const KEYS: [&str; 7] = ["name", "url", "secret", "kinds", "content", "internal", "timeout_seconds"];

/// Where to, and of what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Endpoint {
    /// What the outbox, the log and the metrics call it.
    pub name: String,
    /// Its address.
    pub url: Uri,
    /// One secret, or while it is changed the new one and the old one.
    pub secrets: Vec<Secret>,
    /// Kinds of submissions that it hears of.
    pub kinds: Vec<Kind>,
    /// Whether the submission itself goes along.
    pub full: bool,
    /// Whether it may be plain http, and at an address that is not public.
    pub internal: bool,
    /// How long a try may take.
    pub timeout: Duration,
}

impl Endpoint {
    /// Whether it goes through TLS.
    pub fn is_secure(&self) -> bool {
        self.url.scheme() == Some(&Scheme::HTTPS)
    }
}

/// Reads the file; every mistake by its path.
pub fn read(text: &str) -> Result<Vec<Endpoint>, Vec<String>> {
    let value: Value = serde_json::from_str(text).map_err(|error| vec![format!("no JSON: {error}")])?;
    let list = value.get("webhooks").and_then(Value::as_array);
    let (Some(list), Some(1)) = (list, value.as_object().map(Map::len)) else {
        return Err(vec!["expected {\"webhooks\": [...]} and nothing else".to_owned()]);
    };
    let mut faults = Vec::new();
    let mut endpoints = Vec::new();
    for (at, entry) in list.iter().enumerate() {
        let mut told = Vec::new();
        endpoints.extend(endpoint(entry, &mut told));
        faults.extend(told.into_iter().map(|fault| format!("webhooks[{at}]{fault}")));
    }
    let names: BTreeSet<&str> = endpoints.iter().map(|endpoint| endpoint.name.as_str()).collect();
    if names.len() < endpoints.len() {
        faults.push("webhooks: every name has to be another".to_owned());
    }
    if list.len() > ENDPOINTS_MAX {
        faults.push(format!("webhooks: at most {ENDPOINTS_MAX}"));
    }
    if faults.is_empty() { Ok(endpoints) } else { Err(faults) }
}

fn endpoint(entry: &Value, faults: &mut Vec<String>) -> Option<Endpoint> {
    let Some(entry) = entry.as_object() else {
        faults.push(": expected an object".to_owned());
        return None;
    };
    for key in entry.keys().filter(|key| !KEYS.contains(&key.as_str())) {
        faults.push(format!(".{key}: unknown; there are {}", KEYS.join(" ")));
    }
    let mut need = |key: &str, read: Option<String>| {
        if let Some(expected) = read {
            faults.push(format!(".{key}: expected {expected}"));
        }
    };
    let (name, internal) = (name(entry), flag(entry, "internal"));
    let url = url(entry, internal == Some(true));
    let (secrets, kinds, full) = (secrets(entry), kinds(entry), full(entry));
    let timeout = match entry.get("timeout_seconds") {
        None => Some(TIMEOUT_S),
        Some(value) => value.as_u64().filter(|seconds| (1..=TIMEOUT_S_MAX).contains(seconds)),
    };
    let missing = |found: bool, expected: &str| (!found).then(|| expected.to_owned());
    need("name", missing(name.is_some(), "up to 40 of a-z, 0-9, - and _"));
    need("url", url.as_ref().err().map(|expected| (*expected).to_owned()));
    need(
        "secret",
        missing(secrets.is_some(), "whsec_ and 24 to 64 bytes in base64, or a list of two of them"),
    );
    need("kinds", missing(kinds.is_some(), "a list of rating, feedback, complaint, follow_up, signal"));
    need("content", missing(full.is_some(), "\"thin\" or \"full\""));
    need("internal", missing(internal.is_some(), "true or false"));
    need("timeout_seconds", missing(timeout.is_some(), "1 to 30"));
    Some(Endpoint {
        name: name?,
        url: url.ok()?,
        secrets: secrets?,
        kinds: kinds?,
        full: full?,
        internal: internal?,
        timeout: Duration::from_secs(timeout?),
    })
}

fn name(entry: &Map<String, Value>) -> Option<String> {
    let name = entry.get("name")?.as_str()?;
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'-' | b'_');
    let fits = (1..=NAME_CHARS_MAX).contains(&name.len()) && name.bytes().all(plain);
    fits.then(|| name.to_owned())
}

fn url(entry: &Map<String, Value>, internal: bool) -> Result<Uri, &'static str> {
    const EXPECTED: &str = "an address as https://care.example/hook, without a user or a fragment";
    let text = entry.get("url").and_then(Value::as_str).ok_or(EXPECTED)?;
    let url: Uri = text.parse().map_err(|_| EXPECTED)?;
    let named = url.authority().is_some_and(|authority| !authority.as_str().contains('@'));
    if !named || text.contains('#') || url.host().is_none_or(str::is_empty) {
        return Err(EXPECTED);
    }
    match url.scheme_str() {
        Some("https") => Ok(url),
        Some("http") if internal => Ok(url),
        Some("http") => Err("https; plain http only with \"internal\": true"),
        _ => Err(EXPECTED),
    }
}

fn secrets(entry: &Map<String, Value>) -> Option<Vec<Secret>> {
    let texts = match entry.get("secret")? {
        Value::String(text) => vec![text.as_str()],
        Value::Array(list) if (1..=2).contains(&list.len()) => {
            list.iter().map(Value::as_str).collect::<Option<_>>()?
        }
        Value::Array(_) | Value::Object(_) | Value::Null | Value::Bool(_) | Value::Number(_) => return None,
    };
    texts.into_iter().map(Secret::parse).collect()
}

fn kinds(entry: &Map<String, Value>) -> Option<Vec<Kind>> {
    let Some(list) = entry.get("kinds") else { return Some(Kind::ALL.to_vec()) };
    let named = |name: &Value| Kind::ALL.into_iter().find(|kind| Some(kind.as_str()) == name.as_str());
    list.as_array().filter(|list| !list.is_empty())?.iter().map(named).collect()
}

fn full(entry: &Map<String, Value>) -> Option<bool> {
    match entry.get("content") {
        None => Some(false),
        Some(value) => match value.as_str()? {
            "thin" => Some(false),
            "full" => Some(true),
            _ => None,
        },
    }
}

fn flag(entry: &Map<String, Value>, key: &str) -> Option<bool> {
    entry.get(key).map_or(Some(false), Value::as_bool)
}

#[cfg(test)]
mod tests {
    use super::{Endpoint, Kind, read};

    const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    fn one(more: &str) -> Result<Endpoint, Vec<String>> {
        let text = format!(
            r#"{{"webhooks": [{{"name": "crm", "secret": "{SECRET}", "url": "https://crm.example/in"{more}}}]}}"#
        );
        read(&text).map(|mut all| all.remove(0))
    }

    #[test]
    fn a_webhook_is_read_with_its_defaults() {
        let plain = one("").expect("a webhook");
        assert_eq!(plain.url.host(), Some("crm.example"));
        assert_eq!(plain.kinds, Kind::ALL);
        assert!(plain.is_secure() && !plain.full && !plain.internal);
        assert_eq!(plain.timeout.as_secs(), 15);
        let all = one(r#", "kinds": ["complaint", "follow_up"], "content": "full", "timeout_seconds": 5"#);
        let all = all.expect("a webhook");
        assert_eq!((all.kinds, all.full), (vec![Kind::Complaint, Kind::FollowUp], true));
        assert_eq!(all.timeout.as_secs(), 5);
    }

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let faults = read(text).expect_err("a mistake");
        assert!(faults.iter().any(|fault| fault.contains(expected)), "{faults:?}");
        assert!(!format!("{faults:?}").contains("MfKQ9r8G"), "a secret is never shown: {faults:?}");
    }

    #[test]
    fn every_mistake_is_named() {
        let with = |key: &str, value: &str| {
            let mut entry =
                serde_json::json!({"name": "crm", "secret": SECRET, "url": "https://crm.example/in"});
            entry[key] = serde_json::from_str(value).expect("JSON");
            serde_json::json!({"webhooks": [entry]}).to_string()
        };
        check("{", "no JSON");
        check(r#"{"webhooks": [], "hooks": []}"#, "nothing else");
        check(r#"{"webhooks": [7]}"#, "webhooks[0]: expected an object");
        check(&with("urll", "1"), "webhooks[0].urll: unknown");
        check(&with("name", "\"CRM!\""), "webhooks[0].name");
        for url in
            ["http://crm.example/in", "ftp://crm.example", "/in", "https://a:b@crm.example/", "https:///in"]
        {
            check(&with("url", &format!("{url:?}")), "webhooks[0].url");
        }
        check(&with("secret", "\"MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw\""), "webhooks[0].secret");
        check(&with("secret", "[]"), "webhooks[0].secret");
        check(&with("kinds", "[\"complaints\"]"), "webhooks[0].kinds");
        check(&with("kinds", "[]"), "webhooks[0].kinds");
        check(&with("content", "\"all\""), "webhooks[0].content");
        check(&with("internal", "\"yes\""), "webhooks[0].internal");
        check(&with("timeout_seconds", "0"), "webhooks[0].timeout_seconds");
        let entry = serde_json::json!({"name": "crm", "secret": SECRET, "url": "https://crm.example/in"});
        check(&serde_json::json!({"webhooks": [entry, entry]}).to_string(), "another");
    }

    #[test]
    fn inside_the_house_plain_http_will_do() {
        let text = format!(
            r#"{{"webhooks": [{{"name": "crm", "secret": ["{SECRET}", "{SECRET}"], "url": "http://127.0.0.1:9/in", "internal": true}}]}}"#
        );
        let endpoint = read(&text).expect("a webhook").remove(0);
        assert!(!endpoint.is_secure());
        assert_eq!(endpoint.secrets.len(), 2);
    }
}
