use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256, Sha384, Sha512};

/// The algorithm of a digest: the registered ones by name, others as written
/// (image-spec descriptor.md, "Digests").
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DigestAlgorithm {
    /// `sha256`: computed here.
    Sha256,
    /// `sha384`: computed here.
    Sha384,
    /// `sha512`: computed here.
    Sha512,
    /// Registered or not, named and not computed here (`blake3`, …).
    Other(String),
}

impl DigestAlgorithm {
    /// As written before the colon.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::Sha256 => "sha256",
            Self::Sha384 => "sha384",
            Self::Sha512 => "sha512",
            Self::Other(name) => name,
        }
    }

    /// Length of the encoded part, where it is known.
    fn encoded_len(&self) -> Option<usize> {
        match self {
            Self::Sha256 => Some(64),
            Self::Sha384 => Some(96),
            Self::Sha512 => Some(128),
            Self::Other(_) => None,
        }
    }
}

/// `algorithm:encoded`, checked against the grammar, so that it is safe in a URL and in a path.
///
/// Invariant: at most 255 characters of `[a-z0-9+._-]`, one `:`, `[A-Za-z0-9=_-]`; for the computed
/// algorithms the encoded part is lower-case hex of the right length.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(type = "string"))]
pub struct Digest(Box<str>);

/// Why a text is no digest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DigestFault {
    /// Not `algorithm:encoded`.
    #[error("not of the form algorithm:encoded")]
    Grammar,
    /// The encoded part is not lower-case hex of the algorithm's length.
    #[error("the encoded part does not fit the algorithm")]
    Encoded,
}

/// What became of comparing bytes with a digest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verification {
    /// Computed here and equal.
    Equal,
    /// Computed here and different.
    Different {
        /// What the bytes really have.
        actual: Digest,
    },
    /// The algorithm is not computed here.
    NotComputed,
}

impl Digest {
    /// The sha256 of `bytes`.
    #[must_use]
    pub fn sha256(bytes: &[u8]) -> Self {
        Self(format!("sha256:{}", hex(&Sha256::digest(bytes))).into())
    }

    /// The algorithm.
    #[must_use]
    pub fn algorithm(&self) -> DigestAlgorithm {
        match self.split().0 {
            "sha256" => DigestAlgorithm::Sha256,
            "sha384" => DigestAlgorithm::Sha384,
            "sha512" => DigestAlgorithm::Sha512,
            other => DigestAlgorithm::Other(other.to_owned()),
        }
    }

    /// The part after the colon.
    #[must_use]
    pub fn encoded(&self) -> &str {
        self.split().1
    }

    /// The first 12 characters of the encoded part: what people and engines show.
    #[must_use]
    pub fn short(&self) -> &str {
        let encoded = self.encoded();
        encoded.get(..12).unwrap_or(encoded)
    }

    /// The whole text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Compares `bytes` with this digest.
    #[must_use]
    pub fn verify(&self, bytes: &[u8]) -> Verification {
        let Some(mut hasher) = Hasher::of(&self.algorithm()) else {
            return Verification::NotComputed;
        };
        hasher.update(bytes);
        hasher.verify(self)
    }

    fn split(&self) -> (&str, &str) {
        self.0.split_once(':').expect("the constructor found a colon")
    }
}

impl FromStr for Digest {
    type Err = DigestFault;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (name, encoded) = text.split_once(':').ok_or(DigestFault::Grammar)?;
        let name_fits = name
            .split(['+', '.', '_', '-'])
            .all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit()));
        let encoded_fits = !encoded.is_empty()
            && encoded.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'=' | b'_' | b'-'));
        if text.len() > 255 || !name_fits || !encoded_fits {
            return Err(DigestFault::Grammar);
        }
        let digest = Self(text.into());
        match digest.algorithm().encoded_len() {
            Some(len) if encoded.len() != len || !encoded.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f')) => {
                Err(DigestFault::Encoded)
            }
            _ => Ok(digest),
        }
    }
}

impl TryFrom<String> for Digest {
    type Error = DigestFault;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<Digest> for String {
    fn from(digest: Digest) -> Self {
        digest.0.into()
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Computes a digest of bytes that arrive in pieces.
#[derive(Clone, Debug)]
pub struct Hasher(Running);

#[derive(Clone, Debug)]
enum Running {
    Sha256(Box<Sha256>),
    Sha384(Box<Sha384>),
    Sha512(Box<Sha512>),
}

impl Hasher {
    /// A hasher for the algorithm, or `None` when it is not computed here.
    #[must_use]
    pub fn of(algorithm: &DigestAlgorithm) -> Option<Self> {
        Some(Self(match algorithm {
            DigestAlgorithm::Sha256 => Running::Sha256(Box::default()),
            DigestAlgorithm::Sha384 => Running::Sha384(Box::default()),
            DigestAlgorithm::Sha512 => Running::Sha512(Box::default()),
            DigestAlgorithm::Other(_) => return None,
        }))
    }

    /// The next piece.
    pub fn update(&mut self, bytes: &[u8]) {
        match &mut self.0 {
            Running::Sha256(hasher) => hasher.update(bytes),
            Running::Sha384(hasher) => hasher.update(bytes),
            Running::Sha512(hasher) => hasher.update(bytes),
        }
    }

    /// The digest of all pieces.
    #[must_use]
    pub fn finish(self) -> Digest {
        Digest(
            match self.0 {
                Running::Sha256(hasher) => format!("sha256:{}", hex(&hasher.finalize())),
                Running::Sha384(hasher) => format!("sha384:{}", hex(&hasher.finalize())),
                Running::Sha512(hasher) => format!("sha512:{}", hex(&hasher.finalize())),
            }
            .into(),
        )
    }

    /// Compares all pieces with `expected`, which must be of the same algorithm.
    #[must_use]
    pub fn verify(self, expected: &Digest) -> Verification {
        let actual = self.finish();
        if actual == *expected { Verification::Equal } else { Verification::Different { actual } }
    }
}

fn hex(bytes: &[u8]) -> String {
    const HEX: &[u8; 16] = b"0123456789abcdef";
    bytes.iter().flat_map(|b| [HEX[usize::from(b >> 4)], HEX[usize::from(b & 15)]]).map(char::from).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const EMPTY: &str = "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    #[test]
    fn the_empty_text_has_its_known_digests() {
        assert_eq!(Digest::sha256(b"").as_str(), EMPTY);
        let sha512 = "sha512:cf83e1357eefb8bdf1542850d66d8007d620e4050b5715dc83f4a921d36ce9ce\
                      47d0d13c5d85f2b0ff8318d2877eec2f63b931bd47417a81a538327af927da3e";
        assert_eq!(sha512.parse::<Digest>().map(|d| d.verify(b"")), Ok(Verification::Equal));
    }

    #[test]
    fn one_byte_makes_another_digest() {
        let digest: Digest = EMPTY.parse().unwrap();
        assert!(matches!(digest.verify(b"x"), Verification::Different { .. }));
    }

    #[test]
    fn other_algorithms_are_named_and_not_computed() {
        let digest: Digest = "blake3:af1349b9f5f9a1a6".parse().unwrap();
        assert_eq!(digest.algorithm().name(), "blake3");
        assert_eq!(digest.verify(b""), Verification::NotComputed);
    }

    #[test]
    fn what_could_leave_a_folder_is_no_digest() {
        for text in [
            "",
            "sha256",
            "sha256:",
            ":abc",
            "sha256:../../etc/passwd",
            "sha256:ABC",
            "SHA256:abc",
            "a/b:c",
            "sha256:e3b0",
        ] {
            assert!(text.parse::<Digest>().is_err(), "{text}");
        }
    }
}
