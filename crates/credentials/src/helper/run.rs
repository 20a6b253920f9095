use std::ffi::OsString;
use std::path::Path;
use std::process::{ExitStatus, Stdio};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWriteExt as _};
use tokio::process::{Child, Command};
use tokio::time::Instant;

/// How long a login shell may take to say its `PATH`.
const SHELL_TIME: Duration = Duration::from_secs(3);
/// What is still in a pipe when the program has ended is there at once; a program that it left behind
/// may keep the pipe open for ever.
const LEFT: Duration = Duration::from_millis(300);

/// How far a helper is let.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    pub(crate) time: Duration,
    /// Of each of its two outputs.
    pub(crate) bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { time: Duration::from_secs(15), bytes: 64 << 10 }
    }
}

/// How a helper ended. No Debug: what it printed is a secret.
pub(crate) enum Ended {
    Well(Vec<u8>),
    Badly { out: Vec<u8>, err: Vec<u8> },
    Hung,
    Chattered,
    NotStarted(std::io::Error),
}

/// `PROGRAM get`, with the server on its standard input.
pub(crate) async fn get(
    program: &Path,
    home: Option<&Path>,
    server: &str,
    environment: Vec<(OsString, OsString)>,
    limits: Limits,
) -> Ended {
    let mut command = command(program, home, environment);
    command.arg("get").stdin(Stdio::piped()).stderr(Stdio::piped());
    let mut leash = match Leash::start(&mut command) {
        Ok(leash) => leash,
        Err(error) => return Ended::NotStarted(error),
    };
    let whole = async {
        if let Some(mut stdin) = leash.child.stdin.take() {
            // A helper that reads nothing is no failure yet.
            let _ = stdin.write_all(server.as_bytes()).await;
        }
        leash.outcome(limits.bytes).await
    };
    match tokio::time::timeout(limits.time, whole).await {
        Err(_) => Ended::Hung,
        Ok(Err(_)) => Ended::Chattered,
        Ok(Ok((status, out, _))) if status.success() => Ended::Well(out),
        Ok(Ok((_, out, err))) => Ended::Badly { out, err },
    }
}

/// What a program prints; `None` when it ends badly, late, or says too much.
pub(crate) async fn say(
    program: &Path,
    arguments: &[&str],
    home: Option<&Path>,
    environment: Vec<(OsString, OsString)>,
) -> Option<Vec<u8>> {
    let mut command = command(program, home, environment);
    command.args(arguments).stdin(Stdio::null()).stderr(Stdio::null());
    let mut leash = Leash::start(&mut command).ok()?;
    let outcome = tokio::time::timeout(SHELL_TIME, leash.outcome(Limits::default().bytes)).await;
    let (status, out, _) = outcome.ok()?.ok()?;
    status.success().then_some(out)
}

fn command(program: &Path, home: Option<&Path>, environment: Vec<(OsString, OsString)>) -> Command {
    let mut command = Command::new(program);
    let home = home.filter(|home| home.is_dir()).map_or_else(std::env::temp_dir, Path::to_owned);
    command.env_clear().envs(environment).current_dir(home).stdout(Stdio::piped()).kill_on_drop(true);
    // A group of its own, so that what it starts can be ended with it.
    #[cfg(unix)]
    command.process_group(0);
    // CREATE_NO_WINDOW: no console flashes up beside the app.
    #[cfg(windows)]
    command.creation_flags(0x0800_0000);
    command
}

/// A program that is ended, with all that it started, when nobody waits for it any more.
struct Leash {
    child: Child,
}

/// It says more than it may.
struct TooMuch;

impl Leash {
    fn start(command: &mut Command) -> std::io::Result<Self> {
        Ok(Self { child: command.spawn()? })
    }

    /// How it ended, and what it printed on both outputs until then.
    async fn outcome(&mut self, cap: usize) -> Result<(ExitStatus, Vec<u8>, Vec<u8>), TooMuch> {
        let (out, err) = (self.child.stdout.take(), self.child.stderr.take());
        let mut out = Pipe { from: out, read: Vec::new(), cap };
        let mut err = Pipe { from: err, read: Vec::new(), cap };
        let mut status = None;
        let mut until = None;
        while status.is_none() || out.from.is_some() || err.from.is_some() {
            let late = async {
                match until {
                    Some(until) => tokio::time::sleep_until(until).await,
                    None => std::future::pending().await,
                }
            };
            tokio::select! {
                more = out.more(), if out.from.is_some() => more?,
                more = err.more(), if err.from.is_some() => more?,
                ended = self.child.wait(), if status.is_none() => {
                    status = Some(ended.unwrap_or_default());
                    until = Some(Instant::now() + LEFT);
                }
                () = late => break,
            }
        }
        Ok((status.unwrap_or_default(), out.read, err.read))
    }
}

/// One output, up to the cap.
struct Pipe<R> {
    from: Option<R>,
    read: Vec<u8>,
    cap: usize,
}

impl<R: AsyncRead + Unpin> Pipe<R> {
    async fn more(&mut self) -> Result<(), TooMuch> {
        let Some(from) = &mut self.from else { return Ok(()) };
        if !matches!(from.read_buf(&mut self.read).await, Ok(1..)) {
            self.from = None;
        }
        if self.read.len() > self.cap { Err(TooMuch) } else { Ok(()) }
    }
}

impl Drop for Leash {
    fn drop(&mut self) {
        // Absent once it was waited for: its number may be another's by now.
        let Some(id) = self.child.id() else { return };
        end_group(id);
        let _ = self.child.start_kill();
    }
}

#[cfg(unix)]
fn end_group(id: u32) {
    use rustix::process::{Pid, Signal, kill_process_group};
    if let Some(group) = i32::try_from(id).ok().and_then(Pid::from_raw) {
        let _ = kill_process_group(group, Signal::KILL);
    }
}

#[cfg(windows)]
fn end_group(id: u32) {
    let Some(root) = std::env::var_os("SystemRoot") else { return };
    let taskkill = Path::new(&root).join("System32").join("taskkill.exe");
    let mut command = std::process::Command::new(taskkill);
    command.args(["/PID", &id.to_string(), "/T", "/F"]);
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    // The tree can only be walked while its root is alive, so this is waited for.
    let _ = std::os::windows::process::CommandExt::creation_flags(&mut command, 0x0800_0000).status();
}

#[cfg(not(any(unix, windows)))]
fn end_group(_id: u32) {}
