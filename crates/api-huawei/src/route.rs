//! What a row of the table of operations is, and how it is found.

use std::borrow::Cow;
use std::future::Future;
use std::pin::Pin;

use percent_encoding::percent_decode_str;

use crate::answer::Answer;
use crate::call::Call;
use crate::fault::{Fault, codes};
use crate::routes::ROUTES;

/// One operation.
pub(crate) struct Route {
    /// Its method.
    pub(crate) method: &'static str,
    /// Its path below the base, with parameters in braces and `@` for the instance.
    pub(crate) path: &'static str,
    /// What the vendor calls it.
    pub(crate) operation: &'static str,
    /// The status of its answer when all is well.
    pub(crate) success: u16,
    /// What happens.
    pub(crate) does: Does,
}

/// What happens when an operation is asked for.
pub(crate) enum Does {
    /// It is done.
    Handled(Handler),
    /// It is not done here, for this reason.
    Unsupported(&'static str),
    /// It is coming.
    NotYet,
}

/// Does an operation.
pub(crate) type Handler = for<'c> fn(&'c Call) -> Pin<Box<dyn Future<Output = Answer> + Send + 'c>>;

/// A row's handler.
macro_rules! does {
    ($handler:path) => {
        $crate::route::Does::Handled(|call| Box::pin($handler(call)))
    };
}
pub(crate) use does;

/// The values of a path's parameters, by their names.
pub(crate) type PathParameters = Vec<(&'static str, String)>;

/// The operation with this method and path below the base, encoded as on the wire.
pub(crate) fn find(method: &str, path: &str) -> Result<(&'static Route, PathParameters), Fault> {
    let segments: Vec<Cow<'_, str>> =
        path.split('/').map(|segment| percent_decode_str(segment).decode_utf8_lossy()).collect();
    let on_path = ROUTES.iter().filter_map(|route| Some((route, route.matches(&segments)?)));
    // A literal segment goes before a parameter: the row with the fewest parameters is meant.
    let found = on_path.filter(|(route, _)| route.method == method).min_by_key(|(_, found)| found.len());
    found.ok_or_else(|| codes::NO_OPERATION.with(format!("{method} /{}", paifang_model::name::shown(path))))
}

impl Route {
    fn matches(&self, segments: &[Cow<'_, str>]) -> Option<PathParameters> {
        let mut segments = segments.iter();
        let mut parameters = Vec::new();
        for expected in self.path.split('/') {
            match expected {
                "@" if segments.next()? == "instances" => {
                    parameters.push(("instance_id", segments.next()?.to_string()));
                }
                "@" => return None,
                _ => match expected.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')) {
                    Some(name) => parameters.push((name, segments.next()?.to_string())),
                    None if segments.next()? == expected => {}
                    None => return None,
                },
            }
        }
        segments.next().is_none().then_some(parameters)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn operation(method: &str, path: &str) -> &'static str {
        find(method, path).map_or("", |(route, _)| route.operation)
    }

    #[test]
    fn literal_segments_go_before_parameters() {
        assert_eq!(operation("GET", "instances/i/apis/0a"), "ShowDetailsOfApiV2");
        assert_eq!(operation("POST", "instances/i/apis/check"), "CheckApisV2");
        assert_eq!(operation("PUT", "instances/i/apps/secret/0a"), "ResettingAppSecretV2");
        assert_eq!(operation("PUT", "instances/i/apps/0a/app-codes"), "CreateAppCodeAutoV2");
        assert_eq!(operation("GET", "instances"), "ListInstancesV2");
        assert_eq!(operation("PATCH", "instances"), "");
        assert_eq!(operation("GET", "instances/i/apis/0a/"), "");
    }

    #[test]
    fn parameters_are_decoded() {
        let (_, parameters) = find("GET", "instances/i%2Fj/apis/0%61").expect("a row");
        assert_eq!(parameters, [("instance_id", "i/j".to_owned()), ("api_id", "0a".to_owned())]);
    }

    #[test]
    fn no_two_rows_are_the_same() {
        for (at, route) in ROUTES.iter().enumerate() {
            assert!(
                !ROUTES[..at].iter().any(|other| other.operation == route.operation
                    || (other.method == route.method && other.path == route.path)),
                "{}",
                route.operation
            );
        }
        assert_eq!(ROUTES.len(), 216);
    }
}
