//! Fingerprints of content, used in URLs and validators, which change when the content changes.

use sha2::{Digest, Sha256};

/// Returns the first `bytes` bytes of the content's SHA-256, in hexadecimal.
pub fn fingerprint(content: &[u8], bytes: usize) -> String {
    const DIGITS: [char; 16] = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'];
    let digest = Sha256::digest(content);
    let digits = digest.iter().take(bytes).flat_map(|byte| [byte >> 4, byte & 15]);
    digits.map(|digit| DIGITS[usize::from(digit)]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fingerprints_are_a_prefix_of_the_sha_256_hash() {
        // FIPS 180-2, appendix B.1.
        assert_eq!(fingerprint(b"abc", 5), "ba7816bf8f");
    }
}
