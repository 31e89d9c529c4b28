//! Who is signed in. Kept in the process: a restart ends all sessions.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use paifang_control::Clock;
use paifang_model::Secret;
use paifang_model::id::UserId;

use crate::random;

/// A session ends after so many seconds, whatever happens.
pub(super) const ABSOLUTE_S: i64 = 12 * 60 * 60;
/// A session ends after so many seconds without a request.
const IDLE_S: i64 = 60 * 60;
/// A user has at most so many; the oldest makes room.
const PER_USER: usize = 32;

/// A token is known by its SHA-256 alone, so that a look into memory does not give sessions away.
type Digest = [u8; 32];

/// Who is signed in.
pub(crate) struct Sessions {
    clock: Arc<dyn Clock>,
    table: Mutex<HashMap<Digest, Session>>,
}

/// One session.
#[derive(Debug, Clone)]
pub(crate) struct Session {
    digest: Digest,
    /// Whose it is.
    pub(crate) user: UserId,
    /// What a page of ours shows with every change, and a foreign one cannot know.
    pub(crate) csrf: Secret,
    made_at: i64,
    seen_at: i64,
}

impl Session {
    /// When it ends at the latest, in milliseconds since 1970.
    pub(crate) fn ends_at(&self) -> i64 {
        self.made_at + ABSOLUTE_S * 1000
    }

    fn is_over(&self, now: i64) -> bool {
        now >= self.ends_at() || now - self.seen_at >= IDLE_S * 1000
    }
}

impl Sessions {
    pub(crate) fn new(clock: Arc<dyn Clock>) -> Self {
        Self { clock, table: Mutex::default() }
    }

    /// Makes a session; the token is not kept.
    pub(crate) fn open(&self, user: UserId) -> (String, Session) {
        let (token, now) = (random::hex::<32>(), self.clock.now());
        let csrf = Secret::new(random::hex::<32>());
        let session = Session { digest: digest(&token), user, csrf, made_at: now, seen_at: now };
        let mut table = self.table();
        table.retain(|_, session| !session.is_over(now));
        make_room(&mut table, user);
        table.insert(session.digest, session.clone());
        (token, session)
    }

    /// The session with this token, which is seen now.
    pub(crate) fn find(&self, token: &str) -> Option<Session> {
        let now = self.clock.now();
        let mut table = self.table();
        let session = table.get_mut(&digest(token))?;
        if session.is_over(now) {
            let digest = session.digest;
            table.remove(&digest);
            return None;
        }
        session.seen_at = now;
        Some(session.clone())
    }

    /// Ends a session.
    pub(crate) fn close(&self, session: &Session) {
        self.table().remove(&session.digest);
    }

    /// Ends all sessions of a user but one.
    pub(crate) fn close_others(&self, user: UserId, kept: Option<&Session>) {
        let kept = kept.map(|session| session.digest);
        self.table().retain(|digest, session| session.user != user || Some(*digest) == kept);
    }

    fn table(&self) -> MutexGuard<'_, HashMap<Digest, Session>> {
        self.table.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn make_room(table: &mut HashMap<Digest, Session>, user: UserId) {
    let theirs = || table.values().filter(|session| session.user == user);
    if theirs().count() < PER_USER {
        return;
    }
    if let Some(oldest) = theirs().min_by_key(|session| session.seen_at).map(|session| session.digest) {
        table.remove(&oldest);
    }
}

fn digest(token: &str) -> Digest {
    paifang_sign::sha256(token.as_bytes())
}
