//! What an empty store needs before anybody can do anything: an account, an owner, a key, the stages.

use paifang_model::id::{AccountId, Id, UserId};
use paifang_model::violation::Complaint;
use paifang_model::{AccessKey, Account, Dialect, Role, Secret, Stage, User, Violations};
use serde_json::json;

use crate::access_key;
use crate::change::Change;
use crate::control::Control;
use crate::error::Error;
use crate::noun::Noun;
use crate::permission::Permission;
use crate::random;
use crate::resource::ResourcePath;
use crate::user::check_password;

/// What the first owner is given; what is absent is made.
#[derive(Debug, Clone, Default)]
pub struct FirstOwner {
    /// Its password: 8 to 128 characters.
    pub password: Option<Secret>,
    /// Its access key: the public text and the secret.
    pub access_key: Option<(String, Secret)>,
}

impl FirstOwner {
    /// What the first owner is called.
    pub const NAME: &str = "admin";

    /// With what is absent drawn, for whoever must have it in a safe place before it is committed.
    #[must_use]
    pub fn drawn(self) -> Self {
        let password = self.password.unwrap_or_else(Secret::random);
        let access_key = self.access_key.unwrap_or_else(|| {
            let AccessKey { key, secret, .. } = access_key::draw(UserId::random());
            (key, secret)
        });
        Self { password: Some(password), access_key: Some(access_key) }
    }
}

/// What the first start did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FirstStart {
    /// It made the first owner; this is shown once.
    Made(Credentials),
    /// It was not the first one.
    NotFirst,
}

/// What the first owner proves itself with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Credentials {
    /// The account's number: sixteen digits.
    pub account: u64,
    /// The owner's name.
    pub user: String,
    /// Its password.
    pub password: Secret,
    /// The public text of its access key.
    pub access_key: String,
    /// The access key's secret.
    pub access_key_secret: Secret,
}

impl Control {
    /// Makes what an empty store needs, in one commit; of several nodes that start at once, one does. Stages that
    /// exist from the start are made good at every start.
    ///
    /// # Errors
    /// When what the owner is given breaks rules, or the store is away.
    pub async fn first_start(&self, owner: FirstOwner) -> Result<FirstStart, Error> {
        if self.documents().look::<Account>(first_account()).await?.is_some() {
            self.add_missing_stages().await?;
            return Ok(FirstStart::NotFirst);
        }
        check(&owner)?;
        match self.make_owner(owner).await {
            // Another node was faster: its account stands where ours was to be.
            Err(Error::Raced(_)) => Ok(FirstStart::NotFirst),
            settled => settled.map(FirstStart::Made),
        }
    }

    async fn make_owner(&self, owner: FirstOwner) -> Result<Credentials, Error> {
        let account = Account { id: first_account(), number: random::number(16), name: "default".to_owned() };
        let password = owner.password.unwrap_or_else(Secret::random);
        let user = User {
            id: UserId::random(),
            account: account.id,
            name: FirstOwner::NAME.to_owned(),
            role: Role::Owner,
            enabled: true,
            password_hash: Some(self.hash(password.clone()).await?),
        };
        let key = match owner.access_key {
            Some((key, secret)) => {
                AccessKey { id: AccessKey::id_of(&key), user: user.id, key, secret, enabled: true }
            }
            None => access_key::draw(user.id),
        };
        let mut change = Change::new().create(&account).create(&user).create(&key).drawn("account");
        for stage in Dialect::ALL.into_iter().flat_map(Stage::built_in) {
            change = change.put(&stage);
        }
        let change = change.detail(json!({ "user": user.name, "access_key": key.key }));
        let permission = Permission::system("first_start", ResourcePath::of(Noun::Account, account.id));
        permission.commit(self, change).await?;
        Ok(Credentials {
            account: account.number,
            user: user.name,
            password,
            access_key: key.key,
            access_key_secret: key.secret,
        })
    }

    /// For stores made before a dialect had one of its stages.
    async fn add_missing_stages(&self) -> Result<(), Error> {
        let mut change = Change::new();
        for stage in Dialect::ALL.into_iter().flat_map(Stage::built_in) {
            if self.documents().look::<Stage>(stage.id).await?.is_none() {
                change = change.put(&stage);
            }
        }
        if change.writes.is_empty() {
            return Ok(());
        }
        let permission = Permission::system("add_stages", ResourcePath::all(Noun::Stage));
        permission.commit(self, change).await.map(|_| ())
    }
}

/// The same on every node, so that only one can make it.
fn first_account() -> AccountId {
    AccountId(Id::derived("account", &[b"first"]))
}

fn check(owner: &FirstOwner) -> Result<(), Violations> {
    let mut violations = Violations::new();
    if let Some(password) = &owner.password {
        violations.at("/password", check_password(password));
    }
    if let Some((key, secret)) = &owner.access_key {
        violations.at("/access_key/key", check_visible(key, 8, 128));
        violations.at("/access_key/secret", check_visible(secret.expose(), 16, 128));
    }
    violations.or(())
}

/// The complaint does not repeat the text, which may be a secret.
fn check_visible(text: &str, min: usize, max: usize) -> Result<(), Complaint> {
    if !(min..=max).contains(&text.len()) {
        let message = format!("it has {} characters, but {min} to {max} are allowed", text.len());
        return Err(Complaint::range(message));
    }
    if text.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Ok(());
    }
    Err(Complaint::format("it may hold visible ASCII characters only"))
}
