//! Makes an access key.

use paifang_model::id::UserId;
use paifang_model::{AccessKey, Secret, User};
use paifang_store::{Expectation, Stored};
use serde_json::json;

use super::AccessKeyInfo;
use crate::action::Action;
use crate::change::Change;
use crate::control::Context;
use crate::error::Error;
use crate::random;

/// A new access key, with its secret, which is not shown again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewAccessKey {
    /// The key.
    pub info: Stored<AccessKeyInfo>,
    /// Its secret.
    pub secret: Secret,
}

impl Context {
    /// Makes an access key for a user.
    ///
    /// # Errors
    /// When the caller may not, or there is no such user.
    pub async fn create_access_key(&self, user: UserId) -> Result<NewAccessKey, Error> {
        let key = draw(user);
        let permission = self.authorize(Action::CreateAccessKey, &super::path_of(&key)).await?;
        let user = paifang_model::Key::of::<User>(user);
        let change = Change::new()
            .create(&key)
            .expect(Expectation::Present(user))
            .drawn("access_key")
            .detail(json!({ "key": key.key }));
        let info = permission.commit(&self.control, change).await?.made(AccessKeyInfo::of(&key));
        Ok(NewAccessKey { info, secret: key.secret })
    }
}

/// A new access key: 20 letters and digits of public text, and a secret of 128 bits.
pub(crate) fn draw(user: UserId) -> AccessKey {
    let key = format!("PF{}", random::letters(18));
    AccessKey { id: AccessKey::id_of(&key), user, key, secret: Secret::random(), enabled: true }
}
