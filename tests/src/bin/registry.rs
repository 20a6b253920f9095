//! `kaibo-bench-registry LAYOUT REPOSITORY CA_FILE http1|http2`: a registry of the most laborious kind.
//!
//! TLS by a certificate authority of its own (written to `CA_FILE`), anonymous Bearer tokens, and
//! blobs that are redirected to a second host. Prints the two addresses, then, for every line that
//! it reads, the requests and connections since the line before. Ends with its standard input.
#![expect(clippy::print_stdout, reason = "a program that answers on standard output")]

use std::io::BufRead as _;
use std::path::Path;

use testkit::{Authority, Bearer, Registry};

fn main() {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let mut arguments = std::env::args().skip(1);
    let (Some(layout), Some(repository), Some(file), Some(protocol)) =
        (arguments.next(), arguments.next(), arguments.next(), arguments.next())
    else {
        println!("usage: kaibo-bench-registry LAYOUT REPOSITORY CA_FILE http1|http2");
        std::process::exit(2);
    };
    let authority = Authority::new("kaibo-bench");
    std::fs::write(file, authority.pem()).expect("the file of the authority can be written");
    let builder = Registry::builder()
        .layout(&repository, Path::new(&layout))
        .auth(Bearer::anonymous())
        .redirect_blobs()
        .localhost();
    let builder = if protocol == "http2" { builder.tls(authority.leaf()) } else { builder.tls_http1(authority.leaf()) };
    let registry = builder.start();
    println!("{} {}", registry.host(), registry.other_host());
    let mut connections = 0;
    for line in std::io::stdin().lock().lines() {
        if line.is_err() {
            break;
        }
        let opened = registry.connections() - connections;
        connections += opened;
        println!("{{\"requests\":{},\"connections\":{opened}}}", registry.seen().len());
        registry.forget_seen();
    }
}
