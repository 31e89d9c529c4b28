//! Names of files and variables: of characters that every system takes, and each once.

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::apply::object::Identity;

/// Files and folders, by what is in them.
#[derive(Default)]
pub(super) struct FileNames {
    given: HashMap<Identity, String>,
    taken: HashSet<String>,
}

impl FileNames {
    /// The folder of a group.
    pub(super) fn folder(&mut self, identity: &Identity, name: &str) -> String {
        self.given(identity, name, "")
    }

    /// The file of an API, within its group's folder.
    pub(super) fn file(&mut self, identity: &Identity, name: &str) -> String {
        self.given(identity, name, ".yaml")
    }

    fn given(&mut self, identity: &Identity, name: &str, ending: &str) -> String {
        if let Some(given) = self.given.get(identity) {
            return given.clone();
        }
        let plain: String = name.chars().map(|one| if is_plain(one) { one } else { '_' }).collect();
        // Not every file system tells upper from lower case; and the group has files of its own.
        let place = identity.path[..identity.path.len() - 1].join("/");
        let free = |name: &String| {
            !["group.yaml", "variables.yaml"].contains(&name.to_lowercase().as_str())
                && !self.taken.contains(&format!("{place}/{}", name.to_lowercase()))
        };
        let mut names = (1..).map(|number| match number {
            1 => format!("{plain}{ending}"),
            number => format!("{plain}-{number}{ending}"),
        });
        let name = names.find(free).unwrap_or_default();
        self.taken.insert(format!("{place}/{}", name.to_lowercase()));
        self.given.insert(identity.clone(), name.clone());
        name
    }
}

fn is_plain(character: char) -> bool {
    character.is_alphanumeric() || "-_".contains(character)
}

/// The variables that files refer to, and what each is to hold.
#[derive(Default)]
pub(super) struct Variables(BTreeMap<String, String>);

impl Variables {
    /// A reference to the secret of an app's key.
    pub(super) fn secret(&mut self, app: &str, key: &str) -> String {
        self.refer(&format!("SECRET_{app}_{key}"), format!("secret of the key `{key}` of the app `{app}`"))
    }

    /// A reference to a code of an app.
    pub(super) fn code(&mut self, app: &str, number: usize) -> String {
        self.refer(&format!("CODE_{app}_{number}"), format!("code {number} of the app `{app}`"))
    }

    /// A reference to the private key of a certificate.
    pub(super) fn certificate_key(&mut self, certificate: &str) -> String {
        self.refer(
            &format!("KEY_{certificate}"),
            format!("private key of the certificate `{certificate}`, in PEM"),
        )
    }

    /// A reference to the secret of a policy.
    pub(super) fn policy_secret(&mut self, policy: &Identity) -> String {
        let (name, shown) = (policy.name(), policy.shown());
        self.refer(&format!("SECRET_{name}"), format!("secret of the policy `{shown}`"))
    }

    fn refer(&mut self, wish: &str, what: String) -> String {
        let plain: String = wish
            .chars()
            .map(|one| if one.is_ascii_alphanumeric() { one.to_ascii_uppercase() } else { '_' })
            .collect();
        let mut names =
            (1..).map(|number| if number == 1 { plain.clone() } else { format!("{plain}_{number}") });
        let name = names.find(|name| !self.0.contains_key(name)).unwrap_or_default();
        self.0.insert(name.clone(), what);
        format!("${{env:{name}}}")
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// A line for each.
    pub(super) fn lines(&self) -> impl Iterator<Item = String> {
        self.0.iter().map(|(name, what)| format!("  {name}: {what}"))
    }
}
