use serde::{Deserialize, Serialize};

/// A number of bytes, as written in a descriptor or as counted here.
///
/// JSON numbers reach the window as IEEE doubles, exact up to 2^53; no blob comes near that.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(type = "number"))]
pub struct ByteSize(pub u64);

impl std::iter::Sum for ByteSize {
    fn sum<I: Iterator<Item = Self>>(sizes: I) -> Self {
        Self(sizes.fold(0, |total, size| total.saturating_add(size.0)))
    }
}
