//! The body of a submission, from bytes to the checked value: nothing panics, and what was read is written and read again
//! as the same.
#![no_main]

use libfuzzer_sys::fuzz_target;
use wire::{strict, submission, submission_read};

fuzz_target!(|bytes: &[u8]| {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let Ok(value) = strict::parse(text) else { return };
    let Ok(arrived) = submission_read::read(&value) else { return };
    let words = domain::suspicion::words(&arrived.submission);
    let _ = domain::suspicion::suspicions(&words, 9);
    let written = submission::to_json(&arrived.submission);
    let again = strict::parse(&written).expect("what we write is JSON");
    let again = submission_read::read(&again).expect("what we write fits the contract");
    assert_eq!(submission::to_json(&again.submission), written);
});
