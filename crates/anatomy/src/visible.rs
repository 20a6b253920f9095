use std::borrow::Cow;

/// Makes every character visible that a terminal or a window would act on or hide: control
/// characters (C0, DEL, C1), bidirectional controls, zero-width characters, tag characters and the
/// byte order mark. A text without such characters comes back as it is.
///
/// Registries are not trusted: a label may hold an escape sequence that retitles the terminal, or a
/// bidi override that makes a file name read backwards. C0 become the Unicode control pictures
/// (`␛`), the others `⟨U+202E⟩`. Newline and tab become `␊` and `␉`: whoever wants several lines
/// splits before.
#[must_use]
pub fn visible(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_hidden) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '\u{0}'..='\u{1f}' => {
                shown.push(char::from_u32(0x2400 + u32::from(c)).expect("U+2400 to U+241F are assigned"));
            }
            '\u{7f}' => shown.push('\u{2421}'),
            c if is_hidden(c) => shown.push_str(&format!("⟨U+{:04X}⟩", u32::from(c))),
            c => shown.push(c),
        }
    }
    Cow::Owned(shown)
}

fn is_hidden(c: char) -> bool {
    matches!(c,
        '\u{0}'..='\u{1f}' | '\u{7f}'..='\u{9f}'
        | '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
        | '\u{180b}'..='\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{feff}' | '\u{ffa0}' | '\u{fff9}'..='\u{fffb}'
        | '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The window has a twin of this function; both are held to the same vectors.
    #[test]
    fn the_vectors_shared_with_the_window_hold() {
        let vectors: Vec<[String; 2]> =
            serde_json::from_str(include_str!("../../../tests/vectors/visible.json")).unwrap();
        assert!(vectors.len() > 8);
        for [text, expected] in vectors {
            assert_eq!(visible(&text), expected);
        }
    }
}
