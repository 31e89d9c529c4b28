//! Who may do what, as a golden file: a change of it is seen in review.

use std::collections::HashSet;

use paifang_control::{Access, Action, may};
use paifang_model::Role;

#[test]
fn matrix() {
    let mut matrix = format!("{:<32}{:<8}{:<8}{}\n", "action", "access", "owner", "read-only");
    let yes = |role, action| if may(role, action) { "yes" } else { "-" };
    for action in Action::ALL {
        let access = match action.access() {
            Access::Read => "read",
            Access::Secret => "secret",
            Access::Write => "write",
        };
        let (owner, read_only) = (yes(Role::Owner, *action), yes(Role::ReadOnly, *action));
        matrix += &format!("{:<32}{access:<8}{owner:<8}{read_only}\n", action.name());
    }
    insta::assert_snapshot!(matrix);
}

#[test]
fn names_are_unique_and_start_with_their_noun() {
    let mut names = HashSet::new();
    for action in Action::ALL {
        assert!(names.insert(action.name()), "{action} is there twice");
        let (noun, verb) = action.name().split_once(':').unwrap();
        assert_eq!(noun, action.noun().name());
        assert!(!verb.is_empty());
        assert_eq!(action.name().parse(), Ok(*action));
    }
    assert!("group:explode".parse::<Action>().is_err());
}
