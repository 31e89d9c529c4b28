//! The OpenAPI document: what no single handler can say about itself.

use axum::http::StatusCode;
use utoipa::openapi::path::{Operation, PathItem};
use utoipa::openapi::security::{ApiKey, ApiKeyValue, SecurityScheme};
use utoipa::openapi::{
    ComponentsBuilder, Content, InfoBuilder, LicenseBuilder, OpenApi, OpenApiBuilder, Ref, RefOr,
    ResponseBuilder, SecurityRequirement,
};
use utoipa::{PartialSchema, ToSchema};

use crate::closed;
use crate::problem::ProblemDocument;
use crate::router;

const DESCRIPTION: &str = "\
Everything that the gateway can be told, as JSON over HTTP.

**Times** are milliseconds since 1970, UTC. **Ids** are 32 hexadecimal digits.

**Lists** come in pages of at most 500: pass `next` of one page as `cursor` to get the one after it, in the \
same order: `sort` says in which, and each list says by what it can be sorted. Names are compared by code points, so \
that capitals come before small letters and both before other scripts (`Zoo`, `ant`, `宠物`), and what has the same name \
is in the order of ids: whoever follows `next` sees each object once. `search` looks for a part of the name, in upper or \
lower case for the letters of ASCII. An object that \
this version cannot read stands in its place as `{\"unreadable\", \"reason\"}`.

**Revisions.** An object's `ETag` is its revision in quotes. Send it as `If-Match` with a change, and the change is \
refused with 412 when somebody else was faster; without it, the last one wins. `If-None-Match` answers 304.

**Problems** are RFC 9457 documents. `type` is stable; every complaint about the input is in `violations`, with a JSON \
pointer into the body, `?name` for a parameter of the query, or the name of a header.

**Patches** leave alone what they do not name.

**Manifests.** What a request with the header `X-Manifest: <name>` makes is remembered as made by that manifest, in the \
same transaction; a manifest that is not there is a 404. `GET /manifests/<name>/entries` lists it.

**Bodies** are at most 1 MiB. Every answer has an `X-Request-Id`.";

/// The whole document.
#[must_use]
pub fn document() -> OpenApi {
    complete(router::described())
}

/// The document before any route.
pub(crate) fn head() -> OpenApi {
    OpenApiBuilder::new().info(utoipa::openapi::Info::new("", "")).build()
}

/// The document of the routes, with what holds for all of them.
pub(crate) fn complete(mut document: OpenApi) -> OpenApi {
    document.info = InfoBuilder::new()
        .title("Paifang")
        .description(Some(DESCRIPTION))
        .version(env!("CARGO_PKG_VERSION"))
        .license(Some(LicenseBuilder::new().name("Apache-2.0").identifier(Some("Apache-2.0")).build()))
        .build();
    document.security = Some(
        ["session", "signature"].map(|name| SecurityRequirement::new::<_, [&str; 0], &str>(name, [])).into(),
    );
    let mut components = ComponentsBuilder::from(document.components.take().unwrap_or_default());
    let mut schemas = vec![(ProblemDocument::name().into_owned(), ProblemDocument::schema())];
    ProblemDocument::schemas(&mut schemas);
    components = components.schemas_from_iter(schemas);
    for (name, scheme) in schemes() {
        components = components.security_scheme(name, scheme);
    }
    let mut components = components.build();
    closed::unite(&mut components);
    document.components = Some(components);
    for item in document.paths.paths.values_mut() {
        operations(item).for_each(complete_operation);
    }
    document
}

fn schemes() -> [(&'static str, SecurityScheme); 2] {
    let session = "A browser's session: made by `POST /api/v1/session`, ended after an hour of silence or twelve \
                   hours. Whatever is not a GET needs the header `X-CSRF-Token` with the `csrf_token` of the session.";
    let signature = "`SDK-HMAC-SHA256 Access=<access key>, SignedHeaders=<a;b>, Signature=<hex>` with a user's access \
                     key, as `paifang sign --management` writes it. `X-Sdk-Date` is signed and at most 15 minutes off; \
                     the body is always covered.";
    let session = ApiKeyValue::with_description(crate::caller::COOKIE, session);
    let signature = ApiKeyValue::with_description("Authorization", signature);
    [
        ("session", SecurityScheme::ApiKey(ApiKey::Cookie(session))),
        ("signature", SecurityScheme::ApiKey(ApiKey::Header(signature))),
    ]
}

fn operations(item: &mut PathItem) -> impl Iterator<Item = &mut Operation> {
    [&mut item.get, &mut item.put, &mut item.post, &mut item.delete, &mut item.patch]
        .into_iter()
        .filter_map(Option::as_mut)
}

/// Any operation may end in a problem; and OpenAPI wants a description of every answer.
fn complete_operation(operation: &mut Operation) {
    for (status, response) in &mut operation.responses.responses {
        if let (RefOr::T(response), Ok(status)) = (response, status.parse::<StatusCode>()) {
            response.description = status.canonical_reason().unwrap_or_default().to_owned();
        }
    }
    let schema = Ref::from_schema_name(ProblemDocument::name());
    let response = ResponseBuilder::new()
        .description("It was not done, and this is why.")
        .content("application/problem+json", Content::new(Some(RefOr::Ref(schema))))
        .build();
    operation.responses.responses.insert("default".to_owned(), RefOr::T(response));
}
