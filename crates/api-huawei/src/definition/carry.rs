//! What this interface has no words for survives when it replaces a definition.

use paifang_model::Definition;
use paifang_model::definition::{AppCodeMode, Authentication, Backend, Destination};

/// Takes over from the old definition what the new one could not say.
pub(crate) fn carry(old: &Definition, new: &mut Definition) {
    new.request.mode = old.request.mode;
    new.request.intranet_only = old.request.intranet_only;
    new.request.body_format = old.request.body_format;
    new.response.content_type.clone_from(&old.response.content_type);
    carry_auth(&old.auth, &mut new.auth);
    carry_backend(&old.backend, &mut new.backend);
    for policy in &mut new.backend_policies {
        if let Some(old) = old.backend_policies.iter().find(|old| old.name == policy.name) {
            carry_backend(&old.backend, &mut policy.backend);
        }
    }
}

fn carry_backend(old: &Backend, new: &mut Backend) {
    if let (Backend::Http(old), Backend::Http(new)) = (old, new) {
        new.protocol = old.protocol;
        new.verify_certificate = old.verify_certificate;
        if matches!(new.to, Destination::Address { .. }) && matches!(old.to, Destination::Address { .. }) {
            new.host.clone_from(&old.host);
        }
    }
}

fn carry_auth(old: &Authentication, new: &mut Authentication) {
    let (
        Authentication::App { app_code: old_code, signature_methods: old_methods, nonce_required: old_nonce },
        Authentication::App { app_code, signature_methods, nonce_required },
    ) = (old, new)
    else {
        return;
    };
    signature_methods.clone_from(old_methods);
    *nonce_required = *old_nonce;
    let same_word = matches!(
        (old_code, *app_code),
        (AppCodeMode::Inherit, AppCodeMode::Disabled) | (AppCodeMode::HeaderOrQuery, AppCodeMode::Header)
    );
    if same_word {
        *app_code = *old_code;
    }
}
