//! A Secret Service of its own (gnome-keyring on a D-Bus of its own), for the life of a value.

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::kaibo::Home;
use crate::place;

/// A session bus, with a keyring on it or without. Dropping it ends what it started.
#[derive(Debug)]
pub struct Keyring {
    bus: Child,
    address: String,
    daemon: Option<Child>,
    folder: tempfile::TempDir,
}

impl Keyring {
    /// A bus with an unlocked keyring, or says why there is none.
    #[must_use]
    pub fn unlocked() -> Option<Self> {
        let mut keyring = Self::bus_alone()?;
        if !place::installed("gnome-keyring-daemon") {
            place::skip("gnome-keyring is not installed: nothing was tested against a real Secret Service");
            return None;
        }
        keyring.start(&["--unlock"], "a password of the tests\n");
        Some(keyring)
    }

    /// A bus on which nobody offers a store, nor could be started to.
    #[must_use]
    pub fn bus_alone() -> Option<Self> {
        if !cfg!(target_os = "linux") || !place::installed("dbus-daemon") {
            place::skip("dbus-daemon is not installed: nothing was tested in a session of a desktop");
            return None;
        }
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let config = folder.path().join("bus.conf");
        std::fs::write(
            &config,
            format!(
                "<busconfig><type>session</type><listen>unix:dir={}</listen>\
                 <policy context=\"default\"><allow send_destination=\"*\" eavesdrop=\"true\"/>\
                 <allow eavesdrop=\"true\"/><allow own=\"*\"/></policy></busconfig>",
                folder.path().display()
            ),
        )
        .expect("a file can be written");
        let mut bus = Command::new("dbus-daemon")
            .arg(format!("--config-file={}", config.display()))
            .args(["--nofork", "--nopidfile", "--print-address=1"])
            .env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("dbus-daemon starts");
        let mut address = String::new();
        let mut out = BufReader::new(bus.stdout.take().expect("it was piped"));
        out.read_line(&mut address).expect("dbus-daemon says its address");
        Some(Self { bus, address: address.trim().to_owned(), daemon: None, folder })
    }

    /// The keyring as it is after the next start of the machine: nobody has unlocked it, and nobody
    /// is there who could.
    pub fn lock(&mut self) {
        self.stop();
        self.start(&[], "");
    }

    /// The variables that lead to it.
    #[must_use]
    pub fn variables(&self) -> [(&'static str, &str); 1] {
        [("DBUS_SESSION_BUS_ADDRESS", &self.address)]
    }

    /// A home in this session.
    #[must_use]
    pub fn home(&self) -> Home {
        self.variables().into_iter().fold(Home::default(), |home, (name, value)| home.with(name, value))
    }

    /// Where the keyring writes.
    #[must_use]
    pub fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    fn start(&mut self, arguments: &[&str], password: &str) {
        let inner = |name: &str| private(&self.folder.path().join(name));
        let mut daemon = Command::new("gnome-keyring-daemon")
            .args(["--foreground", "--components=secrets"])
            .args(arguments)
            .env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .env("HOME", inner("home"))
            .env("XDG_DATA_HOME", inner("data"))
            .env("XDG_RUNTIME_DIR", inner("run"))
            .envs(self.variables())
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("gnome-keyring-daemon starts");
        let mut stdin = daemon.stdin.take().expect("it was piped");
        stdin.write_all(password.as_bytes()).expect("the daemon reads its password");
        drop(stdin);
        self.daemon = Some(daemon);
        let until = Instant::now() + Duration::from_secs(15);
        while !self.has_owner() {
            assert!(Instant::now() < until, "gnome-keyring-daemon offers no store");
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// Whether somebody offers a store on the bus.
    fn has_owner(&self) -> bool {
        let asked = Command::new("dbus-send")
            .arg(format!("--bus={}", self.address))
            .args(["--print-reply=literal", "--dest=org.freedesktop.DBus", "/", "org.freedesktop.DBus.NameHasOwner"])
            .arg("string:org.freedesktop.secrets")
            .output();
        asked.is_ok_and(|output| String::from_utf8_lossy(&output.stdout).contains("true"))
    }

    fn stop(&mut self) {
        if let Some(mut daemon) = self.daemon.take() {
            let _ = daemon.kill();
            let _ = daemon.wait();
        }
    }
}

impl Drop for Keyring {
    fn drop(&mut self) {
        self.stop();
        let _ = self.bus.kill();
        let _ = self.bus.wait();
    }
}

/// A folder that only its user can look into, as keyrings and gpg want it.
#[must_use]
pub fn private(folder: &Path) -> PathBuf {
    std::fs::create_dir_all(folder).expect("a folder can be made");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        std::fs::set_permissions(folder, std::fs::Permissions::from_mode(0o700)).expect("a mode can be set");
    }
    folder.to_owned()
}
