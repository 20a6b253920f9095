//! `kaibo-bench-proxy UPSTREAM ROUND_TRIP_MS [LISTEN]`: a long way to a server on loopback.
//!
//! Every byte arrives half a round trip later, in order and pipelined; a new connection costs one
//! round trip before its first byte passes, as the handshake of TCP does. Threads and
//! `thread::sleep` rather than an async runtime: its timers round to a millisecond, which would be
//! counted as the network's time ten times over in one inspection.
//!
//! Prints its address, then one line of JSON for every line that it reads: the connections and
//! HTTP/1.1 requests since the line before. Ends with its standard input, so that it cannot outlive
//! the benchmark.
#![expect(clippy::print_stdout, reason = "a program that answers on standard output")]

use std::io::{BufRead, Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, mpsc};
use std::thread;
use std::time::{Duration, Instant};

#[derive(Default)]
struct Counts {
    connections: AtomicU64,
    requests: AtomicU64,
}

fn main() {
    let mut arguments = std::env::args().skip(1);
    let (Some(upstream), Some(round_trip)) = (arguments.next(), arguments.next().and_then(|text| text.parse().ok()))
    else {
        println!("usage: kaibo-bench-proxy UPSTREAM ROUND_TRIP_MS [LISTEN]");
        std::process::exit(2);
    };
    let round_trip = Duration::from_secs_f64(f64::max(round_trip, 0.0) / 1000.0);
    let listen = arguments.next().unwrap_or_else(|| "127.0.0.1:0".to_owned());
    let listener = TcpListener::bind(listen).expect("the address is free");
    println!("{}", listener.local_addr().expect("a bound socket has an address"));
    let counts = Arc::new(Counts::default());
    let counting = Arc::clone(&counts);
    thread::spawn(move || {
        for client in listener.incoming().flatten() {
            counting.connections.fetch_add(1, Ordering::Relaxed);
            let (upstream, counts) = (upstream.clone(), Arc::clone(&counting));
            let began = Instant::now();
            thread::spawn(move || connect(client, &upstream, began + round_trip, round_trip / 2, &counts));
        }
    });
    for line in std::io::stdin().lock().lines() {
        if line.is_err() {
            break;
        }
        let connections = counts.connections.swap(0, Ordering::Relaxed);
        let requests = counts.requests.swap(0, Ordering::Relaxed);
        println!("{{\"connections\":{connections},\"requests\":{requests}}}");
    }
}

/// Carries both directions of a connection that is open from `from` on.
fn connect(client: TcpStream, upstream: &str, from: Instant, half: Duration, counts: &Arc<Counts>) {
    let Ok(server) = TcpStream::connect(upstream) else { return };
    let both = (client.try_clone(), server.try_clone());
    let (Ok(client_out), Ok(server_out)) = both else { return };
    let _ = (client.set_nodelay(true), server.set_nodelay(true));
    let counts = Arc::clone(counts);
    let up = thread::spawn(move || carry(client, server_out, from, half, Some(&counts)));
    carry(server, client_out, from, half, None);
    let _ = up.join();
}

/// Reads as fast as bytes come, and hands each chunk on when its time has come.
fn carry(mut from: TcpStream, mut to: TcpStream, open: Instant, half: Duration, counts: Option<&Counts>) {
    let (queue, waiting) = mpsc::channel::<(Instant, Vec<u8>)>();
    let writer = thread::spawn(move || {
        for (due, chunk) in waiting {
            thread::sleep(due.saturating_duration_since(Instant::now()));
            if to.write_all(&chunk).is_err() {
                return;
            }
        }
        // The end of the stream takes as long as any byte.
        thread::sleep(half);
        let _ = to.shutdown(Shutdown::Write);
    });
    let mut buffer = vec![0; 1 << 16];
    let mut seen = Vec::new();
    while let Ok(length @ 1..) = from.read(&mut buffer) {
        if let Some(counts) = counts {
            counts.requests.fetch_add(requests(&mut seen, &buffer[..length]), Ordering::Relaxed);
        }
        if queue.send((Instant::now().max(open) + half, buffer[..length].to_vec())).is_err() {
            break;
        }
    }
    drop(queue);
    let _ = writer.join();
}

/// How many request lines of HTTP/1.1 end in this chunk. `seen` keeps the end of the chunk before.
fn requests(seen: &mut Vec<u8>, chunk: &[u8]) -> u64 {
    const MARK: &[u8] = b" HTTP/1.1\r\n";
    seen.extend_from_slice(chunk);
    let found = seen.windows(MARK.len()).filter(|window| *window == MARK).count();
    let kept = seen.len().min(MARK.len() - 1);
    seen.drain(..seen.len() - kept);
    found as u64
}
