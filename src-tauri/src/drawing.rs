//! How the web view draws on Linux.

use std::os::unix::process::CommandExt;
use std::process::Command;

const VARIABLE: &str = "WEBKIT_DISABLE_DMABUF_RENDERER";

/// On a machine without a graphics device (a virtual machine, a remote desktop), WebKitGTK hands its
/// buffers through a software OpenGL: the first two frames of a window took 2.2 s instead of 0.16 s.
/// It reads its wish from the environment before anything else, so the program starts itself anew
/// with it, under the same process id. Whoever has set the variable keeps what was set.
pub(crate) fn suit_the_machine() {
    if std::env::var_os(VARIABLE).is_some() || has_graphics_device() {
        return;
    }
    let Ok(program) = std::env::current_exe() else { return };
    // It comes back only when it failed; then the window opens, slowly.
    let _failed = Command::new(program).args(std::env::args_os().skip(1)).env(VARIABLE, "1").exec();
}

/// Whether the kernel offers a device that renders: `/dev/dri/renderD128` and so on.
fn has_graphics_device() -> bool {
    let devices = std::fs::read_dir("/dev/dri").into_iter().flatten().flatten();
    devices.into_iter().any(|device| device.file_name().to_string_lossy().starts_with("renderD"))
}
