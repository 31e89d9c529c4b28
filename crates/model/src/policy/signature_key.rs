//! Signature keys: with which the gateway proves to a backend that a call came through it. The secret is no setting; it
//! stands beside them, where the store seals it.

use super::members::Members;
use crate::name::shown;
use crate::secret::Secret;
use crate::violation::{Complaint, Rule};

/// A key, without its secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignatureKey {
    /// How calls are signed.
    pub scheme: SignatureScheme,
    /// The public text that tells the backend which secret it is.
    pub key: String,
}

/// How calls of backends are signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SignatureScheme {
    /// `SDK-HMAC-SHA256` in `Authorization` (spec: huawei/backend-signature.md).
    Sdk,
    /// `Basic` in `Authorization`, with key and secret as user and password (spec: the same).
    Basic,
    /// `X-Ca-Proxy-Signature` (spec: aliyun/backend-signature.md).
    Ca,
}

/// What a key or a secret may look like.
struct Form {
    min: usize,
    max: usize,
    first: fn(u8) -> bool,
    beyond: &'static [u8],
    rule: &'static str,
}

const fn letter(byte: u8) -> bool {
    byte.is_ascii_alphabetic()
}

const fn letter_or_digit(byte: u8) -> bool {
    byte.is_ascii_alphanumeric()
}

const fn anything(_: u8) -> bool {
    true
}

impl SignatureScheme {
    const fn key(self) -> Form {
        match self {
            Self::Sdk => Form {
                min: 8,
                max: 32,
                first: letter_or_digit,
                beyond: b"_-",
                rule: "begins with a letter or digit; letters, digits, `_` and `-` follow",
            },
            Self::Basic => Form {
                min: 4,
                max: 32,
                first: letter,
                beyond: b"_-",
                rule: "begins with a letter; letters, digits, `_` and `-` follow",
            },
            Self::Ca => Form {
                min: 6,
                max: 20,
                first: letter,
                beyond: b"_",
                rule: "begins with a letter; letters, digits and `_` follow",
            },
        }
    }

    const fn secret(self) -> Form {
        match self {
            Self::Sdk => Form {
                min: 16,
                max: 64,
                first: letter_or_digit,
                beyond: b"_-!@#$%",
                rule: "begins with a letter or digit; letters, digits and `_-!@#$%` follow",
            },
            Self::Basic => Form {
                min: 8,
                max: 64,
                first: anything,
                beyond: b"_-!@#$%",
                rule: "has letters, digits and `_-!@#$%`",
            },
            Self::Ca => Form {
                min: 6,
                max: 30,
                first: letter,
                beyond: b"_@#!*",
                rule: "begins with a letter; letters, digits and `_@#!*` follow",
            },
        }
    }
}

impl Form {
    fn check(&self, text: &str) -> Result<(), String> {
        let Self { min, max, first, beyond, rule } = self;
        let fits = |byte: u8| byte.is_ascii_alphanumeric() || beyond.contains(&byte);
        let length = (*min..=*max).contains(&text.len());
        if length && text.bytes().next().is_some_and(first) && text.bytes().all(fits) {
            return Ok(());
        }
        Err(format!("it {rule}, {min} to {max} characters in all"))
    }
}

impl SignatureKey {
    /// Reads the key, which is the member of this name.
    pub(super) fn of(members: &mut Members<'_>, scheme: SignatureScheme, name: &'static str) -> Self {
        members.demand(name);
        let key = members.text(name).unwrap_or_default().to_owned();
        if !key.is_empty()
            && let Err(rule) = scheme.key().check(&key)
        {
            members.complain(name, Rule::Format, format!("`{}` is no key: {rule}", shown(&key)));
        }
        Self { scheme, key }
    }

    /// Checks the secret, and says nothing of it.
    pub(super) fn check_secret(&self, secret: Option<&Secret>) -> Result<(), Complaint> {
        let Some(secret) = secret else {
            return Err(Complaint { rule: Rule::Required, message: "the secret is missing".to_owned() });
        };
        self.scheme.secret().check(secret.expose()).map_err(Complaint::format)
    }
}
