//! How members of a channel are asked whether they are well (spec: huawei/vpc-channels.md, "Health check").

use serde::{Deserialize, Serialize};

use super::StatusCodes;
use crate::name::{check_length, shown};
use crate::violation::{Complaint, Rule, Violations};

/// How members are asked whether they are well.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct HealthCheck {
    /// Whether they are asked at present.
    #[serde(default = "yes")]
    pub enabled: bool,
    /// What is spoken.
    #[serde(default)]
    pub protocol: ProbeProtocol,
    /// The path, with a query if one is wanted; must be there unless only a connection is made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// The method.
    #[serde(default)]
    pub method: ProbeMethod,
    /// The port; 0: the one that takes calls.
    #[serde(default)]
    pub port: u16,
    /// Answers in a row that make a member well: 1 to 10.
    #[serde(default = "two")]
    pub healthy_after: u8,
    /// Failures in a row that make a member unwell: 1 to 10.
    #[serde(default = "five")]
    pub unhealthy_after: u8,
    /// How long an answer may take, in seconds: 1 to 30, and less than the interval.
    #[serde(default = "five")]
    pub timeout_s: u8,
    /// Seconds from one question to the next: 1 to 300.
    #[serde(default = "ten")]
    pub interval_s: u16,
    /// Status codes of a member that is well, as `200,201` or `200-299`; must be there unless only a connection is made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub codes: Option<String>,
}

/// What is spoken with a member that is asked whether it is well.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ProbeProtocol {
    /// Nothing: it is well when it takes a connection.
    #[default]
    Tcp,
    /// HTTP/1.1.
    Http,
    /// HTTP/1.1 over TLS; the certificate is not checked.
    Https,
}

/// The method of a question.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "UPPERCASE")]
pub enum ProbeMethod {
    /// `GET`.
    #[default]
    Get,
    /// `HEAD`.
    Head,
}

fn yes() -> bool {
    true
}

fn two() -> u8 {
    2
}

fn five() -> u8 {
    5
}

fn ten() -> u16 {
    10
}

impl HealthCheck {
    /// The codes of a member that is well; none: only a connection is made, or they cannot be read.
    #[must_use]
    pub fn codes(&self) -> Option<StatusCodes> {
        self.codes.as_deref()?.parse().ok()
    }

    pub(super) fn check(&self) -> Violations {
        let mut violations = Violations::new();
        let numbers = [
            ("/healthy_after", u16::from(self.healthy_after), 10),
            ("/unhealthy_after", u16::from(self.unhealthy_after), 10),
            ("/timeout_s", u16::from(self.timeout_s), 30),
            ("/interval_s", self.interval_s, 300),
        ];
        for (pointer, number, most) in numbers {
            if number == 0 || number > most {
                let message = format!("{number} is out of range: 1 to {most} are allowed");
                violations.at::<()>(pointer, Err(Complaint::range(message)));
            }
        }
        if u16::from(self.timeout_s) >= self.interval_s {
            let message =
                format!("{} s is not less than the interval of {} s", self.timeout_s, self.interval_s);
            violations.add("/timeout_s", Rule::Conflict, message);
        }
        if let Some(path) = &self.path {
            violations.at("/path", check_path(path));
        }
        if let Some(codes) = &self.codes {
            violations.at("/codes", codes.parse::<StatusCodes>());
        }
        if self.protocol != ProbeProtocol::Tcp {
            for (pointer, there) in [("/path", self.path.is_some()), ("/codes", self.codes.is_some())] {
                if !there {
                    violations.add(pointer, Rule::Required, "it is missing: members are asked over HTTP");
                }
            }
        }
        violations
    }
}

fn check_path(path: &str) -> Result<(), Complaint> {
    check_length(path, 1, 512)?;
    let printable = path.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'#');
    if path.starts_with('/') && printable {
        return Ok(());
    }
    let rule = "it begins with `/` and has no spaces, `#` or characters beyond ASCII";
    Err(Complaint::format(format!("`{}` is not a path to ask: {rule}", shown(path))))
}
