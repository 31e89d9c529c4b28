//! Reads what comes back for a request, up to the body: finds the head in what has arrived, skips interim replies before it, and decides how
//! the body is framed and whether the connection is good for more.

use std::cell::RefCell;

use bytes::{Buf, BytesMut};
use http::{Method, StatusCode, Version};

use super::{BodyLength, Facts, Field, HeadError, HeadLimits, Known, StatusScan, fields};
use crate::ReplyHead;

/// Interim replies before the reply itself. Nobody needs more than a few; without a limit a backend could go on until the deadline.
const INTERIM_AT_MOST: u32 = 32;

thread_local! {
    /// One per worker: a head is looked at without waiting for anything.
    static SCAN: RefCell<StatusScan> = RefCell::default();
}

/// What a reply's meaning depends on.
#[derive(Clone, Debug)]
pub struct Asked {
    /// With which method.
    pub method: Method,
    /// The request had an `Upgrade`.
    pub upgrade: bool,
    /// The request said `Connection: close`.
    pub close: bool,
}

/// How far the head of a reply has come.
#[derive(Clone, Debug, Default)]
pub struct Answer {
    interim: u32,
    /// Bytes in which no head's end is.
    looked_at: usize,
}

/// What came.
#[derive(Debug)]
pub enum Answered {
    /// A reply; its body follows.
    Reply {
        /// The head.
        head: ReplyHead,
        /// How long the body is.
        length: BodyLength,
        /// What becomes of the connection behind the body.
        reuse: Reuse,
    },
    /// The protocol that was asked for is spoken from here on.
    Switch(ReplyHead),
}

/// Whether a connection may carry another request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reuse {
    /// Nothing is known against it.
    Possible,
    /// It may not.
    Refused,
}

/// What came is no reply to what was asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum AnswerError {
    /// The head breaks a rule.
    #[error(transparent)]
    Head(#[from] HeadError),
    /// Interim replies, and no end of them.
    #[error("more than {INTERIM_AT_MOST} interim replies came")]
    TooManyInterim,
    /// A `101` to a request without `Upgrade` (RFC 9110 §15.2.2).
    #[error("it switched protocols unasked")]
    SwitchedUnasked,
    /// A `101` while the request was still being written.
    #[error("it switched protocols before it had the whole request")]
    SwitchedEarly,
}

impl Answer {
    /// Takes the head out of `input` once all of it is there.
    ///
    /// # Errors
    /// When what came is no reply; the connection is of no more use then.
    pub fn find(
        &mut self,
        input: &mut BytesMut,
        limits: HeadLimits,
        asked: &Asked,
    ) -> Result<Option<Answered>, AnswerError> {
        SCAN.with_borrow_mut(|scan| {
            while self.scan(scan, input, limits)? {
                // The scan has read a line, and a status from 100 to 999.
                let line = scan.line.ok_or(HeadError::StartLine)?;
                let status = StatusCode::from_u16(line.status).map_err(|_| HeadError::Status)?;
                if status == StatusCode::SWITCHING_PROTOCOLS {
                    return switch(input, scan, asked).map(Some);
                }
                if !status.is_informational() {
                    return Ok(Some(reply(input, scan, asked, status, line.version)?));
                }
                self.interim += 1;
                if self.interim > INTERIM_AT_MOST {
                    return Err(AnswerError::TooManyInterim);
                }
                input.advance(scan.length);
            }
            Ok(None)
        })
    }

    /// Whether a whole head is there. One that is not is looked at again when another of its lines has ended, or when it grows too long.
    fn scan(&mut self, scan: &mut StatusScan, input: &[u8], limits: HeadLimits) -> Result<bool, HeadError> {
        let news = &input[self.looked_at..];
        let same = self.looked_at > 0 && input.len() <= limits.bytes && memchr::memchr(b'\n', news).is_none();
        if news.is_empty() || same {
            self.looked_at = input.len();
            return Ok(false);
        }
        let complete = scan.scan(input, limits)?;
        self.looked_at = if complete { 0 } else { input.len() };
        Ok(complete)
    }
}

fn reply(
    input: &mut BytesMut,
    scan: &mut StatusScan,
    asked: &Asked,
    status: StatusCode,
    version: Version,
) -> Result<Answered, HeadError> {
    let length = scan.facts.reply_body(&asked.method, status, version)?;
    let over = asked.close || !scan.facts.is_persistent(version) || announces_too_much(&scan.facts, status);
    let reuse = if over { Reuse::Refused } else { Reuse::Possible };
    Ok(Answered::Reply { head: head(input, scan, status)?, length, reuse })
}

/// RFC 9110 §8.6, RFC 9112 §6.1: a 204 has neither length nor coding. Whoever sends one may well send the body too.
fn announces_too_much(facts: &Facts, status: StatusCode) -> bool {
    status == StatusCode::NO_CONTENT && (facts.chunked || facts.length.is_some_and(|length| length > 0))
}

fn switch(input: &mut BytesMut, scan: &mut StatusScan, asked: &Asked) -> Result<Answered, AnswerError> {
    if !asked.upgrade {
        return Err(AnswerError::SwitchedUnasked);
    }
    Ok(Answered::Switch(head(input, scan, StatusCode::SWITCHING_PROTOCOLS)?))
}

fn head(input: &mut BytesMut, scan: &mut StatusScan, status: StatusCode) -> Result<ReplyHead, HeadError> {
    let block = input.split_to(scan.length).freeze();
    scan.fields.retain(|field| !says_keep_alive(&block, field));
    Ok(ReplyHead { status, headers: fields(&block, &scan.fields)? })
}

/// Most replies do. [`Facts`] has noted it, and whoever passes the reply on would take it out.
fn says_keep_alive(block: &[u8], field: &Field) -> bool {
    field.known == Known::Connection && field.value.of(block).eq_ignore_ascii_case(b"keep-alive")
}
