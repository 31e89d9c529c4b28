//! A node that knows nothing against members but what it is told.

use std::collections::HashSet;
use std::sync::Mutex;

use paifang_api_huawei::Health;
use paifang_model::id::{ChannelId, MemberId};

#[derive(Default)]
pub(crate) struct FakeHealth(Mutex<HashSet<MemberId>>);

impl FakeHealth {
    pub(crate) fn is_unwell(&self, member: MemberId) {
        self.0.lock().unwrap().insert(member);
    }
}

impl Health for FakeHealth {
    fn unwell(&self, _channel: ChannelId) -> HashSet<MemberId> {
        self.0.lock().unwrap().clone()
    }
}
