//! The customer's key in a follow-up: the secret of the status address that only the receipt of their complaint holds.
//! It is compared once and kept nowhere beside the complaint.

use std::collections::BTreeMap;

use domain::submission::FollowUp;
use serde_json::value::RawValue;

use crate::status;
use crate::store::{Store, StoreError};

/// Whether it comes from somebody who has the receipt of its complaint.
pub async fn proven(store: &Store, said: &FollowUp) -> Result<bool, StoreError> {
    let known = store.secret(said.reference.clone()).await?;
    Ok(status::opens(known.as_deref(), &said.secret))
}

/// A follow-up with an empty text in the place of its key, and otherwise byte by byte as it came.
pub fn blanked(body: Vec<u8>) -> Vec<u8> {
    let Some((begins, ends)) = place(&body) else { return body };
    [&body[..begins], b"\"\"", &body[ends..]].concat()
}

/// Where the key stands, its quotes included.
fn place(body: &[u8]) -> Option<(usize, usize)> {
    let top: BTreeMap<String, &RawValue> = serde_json::from_slice(body).ok()?;
    let said: BTreeMap<String, &RawValue> = serde_json::from_str(top.get("follow_up")?.get()).ok()?;
    let key = said.get("secret")?.get();
    // Both borrow from the body, so their addresses tell the place.
    let begins = key.as_ptr().addr().checked_sub(body.as_ptr().addr())?;
    Some((begins, begins.checked_add(key.len()).filter(|ends| *ends <= body.len())?))
}

#[cfg(test)]
mod tests {
    use super::blanked;

    #[track_caller]
    fn check(body: &str, expected: &str) {
        assert_eq!(String::from_utf8(blanked(body.into())).expect("a text"), expected);
    }

    #[test]
    fn the_key_is_taken_out_and_nothing_else() {
        check(
            "{\"a\": 1.50, \"follow_up\" : {\"text\":\"K3Y 路\", \"secret\" : \"K3Y\" , \"reference\":\"K3Y\"}}\n",
            "{\"a\": 1.50, \"follow_up\" : {\"text\":\"K3Y 路\", \"secret\" : \"\" , \"reference\":\"K3Y\"}}\n",
        );
        check(
            r#"{"follow_up":{"s\u0065cret":"\u004b3\"Y"},"secret":"kept"}"#,
            r#"{"follow_up":{"s\u0065cret":""},"secret":"kept"}"#,
        );
        check(r#"{"follow_up":{"secret":"follow_up"}}"#, r#"{"follow_up":{"secret":""}}"#);
        for without in [r#"{"follow_up":{"text":"secret"}}"#, r#"{"secret":"K3Y"}"#, "[]", "{", ""] {
            check(without, without);
        }
    }
}
