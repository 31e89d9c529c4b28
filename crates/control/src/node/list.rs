//! Lists the nodes.

use paifang_store::Node;

use crate::action::Action;
use crate::control::Context;
use crate::error::Error;
use crate::noun::Noun;
use crate::resource::ResourcePath;

impl Context {
    /// The nodes that are known, oldest start first; none where nothing is served.
    ///
    /// # Errors
    /// When the caller may not, or the store is away.
    pub async fn list_nodes(&self) -> Result<Vec<Node>, Error> {
        self.may(Action::ListNodes, &ResourcePath::all(Noun::Instance)).await?;
        match self.control.nodes() {
            Some(nodes) => nodes.list().await,
            None => Ok(Vec::new()),
        }
    }
}
