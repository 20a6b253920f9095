//! The few styles of the terminal. Colour repeats what a word and a sign say already.

use anatomy::{Role, Severity};
use anstyle::{AnsiColor, Style};

pub(crate) const ANSWER: Style = Style::new().bold();
pub(crate) const HEADING: Style = Style::new().bold();
pub(crate) const FAINT: Style = Style::new().dimmed();
pub(crate) const GOOD: Style = AnsiColor::Green.on_default();
pub(crate) const BAD: Style = AnsiColor::Red.on_default().bold();
pub(crate) const CAREFUL: Style = AnsiColor::Yellow.on_default();

/// The colour of a role, as near to the window's as sixteen colours allow.
pub(crate) fn role(role: Role) -> Style {
    match role {
        Role::Tag => Style::new().bold(),
        Role::Index => AnsiColor::Magenta.on_default(),
        Role::Manifest => AnsiColor::Blue.on_default(),
        Role::Config => AnsiColor::Cyan.on_default(),
        Role::Layer => AnsiColor::Green.on_default(),
        Role::Attestation | Role::Referrer | Role::Artifact => AnsiColor::Yellow.on_default(),
        Role::Unknown => Style::new(),
        Role::Missing => BAD,
    }
}

/// The style of a finding's sign.
pub(crate) fn severity(severity: Severity) -> Style {
    match severity {
        Severity::Info => FAINT,
        Severity::Warning => CAREFUL,
        Severity::Error => BAD,
    }
}
