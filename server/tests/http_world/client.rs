//! A client that speaks plain HTTP/1.1 over one connection which it keeps open. It blocks, as stories are told one line
//! after another; what the answers mean is read in `reading`.

use std::collections::BTreeMap;
use std::io::{self, BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use serde_json::Value;

/// How long an answer may take; a server that hangs shall not hang the tests.
const PATIENCE: Duration = Duration::from_secs(30);

/// The largest answer that is read.
const MAX_BODY: usize = 16 * 1024 * 1024;

/// A connection to one server.
pub struct Client {
    address: SocketAddr,
    open: Option<BufReader<TcpStream>>,
}

/// What is asked.
pub struct Request<'a> {
    pub method: &'a str,
    pub path: &'a str,
    /// The API key.
    pub key: &'a str,
    /// The header `Idempotency-Key`.
    pub once: Option<&'a str>,
    pub body: Option<&'a Value>,
}

/// What came back.
pub struct Answer {
    pub status: u16,
    /// By their names in lower case.
    headers: BTreeMap<String, String>,
    pub body: Vec<u8>,
}

impl Answer {
    /// A header; empty where it is missing.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", String::as_str)
    }
}

impl Client {
    /// A client of the server at this address; it connects with the first request.
    pub fn of(address: SocketAddr) -> Self {
        Self { address, open: None }
    }

    /// Sends a request and reads its answer.
    pub fn send(&mut self, request: &Request<'_>) -> io::Result<Answer> {
        let mut stream = match self.open.take() {
            Some(stream) => stream,
            None => self.connect()?,
        };
        stream.get_mut().write_all(&written(request))?;
        let answer = read(&mut stream)?;
        if answer.header("connection") != "close" {
            self.open = Some(stream);
        }
        Ok(answer)
    }

    fn connect(&self) -> io::Result<BufReader<TcpStream>> {
        let stream = TcpStream::connect(self.address)?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(PATIENCE))?;
        Ok(BufReader::new(stream))
    }
}

/// A request as bytes: one write, so that it never waits for an acknowledgement in its middle.
fn written(request: &Request<'_>) -> Vec<u8> {
    let Request { method, path, key, once, body } = request;
    let mut head = format!("{method} {path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {key}\r\n");
    if let Some(once) = once {
        head.push_str(&format!("Idempotency-Key: {once}\r\n"));
    }
    let body = body.map(Value::to_string);
    if let Some(body) = &body {
        head.push_str(&format!("Content-Type: application/json\r\nContent-Length: {}\r\n", body.len()));
    }
    format!("{head}\r\n{}", body.unwrap_or_default()).into_bytes()
}

fn read(stream: &mut BufReader<TcpStream>) -> io::Result<Answer> {
    let status = line(stream)?;
    let status = status.split(' ').nth(1).and_then(|status| status.parse().ok()).ok_or_else(|| strange(&status))?;
    let mut headers = BTreeMap::new();
    loop {
        let line = line(stream)?;
        if line.is_empty() {
            break;
        }
        let (name, value) = line.split_once(':').ok_or_else(|| strange(&line))?;
        headers.insert(name.to_ascii_lowercase(), value.trim().to_owned());
    }
    let mut body = Vec::new();
    if headers.get("transfer-encoding").is_some_and(|coding| coding.eq_ignore_ascii_case("chunked")) {
        loop {
            let size = line(stream)?;
            let size = size.split(';').next().unwrap_or_default().trim();
            let size = usize::from_str_radix(size, 16).map_err(|_| strange(size))?;
            take(stream, size, &mut body)?;
            // Each chunk ends with an empty line; the last is followed by trailers, of which we know none.
            line(stream)?;
            if size == 0 {
                break;
            }
        }
    } else if let Some(length) = headers.get("content-length") {
        take(stream, length.parse().map_err(|_| strange(length))?, &mut body)?;
    }
    Ok(Answer { status, headers, body })
}

fn take(stream: &mut BufReader<TcpStream>, length: usize, body: &mut Vec<u8>) -> io::Result<()> {
    if body.len() + length > MAX_BODY {
        return Err(strange("an answer that is far too large"));
    }
    let start = body.len();
    body.resize(start + length, 0);
    stream.read_exact(&mut body[start..])
}

fn line(stream: &mut BufReader<TcpStream>) -> io::Result<String> {
    let mut line = String::new();
    if stream.read_line(&mut line)? == 0 {
        return Err(io::Error::new(io::ErrorKind::UnexpectedEof, "the server closed the connection"));
    }
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}

fn strange(text: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, format!("not HTTP as we know it: {text:?}"))
}
