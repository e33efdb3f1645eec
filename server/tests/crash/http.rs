//! One request over one connection. An answer that is not whole is no answer: the server may have died in its middle.

use std::io::{self, ErrorKind, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use serde_json::Value;

/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(20);

/// What is asked.
#[derive(Debug, Clone)]
pub struct Request {
    pub method: &'static str,
    pub path: String,
    /// The header `Idempotency-Key`.
    pub once: Option<String>,
    pub body: Option<Value>,
}

/// What came back, whole.
#[derive(Debug, Clone)]
pub struct Answer {
    pub status: u16,
    pub head: String,
    pub text: String,
}

impl Answer {
    /// The body as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or(Value::Null)
    }

    /// The code of a problem.
    pub fn code(&self) -> String {
        let json = self.json();
        json["type"].as_str().unwrap_or_default().trim_start_matches("/v1/problems/").to_owned()
    }

    /// Was it the answer of an earlier request under the same key?
    pub fn is_replayed(&self) -> bool {
        self.head.contains("idempotency-replayed: true")
    }
}

/// Sends a request; `sent` is called when its last byte is on its way and nothing has been read yet.
pub fn send(address: SocketAddr, key: &str, request: &Request, sent: impl FnOnce()) -> io::Result<Answer> {
    let Request { method, path, once, body } = request;
    let mut head =
        format!("{method} {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: Bearer {key}\r\n");
    if let Some(once) = once {
        head.push_str(&format!("Idempotency-Key: {once}\r\n"));
    }
    let body = body.as_ref().map(Value::to_string).unwrap_or_default();
    if !body.is_empty() {
        head.push_str(&format!("Content-Type: application/json\r\nContent-Length: {}\r\n", body.len()));
    }
    let mut stream = TcpStream::connect_timeout(&address, PATIENCE)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.write_all(format!("{head}\r\n{body}").as_bytes())?;
    sent();
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes)?;
    whole(&bytes).ok_or_else(|| io::Error::new(ErrorKind::UnexpectedEof, "the answer broke off"))
}

fn whole(bytes: &[u8]) -> Option<Answer> {
    let text = std::str::from_utf8(bytes).ok()?;
    let (head, body) = text.split_once("\r\n\r\n")?;
    let head = head.to_ascii_lowercase();
    let status = head.split(' ').nth(1)?.parse().ok()?;
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: "))?;
    let length: usize = length.trim().parse().ok()?;
    (body.len() == length).then(|| Answer { status, head, text: body.to_owned() })
}
