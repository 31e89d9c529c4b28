//! Where a PostgreSQL database is, as an operator writes it: a URL, which may hold a password and is never repeated.

use std::fmt;
use std::str::FromStr;

use sqlx::postgres::PgConnectOptions;

/// What may follow `?` in the URL. Others would be ignored, and with a misspelt one perhaps the check of a certificate.
const PARAMETERS: [&str; 12] = [
    "sslmode",
    "sslrootcert",
    "sslcert",
    "sslkey",
    "host",
    "hostaddr",
    "port",
    "dbname",
    "user",
    "password",
    "application_name",
    "options",
];

/// The address of a PostgreSQL database: `postgres://user:password@host:5432/database`, with the parameters of libpq
/// (PostgreSQL's documentation, "Connection URIs") that concern a connection. What the URL leaves open is taken from the
/// variables `PGHOST`, `PGPASSWORD`, … and the password file, as libpq does.
///
/// Neither `Debug` nor `Display` shows a password.
#[derive(Clone)]
pub struct PostgresAddress(PgConnectOptions);

/// A text that is no address of a database. It does not repeat the text.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadAddress {
    /// It is no URL, or one of something else.
    #[error("it is not a URL of PostgreSQL, as in `postgres://user:password@host:5432/database`")]
    Url,
    /// A parameter of the URL is not known.
    #[error("`{0}` is no parameter of a PostgreSQL URL; there are {known}", known = PARAMETERS.join(", "))]
    Parameter(String),
}

impl FromStr for PostgresAddress {
    type Err = BadAddress;

    fn from_str(url: &str) -> Result<Self, BadAddress> {
        if !url.starts_with("postgres://") && !url.starts_with("postgresql://") {
            return Err(BadAddress::Url);
        }
        let query = url.split_once('?').map_or("", |(_, query)| query);
        let parameters = query.split('&').filter(|parameter| !parameter.is_empty());
        let mut names =
            parameters.map(|parameter| parameter.split_once('=').map_or(parameter, |(name, _)| name));
        if let Some(unknown) = names.find(|name| !PARAMETERS.contains(name)) {
            return Err(BadAddress::Parameter(paifang_model::name::shown(unknown)));
        }
        url.parse().map(Self).map_err(|_| BadAddress::Url)
    }
}

impl PostgresAddress {
    /// What connects there.
    pub(crate) fn options(&self) -> PgConnectOptions {
        self.0.clone()
    }
}

impl fmt::Display for PostgresAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let database = self.0.get_database().unwrap_or(self.0.get_username());
        match self.0.get_socket() {
            Some(folder) => write!(f, "{database} at {}", folder.display()),
            None => write!(f, "{database} at {}:{}", self.0.get_host(), self.0.get_port()),
        }
    }
}

impl fmt::Debug for PostgresAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PostgresAddress({self})")
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_not_shown() {
        let address: PostgresAddress = "postgres://ann:s3cret@db.example.com:5433/gateway".parse().unwrap();
        assert_eq!(address.to_string(), "gateway at db.example.com:5433");
        assert_eq!(format!("{address:?}"), "PostgresAddress(gateway at db.example.com:5433)");
    }

    #[test]
    fn what_is_wrong_is_said_without_the_text() {
        let wrong = |url: &str| url.parse::<PostgresAddress>().unwrap_err();
        assert_eq!(wrong("mysql://ann:s3cret@db/gateway"), BadAddress::Url);
        assert_eq!(wrong("postgres://ann:s3cret@db:port/gateway"), BadAddress::Url);
        assert_eq!(wrong("postgres://db/x?sslmod=require"), BadAddress::Parameter("sslmod".to_owned()));
        assert!(!wrong("postgres://ann:s3cret@db:port/gateway").to_string().contains("s3cret"));
    }

    #[test]
    fn a_socket_is_a_parameter() {
        let address: PostgresAddress = "postgresql:///gateway?host=/run/postgresql".parse().unwrap();
        assert_eq!(address.to_string(), "gateway at /run/postgresql");
    }
}
