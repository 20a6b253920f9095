//! Numbers, sizes, digests and dates as text: the one place that knows how. The Fluent functions
//! `SIZE`, `BYTES`, `DIGEST`, `LIST` and `DATE` are these.

use time::OffsetDateTime;

use crate::Language;

/// How many items of a list are named before the rest is counted.
const LISTED: usize = 12;

/// SI units and at most three significant figures: `21.7 kB`. Below 1,000 the number is exact.
#[must_use]
pub fn size(bytes: u64) -> String {
    const UNITS: [&str; 6] = ["kB", "MB", "GB", "TB", "PB", "EB"];
    if bytes < 1000 {
        return format!("{bytes} B");
    }
    let mut unit = 0;
    #[expect(clippy::cast_precision_loss, reason = "three figures are shown, a double has fifteen")]
    let mut amount = bytes as f64 / 1000.0;
    // 999.5 kB would round to four figures.
    while amount >= 999.5 && unit + 1 < UNITS.len() {
        amount /= 1000.0;
        unit += 1;
    }
    let unit = UNITS[unit];
    // Rounding carries: 9.996 reads 10.0 and 99.96 reads 100, so the place is chosen after it.
    if amount >= 99.95 {
        format!("{amount:.0} {unit}")
    } else if amount >= 9.995 {
        format!("{amount:.1} {unit}")
    } else {
        format!("{amount:.2} {unit}")
    }
}

/// An exact whole number, grouped by three: `21,688`.
#[must_use]
pub fn grouped(number: i128) -> String {
    let digits = number.unsigned_abs().to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3 + 1);
    if number < 0 {
        text.push('-');
    }
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// The first twelve characters of a digest, without its algorithm. What is no digest stays as it is.
#[must_use]
pub fn digest(text: &str) -> &str {
    match text.split_once(':') {
        Some((_, encoded)) if encoded.is_ascii() && encoded.len() >= 12 => &encoded[..12],
        _ => text,
    }
}

/// Items one after the other, as the language separates them; of a long list the first ones and how many follow.
#[must_use]
pub fn list(items: &[String], language: Language) -> String {
    let separator = match language {
        Language::English => ", ",
        Language::Japanese => "、",
    };
    let mut text = items.iter().take(LISTED).map(String::as_str).collect::<Vec<_>>().join(separator);
    if let Some(more @ 1..) = items.len().checked_sub(LISTED) {
        text.push_str(separator);
        text.push_str(&format!("… (+{})", grouped(more as i128)));
    }
    text
}

/// Seconds since 1970-01-01T00:00:00Z as `2026-11-24 08:18:20 UTC`.
#[must_use]
pub fn date(unix: i64) -> String {
    match OffsetDateTime::from_unix_timestamp(unix) {
        Ok(moment) => format!(
            "{:04}-{:02}-{:02} {:02}:{:02}:{:02} UTC",
            moment.year(),
            u8::from(moment.month()),
            moment.day(),
            moment.hour(),
            moment.minute(),
            moment.second()
        ),
        Err(_) => unix.to_string(),
    }
}

/// Milliseconds as seconds: `0.31 s`, `12.3 s`, `148 s`.
#[must_use]
pub fn seconds(milliseconds: u32) -> String {
    let seconds = f64::from(milliseconds) / 1000.0;
    if seconds >= 99.95 {
        format!("{seconds:.0} s")
    } else if seconds >= 9.995 {
        format!("{seconds:.1} s")
    } else {
        format!("{seconds:.2} s")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_have_three_figures_and_si_units() {
        let check = |bytes: u64, text: &str| assert_eq!(size(bytes), text, "{bytes}");
        check(0, "0 B");
        check(999, "999 B");
        check(1_000, "1.00 kB");
        check(9_994, "9.99 kB");
        check(9_996, "10.0 kB");
        check(21_688, "21.7 kB");
        check(99_960, "100 kB");
        check(999_499, "999 kB");
        check(999_500, "1.00 MB");
        check(1_710_000, "1.71 MB");
        check(4 << 20, "4.19 MB");
        check(13_400_000, "13.4 MB");
        check(1 << 30, "1.07 GB");
        check(u64::MAX, "18.4 EB");
    }

    #[test]
    fn numbers_are_grouped() {
        let check = |number: i128, text: &str| assert_eq!(grouped(number), text);
        check(0, "0");
        check(999, "999");
        check(21_688, "21,688");
        check(-1_234_567, "-1,234,567");
    }

    #[test]
    fn digests_are_cut_and_other_text_is_not() {
        assert_eq!(digest("sha256:3cc02bc8897799f61210d5d0f89a176e"), "3cc02bc88977");
        assert_eq!(digest("sha256:short"), "sha256:short");
        assert_eq!(digest("none"), "none");
        assert_eq!(digest("x:ああああああああああああ"), "x:ああああああああああああ");
    }

    #[test]
    fn lists_are_separated_as_the_language_does() {
        let items = ["a", "b", "c"].map(str::to_owned);
        assert_eq!(list(&items, Language::English), "a, b, c");
        assert_eq!(list(&items, Language::Japanese), "a、b、c");
        let many: Vec<String> = (0..1_500).map(|number| number.to_string()).collect();
        assert_eq!(list(&many, Language::English), "0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, … (+1,488)");
    }

    #[test]
    fn dates_are_utc() {
        assert_eq!(date(1_795_508_300), "2026-11-24 08:18:20 UTC");
        assert_eq!(date(0), "1970-01-01 00:00:00 UTC");
        assert_eq!(date(-62_135_596_800), "0001-01-01 00:00:00 UTC");
        assert_eq!(date(i64::MAX), i64::MAX.to_string());
    }

    #[test]
    fn waiting_times_are_seconds() {
        assert_eq!(seconds(0), "0.00 s");
        assert_eq!(seconds(312), "0.31 s");
        assert_eq!(seconds(12_340), "12.3 s");
        assert_eq!(seconds(148_400), "148 s");
    }
}
