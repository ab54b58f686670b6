//! Where submissions go: each field, each purpose, and the addresses that are refused.

use crate::read;
use domain::config::{Format, ReceiptMode};
use domain::submission::Kind;
use serde_json::{Value, json};

use crate::{bad, good, remark};

#[test]
fn endpoint_fields() {
    let whole = json!({"endpoint": {"url": "https://a.example/x", "method": "PUT",
        "headers": {"X-Shop": "12"}, "credentials": "include", "format": "text",
        "receipt": "strict", "timeout_seconds": 30.0}});
    good(whole, |config| {
        let own = config.endpoint.default.as_ref().expect("an endpoint");
        own.url == "https://a.example/x"
            && own.method == "PUT"
            && own.headers == [("X-Shop".to_owned(), "12".to_owned())]
            && own.credentials == "include"
            && own.format == Format::Text
            && own.receipt == ReceiptMode::Strict
            && own.timeout_seconds == 30
    });
}

#[test]
fn endpoint_mistakes() {
    let one = |key: &str, value: Value| json!({"endpoint": {"url": "/feedback", key: value}});
    bad(
        one("timeout_seconds", json!("soon")),
        "endpoint.timeout_seconds: expected a number from 1 to 120, found \"soon\"; using 15",
    );
    bad(
        one("timeout_seconds", json!(0)),
        "endpoint.timeout_seconds: expected a number from 1 to 120, found 0; using 15",
    );
    bad(
        one("timeout_seconds", json!(2.5)),
        "endpoint.timeout_seconds: expected a number from 1 to 120, found a number that is not whole; using 15",
    );
    bad(
        one("timeout_seconds", json!(-3)),
        "endpoint.timeout_seconds: expected a number from 1 to 120, found -3; using 15",
    );
    bad(
        one("format", json!("jsn")),
        "endpoint.format: expected \"json\", \"text\", \"form\" or \"cloudevents\", found \"jsn\"; using \"json\"; did you mean \"json\"?",
    );
    bad(
        one("method", json!("GET")),
        "endpoint.method: expected \"POST\", \"PUT\" or \"PATCH\", found \"GET\"; using \"POST\"",
    );
    bad(
        one("receipt", json!(true)),
        "endpoint.receipt: expected \"status\" or \"strict\", found true; using \"status\"",
    );
    bad(
        one("credentials", json!("yes")),
        "endpoint.credentials: expected \"omit\", \"same-origin\" or \"include\", found \"yes\"; using \"omit\"",
    );
    bad(one("timeout", json!(5)), "endpoint.timeout: unknown key; did you mean \"timeout_seconds\"?");
}

#[test]
fn endpoint_headers() {
    let one = |key: &str, value: Value| json!({"endpoint": {"url": "/feedback", key: value}});
    bad(one("headers", json!([])), "endpoint.headers: expected an object, found a list; left out");
    let header = |name: &str, value: Value| one("headers", json!({name: value}));
    bad(
        header("X-N", json!(1)),
        "endpoint.headers.X-N: expected text of at most 1000 characters, found 1; left out",
    );
    bad(header("X N", json!("1")), "endpoint.headers.X N: no header can be like this; left out");
    bad(
        header("content-TYPE", json!("a/b")),
        "endpoint.headers.content-TYPE: set by the widget itself; left out",
    );
    bad(
        header("X-N", json!("a\r\nSet-Cookie: b")),
        "endpoint.headers.X-N: no header can be like this; left out",
    );
    for secret in ["sk_live_1", "Bearer whsec_1", "token=ghp_1"] {
        remark(
            header("Authorization", json!(secret)),
            "endpoint.headers.Authorization: looks like a secret, and everybody can read it; keep it on your server",
            |config| config.endpoint.default.as_ref().is_some_and(|own| own.headers.len() == 1),
        );
    }
}

#[test]
fn endpoint_by_purpose() {
    let whole = json!({"endpoint": {"default": "/all", "complaint": {"url": "/c", "format": "text"}}});
    good(whole, |config| {
        let url = |kind| config.endpoint.of(kind).map(|own| own.url.as_str());
        url(Kind::Complaint) == Some("/c") && url(Kind::Signal) == Some("/all")
    });
    remark(
        json!({"endpoint": {"complaint": "/c", "rating": "/r"}}),
        "endpoint: no address for feedback, follow_up, signal; add \"default\"",
        |config| config.endpoint.default.is_none() && config.endpoint.by_kind.len() == 2,
    );
    remark(
        json!({"endpoint": {"url": "/all", "complaint": {"method": "PUT"}}}),
        "endpoint.complaint.url: missing; left out",
        |config| config.endpoint.by_kind.is_empty(),
    );
    remark(
        json!({"endpoint": {"url": "/all", "complain": "/c"}}),
        "endpoint.complain: unknown key; did you mean \"complaint\"?",
        |config| config.endpoint.default.is_some(),
    );
}

#[track_caller]
fn refused(url: &str) {
    let (config, issues) = read(&json!({ "endpoint": url }));
    assert_eq!(config.endpoint, domain::config::Endpoints::default(), "{url}");
    let last = issues.last().map(ToString::to_string);
    assert_eq!(last.as_deref(), Some("endpoint: no usable address; the launcher stays hidden"));
    assert_eq!(issues.len(), if url.trim().is_empty() { 1 } else { 2 }, "{url}");
}

#[test]
fn addresses() {
    for url in [
        "https://a.example",
        "HTTPS://a.example:8443/x?y#z",
        "http://localhost:8080/v1",
        "http://127.0.0.1/x",
        "http://[::1]:80/x",
        "/v1",
        "v1/x",
        "./x",
        "../x:y",
        "?a=b:c",
        "#x",
    ] {
        good(json!({ "endpoint": url }), |config| config.endpoint.default.is_some());
    }
    for url in [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        " javascript:alert(1)",
        "java\tscript:alert(1)",
        "java\nscript:x",
        "data:text/html,x",
        "blob:https://a.example/1",
        "file:///etc/passwd",
        "http://a.example",
        "http://localhost.evil.example",
        "http://localhost@evil.example/",
        "http://127.0.0.1.evil.example",
        "https://",
        "https:///x",
        "https://user:key@a.example/",
        "https:a.example",
        "//evil.example/x",
        "/\\evil.example",
        "\\\\evil.example",
        "mailto:a@b.c",
        "https://a b.example",
        "ws://a.example",
        "",
        "  ",
    ] {
        refused(url);
    }
    let message = "endpoint: expected an https address (http on localhost) or one on this site, such as \
                   \"/path\", found \"javascript:alert(1)\"; left out";
    assert_eq!(read(&json!({"endpoint": "javascript:alert(1)"})).1[0].to_string(), message);
}

#[test]
fn no_endpoint() {
    let lines = |value: &Value| -> Vec<String> { read(value).1.iter().map(ToString::to_string).collect() };
    let hidden = "endpoint: no usable address; the launcher stays hidden";
    assert_eq!(lines(&json!({})), [hidden]);
    assert_eq!(lines(&Value::Null), [hidden]);
    assert_eq!(lines(&json!({"endpoint": null})), [hidden]);
    assert_eq!(lines(&json!([])), ["expected an object, found a list; left out", hidden]);
    assert_eq!(lines(&json!("x")), ["expected an object, found \"x\"; left out", hidden]);
    assert_eq!(lines(&json!({"endpoint": 5})), ["endpoint: expected an object, found 5; left out", hidden]);
    assert_eq!(lines(&json!({"endpoint": {}})), [hidden]);
}
