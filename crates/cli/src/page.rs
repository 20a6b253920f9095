//! Text on its way to a terminal. Every piece goes through [`anatomy::visible`] here and nowhere
//! else, so no renderer can let a control character of a label or a server's answer through.

use std::io::{self, Write};

use anatomy::visible;
use anstyle::Style;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// One line, piece by piece.
#[derive(Clone, Debug, Default)]
pub(crate) struct Line {
    pieces: Vec<(Style, String)>,
}

impl Line {
    pub(crate) fn new() -> Self {
        Self::default()
    }

    /// Adds a piece as it is, apart from what a terminal would act on.
    pub(crate) fn plain(self, text: &str) -> Self {
        self.styled(Style::new(), text)
    }

    /// Adds a piece with a style.
    pub(crate) fn styled(mut self, style: Style, text: &str) -> Self {
        if !text.is_empty() {
            self.pieces.push((style, visible(text).into_owned()));
        }
        self
    }

    /// Adds spaces up to a column.
    pub(crate) fn pad_to(mut self, column: usize) -> Self {
        let spaces = column.saturating_sub(self.width());
        if spaces > 0 {
            self.pieces.push((Style::new(), " ".repeat(spaces)));
        }
        self
    }

    /// Columns that it takes in a terminal.
    pub(crate) fn width(&self) -> usize {
        self.pieces.iter().map(|(_, text)| text.width()).sum()
    }
}

/// Lines, in order.
#[derive(Clone, Debug, Default)]
pub(crate) struct Page {
    lines: Vec<Line>,
}

impl Page {
    pub(crate) fn new() -> Self {
        Self::default()
    }

    pub(crate) fn line(&mut self, line: Line) {
        self.lines.push(line);
    }

    /// An empty line, unless the page begins here or there is one already.
    pub(crate) fn gap(&mut self) {
        if self.lines.last().is_some_and(|line| !line.pieces.is_empty()) {
            self.lines.push(Line::new());
        }
    }

    /// A text over as many lines as it needs, indented by `indent` columns; what stands in `first`
    /// opens the first line instead of the indent.
    pub(crate) fn paragraph(&mut self, first: Line, indent: usize, style: Style, text: &str, width: usize) {
        let mut open = Some(first);
        for part in cut_and_wrapped(text, indent, width) {
            let line = open.take().unwrap_or_default().pad_to(indent);
            self.lines.push(line.styled(style, &part));
        }
    }

    /// As [`Page::paragraph`], with `prefix` before every line.
    pub(crate) fn hanging(&mut self, prefix: &Line, indent: usize, style: Style, text: &str, width: usize) {
        for part in cut_and_wrapped(text, indent, width) {
            self.lines.push(prefix.clone().pad_to(indent).styled(style, &part));
        }
    }

    /// Writes the page with its styles; a stream that shows none strips them ([`anstream`]).
    pub(crate) fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        for line in &self.lines {
            for (at, (style, text)) in line.pieces.iter().enumerate() {
                // Spaces at the end of a line carry nothing and spoil comparisons.
                let text = if at + 1 == line.pieces.len() { text.trim_end() } else { text };
                if *style == Style::new() {
                    write!(out, "{text}")?;
                } else {
                    write!(out, "{style}{text}{style:#}")?;
                }
            }
            writeln!(out)?;
        }
        Ok(())
    }

    /// The page without styles.
    #[cfg(test)]
    pub(crate) fn text(&self) -> String {
        let mut bytes = Vec::new();
        self.write(&mut anstream::StripStream::new(&mut bytes)).expect("a Vec takes everything");
        String::from_utf8(bytes).expect("pieces are texts")
    }
}

/// A label can be megabytes long; nobody reads that in a terminal, and `--json` has it whole.
const PARAGRAPH_COLUMNS: usize = 2_000;

fn cut_and_wrapped(text: &str, indent: usize, width: usize) -> Vec<String> {
    wrap(&shorten(&visible(text), PARAGRAPH_COLUMNS), width.saturating_sub(indent).max(20))
}

/// Cuts a text to so many columns; what was cut shows as `…`.
pub(crate) fn shorten(text: &str, columns: usize) -> String {
    // No character takes more than four bytes and two columns, so most texts need no second look.
    if text.len() <= columns || (text.len() <= columns * 4 && text.width() <= columns) {
        return text.to_owned();
    }
    let mut short = String::new();
    let mut taken = 0;
    for c in text.chars() {
        let width = c.width().unwrap_or(0);
        if taken + width + 1 > columns {
            break;
        }
        taken += width;
        short.push(c);
    }
    short.truncate(short.trim_end().len());
    short.push('…');
    short
}

/// Breaks a text into lines of so many columns: at spaces, and between Japanese characters, but
/// never before closing punctuation or after an opening bracket. A word longer than a line is cut.
fn wrap(text: &str, columns: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    let mut taken = 0;
    for atom in atoms(text) {
        let mut atom = atom.as_str();
        if taken + atom.trim_end().width() > columns && taken > 0 {
            lines.push(std::mem::take(&mut line).trim_end().to_owned());
            taken = 0;
            atom = atom.trim_start();
        }
        for c in atom.chars() {
            let width = c.width().unwrap_or(0);
            if taken + width > columns && c != ' ' {
                lines.push(std::mem::take(&mut line).trim_end().to_owned());
                taken = 0;
            }
            line.push(c);
            taken += width;
        }
    }
    if !line.trim_end().is_empty() || lines.is_empty() {
        lines.push(line.trim_end().to_owned());
    }
    lines
}

/// The pieces of a text between which a line may end.
fn atoms(text: &str) -> Vec<String> {
    const CLOSING: &str = "、。，．・：；？！」』）】〉》ーっゃゅょァィゥェォッャュョ…％,.:;?!)]}’”";
    const OPENING: &str = "「『（【〈《([{‘“";
    let mut atoms: Vec<String> = Vec::new();
    let mut before: Option<char> = None;
    for c in text.chars() {
        let breaks = match before {
            None => true,
            Some(' ') => c != ' ',
            Some(_) if c == ' ' || CLOSING.contains(c) => false,
            Some(last) if OPENING.contains(last) => false,
            Some(last) => last.width().unwrap_or(0) > 1 || c.width().unwrap_or(0) > 1,
        };
        match atoms.last_mut() {
            Some(atom) if !breaks => atom.push(c),
            _ => atoms.push(c.to_string()),
        }
        before = Some(c);
    }
    atoms
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_a_terminal_acts_on_comes_through() {
        let mut page = Page::new();
        page.line(Line::new().plain("a\u{1b}[31mb\u{7}\u{202e}c\u{9b}d\ne\r"));
        page.paragraph(Line::new().plain("\u{1b}]0;title\u{7}"), 2, Style::new(), "x\u{1b}[2Jy\nz", 40);
        let mut bytes = Vec::new();
        page.write(&mut bytes).expect("a Vec takes everything");
        let text = String::from_utf8(bytes).expect("pieces are texts");
        assert!(!text.contains(['\u{1b}', '\u{7}', '\u{202e}', '\u{9b}', '\r']), "{text:?}");
        assert_eq!(text.lines().count(), 2, "a newline in the data makes no line: {text:?}");
    }

    #[test]
    fn columns_count_wide_characters_twice() {
        assert_eq!(Line::new().plain("目次").width(), 4);
        assert_eq!(shorten("目次と設計書", 7), "目次と…");
        assert_eq!(shorten("index", 5), "index");
        assert_eq!(shorten("index", 4), "ind…");
    }

    #[test]
    fn texts_are_broken_where_the_language_allows() {
        assert_eq!(wrap("one two three", 8), ["one two", "three"]);
        assert_eq!(wrap("これは「目次」です。", 10), ["これは「目", "次」です。"]);
        assert_eq!(wrap("これは「目次」です。", 8), ["これは", "「目次」", "です。"]);
        assert_eq!(wrap("ダイジェスト。", 12), ["ダイジェス", "ト。"]);
        assert_eq!(wrap("abcdefgh", 3), ["abc", "def", "gh"]);
        assert_eq!(wrap("", 10), [""]);
    }

    #[test]
    fn styles_are_written_around_their_piece() {
        let mut page = Page::new();
        page.line(Line::new().styled(Style::new().bold(), "x").plain(" y  "));
        let mut bytes = Vec::new();
        page.write(&mut bytes).expect("a Vec takes everything");
        assert_eq!(String::from_utf8_lossy(&bytes), "\u{1b}[1mx\u{1b}[0m y\n");
        assert_eq!(page.text(), "x y\n");
    }
}
