//! `/nodes` and `/revisions/{revision}`: which processes serve, and whether all of them serve a revision.

use paifang_control::{Live, Node, NodeReport, is_live};
use paifang_model::id::NodeId;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::answer::{self, Answer, Item, List};
use crate::ask::{Asked, At, WaitParams};
use crate::caller::Caller;
use crate::state::NativeState;

type NodeList = List<NodeView>;

pub(crate) fn routes() -> OpenApiRouter<NativeState> {
    OpenApiRouter::default().routes(routes!(list_nodes)).routes(routes!(read_revision))
}

/// A node: a process that serves from the store.
#[derive(Serialize, ToSchema)]
struct NodeView {
    /// Its id, the same from one start to the next.
    id: NodeId,
    /// Its machine's name.
    name: String,
    /// The version of its binary.
    version: String,
    /// Where in its life it is: `starting`, `serving` or `draining`.
    state: &'static str,
    /// Whether it takes calls and was heard of within 10 seconds. Releases wait for live nodes alone.
    live: bool,
    /// The revision up to which it serves, as it last said.
    served_revision: u64,
    /// How long ago it last said something, in milliseconds.
    silent_ms: u64,
    /// When it was started, in milliseconds since 1970.
    started_at: i64,
    /// Where it takes calls.
    http: String,
    /// Where it is managed.
    management: String,
}

impl From<Node> for NodeView {
    fn from(node: Node) -> Self {
        let (live, silent_ms) = (is_live(&node), u64::try_from(node.silent.as_millis()).unwrap_or(u64::MAX));
        let NodeReport { id, name, version, started_at, state, served_revision, http, management } =
            node.report;
        let (id, state) = (NodeId(id), state.name());
        Self { id, name, version, state, live, served_revision, silent_ms, started_at, http, management }
    }
}

/// How far a revision is.
#[derive(Serialize, ToSchema)]
struct Revision {
    /// The revision.
    revision: u64,
    /// On how many nodes it is live.
    live: Live,
}

/// The nodes that did not leave, oldest start first
#[utoipa::path(get, path = "/nodes", tag = "nodes", responses((status = 200, body = NodeList)))]
async fn list_nodes(Caller(control): Caller) -> Answer {
    let nodes = control.list_nodes().await?.into_iter().map(NodeView::from);
    answer::plain(List { items: nodes.map(Item::Readable).collect(), next: None, total: None })
}

/// On how many nodes a revision is live
///
/// With `wait`, the answer comes once every live node serves it, or when the time is over; `live` says which nodes lag.
#[utoipa::path(get, path = "/revisions/{revision}", tag = "nodes", params(("revision" = u64, Path), WaitParams),
    responses((status = 200, body = Revision)))]
async fn read_revision(
    Caller(control): Caller,
    At(revision): At<u64>,
    Asked(wait): Asked<WaitParams>,
) -> Answer {
    let live = control.read_live(revision, wait.time()).await?;
    answer::plain(Revision { revision, live })
}
