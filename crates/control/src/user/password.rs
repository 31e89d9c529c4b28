//! Passwords as argon2id hashes in PHC form, computed off the workers.

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use paifang_model::Secret;
use paifang_model::violation::Complaint;

use crate::control::Control;
use crate::error::Error;
use crate::settings::PasswordCost;

/// Checks a password that somebody chose. The complaint never repeats it.
pub(crate) fn check_password(password: &Secret) -> Result<(), Complaint> {
    let length = password.expose().chars().count();
    if (8..=128).contains(&length) {
        return Ok(());
    }
    Err(Complaint::range(format!("it has {length} characters, but 8 to 128 are allowed")))
}

impl Control {
    /// The hash of a password. Whoever has it can try passwords on a machine of their own, so it is a secret too.
    pub(crate) async fn hash(&self, password: Secret) -> Result<Secret, Error> {
        let cost = self.settings().password_cost;
        self.offload(move || {
            let hashed = hasher(cost)?.hash_password(password.expose().as_bytes());
            hashed.map(|hash| Secret::new(hash.to_string())).map_err(unavailable)
        })
        .await
    }

    /// Whether a password belongs to a hash. Without one it takes as long, and says no: whether a user
    /// exists does not show in the time.
    pub(super) async fn matches(&self, password: Secret, hash: Option<Secret>) -> Result<bool, Error> {
        let cost = self.settings().password_cost;
        self.offload(move || {
            let hasher = hasher(cost)?;
            let bytes = password.expose().as_bytes();
            let Some(hash) = hash else {
                hasher.hash_password(bytes).map_err(unavailable)?;
                return Ok(false);
            };
            let hash = PasswordHash::new(hash.expose()).map_err(unavailable)?;
            Ok(hasher.verify_password(bytes, &hash).is_ok())
        })
        .await
    }

    /// Runs work of milliseconds and megabytes, not too many at once.
    async fn offload<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        let _turn = self.hashing().acquire().await.map_err(unavailable)?;
        tokio::task::spawn_blocking(work).await.map_err(unavailable)?
    }
}

fn hasher(cost: PasswordCost) -> Result<Argon2<'static>, Error> {
    let params = Params::new(cost.memory_kib, cost.passes, 1, None).map_err(unavailable)?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

fn unavailable(error: impl std::error::Error + Send + Sync + 'static) -> Error {
    Error::Unavailable(Box::new(error))
}
