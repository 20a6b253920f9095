//! Lists in columns.

use anstyle::Style;

use crate::page::{Line, Page, shorten};
use crate::styles;

/// Columns between two columns.
const GAP: usize = 2;
/// The last column is worth having from so many columns on.
const LAST_COLUMNS: usize = 16;

/// A piece of a row.
#[derive(Clone, Debug, Default)]
pub(crate) struct Cell {
    text: String,
    style: Style,
}

impl Cell {
    pub(crate) fn new(text: impl Into<String>) -> Self {
        Self { text: text.into(), style: Style::new() }
    }

    pub(crate) fn styled(style: Style, text: impl Into<String>) -> Self {
        Self { text: text.into(), style }
    }
}

impl<T: Into<String>> From<T> for Cell {
    fn from(text: T) -> Self {
        Self::new(text)
    }
}

/// What is done with a last cell that is longer than what is left of the line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Last {
    /// Its end is left out.
    Cut,
    /// It goes on below.
    Wrapped,
}

/// A list in columns; a column that no row has anything for is left out.
#[derive(Debug)]
pub(crate) struct Columns {
    heads: Vec<(String, bool)>,
    rows: Vec<Vec<Cell>>,
    last: Last,
}

impl Columns {
    pub(crate) fn new(last: Last) -> Self {
        Self { heads: Vec::new(), rows: Vec::new(), last }
    }

    /// A column whose cells begin at one place.
    #[must_use]
    pub(crate) fn left(mut self, head: String) -> Self {
        self.heads.push((head, false));
        self
    }

    /// A column whose cells end at one place: numbers.
    #[must_use]
    pub(crate) fn right(mut self, head: String) -> Self {
        self.heads.push((head, true));
        self
    }

    pub(crate) fn row(&mut self, cells: Vec<Cell>) {
        debug_assert_eq!(cells.len(), self.heads.len());
        self.rows.push(cells);
    }

    /// Draws the heads and the rows. Only the last column is made to fit: names and digests are
    /// there to be copied.
    pub(crate) fn render(&self, page: &mut Page, width: usize) {
        let kept: Vec<usize> =
            (0..self.heads.len()).filter(|at| self.rows.iter().any(|row| !row[*at].text.is_empty())).collect();
        let Some((last, before)) = kept.split_last() else { return };
        let widths: Vec<usize> = before.iter().map(|at| self.width(*at, width)).collect();
        let heads: Vec<Cell> = self.heads.iter().map(|(head, _)| Cell::styled(styles::FAINT, head)).collect();
        for row in std::iter::once(&heads).chain(&self.rows) {
            let mut line = Line::new();
            let mut end = 0;
            for (at, columns) in before.iter().zip(&widths) {
                let cell = &row[*at];
                let taken = columns_of(&cell.text);
                let start = if self.heads[*at].1 { end + columns.saturating_sub(taken) } else { end };
                line = line.pad_to(start).styled(cell.style, &cell.text);
                // A cell that is longer than its column moves the rest of its own row only.
                end = (end + columns).max(line.width()) + GAP;
            }
            self.end(page, line, end, &row[*last], width);
        }
    }

    fn end(&self, page: &mut Page, line: Line, start: usize, cell: &Cell, width: usize) {
        if cell.text.is_empty() {
            return page.line(line);
        }
        let left = width.saturating_sub(start);
        let (line, indent) = if columns_of(&cell.text) <= left || left >= LAST_COLUMNS {
            (line.pad_to(start), start)
        } else {
            page.line(line);
            (Line::new().pad_to(GAP * 2), GAP * 2)
        };
        match self.last {
            Last::Cut => {
                let text = shorten(&anatomy::visible(&cell.text), width.saturating_sub(indent).max(LAST_COLUMNS));
                page.line(line.styled(cell.style, &text));
            }
            Last::Wrapped => page.paragraph(line, indent, cell.style, &cell.text, width),
        }
    }

    /// The widest cell; one that would take more than two fifths of the line does not count.
    fn width(&self, at: usize, width: usize) -> usize {
        let room = (width * 2 / 5).max(24);
        let cells = self.rows.iter().map(|row| columns_of(&row[at].text)).filter(|columns| *columns <= room);
        cells.max().unwrap_or(0).max(columns_of(&self.heads[at].0))
    }
}

fn columns_of(text: &str) -> usize {
    Line::new().plain(text).width()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn columns(last: Last) -> Columns {
        let mut columns = Columns::new(last)
            .left("NAME".to_owned())
            .right("SIZE".to_owned())
            .left("NONE".to_owned())
            .left("ABOUT".to_owned());
        columns.row(vec!["a".into(), "1 B".into(), "".into(), "one two three four five six".into()]);
        columns.row(vec!["日本".into(), "12.3 kB".into(), "".into(), "".into()]);
        columns
    }

    #[test]
    fn cells_stand_below_each_other_and_an_empty_column_is_left_out() {
        let mut page = Page::new();
        columns(Last::Cut).render(&mut page, 40);
        assert_eq!(page.text(), "NAME     SIZE  ABOUT\na         1 B  one two three four five…\n日本  12.3 kB\n");
        let mut page = Page::new();
        columns(Last::Wrapped).render(&mut page, 36);
        let text = page.text();
        assert!(text.contains("a         1 B  one two three four\n               five six\n"), "{text}");
    }

    #[test]
    fn a_long_name_moves_its_own_row_only() {
        let mut columns = Columns::new(Last::Cut).left("NAME".to_owned()).left("B".to_owned());
        columns.row(vec!["short".into(), "x".into()]);
        columns.row(vec!["n".repeat(60).into(), "y".into()]);
        let mut page = Page::new();
        columns.render(&mut page, 80);
        assert_eq!(page.text(), format!("NAME   B\nshort  x\n{}  y\n", "n".repeat(60)));
    }

    #[test]
    fn nothing_is_drawn_for_nothing() {
        let mut page = Page::new();
        Columns::new(Last::Cut).left("NAME".to_owned()).render(&mut page, 80);
        assert_eq!(page.text(), "");
    }
}
