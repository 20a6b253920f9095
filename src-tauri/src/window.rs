//! The one window: made hidden, shown when it has something to show.

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, OnceLock, PoisonError};
use std::time::{Duration, Instant};

use tauri::utils::config::Color;
use tauri::webview::PageLoadEvent;
use tauri::{AppHandle, Manager as _, Theme, Url, WebviewUrl, WebviewWindow, WebviewWindowBuilder};
use words::Words;

use crate::settings::{LanguageChoice, Settings, ThemeChoice};

/// Its label.
pub(crate) const LABEL: &str = "main";

/// The page is loaded and should be there any moment: shown even when it does not say so.
const LOADED: Duration = Duration::from_millis(400);

/// A window that does not come is worse than an empty one.
const PATIENCE: Duration = Duration::from_secs(3);

/// `--bg-window` of the light and the dark look (ui/src/styles/tokens.css).
const PAPER: Color = Color(0xf2, 0xf3, 0xf2, 0xff);
const SLATE: Color = Color(0x14, 0x18, 0x1b, 0xff);

/// Zoom steps in percent.
const ZOOMS: &[u32] = &[50, 67, 80, 90, 100, 110, 125, 150, 175, 200, 250, 300];

/// What is known of the window besides what the page knows.
#[derive(Debug)]
pub(crate) struct Look {
    began: Instant,
    shown: OnceLock<Duration>,
    zoom: AtomicU32,
    chosen: Mutex<(LanguageChoice, ThemeChoice)>,
}

impl Look {
    pub(crate) fn new(began: Instant) -> Self {
        Self { began, shown: OnceLock::new(), zoom: AtomicU32::new(100), chosen: Mutex::default() }
    }

    /// From the start of the program to the window on the screen.
    pub(crate) fn start(&self) -> Option<Duration> {
        self.shown.get().copied()
    }

    /// Notes what the settings say; true when that is news.
    pub(crate) fn choose(&self, settings: &Settings) -> bool {
        let now = (settings.language, settings.theme);
        let mut chosen = self.chosen.lock().unwrap_or_else(PoisonError::into_inner);
        std::mem::replace(&mut *chosen, now) != now
    }

    /// Language and theme as chosen.
    pub(crate) fn chosen(&self) -> (LanguageChoice, ThemeChoice) {
        *self.chosen.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The catalogue in the chosen language.
pub(crate) fn words(app: &AppHandle) -> Words {
    Words::new(app.state::<Look>().chosen().0.language())
}

/// Makes the window, hidden.
pub(crate) fn open(app: &AppHandle) -> tauri::Result<()> {
    let (_, theme) = app.state::<Look>().chosen();
    let window = WebviewWindowBuilder::new(app, LABEL, WebviewUrl::App("index.html".into()))
        .title("Kaibo")
        .inner_size(1280.0, 840.0)
        .min_inner_size(420.0, 360.0)
        .visible(false)
        .theme(system_theme(theme))
        .background_color(ground(theme, None))
        .devtools(cfg!(debug_assertions))
        .on_navigation(is_ours)
        .on_page_load(|window, load| {
            if load.event() == PageLoadEvent::Finished {
                show_after(&window, LOADED);
            }
        })
        .build()?;
    if theme != ThemeChoice::Auto {
        // GTK has one theme for all of an app, its menu included, and takes no window's word for it.
        app.set_theme(system_theme(theme));
    }
    // Only now the system's own look is known.
    paint(&window, theme);
    show_after(&window, PATIENCE);
    Ok(())
}

/// Title bar, ground and `prefers-color-scheme` follow the chosen theme.
pub(crate) fn apply_theme(app: &AppHandle, theme: ThemeChoice) {
    app.set_theme(system_theme(theme));
    if let Some(window) = app.get_webview_window(LABEL) {
        paint(&window, theme);
    }
}

fn paint(window: &WebviewWindow, theme: ThemeChoice) {
    let _painted = window.set_background_color(Some(ground(theme, window.theme().ok())));
}

fn system_theme(theme: ThemeChoice) -> Option<Theme> {
    match theme {
        ThemeChoice::Auto => None,
        ThemeChoice::Light => Some(Theme::Light),
        ThemeChoice::Dark | ThemeChoice::Contrast => Some(Theme::Dark),
    }
}

/// The colour below the page, so that nothing flashes before it is drawn.
fn ground(theme: ThemeChoice, system: Option<Theme>) -> Color {
    match system_theme(theme).or(system) {
        Some(Theme::Dark) => SLATE,
        _ => PAPER,
    }
}

/// The window goes nowhere: what is not our own page is not loaded.
fn is_ours(url: &Url) -> bool {
    match url.scheme() {
        "tauri" => true,
        "http" | "https" => {
            url.host_str() == Some("tauri.localhost")
                || (cfg!(not(feature = "embedded")) && url.host_str() == Some("127.0.0.1"))
        }
        _ => false,
    }
}

/// Shows the window, the first time that somebody asks for it.
pub(crate) fn show(window: &WebviewWindow) {
    let look = window.state::<Look>();
    if look.shown.set(look.began.elapsed()).is_ok() {
        // A window that was closed meanwhile needs no showing.
        let _shown = window.show();
        let _focused = window.set_focus();
    }
}

fn show_after(window: &WebviewWindow, wait: Duration) {
    let window = window.clone();
    tauri::async_runtime::spawn(async move {
        tokio::time::sleep(wait).await;
        show(&window);
    });
}

/// Brings the window to the front: a second start asked for it.
pub(crate) fn raise(app: &AppHandle) {
    if let Some(window) = app.get_webview_window(LABEL) {
        let _shown = window.unminimize().and_then(|()| window.show()).and_then(|()| window.set_focus());
    }
}

/// In which direction the page is zoomed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Zoom {
    In,
    Out,
    Reset,
}

/// Zooms the page.
pub(crate) fn zoom(app: &AppHandle, zoom: Zoom) {
    let look = app.state::<Look>();
    let percent = next_zoom(look.zoom.load(Ordering::Relaxed), zoom);
    look.zoom.store(percent, Ordering::Relaxed);
    if let Some(window) = app.get_webview_window(LABEL) {
        let _zoomed = window.set_zoom(f64::from(percent) / 100.0);
    }
}

fn next_zoom(percent: u32, zoom: Zoom) -> u32 {
    let next = match zoom {
        Zoom::In => ZOOMS.iter().find(|&&step| step > percent),
        Zoom::Out => ZOOMS.iter().rev().find(|&&step| step < percent),
        Zoom::Reset => Some(&100),
    };
    next.copied().unwrap_or(percent)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_window_goes_nowhere() {
        for ours in ["tauri://localhost/index.html", "http://tauri.localhost/", "https://tauri.localhost/#a"] {
            assert!(is_ours(&ours.parse().unwrap()), "{ours}");
        }
        for other in [
            "https://example.com/",
            "http://localhost/",
            "https://tauri.localhost.example.com/",
            "file:///etc/passwd",
            "data:text/html,hello",
            "javascript:alert(1)",
        ] {
            assert!(!is_ours(&other.parse().unwrap()), "{other}");
        }
    }

    #[test]
    fn zoom_goes_step_by_step_and_stops_at_the_ends() {
        assert_eq!(next_zoom(100, Zoom::In), 110);
        assert_eq!(next_zoom(100, Zoom::Out), 90);
        assert_eq!(next_zoom(300, Zoom::In), 300);
        assert_eq!(next_zoom(50, Zoom::Out), 50);
        assert_eq!(next_zoom(175, Zoom::Reset), 100);
    }

    #[test]
    fn the_ground_is_that_of_the_look() {
        assert_eq!(ground(ThemeChoice::Light, Some(Theme::Dark)), PAPER);
        assert_eq!(ground(ThemeChoice::Contrast, Some(Theme::Light)), SLATE);
        assert_eq!(ground(ThemeChoice::Auto, Some(Theme::Dark)), SLATE);
        assert_eq!(ground(ThemeChoice::Auto, None), PAPER);
    }
}
