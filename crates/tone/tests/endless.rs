//! A text without an end of a sentence, however long, is looked at in a time that grows with its length.

#![allow(clippy::unwrap_used, reason = "a test stops hard")]

use tone::{Checker, Voice};

/// What goes on without an end takes time by its length, and no more.
#[test]
fn a_sentence_without_an_end_takes_its_time_and_no_more() {
    let texts = [
        ("en", "We can't do it, ".repeat(19_000)),
        ("en", "word ".repeat(60_000)),
        ("en", "(".repeat(300_000)),
        ("en", "“".repeat(100_000)),
        ("en", "'a ".repeat(100_000)),
        ("zh-Hans", "我们不能，".repeat(20_000)),
        ("zh-Hans", "规定".repeat(50_000)),
    ];
    for (locale, text) in texts {
        let checker = Checker::for_locale(locale).unwrap();
        let start = std::time::Instant::now();
        let findings = checker.check(&text, Voice::Service);
        let _ = Checker::rewrites(&text, &findings);
        let took = start.elapsed();
        assert!(took.as_secs() < 30, "{locale} {:?} took {took:?}", &text[..text.floor_char_boundary(12)]);
    }
}
