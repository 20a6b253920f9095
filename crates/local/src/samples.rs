use std::sync::Arc;

use bytes::Bytes;

use crate::apart::{CHUNK, Stop};
use crate::contents::Contents;
use crate::fault::Fault;
use crate::store::Store;

/// A small image that the program carries, made by the usual tools; see `samples/README.md`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sample {
    /// As in `sample:NAME`.
    pub name: &'static str,
    /// Its tags, as its layout has them.
    pub tags: &'static [&'static str],
    /// The tag that `sample:NAME` means.
    pub default_tag: &'static str,
    /// What it teaches: the suffix of a message id, the same as its name.
    pub lesson: &'static str,
}

const fn sample(name: &'static str, tags: &'static [&'static str], default_tag: &'static str) -> Sample {
    Sample { name, tags, default_tag, lesson: name }
}

/// In the order in which they teach.
static SAMPLES: &[Sample] = &[
    sample("hello", &["1.0.0"], "1.0.0"),
    sample("single", &["1"], "1"),
    sample("multi", &["1.0.0", "1.0.1"], "1.0.1"),
    sample("list", &["1"], "1"),
    sample(
        "fam",
        &[
            "web-1.0",
            "web-1.1",
            "web-1.2",
            "web-2.0",
            "web-latest",
            "worker-1.0",
            "worker-1.1",
            "worker-1.2",
            "worker-2.0",
            "worker-latest",
        ],
        "web-latest",
    ),
    sample("comp", &["gzip", "gzip1", "zstd", "zstdL19", "zstdchunked"], "gzip"),
    sample("artifacts", &["chart", "bundle"], "chart"),
    sample("epoch0", &["1", "rewrite"], "1"),
    sample(
        "referrers",
        &[
            "1.0.0",
            "sha256-d7be6e1e41655f78fe8cb0885d5c6694d70bab3f45c72d94a6ac92f41bbe173d",
            "sha256-d7be6e1e41655f78fe8cb0885d5c6694d70bab3f45c72d94a6ac92f41bbe173d.sig",
        ],
        "1.0.0",
    ),
];

/// The samples that the program carries, in the order in which they teach.
#[must_use]
pub fn samples() -> &'static [Sample] {
    SAMPLES
}

/// An image layout in the program.
#[derive(Debug)]
struct Layout {
    name: &'static str,
    /// Sorted, apart from `index.json` and `oci-layout`.
    files: &'static [(&'static str, &'static [u8])],
}

include!(concat!(env!("OUT_DIR"), "/layouts.rs"));

impl Layout {
    fn find(&self, name: &str) -> Result<&'static [u8], Fault> {
        let file = self.files.iter().find(|(file, _)| *file == name);
        file.map(|(_, bytes)| *bytes).ok_or(Fault::Absent)
    }
}

impl Store for &'static Layout {
    fn size(&self, name: &str) -> Result<u64, Fault> {
        self.find(name).map(|bytes| bytes.len() as u64)
    }

    fn stream(&self, name: &str, _stop: &Stop, take: &mut dyn FnMut(Bytes) -> bool) -> Result<(), Fault> {
        let mut bytes = Bytes::from_static(self.find(name)?);
        while !bytes.is_empty() && take(bytes.split_to(bytes.len().min(CHUNK))) {}
        Ok(())
    }

    fn shown(&self, name: &str) -> String {
        format!("sample:{} ({name})", self.name)
    }
}

/// What the sample of this name holds.
pub(crate) fn contents(sample: &Sample, stop: &Stop) -> Result<Contents, Fault> {
    let layout = LAYOUTS.iter().find(|layout| layout.name == sample.name).ok_or(Fault::Absent)?;
    let mut contents = Contents::of_layout(Arc::new(layout), false, stop)?;
    contents.default_tag = Some(sample.default_tag);
    Ok(contents)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_says_what_the_layouts_have() {
        assert_eq!(LAYOUTS.len(), SAMPLES.len());
        for sample in SAMPLES {
            let contents = contents(sample, &Stop::default()).unwrap();
            let mut held = contents.tags();
            let mut told: Vec<String> = sample.tags.iter().copied().map(str::to_owned).collect();
            held.sort();
            told.sort();
            assert_eq!(held, told, "{}", sample.name);
            assert!(sample.tags.contains(&sample.default_tag), "{}", sample.name);
        }
    }

    /// Bytes are unchanged: line endings of a checkout would be noticed here.
    #[test]
    fn every_blob_has_its_digest() {
        let mut carried = 0;
        for layout in LAYOUTS {
            for (name, bytes) in layout.files {
                if let Some(encoded) = name.strip_prefix("blobs/sha256/") {
                    assert_eq!(anatomy::Digest::sha256(bytes).encoded(), encoded, "{}", layout.name);
                    carried += 1;
                }
            }
        }
        assert!(carried > 200);
    }
}
