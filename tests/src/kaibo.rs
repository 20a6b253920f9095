//! Running `kaibo` as a person's shell would, but with an empty home and a deadline.

use std::io::{Read, Write as _};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::place;

/// A home folder of its own, so that nothing of the machine's accounts, caches and settings takes part.
#[derive(Debug)]
pub struct Home {
    folder: tempfile::TempDir,
    deadline: Duration,
    variables: Vec<(String, String)>,
}

/// How a run ended.
#[derive(Debug)]
pub struct Run {
    /// Its exit code; `None` when a signal ended it.
    pub code: Option<i32>,
    /// Standard output.
    pub out: String,
    /// Standard error.
    pub err: String,
    /// How long it took, the start of the process included.
    pub elapsed: Duration,
    /// The most memory that it held, in bytes, where the system tells (Linux).
    pub peak: Option<u64>,
}

impl Default for Home {
    fn default() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        Self { folder, deadline: Duration::from_secs(60), variables: Vec::new() }
    }
}

impl Home {
    /// A run that takes longer is ended, and the test fails: nothing may hang.
    #[must_use]
    pub fn within(mut self, deadline: Duration) -> Self {
        self.deadline = deadline;
        self
    }

    /// An environment variable for every run.
    #[must_use]
    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.variables.push((name.to_owned(), value.to_owned()));
        self
    }

    /// The folder.
    #[must_use]
    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Every file below the home: the cache, before all.
    #[must_use]
    pub fn files(&self) -> Vec<std::path::PathBuf> {
        let mut found = Vec::new();
        let mut left = vec![self.folder.path().to_owned()];
        while let Some(folder) = left.pop() {
            for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
                if entry.path().is_dir() { left.push(entry.path()) } else { found.push(entry.path()) }
            }
        }
        found
    }

    /// Runs `kaibo` with these arguments.
    #[must_use]
    pub fn run(&self, arguments: &[&str]) -> Run {
        self.run_sent(arguments, None)
    }

    /// Runs `kaibo` with these arguments and this on its standard input.
    #[must_use]
    pub fn send(&self, sent: &str, arguments: &[&str]) -> Run {
        self.run_sent(arguments, Some(sent))
    }

    fn run_sent(&self, arguments: &[&str], sent: Option<&str>) -> Run {
        let home = self.folder.path();
        let mut command = Command::new(place::program("kaibo"));
        command
            .args(arguments)
            .env_clear()
            .current_dir(home)
            .stdin(if sent.is_some() { Stdio::piped() } else { Stdio::null() })
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        // Without SystemRoot, no program on Windows can open a socket.
        for kept in ["PATH", "SystemRoot", "TMPDIR", "TEMP", "TMP"] {
            if let Some(value) = std::env::var_os(kept) {
                command.env(kept, value);
            }
        }
        for own in [
            "HOME",
            "USERPROFILE",
            "APPDATA",
            "LOCALAPPDATA",
            "XDG_CACHE_HOME",
            "XDG_CONFIG_HOME",
            "XDG_DATA_HOME",
            "XDG_RUNTIME_DIR",
        ] {
            command.env(own, home);
        }
        command.env("LANG", "en_US.UTF-8").envs(self.variables.iter().map(|(name, value)| (name, value)));
        let began = Instant::now();
        let mut child = command.spawn().expect("kaibo starts");
        if let Some(sent) = sent {
            // Who does not read it has ended already; dropping the pipe closes it.
            let _ = child.stdin.take().expect("it was piped").write_all(sent.as_bytes());
        }
        let out = reader(child.stdout.take().expect("it was piped"));
        let err = reader(child.stderr.take().expect("it was piped"));
        let (code, peak) = wait(&mut child, began, self.deadline, arguments);
        let elapsed = began.elapsed();
        Run {
            code,
            out: out.join().expect("reading does not panic"),
            err: err.join().expect("reading does not panic"),
            elapsed,
            peak,
        }
    }

    /// Runs `kaibo … --json` and gives what it printed. Fails the test unless the exit code is 0.
    #[must_use]
    pub fn json(&self, arguments: &[&str]) -> Value {
        let with_json: Vec<&str> = arguments.iter().copied().chain(["--json"]).collect();
        let run = self.run(&with_json);
        assert_eq!(run.code, Some(0), "kaibo {}: {}{}", with_json.join(" "), run.out, run.err);
        run.value()
    }
}

impl Run {
    /// Standard output as JSON.
    #[must_use]
    pub fn value(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error} in {}\n{}", self.out, self.err))
    }
}

fn reader(mut from: impl Read + Send + 'static) -> std::thread::JoinHandle<String> {
    std::thread::spawn(move || {
        let mut bytes = Vec::new();
        let _ = from.read_to_end(&mut bytes);
        String::from_utf8_lossy(&bytes).into_owned()
    })
}

fn wait(child: &mut Child, began: Instant, deadline: Duration, arguments: &[&str]) -> (Option<i32>, Option<u64>) {
    let mut peak = None;
    loop {
        if let Some(status) = child.try_wait().expect("a child can be asked") {
            return (status.code(), peak);
        }
        peak = peak.max(high_water(child.id()));
        if began.elapsed() > deadline {
            let _ = child.kill();
            let _ = child.wait();
            panic!("kaibo {} did not end within {deadline:?}", arguments.join(" "));
        }
        std::thread::sleep(Duration::from_millis(2));
    }
}

/// `VmHWM`: the most resident memory so far. It only grows, so the last value seen is the peak.
fn high_water(process: u32) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    let kilobytes: u64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kilobytes * 1024)
}
