//! The menu, in the reader's language.

use tauri::menu::{AboutMetadata, CheckMenuItem, Menu, MenuItem, PredefinedMenuItem, Submenu, SubmenuBuilder};
use tauri::{AppHandle, Emitter as _, Manager as _, Wry};
use words::Words;

use crate::opening::{self, Opened, PickKind};
use crate::settings::ThemeChoice;
use crate::window::{self, Look, Zoom};

/// The event that tells the page of a menu item which is its own business; the payload is its id.
const MENU: &str = "menu";

const THEMES: &[(&str, ThemeChoice)] = &[
    ("theme-auto", ThemeChoice::Auto),
    ("theme-light", ThemeChoice::Light),
    ("theme-dark", ThemeChoice::Dark),
    ("theme-contrast", ThemeChoice::Contrast),
];

/// Makes the menu as the settings want it, and puts it in the place of the one before.
pub(crate) fn install(app: &AppHandle) -> tauri::Result<()> {
    app.set_menu(build(app)?)?;
    Ok(())
}

fn build(app: &AppHandle) -> tauri::Result<Menu<Wry>> {
    let writer = Writer { app, words: window::words(app) };
    let menu = Menu::new(app)?;
    #[cfg(target_os = "macos")]
    menu.append(&writer.app()?)?;
    menu.append(&writer.file()?)?;
    // GTK has no items for these that work in a web view; its keys and its context menu do.
    #[cfg(not(target_os = "linux"))]
    menu.append(&writer.edit()?)?;
    menu.append(&writer.view()?)?;
    #[cfg(target_os = "macos")]
    menu.append(&writer.window()?)?;
    menu.append(&writer.help()?)?;
    Ok(menu)
}

struct Writer<'a> {
    app: &'a AppHandle,
    words: Words,
}

impl Writer<'_> {
    fn say(&self, id: &str) -> String {
        self.words.say(&format!("menu-{id}"), &[])
    }

    /// An item; its id is also the id of its message.
    fn item(&self, id: &str, key: Option<&str>) -> tauri::Result<MenuItem<Wry>> {
        MenuItem::with_id(self.app, id, self.say(id), true, key)
    }

    fn submenu(&self, id: &str) -> SubmenuBuilder<'_, Wry, AppHandle> {
        SubmenuBuilder::with_id(self.app, id, self.say(id))
    }

    fn file(&self) -> tauri::Result<Submenu<Wry>> {
        let file = self
            .submenu("file")
            .item(&self.item("open-file", Some("CmdOrCtrl+O"))?)
            .item(&self.item("open-folder", Some("CmdOrCtrl+Shift+O"))?)
            .separator()
            .item(&self.item("save", Some("CmdOrCtrl+S"))?)
            .separator();
        if cfg!(target_os = "macos") {
            return file.close_window_with_text(self.say("close-window")).build();
        }
        file.item(&self.item("settings", Some("CmdOrCtrl+,"))?)
            .separator()
            .item(&self.item("quit", Some("CmdOrCtrl+Q"))?)
            .build()
    }

    #[cfg(not(target_os = "linux"))]
    fn edit(&self) -> tauri::Result<Submenu<Wry>> {
        self.submenu("edit")
            .undo_with_text(self.say("undo"))
            .redo_with_text(self.say("redo"))
            .separator()
            .cut_with_text(self.say("cut"))
            .copy_with_text(self.say("copy"))
            .paste_with_text(self.say("paste"))
            .select_all_with_text(self.say("select-all"))
            .build()
    }

    fn view(&self) -> tauri::Result<Submenu<Wry>> {
        let (_, chosen) = self.app.state::<Look>().chosen();
        let mut themes = self.submenu("theme");
        for (id, theme) in THEMES {
            let item = CheckMenuItem::with_id(self.app, *id, self.say(id), true, *theme == chosen, None::<&str>)?;
            themes = themes.item(&item);
        }
        self.submenu("view")
            .item(&self.item("go-to", Some("CmdOrCtrl+L"))?)
            .item(&self.item("first-screen", None)?)
            .item(&self.item("read-again", Some("CmdOrCtrl+R"))?)
            .separator()
            .item(&self.item("outline", Some("CmdOrCtrl+Shift+L"))?)
            .item(&themes.build()?)
            .separator()
            .item(&self.item("zoom-in", Some("CmdOrCtrl+="))?)
            .item(&self.item("zoom-out", Some("CmdOrCtrl+-"))?)
            .item(&self.item("zoom-reset", Some("CmdOrCtrl+0"))?)
            .build()
    }

    fn help(&self) -> tauri::Result<Submenu<Wry>> {
        let help = self.submenu("help").item(&self.item("samples", None)?);
        if cfg!(target_os = "macos") {
            return help.build();
        }
        help.separator().item(&self.about()?).build()
    }

    #[cfg(target_os = "macos")]
    fn app(&self) -> tauri::Result<Submenu<Wry>> {
        SubmenuBuilder::with_id(self.app, "app", "Kaibo")
            .item(&self.about()?)
            .separator()
            .item(&self.item("settings", Some("CmdOrCtrl+,"))?)
            .separator()
            .services_with_text(self.say("services"))
            .separator()
            .hide_with_text(self.say("hide"))
            .hide_others_with_text(self.say("hide-others"))
            .show_all_with_text(self.say("show-all"))
            .separator()
            .quit_with_text(self.say("quit"))
            .build()
    }

    #[cfg(target_os = "macos")]
    fn window(&self) -> tauri::Result<Submenu<Wry>> {
        self.submenu("window")
            .minimize_with_text(self.say("minimize"))
            .maximize_with_text(self.say("maximize"))
            .fullscreen_with_text(self.say("fullscreen"))
            .build()
    }

    fn about(&self) -> tauri::Result<PredefinedMenuItem<Wry>> {
        let about = AboutMetadata {
            name: Some("Kaibo".to_owned()),
            version: Some(self.app.package_info().version.to_string()),
            comments: Some(self.say("about-comment")),
            license: Some(env!("CARGO_PKG_LICENSE").to_owned()),
            icon: self.app.default_window_icon().cloned(),
            ..AboutMetadata::default()
        };
        PredefinedMenuItem::about(self.app, Some(&self.say("about")), Some(about))
    }
}

/// An item was chosen.
pub(crate) fn chosen(app: &AppHandle, id: &str) {
    match id {
        "open-file" => pick(app, PickKind::File),
        "open-folder" => pick(app, PickKind::Folder),
        "zoom-in" => window::zoom(app, Zoom::In),
        "zoom-out" => window::zoom(app, Zoom::Out),
        "zoom-reset" => window::zoom(app, Zoom::Reset),
        "quit" => app.exit(0),
        id => {
            // The page answers by saving settings, and with that the check marks are set anew.
            let _told = app.emit_to(window::LABEL, MENU, id);
        }
    }
}

fn pick(app: &AppHandle, kind: PickKind) {
    let app = app.clone();
    tauri::async_runtime::spawn(async move {
        if let Some(reference) = opening::pick(&app, kind).await {
            opening::tell(&app, Opened { reference, begin: true });
        }
    });
}

#[cfg(test)]
mod tests {
    use words::{Language, Words};

    /// Every item that `build` makes on any system; a text that is missing would show as `[id]`.
    const IDS: &[&str] = &[
        "about",
        "about-comment",
        "all-files",
        "archives",
        "close-window",
        "copy",
        "cut",
        "edit",
        "file",
        "first-screen",
        "fullscreen",
        "go-to",
        "help",
        "hide",
        "hide-others",
        "maximize",
        "minimize",
        "open-file",
        "open-file-title",
        "open-folder",
        "open-folder-title",
        "outline",
        "paste",
        "quit",
        "read-again",
        "redo",
        "samples",
        "save",
        "save-title",
        "select-all",
        "services",
        "settings",
        "show-all",
        "theme",
        "theme-auto",
        "theme-contrast",
        "theme-dark",
        "theme-light",
        "undo",
        "view",
        "window",
        "zoom-in",
        "zoom-out",
        "zoom-reset",
    ];

    #[test]
    fn every_item_has_its_text_in_both_languages() {
        for language in Language::ALL {
            let words = Words::new(language);
            for id in IDS {
                assert!(words.has(&format!("menu-{id}")), "{language:?}: menu-{id}");
            }
        }
    }
}
