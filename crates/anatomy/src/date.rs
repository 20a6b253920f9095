use serde::{Deserialize, Serialize};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

/// Why a build date says what it says. The table is diagnostics B4's: builders that pursue
/// reproducible output write a constant, and a constant must not be read as a date.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, strum::VariantNames, strum::IntoStaticStr,
)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub enum DateKind {
    /// A date like any other.
    Recorded,
    /// The config has no `created`.
    Absent,
    /// 1970-01-01T00:00:00Z: `SOURCE_DATE_EPOCH=0`, Bazel, ko, Jib.
    Epoch,
    /// 1970-01-01T00:00:01Z: Nix's dockerTools.
    EpochPlusOne,
    /// 1980-01-01T00:00:01Z: Cloud Native Buildpacks.
    Buildpacks,
    /// 0001-01-01T00:00:00Z: Go's zero time, written by a program that had no date.
    GoZero,
    /// There is a text, and it is no RFC 3339 date.
    Unreadable,
}

/// The `created` of a config or of a history line.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields))]
pub struct BuildDate {
    /// What the date is worth.
    pub kind: DateKind,
    /// As written in the document.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// Seconds since 1970-01-01T00:00:00Z, where the text is a date.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unix: Option<i64>,
}

impl BuildDate {
    /// Reads the text of a `created` field (RFC 3339, image-spec config.md).
    #[must_use]
    pub fn read(text: Option<&str>) -> Self {
        let Some(text) = text.filter(|text| !text.is_empty()) else {
            return Self { kind: DateKind::Absent, text: None, unix: None };
        };
        let Ok(moment) = OffsetDateTime::parse(text, &Rfc3339) else {
            return Self { kind: DateKind::Unreadable, text: Some(text.to_owned()), unix: None };
        };
        let unix = moment.unix_timestamp();
        let kind = match unix {
            0 => DateKind::Epoch,
            1 => DateKind::EpochPlusOne,
            315_532_801 => DateKind::Buildpacks,
            -62_135_596_800 => DateKind::GoZero,
            _ => DateKind::Recorded,
        };
        Self { kind, text: Some(text.to_owned()), unix: Some(unix) }
    }

    /// Whether a person may take it for the time of the build.
    #[must_use]
    pub fn is_recorded(&self) -> bool {
        self.kind == DateKind::Recorded
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: Option<&str>, kind: DateKind) {
        assert_eq!(BuildDate::read(text).kind, kind, "{text:?}");
    }

    #[test]
    fn constants_of_reproducible_builders_are_no_dates() {
        check(Some("1970-01-01T00:00:00Z"), DateKind::Epoch);
        check(Some("1970-01-01T09:00:00+09:00"), DateKind::Epoch);
        check(Some("1970-01-01T00:00:01Z"), DateKind::EpochPlusOne);
        check(Some("1980-01-01T00:00:01Z"), DateKind::Buildpacks);
        check(Some("0001-01-01T00:00:00Z"), DateKind::GoZero);
    }

    #[test]
    fn absent_empty_and_unreadable_are_told_apart() {
        check(None, DateKind::Absent);
        check(Some(""), DateKind::Absent);
        check(Some("yesterday"), DateKind::Unreadable);
    }

    #[test]
    fn fractions_and_offsets_are_read() {
        check(Some("2026-11-24T08:18:20.123456789Z"), DateKind::Recorded);
        assert_eq!(BuildDate::read(Some("2026-11-24T08:18:20+01:00")).unix, Some(1_795_504_700));
    }
}
