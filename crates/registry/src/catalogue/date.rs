//! Dates of lists: every maker writes them in another way.

use serde_json::Value;
use time::OffsetDateTime;
use time::format_description::well_known::{Rfc2822, Rfc3339};

/// A date as it is written everywhere here (RFC 3339, UTC, whole seconds). Dates before 1971 are none:
/// they are what is written where there is no date.
fn told(moment: OffsetDateTime) -> Option<String> {
    const FIRST: i64 = 365 * 24 * 60 * 60;
    if moment.unix_timestamp() < FIRST {
        return None;
    }
    moment.to_offset(time::UtcOffset::UTC).replace_nanosecond(0).ok()?.format(&Rfc3339).ok()
}

/// RFC 3339, with any offset and fraction.
pub(crate) fn rfc3339(value: &Value) -> Option<String> {
    told(OffsetDateTime::parse(value.as_str()?, &Rfc3339).ok()?)
}

/// RFC 2822, as Quay writes it.
pub(crate) fn rfc2822(value: &Value) -> Option<String> {
    told(OffsetDateTime::parse(value.as_str()?, &Rfc2822).ok()?)
}

/// Seconds since 1970.
pub(crate) fn seconds(value: &Value) -> Option<String> {
    let seconds = i64::try_from(super::pager::number(value)?).ok()?;
    told(OffsetDateTime::from_unix_timestamp(seconds).ok()?)
}

/// Milliseconds since 1970, as a number or as a text.
pub(crate) fn milliseconds(value: &Value) -> Option<String> {
    let seconds = i64::try_from(super::pager::number(value)? / 1000).ok()?;
    told(OffsetDateTime::from_unix_timestamp(seconds).ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_becomes_the_same() {
        let expected = Some("2026-01-31T12:30:05Z".to_owned());
        assert_eq!(rfc3339(&"2026-01-31T12:30:05.123456Z".into()), expected);
        assert_eq!(rfc3339(&"2026-01-31T21:30:05+09:00".into()), expected);
        assert_eq!(rfc2822(&"Sat, 31 Jan 2026 12:30:05 -0000".into()), expected);
        assert_eq!(seconds(&1_769_862_605.into()), expected);
        assert_eq!(milliseconds(&"1769862605999".into()), expected);
        for none in ["", "yesterday", "0001-01-01T00:00:00Z", "1970-01-01T00:00:00Z"] {
            assert_eq!(rfc3339(&none.into()), None, "{none}");
        }
        assert_eq!(milliseconds(&"0".into()), None);
        assert_eq!(milliseconds(&u64::MAX.into()), None);
        assert_eq!(seconds(&Value::Null), None);
    }
}
