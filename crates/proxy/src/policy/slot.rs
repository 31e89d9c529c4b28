//! Where on a call's way policies act. Further slots come with the first policy that acts there: a variant here, and a
//! line in the pipeline.

/// A place on a call's way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Slot {
    /// Before it is asked who calls.
    BeforeAuth,
    /// When it is known who calls, and that they may.
    AfterAuth,
    /// When the parameters are checked, and nothing was sent yet.
    AfterParameters,
}

/// Something for each slot.
#[derive(Debug, Default)]
pub(crate) struct Slots<T> {
    before_auth: T,
    after_auth: T,
    after_parameters: T,
}

impl<T> Slots<T> {
    /// What is in a slot.
    pub(crate) const fn at(&self, slot: Slot) -> &T {
        match slot {
            Slot::BeforeAuth => &self.before_auth,
            Slot::AfterAuth => &self.after_auth,
            Slot::AfterParameters => &self.after_parameters,
        }
    }

    /// What is in a slot, to be changed.
    pub(crate) const fn at_mut(&mut self, slot: Slot) -> &mut T {
        match slot {
            Slot::BeforeAuth => &mut self.before_auth,
            Slot::AfterAuth => &mut self.after_auth,
            Slot::AfterParameters => &mut self.after_parameters,
        }
    }

    /// What is in all slots, in the order in which a call comes by.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &T> {
        [&self.before_auth, &self.after_auth, &self.after_parameters].into_iter()
    }

    /// Something else for each slot.
    pub(crate) fn map<U>(self, make: impl Fn(T) -> U) -> Slots<U> {
        Slots {
            before_auth: make(self.before_auth),
            after_auth: make(self.after_auth),
            after_parameters: make(self.after_parameters),
        }
    }
}
