//! Texts to values: each either fits or says what would.

use std::net::SocketAddr;
use std::ops::RangeInclusive;
use std::path::PathBuf;
use std::time::Duration;

use paifang_control::METRICS_DAYS_AT_MOST;
use paifang_model::name::shown;
use paifang_proxy::limits::RedisUrl;
use paifang_proxy::observe::Destination;
use paifang_proxy::{Networks, NotNetwork};

use super::DomainCheck;

/// More threads than any machine has cores.
const WORKERS_AT_MOST: usize = 1024;

/// Longer than an hour nobody waits for a process to end.
const SECONDS_AT_MOST: u64 = 3600;

/// More than any machine has ports and descriptors for.
const CROWD_AT_MOST: usize = 10_000_000;

/// A body of the usual size has to find room.
const MEMORY_AT_LEAST: usize = 1 << 20;
const MEMORY_AT_MOST: usize = 1 << 40;

const HEADERS: RangeInclusive<usize> = 30..=1000;
const STREAMS: RangeInclusive<u32> = 1..=1000;

pub(super) fn directory(text: &str) -> Result<PathBuf, String> {
    if text.is_empty() { Err("a directory has a name".to_owned()) } else { Ok(PathBuf::from(text)) }
}

pub(super) fn file(text: &str) -> Result<Option<PathBuf>, String> {
    if text.is_empty() { Err("a file has a name".to_owned()) } else { Ok(Some(PathBuf::from(text))) }
}

pub(super) fn redis(text: &str) -> Result<Option<RedisUrl>, String> {
    text.parse().map(Some)
}

pub(super) fn address(text: &str) -> Result<SocketAddr, String> {
    text.parse().map_err(|_| {
        format!("`{}` is not an address and a port, as in `127.0.0.1:8080` or `[::]:8080`", shown(text))
    })
}

pub(super) fn address_or_off(text: &str) -> Result<Option<SocketAddr>, String> {
    if text == "off" { Ok(None) } else { address(text).map(Some) }
}

pub(super) fn workers(text: &str) -> Result<usize, String> {
    let number = text.parse().ok().filter(|number| (1..=WORKERS_AT_MOST).contains(number));
    number.ok_or_else(|| format!("`{}` is not a number of workers: 1 to {WORKERS_AT_MOST}", shown(text)))
}

pub(super) fn seconds(text: &str) -> Result<Duration, String> {
    let number = text.parse().ok().filter(|number| *number <= SECONDS_AT_MOST);
    let seconds = number.map(Duration::from_secs);
    seconds.ok_or_else(|| format!("`{}` is not a number of seconds: 0 to {SECONDS_AT_MOST}", shown(text)))
}

/// How long something may stand still: never for ever, and never so short that nothing could move.
pub(super) fn patience(text: &str) -> Result<Duration, String> {
    let number = text.parse().ok().filter(|number| (1..=SECONDS_AT_MOST).contains(number));
    let seconds = number.map(Duration::from_secs);
    seconds.ok_or_else(|| format!("`{}` is not a number of seconds: 1 to {SECONDS_AT_MOST}", shown(text)))
}

/// How many there may be at once.
pub(super) fn crowd(text: &str) -> Result<usize, String> {
    between(text, 1..=CROWD_AT_MOST)
}

/// Bytes per second.
pub(super) fn rate(text: &str) -> Result<u32, String> {
    text.parse().map_err(|_| format!("`{}` is not a number of bytes: 0 to {}", shown(text), u32::MAX))
}

/// Days for which figures of calls are kept: not more than one answer may be about.
pub(super) fn days(text: &str) -> Result<u32, String> {
    between(text, 1..=METRICS_DAYS_AT_MOST)
}

/// Fields of a request: browsers and proxies send some twenty by themselves.
pub(super) fn headers(text: &str) -> Result<usize, String> {
    between(text, HEADERS)
}

pub(super) fn streams(text: &str) -> Result<u32, String> {
    between(text, STREAMS)
}

fn between<N: std::str::FromStr + PartialOrd + std::fmt::Display>(
    text: &str,
    allowed: RangeInclusive<N>,
) -> Result<N, String> {
    let number = text.parse().ok().filter(|number| allowed.contains(number));
    number
        .ok_or_else(|| format!("`{}` is not a number: {} to {}", shown(text), allowed.start(), allowed.end()))
}

pub(super) fn some_crowd(text: &str) -> Result<Option<usize>, String> {
    if text == "off" {
        Ok(None)
    } else {
        crowd(text).map(Some).map_err(|complaint| format!("{complaint}, or off"))
    }
}

pub(super) fn networks(text: &str) -> Result<Networks, String> {
    text.parse().map_err(|error: NotNetwork| error.to_string())
}

pub(super) fn some_networks(text: &str) -> Result<Option<Networks>, String> {
    if text.trim().is_empty() {
        return Err("no network is named: leave it out, and backends may be anywhere".to_owned());
    }
    networks(text).map(Some)
}

pub(super) fn memory(text: &str) -> Result<usize, String> {
    let number = text.parse().ok().filter(|number| (MEMORY_AT_LEAST..=MEMORY_AT_MOST).contains(number));
    number.ok_or_else(|| {
        format!("`{}` is not a number of bytes: {MEMORY_AT_LEAST} to {MEMORY_AT_MOST}", shown(text))
    })
}

pub(super) fn yes_or_no(text: &str) -> Result<bool, String> {
    text.parse().map_err(|_| format!("`{}` is neither `true` nor `false`", shown(text)))
}

pub(super) fn domain_check(text: &str) -> Result<DomainCheck, String> {
    match text {
        "off" => Ok(DomainCheck::Off),
        "dns" => Ok(DomainCheck::Dns),
        other => Err(format!("`{}` is neither `off` nor `dns`", shown(other))),
    }
}

pub(super) fn domain(text: &str) -> Result<String, String> {
    let host = paifang_model::domain::parse_host(text).map_err(|complaint| complaint.message)?;
    if host.starts_with("*.") {
        return Err(format!("`{host}` is a wildcard; subdomains lie below one domain"));
    }
    Ok(host)
}

/// Names that stand in paths, ids and headers.
pub(super) fn name(text: &str) -> Result<String, String> {
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
    if (1..=64).contains(&text.len()) && text.bytes().all(fits) {
        return Ok(text.to_owned());
    }
    Err(format!("`{}` is not 1 to 64 letters, digits, `-`, `_` or `.`", shown(text)))
}

pub(super) fn access_log(text: &str) -> Result<Destination, String> {
    Ok(match text {
        "off" => Destination::Off,
        "-" => Destination::Stdout,
        "" => return Err("the access log is `off`, `-` or a file".to_owned()),
        file => Destination::File(file.into()),
    })
}

/// What is not offered yet; `only` is what may be said. The complaint does not repeat it: addresses hold passwords.
pub(super) fn nothing_but(only: &str, text: &str, coming: &str) -> Result<(), String> {
    if text == only { Ok(()) } else { Err(coming.to_owned()) }
}
