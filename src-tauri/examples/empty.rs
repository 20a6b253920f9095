//! An empty window, for `npm run bench`: what Kaibo's start is measured against.
//!
//! The same libraries, settings and size of window, a page of one line, nothing else.

use tauri::http::{Response, header};
use tauri::{WebviewUrl, WebviewWindowBuilder};

fn main() {
    let page = "empty://localhost/".parse().expect("it is a URL");
    tauri::Builder::default()
        .register_uri_scheme_protocol("empty", |_, _| {
            Response::builder()
                .header(header::CONTENT_TYPE, "text/html")
                .body(b"<!doctype html><title>empty</title><main>empty</main>".to_vec())
                .expect("the header is one")
        })
        .setup(|app| {
            WebviewWindowBuilder::new(app, "empty", WebviewUrl::CustomProtocol(page))
                .inner_size(1280.0, 840.0)
                .build()?;
            Ok(())
        })
        .run(tauri::generate_context!())
        .expect("an empty window can be opened");
}
