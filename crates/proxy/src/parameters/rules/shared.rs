//! Patterns and schemas by their source text: compiled once in the process, kept as long as a parameter uses them.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex, PoisonError, Weak};

use paifang_model::name::shown;
use paifang_model::violation::Complaint;
use regex::Regex;

use super::schema::Schema;

/// The largest compiled expression, in bytes; the same as where definitions are written.
const PATTERN_SIZE_AT_MOST: usize = 1 << 20;

static PATTERNS: LazyLock<Table<Regex>> = LazyLock::new(Table::default);
static SCHEMAS: LazyLock<Table<Schema>> = LazyLock::new(Table::default);

/// The expression of a pattern.
///
/// # Errors
/// When it does not run in linear time or is too large.
pub(crate) fn pattern(source: &str) -> Result<Arc<Regex>, Complaint> {
    PATTERNS.entry(source, || {
        let built = regex::RegexBuilder::new(source).size_limit(PATTERN_SIZE_AT_MOST).build();
        built.map_err(|_| {
            Complaint::format(format!(
                "`{}` is not a regular expression of at most 1 MiB that runs in linear time",
                shown(source)
            ))
        })
    })
}

/// The validator of a schema.
///
/// # Errors
/// See [`Schema::compile`].
pub(super) fn schema(source: &str) -> Result<Arc<Schema>, Complaint> {
    SCHEMAS.entry(source, || Schema::compile(source))
}

struct Table<T>(Mutex<Entries<T>>);

struct Entries<T> {
    known: HashMap<Box<str>, Weak<T>>,
    /// When so many are known, those that nobody uses any more are dropped.
    sweep_at: usize,
}

impl<T> Default for Table<T> {
    fn default() -> Self {
        Self(Mutex::new(Entries { known: HashMap::new(), sweep_at: 64 }))
    }
}

impl<T> Table<T> {
    /// Compiling happens outside the lock: a slow expression holds up nobody, at the price of compiling twice in a race.
    fn entry(&self, source: &str, make: impl FnOnce() -> Result<T, Complaint>) -> Result<Arc<T>, Complaint> {
        if let Some(there) = self.lock().known.get(source).and_then(Weak::upgrade) {
            return Ok(there);
        }
        let made = Arc::new(make()?);
        let mut entries = self.lock();
        if entries.known.len() >= entries.sweep_at {
            entries.known.retain(|_, there| there.strong_count() > 0);
            entries.sweep_at = 64.max(2 * entries.known.len());
        }
        entries.known.insert(source.into(), Arc::downgrade(&made));
        Ok(made)
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Entries<T>> {
        // Nothing panics while the lock is held, and the table is whole between any two steps.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use std::sync::Arc;

    #[test]
    fn one_source_is_compiled_once() {
        let one = super::pattern("^shared [a-z]+$").unwrap();
        let other = super::pattern("^shared [a-z]+$").unwrap();
        assert!(Arc::ptr_eq(&one, &other));
    }

    #[test]
    fn look_around_is_refused() {
        let refused = super::pattern("(?=a)b").unwrap_err().to_string();
        insta::assert_snapshot!(refused, @"`(?=a)b` is not a regular expression of at most 1 MiB that runs in linear time");
    }
}
