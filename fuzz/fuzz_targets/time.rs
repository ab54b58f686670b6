//! Times and references as others write them: nothing panics, and what was read is written as it would be read.
#![no_main]

use domain::calendar::{CivilDate, Timestamp};
use domain::submission::{Reference, SubmissionId};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    if let Some(at) = Timestamp::parse_rfc3339(text) {
        assert_eq!(Timestamp::parse_rfc3339(&at.to_rfc3339()), Some(at));
    }
    if let Some(day) = CivilDate::parse_iso(text) {
        assert_eq!(CivilDate::parse_iso(&day.to_iso()), Some(day));
    }
    if let Some(reference) = Reference::parse(text) {
        assert_eq!(Reference::parse(reference.as_str()), Some(reference));
    }
    if let Some(id) = SubmissionId::parse(text) {
        assert_eq!(SubmissionId::parse(id.as_str()), Some(id));
    }
});
