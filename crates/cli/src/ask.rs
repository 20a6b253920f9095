//! Asking the reader, and taking what is sent through standard input. Nothing here shows a secret.

use std::io::{self, BufRead as _, IsTerminal as _, Read as _, Write as _};
use std::time::Duration;

use source::{Problem, ProblemKind, Secret};
use words::Words;

use crate::run::Failure;
use crate::usage::Refusal;

/// The longest secret that is taken: tokens of real servers stay far below.
const SECRET_BYTES: u64 = 64 << 10;

/// Whether somebody sits there who can be asked.
pub(crate) fn can_be_asked() -> bool {
    io::stdin().is_terminal()
}

/// Asks for a line that may be seen.
pub(crate) async fn line(prompt: String) -> Result<String, Failure> {
    let line = asked(move || {
        let mut err = anstream::stderr().lock();
        write!(err, "{prompt} ")?;
        err.flush()?;
        drop(err);
        let mut line = String::new();
        match io::stdin().lock().read_line(&mut line)? {
            0 => Err(io::ErrorKind::Interrupted.into()),
            _ => Ok(line),
        }
    })
    .await?;
    Ok(line.trim().to_owned())
}

/// Asks for a secret, unseen.
pub(crate) async fn secret(prompt: String) -> Result<Secret, Failure> {
    Ok(Secret::new(asked(move || rpassword::prompt_password(format!("{prompt} "))).await?))
}

/// Waits for an answer on a thread of its own, so that Ctrl-C is heard.
async fn asked(question: impl FnOnce() -> io::Result<String> + Send + 'static) -> Result<String, Failure> {
    let mut answer = tokio::task::spawn_blocking(question);
    tokio::select! {
        answer = &mut answer => match answer.map_err(Problem::internal)? {
            Ok(text) => Ok(text),
            Err(error) if matches!(error.kind(), io::ErrorKind::Interrupted | io::ErrorKind::UnexpectedEof) => {
                Err(Problem::from(ProblemKind::Cancelled).into())
            }
            Err(error) => Err(Problem::internal(format!("ask on the terminal: {error}")).into()),
        },
        Ok(()) = tokio::signal::ctrl_c() => {
            // The question shows again what is typed; that must not be cut off.
            let _ended = tokio::time::timeout(Duration::from_millis(300), answer).await;
            Err(Problem::from(ProblemKind::Cancelled).into())
        }
    }
}

/// The secret that is sent through standard input: all of it, without one line end behind it.
pub(crate) fn sent(argument: &str, words: &Words) -> Result<Secret, Failure> {
    if can_be_asked() {
        return Err(Refusal::new(words, "cli-usage-login-terminal", &[("argument", argument.into())]).into());
    }
    let mut bytes = Vec::new();
    let read = io::stdin().lock().take(SECRET_BYTES + 1).read_to_end(&mut bytes);
    read.map_err(|error| Problem::internal(format!("read standard input: {error}")))?;
    taken(bytes).map_err(|id| Refusal::new(words, id, &[]).into())
}

/// What of the bytes is the secret, or the message that says why they are none.
fn taken(bytes: Vec<u8>) -> Result<Secret, &'static str> {
    if bytes.len() as u64 > SECRET_BYTES {
        return Err("cli-usage-login-long");
    }
    let Ok(mut text) = String::from_utf8(bytes) else { return Err("cli-usage-login-long") };
    if text.ends_with('\n') {
        text.pop();
        if text.ends_with('\r') {
            text.pop();
        }
    }
    if text.is_empty() { Err("cli-usage-login-empty") } else { Ok(Secret::new(text)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_line_end_is_no_part_of_a_secret() {
        let check = |sent: &str, secret: &str| assert_eq!(taken(sent.into()), Ok(Secret::new(secret)), "{sent:?}");
        check("wonderland", "wonderland");
        check("wonderland\n", "wonderland");
        check("wonderland\r\n", "wonderland");
        check("wonderland\n\n", "wonderland\n");
        check(" wonder land ", " wonder land ");
        assert_eq!(taken(b"\n".to_vec()), Err("cli-usage-login-empty"));
        assert_eq!(taken(Vec::new()), Err("cli-usage-login-empty"));
        assert_eq!(taken(vec![0xff, 0xfe]), Err("cli-usage-login-long"));
        assert_eq!(taken(vec![b'a'; 70_000]), Err("cli-usage-login-long"));
    }
}
