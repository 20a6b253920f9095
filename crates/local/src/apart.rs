//! Blocking reads, apart from the threads that serve everything else, and stopped when nobody
//! waits for them any more.

use std::io::{self, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use bytes::Bytes;
use tokio::sync::mpsc;

use crate::fault::Fault;

/// How much of a blob is read at once.
pub(crate) const CHUNK: usize = 256 << 10;
/// How many chunks may wait for a slow reader.
const CHUNKS_AHEAD: usize = 4;

/// Tells a blocking read that its reader is gone.
#[derive(Clone, Debug, Default)]
pub(crate) struct Stop(Arc<AtomicBool>);

impl Stop {
    pub(crate) fn check(&self) -> Result<(), Fault> {
        if self.0.load(Ordering::Relaxed) { Err(Fault::Stopped) } else { Ok(()) }
    }
}

/// Held by whoever waits; dropping it stops the read.
struct Waiting(Stop);

impl Drop for Waiting {
    fn drop(&mut self) {
        self.0.0.store(true, Ordering::Relaxed);
    }
}

/// Reads until stopped: unpacking an archive of many gigabytes has to end when its reader leaves.
pub(crate) struct Stoppable<R> {
    pub(crate) inner: R,
    pub(crate) stop: Stop,
}

impl<R: Read> Read for Stoppable<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.stop.check().map_err(io::Error::other)?;
        self.inner.read(buffer)
    }
}

/// Runs `work` on a thread for blocking work.
pub(crate) async fn apart<T, W>(work: W) -> Result<T, Fault>
where
    T: Send + 'static,
    W: FnOnce(&Stop) -> Result<T, Fault> + Send + 'static,
{
    let stop = Stop::default();
    let waiting = Waiting(stop.clone());
    let done = tokio::task::spawn_blocking(move || work(&stop)).await;
    drop(waiting);
    done.unwrap_or_else(|error| Err(Fault::Internal(error)))
}

/// Runs `work` on a thread for blocking work and gives its chunks as they come. `work` ends early
/// when handing over a chunk answers `false`.
pub(crate) fn streamed<W>(work: W) -> impl futures::Stream<Item = Result<Bytes, Fault>> + Send
where
    W: FnOnce(&Stop, &mut dyn FnMut(Bytes) -> bool) -> Result<(), Fault> + Send + 'static,
{
    let stop = Stop::default();
    let waiting = Waiting(stop.clone());
    let (sender, receiver) = mpsc::channel(CHUNKS_AHEAD);
    let reading = tokio::task::spawn_blocking(move || work(&stop, &mut |chunk| sender.blocking_send(chunk).is_ok()));
    futures::stream::unfold((receiver, Some(reading), waiting), |(mut receiver, mut reading, waiting)| async move {
        if let Some(chunk) = receiver.recv().await {
            return Some((Ok(chunk), (receiver, reading, waiting)));
        }
        // How it ended: a stream that only stops would look as if it were whole.
        let fault = match reading.take()?.await {
            Ok(done) => done.err()?,
            Err(error) => Fault::Internal(error),
        };
        Some((Err(fault), (receiver, reading, waiting)))
    })
}

#[cfg(test)]
mod tests {
    use futures::StreamExt as _;

    use super::*;

    fn endless() -> (impl futures::Stream<Item = Result<Bytes, Fault>> + Send, std::sync::mpsc::Receiver<bool>) {
        let (ended, end) = std::sync::mpsc::channel();
        let stream = streamed(move |stop, take| {
            let mut reader = Stoppable { inner: io::repeat(0), stop: stop.clone() };
            let mut byte = [0];
            let mut asked = true;
            while asked && reader.read(&mut byte).is_ok() {
                asked = take(Bytes::copy_from_slice(&byte));
            }
            let _ = ended.send(true);
            Ok(())
        });
        (stream, end)
    }

    #[tokio::test]
    async fn dropping_a_stream_ends_its_read() {
        let (stream, end) = endless();
        let mut stream = Box::pin(stream);
        assert!(stream.next().await.is_some_and(|chunk| chunk.is_ok()));
        drop(stream);
        assert_eq!(end.recv_timeout(std::time::Duration::from_secs(10)), Ok(true));
    }

    #[tokio::test]
    async fn dropping_a_future_ends_its_read() {
        let (ended, end) = std::sync::mpsc::channel();
        let mut reading = Box::pin(apart(move |stop| {
            let read = io::copy(&mut Stoppable { inner: io::repeat(0), stop: stop.clone() }, &mut io::sink());
            let _ = ended.send(read.is_err());
            Ok(())
        }));
        // Polled once, the read runs; it would never end by itself.
        assert!(futures::poll!(&mut reading).is_pending());
        drop(reading);
        assert_eq!(end.recv_timeout(std::time::Duration::from_secs(10)), Ok(true));
    }

    #[tokio::test]
    async fn a_fault_is_the_last_item() {
        let stream = streamed(|_, take| {
            take(Bytes::from_static(b"a"));
            Err(Fault::Damaged("for the test"))
        });
        let items: Vec<_> = stream.collect().await;
        assert!(matches!(items.as_slice(), [Ok(chunk), Err(Fault::Damaged(_))] if chunk == "a"), "{items:?}");
    }
}
