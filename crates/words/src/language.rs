use unic_langid::LanguageIdentifier;

/// A language of the catalogue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Language {
    /// `en`.
    English,
    /// `ja`.
    Japanese,
}

impl Language {
    /// Both, English first.
    pub const ALL: [Self; 2] = [Self::English, Self::Japanese];

    /// Its BCP 47 code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Japanese => "ja",
        }
    }

    /// The language that a tag (`ja`, `ja-JP`, `ja_JP.UTF-8`) asks for; `None` for languages that
    /// the catalogue does not have.
    #[must_use]
    pub fn parse(tag: &str) -> Option<Self> {
        let primary = tag.split(['-', '_', '.', '@']).next().unwrap_or_default();
        Self::ALL.into_iter().find(|language| primary.eq_ignore_ascii_case(language.code()))
    }

    /// What was asked for, else the language of this system, else English.
    #[must_use]
    pub fn detect(asked: Option<&str>) -> Self {
        asked
            .and_then(Self::parse)
            .or_else(|| sys_locale::get_locales().find_map(|locale| Self::parse(&locale)))
            .unwrap_or(Self::English)
    }

    pub(crate) fn identifier(self) -> LanguageIdentifier {
        LanguageIdentifier::from_bytes(self.code().as_bytes()).expect("en and ja are BCP 47 codes")
    }

    pub(crate) const fn files(self) -> &'static [&'static str] {
        match self {
            Self::English => crate::catalogue::ENGLISH,
            Self::Japanese => crate::catalogue::JAPANESE,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_of_all_systems_are_read() {
        for tag in ["ja", "JA", "ja-JP", "ja_JP.UTF-8", "ja@calendar=japanese"] {
            assert_eq!(Language::parse(tag), Some(Language::Japanese), "{tag}");
        }
        assert_eq!(Language::parse("en_GB"), Some(Language::English));
        for tag in ["", "C", "C.UTF-8", "jav", "de-DE"] {
            assert_eq!(Language::parse(tag), None, "{tag}");
        }
    }

    #[test]
    fn what_was_asked_for_wins() {
        assert_eq!(Language::detect(Some("ja")), Language::Japanese);
        assert_eq!(Language::detect(Some("en")), Language::English);
    }
}
