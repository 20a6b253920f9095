//! When a request is tried again, and after how long.

use std::hash::{BuildHasher as _, RandomState};
use std::time::{Duration, SystemTime};

use http::{HeaderMap, header};

use crate::options::Timing;

/// Tries of one request, the first included.
pub(crate) const TRIES: u32 = 3;

/// Statuses that may pass by themselves.
pub(crate) fn may_pass(status: u16) -> bool {
    matches!(status, 408 | 429 | 500 | 502 | 503 | 504)
}

/// Statuses that say that we ask too much.
pub(crate) fn too_much(status: u16) -> bool {
    matches!(status, 429 | 503)
}

/// `Retry-After` in either form (RFC 9110, 10.2.3). A date counts from the answer's own `Date`: our
/// clock may be wrong, and is not asked.
pub(crate) fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let text = |name| headers.get(name).and_then(|v| v.to_str().ok()).map(str::trim);
    let value = text(header::RETRY_AFTER)?;
    if let Ok(seconds) = value.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let date = |text: &str| -> Option<SystemTime> { httpdate::parse_http_date(text).ok() };
    let (then, now) = (date(value)?, date(text(header::DATE)?)?);
    Some(then.duration_since(now).unwrap_or_default())
}

/// How long to wait before try number `next` (from 2). `None`: the server wants more than we have.
pub(crate) fn pause(next: u32, asked: Option<Duration>, timing: &Timing) -> Option<Duration> {
    match asked {
        Some(asked) => (asked <= timing.longest_pause).then_some(asked),
        None => Some(jittered(timing.pause * 2_u32.saturating_pow(next.saturating_sub(2)))),
    }
}

/// Between half and the whole, so that many clients that failed together do not come back together.
fn jittered(pause: Duration) -> Duration {
    let random = RandomState::new().hash_one(());
    let share = u32::try_from(random % 512).unwrap_or_default() + 512;
    pause * share / 1024
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    #[test]
    fn retry_after_is_read_in_both_forms() {
        let mut headers = HeaderMap::new();
        assert_eq!(retry_after(&headers), None);
        headers.insert(header::RETRY_AFTER, HeaderValue::from_static("7"));
        assert_eq!(retry_after(&headers), Some(Duration::from_secs(7)));
        headers.insert(header::RETRY_AFTER, HeaderValue::from_static("Wed, 21 Oct 2015 07:28:30 GMT"));
        assert_eq!(retry_after(&headers), None);
        headers.insert(header::DATE, HeaderValue::from_static("Wed, 21 Oct 2015 07:28:00 GMT"));
        assert_eq!(retry_after(&headers), Some(Duration::from_secs(30)));
        headers.insert(header::RETRY_AFTER, HeaderValue::from_static("soon"));
        assert_eq!(retry_after(&headers), None);
    }

    #[test]
    fn a_server_is_obeyed_up_to_the_longest_pause() {
        let timing = Timing::default();
        assert_eq!(pause(2, Some(Duration::from_secs(60)), &timing), Some(Duration::from_secs(60)));
        assert_eq!(pause(2, Some(Duration::from_secs(61)), &timing), None);
        for _ in 0..50 {
            let third = pause(3, None, &timing).unwrap();
            assert!(third >= timing.pause && third <= timing.pause * 2, "{third:?}");
        }
    }
}
