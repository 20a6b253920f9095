//! Embeds the window and names the commands that a capability may allow.

/// Every command of `src/commands`. A command that no capability allows is refused, so a new one is
/// named here and in `capabilities/main.json`.
const COMMANDS: &[&str] = &[
    "about",
    "accounts",
    "aws_sign_in",
    "cancel",
    "close",
    "commands",
    "document",
    "expand",
    "inspect",
    "login",
    "logout",
    "open_sign_in_page",
    "pick_certificate",
    "pick_file",
    "probe",
    "ready",
    "referrers",
    "registry_settings",
    "report",
    "repositories",
    "samples",
    "save_file",
    "save_registry_settings",
    "save_settings",
    "settings",
    "statement",
    "tags",
    "test_account",
    "why",
];

fn main() {
    // The page is part of the program, and cargo does not see it.
    println!("cargo:rerun-if-changed=../ui/dist");
    let embedded = std::env::var_os("CARGO_FEATURE_EMBEDDED").is_some();
    assert!(
        !embedded || std::path::Path::new("../ui/dist/index.html").exists(),
        "the page is not built: run `npm ci` and `npm run build -w ui`"
    );
    let manifest = tauri_build::AppManifest::new().commands(COMMANDS);
    tauri_build::try_build(tauri_build::Attributes::new().app_manifest(manifest)).expect("the window can be embedded");
}
