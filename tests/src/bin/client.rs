//! `kaibo-bench-client URL TAG [--ca FILE] [--token URL] [--resolve HOST:PORT:ADDRESS]`: the same requests that a
//! whole tree needs, and nothing else.
//!
//! It reads the index, every child and every config, 24 at a time, and throws the bytes away: no
//! hashing, no tree, no cache. What Kaibo takes longer than this is Kaibo's own doing.
#![expect(clippy::print_stdout, reason = "a program that answers on standard output")]

use std::collections::HashSet;
use std::net::SocketAddr;
use std::time::Instant;

use futures::stream::{self, StreamExt, TryStreamExt};
use reqwest::{Certificate, Client, header};
use serde_json::Value;

const ACCEPT: &str = "application/vnd.oci.image.index.v1+json, application/vnd.docker.distribution.manifest.list.v2+json, \
                      application/vnd.oci.image.manifest.v1+json, application/vnd.docker.distribution.manifest.v2+json";

type Failure = Box<dyn std::error::Error + Send + Sync>;

#[tokio::main]
async fn main() -> Result<(), Failure> {
    let began = Instant::now();
    let _ = rustls::crypto::ring::default_provider().install_default();
    let mut arguments = std::env::args().skip(1);
    let (Some(base), Some(tag)) = (arguments.next(), arguments.next()) else {
        return Err("usage: kaibo-bench-client URL TAG [--ca FILE] [--token URL] [--resolve HOST:PORT:ADDRESS]".into());
    };
    let mut builder = Client::builder().pool_max_idle_per_host(64).no_proxy().tcp_nodelay(true);
    let mut realm = None;
    let mut authority = Vec::new();
    let mut addresses = Vec::new();
    while let Some(option) = arguments.next() {
        let value = arguments.next().ok_or("an option has a value")?;
        match option.as_str() {
            "--ca" => authority.push(Certificate::from_pem(&std::fs::read(value)?)?),
            "--token" => realm = Some(value),
            "--resolve" => addresses.push(value),
            _ => return Err(format!("{option} is not known").into()),
        }
    }
    builder = if authority.is_empty() { builder.tls_certs_only([]) } else { builder.tls_certs_only(authority) };
    // reqwest keeps one address a host name, whatever the port: all options here give the same one.
    for text in &addresses {
        let (host, address) = (text.split(':').next(), text.rsplit(':').next());
        let (Some(host), Some(address)) = (host, address) else { continue };
        builder = builder.resolve(host, SocketAddr::new(address.parse()?, 0));
    }
    let client = builder.build()?;
    let mut requests = 1;

    let first = client.get(format!("{base}/manifests/{tag}")).header(header::ACCEPT, ACCEPT).send().await?;
    let mut token = None;
    let index = match realm {
        // The challenge is answered, as every client of a registry with tokens has to.
        Some(realm) if first.status() == 401 => {
            let answer: Value = client.get(realm).send().await?.error_for_status()?.json().await?;
            token = answer["token"].as_str().map(|token| format!("Bearer {token}"));
            requests += 2;
            get(&client, format!("{base}/manifests/{tag}"), token.as_deref()).await?
        }
        _ => first.error_for_status()?.bytes().await?.to_vec(),
    };
    let children =
        digests(&index, |document| document["manifests"].as_array().into_iter().flatten().cloned().collect());
    requests += children.len();
    let (client, base, token) = (&client, &base, token.as_deref());
    let configs: HashSet<String> = stream::iter(children)
        .map(|digest| async move {
            let manifest = get(client, format!("{base}/manifests/{digest}"), token).await?;
            let config = digests(&manifest, |document| vec![document["config"].clone()])
                .pop()
                .ok_or("a manifest has a config")?;
            get(client, format!("{base}/blobs/{config}"), token).await?;
            Ok::<_, Failure>(config)
        })
        .buffer_unordered(24)
        .try_collect()
        .await?;
    requests += configs.len();
    println!("{{\"requests\":{requests},\"ms\":{:.1}}}", began.elapsed().as_secs_f64() * 1000.0);
    Ok(())
}

async fn get(client: &Client, url: String, token: Option<&str>) -> Result<Vec<u8>, Failure> {
    let mut request = client.get(url).header(header::ACCEPT, ACCEPT);
    if let Some(token) = token {
        request = request.header(header::AUTHORIZATION, token);
    }
    Ok(request.send().await?.error_for_status()?.bytes().await?.to_vec())
}

fn digests(bytes: &[u8], pick: impl Fn(&Value) -> Vec<Value>) -> Vec<String> {
    let document: Value = serde_json::from_slice(bytes).unwrap_or_default();
    let mut seen = HashSet::new();
    let found = pick(&document).into_iter().filter_map(|entry| entry["digest"].as_str().map(str::to_owned));
    found.filter(|digest| seen.insert(digest.clone())).collect()
}
