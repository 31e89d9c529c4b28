//! As much of an HTTP client as the tests need: one request per connection, nothing hidden.

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};

use serde_json::Value;

/// A request.
#[derive(Debug, Clone)]
pub(crate) struct Call {
    pub(crate) method: String,
    pub(crate) target: String,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: String,
}

/// What came back.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) body: String,
}

impl Call {
    pub(crate) fn new(method: &str, target: &str, body: &str) -> Self {
        let (method, target, body) = (method.to_owned(), target.to_owned(), body.to_owned());
        Self { method, target, headers: Vec::new(), body }
    }

    pub(crate) fn get(target: &str) -> Self {
        Self::new("GET", target, "")
    }

    pub(crate) fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Does what a curl line says, as far as the tests' lines go: its answer, with the head.
    pub(crate) fn of_curl(line: &str) -> String {
        let mut words = words(line).into_iter().skip(1);
        let mut call = Self::get("");
        let mut host = String::new();
        while let Some(word) = words.next() {
            match word.as_str() {
                "-sS" | "-i" => {}
                "-X" => call.method = words.next().unwrap(),
                "-H" => {
                    let header = words.next().unwrap();
                    let (name, value) = header.split_once(": ").unwrap();
                    call = call.header(name, value);
                }
                "--data-raw" => (call.method, call.body) = ("POST".to_owned(), words.next().unwrap()),
                url => {
                    let rest = url.strip_prefix("http://").unwrap();
                    let at = rest.find('/').unwrap();
                    (host, call.target) = (rest[..at].to_owned(), rest[at..].to_owned());
                }
            }
        }
        let address = host.replace("localhost", "127.0.0.1").parse().unwrap();
        let names_host = call.headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("host"));
        let call = if names_host { call } else { call.header("Host", &host) };
        call.exchange(address).unwrap()
    }

    /// Sends it and reads the answer to its end.
    pub(crate) fn send(&self, to: SocketAddr) -> Answer {
        self.try_send(to).unwrap()
    }

    pub(crate) fn try_send(&self, to: SocketAddr) -> std::io::Result<Answer> {
        self.exchange(to).map(|answer| Answer::parse(&answer))
    }

    /// Sends it to a gateway that may be killed meanwhile; none when no whole answer came back.
    pub(crate) fn answered(&self, to: SocketAddr) -> Option<Answer> {
        let answer = self.exchange(to).ok()?;
        let (head, body) = answer.split_once("\r\n\r\n")?;
        let mut lengths = head.lines().filter_map(|line| line.split_once(": "));
        let length = lengths.find(|(name, _)| name.eq_ignore_ascii_case("content-length"))?.1;
        (length.parse() == Ok(body.len())).then(|| Answer::parse(&answer))
    }

    fn exchange(&self, to: SocketAddr) -> std::io::Result<String> {
        let mut stream = TcpStream::connect(to)?;
        let mut request = format!("{} {} HTTP/1.1\r\nConnection: close\r\n", self.method, self.target);
        if !self.headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("host")) {
            request += &format!("Host: {to}\r\n");
        }
        for (name, value) in &self.headers {
            request += &format!("{name}: {value}\r\n");
        }
        if !self.body.is_empty() {
            request += &format!("Content-Length: {}\r\n", self.body.len());
        }
        stream.write_all(format!("{request}\r\n{}", self.body).as_bytes())?;
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer)?;
        Ok(String::from_utf8_lossy(&answer).into_owned())
    }
}

impl Answer {
    fn parse(text: &str) -> Self {
        let (head, body) = text.split_once("\r\n\r\n").unwrap_or_else(|| panic!("no answer: {text:?}"));
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        Self { status, body: body.to_owned() }
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }
}

/// The words of a shell line, with single quotes.
fn words(line: &str) -> Vec<String> {
    let (mut words, mut word, mut quoted) = (Vec::new(), String::new(), false);
    for character in line.chars() {
        match character {
            '\'' => quoted = !quoted,
            ' ' if !quoted => words.push(std::mem::take(&mut word)),
            other => word.push(other),
        }
    }
    words.push(word);
    words
}
