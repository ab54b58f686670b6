//! The signature of a webhook, as Standard Webhooks describes it: HMAC-SHA256 over id, time and body.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;

/// Bytes of a secret.
const BYTES: std::ops::RangeInclusive<usize> = 24..=64;
const PREFIX: &str = "whsec_";

/// What both sides know. It is never shown.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(Vec<u8>);

impl fmt::Debug for Secret {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Secret")
    }
}

impl Secret {
    /// `whsec_` and 24 to 64 bytes in base64.
    pub fn parse(text: &str) -> Option<Self> {
        let bytes = STANDARD.decode(text.trim().strip_prefix(PREFIX)?).ok()?;
        BYTES.contains(&bytes.len()).then_some(Self(bytes))
    }

    /// A new one, in writing. `None` when the system has no randomness.
    pub fn fresh() -> Option<String> {
        let mut bytes = [0; 32];
        getrandom::fill(&mut bytes).ok()?;
        Some(format!("{PREFIX}{}", STANDARD.encode(bytes)))
    }

    fn sign(&self, id: &str, at_s: i64, body: &[u8]) -> Option<String> {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.0).ok()?;
        mac.update(format!("{id}.{at_s}.").as_bytes());
        mac.update(body);
        Some(format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes())))
    }
}

/// One signature for each secret: while one takes the place of another, the receiver may know either.
pub fn signatures(secrets: &[Secret], id: &str, at_s: i64, body: &[u8]) -> String {
    let all: Vec<String> = secrets.iter().filter_map(|secret| secret.sign(id, at_s, body)).collect();
    all.join(" ")
}

#[cfg(test)]
mod tests {
    use super::{Secret, signatures};

    /// The example of the specification's own libraries.
    #[test]
    fn a_known_message_has_a_known_signature() {
        let secret = Secret::parse("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").expect("a secret");
        let told =
            signatures(&[secret], "msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330, b"{\"test\": 2432232314}");
        assert_eq!(told, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    #[test]
    fn a_secret_is_long_enough() {
        for short in ["", "whsec_", "whsec_c2hvcnQ=", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_%%%"] {
            assert_eq!(Secret::parse(short), None, "{short}");
        }
        let fresh = Secret::fresh().expect("randomness");
        let read = Secret::parse(&fresh).expect("a secret");
        assert_eq!(format!("{read:?}"), "Secret", "it is never shown");
        let two = signatures(&[read.clone(), read], "a", 1, b"{}");
        assert_eq!(two.split(' ').count(), 2);
    }
}
