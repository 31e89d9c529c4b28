//! Work that would keep a worker from its other calls goes to a thread of the runtime's pool.

/// Hashing so many bytes takes about 200 µs; less is quicker done than handed over.
const BYTES_AT_MOST: usize = 256 * 1024;

/// Does the work: here when it is small, elsewhere when `bytes` of input make it long.
pub(crate) async fn offload<T: Send + 'static>(bytes: usize, work: impl FnOnce() -> T + Send + 'static) -> T {
    if bytes <= BYTES_AT_MOST {
        return work();
    }
    match tokio::task::spawn_blocking(work).await {
        Ok(done) => done,
        // The pool runs until the worker ends, so only the work itself can have ended it.
        Err(error) => std::panic::resume_unwind(error.into_panic()),
    }
}
