//! Rows of the tree, put into columns.

use anstyle::Style;

use crate::page::{Line, Page, shorten};
use crate::styles;

/// Columns that a remark needs to be worth having.
const REMARK_COLUMNS: usize = 12;

/// Columns that a build date takes: labels leave them free where they can.
const DATE_COLUMNS: usize = 30;

/// Columns that labels may take however narrow the terminal is.
const LABEL_COLUMNS: usize = 34;

/// One row of the tree before columns are aligned.
#[derive(Default)]
pub(crate) struct Row {
    pub(crate) label: Line,
    pub(crate) digest: String,
    pub(crate) verified: Option<bool>,
    pub(crate) size: String,
    pub(crate) remark: Remark,
    /// What stands before a line that goes on below this row.
    pub(crate) trunk: String,
}

/// What is said of a node beside its numbers.
#[derive(Default)]
pub(crate) enum Remark {
    #[default]
    None,
    /// Words of this program: told whole, on a line of their own where the row is full.
    Phrase(String),
    /// Words of an image, as long as it pleases: cut to what is left of the row.
    Quote(String),
}

/// Puts the rows into columns; what does not fit at the end of a row is shortened.
pub(crate) fn align(page: &mut Page, rows: &[Row], width: usize) {
    let digest_columns = rows.iter().map(|row| row.digest.chars().count()).max().unwrap_or(0);
    let size_columns = rows.iter().map(|row| row.size.len()).max().unwrap_or(0);
    let numbers = 2 + digest_columns + 3 + size_columns + 2;
    // One long label (a Windows build) moves its own row, not the remarks of all the others.
    let room = width.saturating_sub(numbers + DATE_COLUMNS).max(LABEL_COLUMNS);
    let labels = rows.iter().filter(|row| !row.digest.is_empty()).map(|row| row.label.width());
    let common_columns = labels.filter(|columns| *columns <= room).max().unwrap_or(0);
    for row in rows {
        let label_columns = common_columns.max(row.label.width());
        let remark_at = label_columns + numbers;
        if row.digest.is_empty() {
            page.line(row.label.clone());
            continue;
        }
        let (sign, style) = sign(row.verified);
        let mut line = row.label.clone().pad_to(label_columns + 2).plain(&row.digest);
        line = line.pad_to(label_columns + 2 + digest_columns + 1).styled(style, sign);
        let size_at = label_columns + 2 + digest_columns + 3 + size_columns - row.size.len();
        line = line.pad_to(size_at).plain(&row.size);
        let left = width.saturating_sub(remark_at);
        match &row.remark {
            Remark::Quote(text) if !text.is_empty() && left >= REMARK_COLUMNS => {
                let text = shorten(&anatomy::visible(text), left);
                page.line(line.pad_to(remark_at).styled(styles::FAINT, &text));
            }
            Remark::Phrase(text) if Line::new().plain(text).width() <= left => {
                page.line(line.pad_to(remark_at).styled(styles::FAINT, text));
            }
            Remark::Phrase(text) => {
                page.line(line);
                let below = Line::new().styled(styles::FAINT, &row.trunk);
                let indent = Line::new().plain(&row.trunk).width() + 3;
                page.hanging(&below, indent, styles::FAINT, text, width);
            }
            Remark::None | Remark::Quote(_) => page.line(line),
        }
    }
}

fn sign(verified: Option<bool>) -> (&'static str, Style) {
    match verified {
        Some(true) => ("✓", styles::GOOD),
        Some(false) => ("✗", styles::BAD),
        None => (" ", Style::new()),
    }
}
