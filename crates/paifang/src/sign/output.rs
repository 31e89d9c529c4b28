//! A signed request as text: its headers, or a line for a shell.

use std::fmt::Write as _;

use http::Method;

use super::request::{Body, Request};

/// One header per line.
pub(crate) fn headers(request: &Request) -> String {
    request.headers.iter().fold(String::new(), |mut text, (name, value)| {
        let _ = writeln!(text, "{name}: {value}");
        text
    })
}

/// A curl line that sends the request exactly as it was signed.
pub(crate) fn curl(request: &Request) -> String {
    let mut line = "curl -sS".to_owned();
    if request.target().contains(['[', ']', '{', '}']) {
        line.push_str(" --globoff");
    }
    if request.url.path().contains("/.") {
        line.push_str(" --path-as-is");
    }
    line.push_str(&method(request));
    for (name, value) in &request.headers {
        // curl says the same by itself.
        if !(name.eq_ignore_ascii_case("host") && request.host().is_ok_and(|host| host == *value)) {
            let header = if value.is_empty() { format!("{name};") } else { format!("{name}: {value}") };
            let _ = write!(line, " -H {}", quoted(&header));
        }
    }
    match &request.body {
        Body::Empty => {}
        Body::Text(text) => {
            let _ = write!(line, " --data-raw {}", quoted(text));
        }
        Body::File { path, .. } => {
            let _ = write!(line, " --data-binary {}", quoted(&format!("@{}", path.display())));
        }
    }
    let _ = write!(line, " {}", quoted(&request.url.to_string()));
    line
}

fn method(request: &Request) -> String {
    let by_itself = if request.body == Body::Empty { Method::GET } else { Method::POST };
    match &request.method {
        method if *method == by_itself => String::new(),
        // With -X curl would wait for the body that HEAD does not have.
        method if *method == Method::HEAD => " --head".to_owned(),
        method => format!(" -X {}", quoted(method.as_str())),
    }
}

/// A word for a POSIX shell.
fn quoted(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_./:@%+=,".contains(&byte);
    if !text.is_empty() && text.bytes().all(plain) {
        return text.to_owned();
    }
    format!("'{}'", text.replace('\'', r"'\''"))
}
