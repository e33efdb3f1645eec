//! Real HTTP over loopback: a server on a runtime of its own with as many threads as cores, as `serve` has it, and
//! clients that keep their connections and send requests made beforehand, all on one other thread.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use axum::Router;
use serde_json::Value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime::{Builder, Runtime};
use tokio::task::JoinSet;

use crate::rounds::{median, microseconds};

/// A runtime that serves.
pub fn serving_runtime() -> Runtime {
    Builder::new_multi_thread().enable_all().build().expect("a runtime")
}

/// Serves a router on a free port until the runtime ends.
pub fn serve(runtime: &Runtime, router: Router) -> SocketAddr {
    let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0")).expect("a free port");
    let address = listener.local_addr().expect("an address");
    runtime.spawn(async move { axum::serve(listener, router).await });
    address
}

/// A request as it goes over the wire.
pub fn post(path: &str, key: &str, body: &Value) -> Vec<u8> {
    let body = body.to_string();
    format!(
        "POST {path} HTTP/1.1\r\nhost: 127.0.0.1\r\nauthorization: Bearer {key}\r\ncontent-type: application/json\r\n\
         content-length: {}\r\n\r\n{body}",
        body.len()
    )
    .into_bytes()
}

/// How a round went.
#[derive(Debug, Clone, Copy)]
pub struct Load {
    pub per_second: f64,
    pub median_us: f64,
}

/// Connections to one server, kept from round to round.
pub struct Clients {
    runtime: Runtime,
    streams: Vec<TcpStream>,
}

impl Clients {
    /// Connects so many.
    pub fn connect(address: SocketAddr, count: usize) -> Self {
        let runtime = Builder::new_current_thread().enable_all().build().expect("a runtime");
        let connect = async {
            let mut streams = Vec::with_capacity(count);
            for _ in 0..count {
                let stream = TcpStream::connect(address).await.expect("a server that listens");
                stream.set_nodelay(true).expect("a setting of every socket");
                streams.push(stream);
            }
            streams
        };
        let streams = runtime.block_on(connect);
        Self { runtime, streams }
    }

    /// The body of one answer.
    pub fn ask(&mut self, request: &[u8]) -> Vec<u8> {
        let mut buffer = Vec::new();
        let body = self.runtime.block_on(exchange(&mut self.streams[0], request, &mut buffer));
        buffer.split_off(body)
    }

    /// Sends every request once, each client the next one as soon as it has its answer.
    pub fn send_each(&mut self, requests: &Arc<[Vec<u8>]>) -> Load {
        self.send(requests, None)
    }

    /// Sends requests again and again for a while.
    pub fn send_for(&mut self, requests: &Arc<[Vec<u8>]>, time: Duration) -> Load {
        self.send(requests, Some(time))
    }

    fn send(&mut self, requests: &Arc<[Vec<u8>]>, time: Option<Duration>) -> Load {
        let next = Arc::new(AtomicUsize::new(0));
        let streams = std::mem::take(&mut self.streams);
        let began = Instant::now();
        let end = time.map(|time| began + time);
        let sent = self.runtime.block_on(async {
            let mut clients = JoinSet::new();
            for stream in streams {
                clients.spawn(client(stream, Arc::clone(requests), Arc::clone(&next), end));
            }
            clients.join_all().await
        });
        let took = began.elapsed();
        let mut times = Vec::new();
        for (stream, mut own) in sent {
            self.streams.push(stream);
            times.append(&mut own);
        }
        Load { per_second: times.len() as f64 / took.as_secs_f64(), median_us: median(times) }
    }
}

async fn client(
    mut stream: TcpStream,
    requests: Arc<[Vec<u8>]>,
    next: Arc<AtomicUsize>,
    end: Option<Instant>,
) -> (TcpStream, Vec<f64>) {
    let (mut times, mut buffer) = (Vec::new(), Vec::new());
    loop {
        let place = next.fetch_add(1, Ordering::Relaxed);
        let began = Instant::now();
        if end.map_or(place >= requests.len(), |end| began >= end) {
            return (stream, times);
        }
        exchange(&mut stream, &requests[place % requests.len()], &mut buffer).await;
        times.push(microseconds(began.elapsed()));
    }
}

/// Sends a request and reads its answer into the buffer; says where the body begins. Anything but a success ends the
/// benchmark: there is nothing to measure then.
async fn exchange(stream: &mut TcpStream, request: &[u8], buffer: &mut Vec<u8>) -> usize {
    stream.write_all(request).await.expect("a server that reads");
    buffer.clear();
    let body = loop {
        read(stream, buffer).await;
        if let Some(end) = buffer.windows(4).position(|four| four == b"\r\n\r\n") {
            break end + 4;
        }
    };
    let head = String::from_utf8_lossy(&buffer[..body]).into_owned();
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
    let length: usize = length.and_then(|length| length.parse().ok()).expect("an answer that says how long it is");
    while buffer.len() < body + length {
        read(stream, buffer).await;
    }
    let text = || String::from_utf8_lossy(&buffer[body..]);
    assert!(head.starts_with("HTTP/1.1 2"), "not a success: {head}{}", text());
    body
}

async fn read(stream: &mut TcpStream, buffer: &mut Vec<u8>) {
    let read = stream.read_buf(buffer).await.expect("a server that answers");
    assert!(read > 0, "the server has closed the connection: {}", String::from_utf8_lossy(buffer));
}
