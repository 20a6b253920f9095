//! Kaibo's own accounts against the store of this system, for tests of the whole: a run is a program
//! that was just started. `KAIBO_CONFIG_DIR` says where the list of them is.
//!
//! ```text
//! store keep KEY USER   # the secret on standard input
//! store find KEY        # the expected secret on standard input
//! store forget KEY
//! store state
//! ```
//!
//! What came of it is printed as one line; a secret never is.
#![expect(clippy::print_stdout, reason = "it is a program")]

use std::io::Read as _;

use credentials::{Keychain, OwnKey, config_folder};
use source::{Credential, CredentialProvider as _, Secret, Whose};

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let keychain = Keychain::new(config_folder().as_deref());
    let said = match arguments[..] {
        ["keep", key, username] => {
            let credential = Credential::Basic { username: username.to_owned(), password: Secret::new(input()) };
            match keychain.keep(&parse(key), &credential).await {
                Ok(()) => "kept".to_owned(),
                Err(unkept) => format!("{unkept:?}"),
            }
        }
        ["find", key] => {
            let key = parse(key);
            let found = keychain.find(&Whose::of(key.registry(), key.namespace())).await;
            let found = found.expect("a keychain's look is no problem");
            match found.credential {
                Credential::Basic { username, password } if password.reveal() == input() => format!("same {username}"),
                Credential::Basic { .. } => "different".to_owned(),
                _ => format!("{:?}", found.looks.last().map(|look| &look.outcome)),
            }
        }
        ["forget", key] => format!("{:?}", keychain.forget(&parse(key)).await),
        ["state"] => format!("{} {:?}", keychain.store(), keychain.fault().await),
        _ => panic!("keep KEY USER, find KEY, forget KEY, state"),
    };
    println!("{said}");
    // A store that still waits for the reader must not hold up the end.
    std::process::exit(0);
}

fn parse(key: &str) -> OwnKey {
    OwnKey::parse(key).expect("the key is one")
}

fn input() -> String {
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text).expect("standard input can be read");
    text
}
