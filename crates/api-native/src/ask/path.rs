//! The places in the path.

use axum::extract::{FromRequestParts, Path};
use axum::http::request::Parts;
use paifang_model::name::shown;
use serde::de::DeserializeOwned;

use crate::problem::{Kind, Problem};

/// The places in the path. A text that is no id names nothing.
pub(crate) struct At<T>(pub(crate) T);

impl<S: Send + Sync, T: DeserializeOwned + Send> FromRequestParts<S> for At<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        match Path::<T>::from_request_parts(parts, state).await {
            Ok(Path(places)) => Ok(Self(places)),
            Err(rejection) => {
                let text = rejection.body_text();
                let why = shown(text.strip_prefix("Invalid URL: ").unwrap_or(&text));
                Err(Problem::new(
                    Kind::NotFound,
                    format!("the path names nothing that could be there: {why}"),
                ))
            }
        }
    }
}
