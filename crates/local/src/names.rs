use crate::contents::Entry;

/// By which names an image of a layout or archive can be asked for.
#[derive(Clone, Debug, Default)]
pub(crate) struct Names {
    /// `org.opencontainers.image.ref.name`: a tag, or with some writers a whole name.
    pub(crate) ref_name: Option<String>,
    /// `io.containerd.image.name` or one of `RepoTags`, in its short form.
    pub(crate) whole: Option<String>,
    /// The name that is shown and that chooses this image and no other.
    pub(crate) shown: Option<String>,
}

impl Names {
    /// How well `tag` names this image; less is better, `None` is not at all.
    pub(crate) fn strength(&self, tag: &str) -> Option<u8> {
        let ref_name = self.ref_name.as_deref();
        let whole = self.whole.as_deref();
        if ref_name == Some(tag) || self.shown.as_deref() == Some(tag) {
            Some(0)
        } else if whole == Some(familiar(tag).as_str()) {
            Some(1)
        } else if ref_name.and_then(tag_of) == Some(tag) {
            Some(2)
        } else if whole.and_then(tag_of) == Some(tag) {
            Some(3)
        } else {
            None
        }
    }

    /// Chooses the shown names: the short ones, unless two images have the same.
    pub(crate) fn choose_shown(entries: &mut [Entry], whole: bool) {
        let shown: Vec<Option<String>> = entries
            .iter()
            .map(|entry| {
                let names = &entry.names;
                let ambiguous = || {
                    let same = |other: &&Entry| other.names.ref_name == names.ref_name && other.digest != entry.digest;
                    entries.iter().any(|other| same(&other))
                };
                match (&names.ref_name, &names.whole) {
                    (None, whole) => whole.clone(),
                    (Some(_), Some(name)) if whole || ambiguous() => Some(name.clone()),
                    (ref_name, _) => ref_name.clone(),
                }
            })
            .collect();
        for (entry, shown) in entries.iter_mut().zip(shown) {
            entry.names.shown = shown;
        }
    }
}

/// The tag of a whole name; `None` for a bare tag and for a name without one.
fn tag_of(name: &str) -> Option<&str> {
    name.rsplit_once(':').map(|(_, tag)| tag).filter(|tag| !tag.contains('/'))
}

/// A name as Docker shows it, which is how `RepoTags` and people write it.
pub(crate) fn familiar(name: &str) -> String {
    let short = name.strip_prefix("docker.io/").map(|rest| rest.strip_prefix("library/").unwrap_or(rest));
    short.unwrap_or(name).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(ref_name: &str, whole: &str) -> Names {
        let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        Names { ref_name: some(ref_name), whole: some(whole).as_deref().map(familiar), shown: None }
    }

    #[test]
    fn an_image_answers_to_its_tag_and_to_its_whole_name() {
        let check = |names: Names, tag: &str, expected| assert_eq!(names.strength(tag), expected, "{names:?} {tag}");
        check(names("3.20", ""), "3.20", Some(0));
        check(names("3.20", "docker.io/library/alpine:3.20"), "alpine:3.20", Some(1));
        check(names("3.20", "docker.io/library/alpine:3.20"), "docker.io/library/alpine:3.20", Some(1));
        check(names("quay.io/a/b:3.20", ""), "3.20", Some(2));
        check(names("", "localhost:5000/a/b:3.20"), "3.20", Some(3));
        check(names("localhost:5000/a/b", ""), "5000/a/b", None);
        check(names("3.20", ""), "20", None);
        check(names("", ""), "", None);
    }
}
