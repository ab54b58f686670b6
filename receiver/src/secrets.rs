//! Random secrets, their hashes, and comparing them in constant time.

use sha2::{Digest, Sha256};

const CROCKFORD: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// 128 random bits as 26 characters that people can type. `None` when the system has no randomness.
pub fn fresh() -> Option<String> {
    let mut bytes = [0u8; 16];
    getrandom::fill(&mut bytes).ok()?;
    let bits = u128::from_be_bytes(bytes);
    let digit = |at: u32| char::from(CROCKFORD[((bits >> (5 * at)) & 31) as usize]);
    Some((0..26).rev().map(digit).collect())
}

/// A secret as it may have been typed: case, spaces and dashes are forgiven, `O` is zero, `I` and `L` are one.
pub fn typed(text: &str) -> String {
    let normal = |character: char| match character.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    };
    text.chars().filter(char::is_ascii_alphanumeric).take(64).map(normal).collect()
}

/// SHA-256.
pub fn hash(bytes: &[u8]) -> Vec<u8> {
    Sha256::digest(bytes).to_vec()
}

/// Whether two texts are the same, in a time that tells nothing about where they differ: their hashes are compared.
pub fn same(left: &[u8], right: &[u8]) -> bool {
    let (left, right) = (Sha256::digest(left), Sha256::digest(right));
    left.iter().zip(right.iter()).fold(0, |difference, (left, right)| difference | (left ^ right)) == 0
}

#[cfg(test)]
mod tests {
    use super::{fresh, same, typed};

    #[test]
    fn secrets_are_fresh_and_typable() {
        let secret = fresh().expect("randomness");
        assert_eq!(secret.len(), 26);
        assert_ne!(Some(&secret), fresh().as_ref());
        assert_eq!(typed(&format!(" {}-{} ", secret[..13].to_lowercase(), &secret[13..])), secret);
        assert!(same(secret.as_bytes(), typed(&secret).as_bytes()));
        assert!(!same(secret.as_bytes(), b""));
    }
}
