//! The gateway's own certificate authority: made at the first start, so that subdomains have HTTPS from then on; what it
//! signed is renewed before it ends; an authority of the operator's may take its place.

mod issue;
mod keep;
mod read;
mod replace;

pub use issue::Issued;
pub use read::AuthorityInfo;
pub use replace::AuthorityDraft;

use paifang_model::Authority;

use crate::noun::Noun;
use crate::resource::ResourcePath;

fn path() -> ResourcePath {
    ResourcePath::of(Noun::Authority, Authority::ID)
}
