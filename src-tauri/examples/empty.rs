//! An empty window, for `npm run bench`: what Kaibo's start is measured against.
//!
//! The same libraries, settings and size of window, a page of one line, nothing else.

use tauri::{WebviewUrl, WebviewWindowBuilder};

fn main() {
    let page = "data:text/html,<title>empty</title><main>empty</main>".parse().expect("it is a URL");
    tauri::Builder::default()
        .setup(|app| {
            WebviewWindowBuilder::new(app, "empty", WebviewUrl::External(page)).inner_size(1280.0, 840.0).build()?;
            Ok(())
        })
        .run(tauri::generate_context!())
        .expect("an empty window can be opened");
}
