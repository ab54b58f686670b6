//! The reader against `serde_json`: what one takes the other takes, and they read the same.

use super::Value;

#[track_caller]
fn check(text: &str) {
    let theirs = serde_json::from_str::<serde_json::Value>(text).ok();
    assert_eq!(Value::parse(text), theirs.as_ref().map(Value::from), "{text:?}");
}

#[test]
fn it_reads_what_serde_json_reads() {
    for text in [
        "null",
        "true",
        " false ",
        "0",
        "-0",
        "12",
        "-12.5",
        "0.1",
        "1e3",
        "1E-2",
        "2.5e+2",
        "9007199254740991",
        "\"\"",
        "\"a\\n\\t\\\"\\\\\\/\\u00e9\"",
        "\"\\ud83e\\udd7e\"",
        "\"鞋底 🥾\"",
        "[]",
        "[1,[2,[3]],{}]",
        "{}",
        "{\"a\":{\"b\":[true,null,\"c\"]},\"d\":1}",
        " { \"a\" : [ 1 , 2 ] } ",
    ] {
        check(text);
    }
}

#[test]
fn it_refuses_what_serde_json_refuses() {
    for text in [
        "",
        " ",
        "nul",
        "tru",
        "01",
        "1.",
        ".5",
        "1e",
        "-",
        "+1",
        "\"",
        "\"\\x\"",
        "\"\\u12\"",
        "\"\n\"",
        "[",
        "[1",
        "[1,]",
        "[,1]",
        "{",
        "{\"a\"}",
        "{\"a\":}",
        "{\"a\":1,}",
        "{a:1}",
        "'a'",
        "1 2",
        "[1]]",
        "NaN",
        "1e999",
    ] {
        check(text);
    }
}

#[test]
fn it_is_bounded_and_forgiving_where_browsers_are() {
    assert_eq!(Value::parse(&"[".repeat(100_000)), None);
    assert_eq!(
        Value::parse("\"\\ud83e\"").and_then(|value| value.as_str().map(str::to_owned)).as_deref(),
        Some("\u{fffd}")
    );
    let twice = Value::parse("{\"a\":1,\"a\":2}");
    assert_eq!(twice.as_ref().and_then(|value| value.get("a")).and_then(Value::as_u64), Some(2));
}

#[test]
fn random_bytes_never_make_it_panic_or_differ() {
    let pool = b"{}[]\":,\\ue0123456789.-+ntfalsr \n\xc3\xa9";
    let mut seed = 7_u64;
    for _ in 0..20_000 {
        let mut bytes = Vec::new();
        for _ in 0..12 {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            bytes.push(pool[(seed >> 33) as usize % pool.len()]);
        }
        let text = String::from_utf8_lossy(&bytes);
        let lone = text.contains("\\u");
        if !lone {
            check(&text);
        } else {
            let _any = Value::parse(&text);
        }
    }
}
