//! What was acknowledged is there after the process was killed.

use crate::gateway::{Gateway, place};
use crate::rest::mock;

#[test]
fn what_was_acknowledged_survives_a_kill() {
    let place = place();
    for life in 0..3 {
        let gateway = Gateway::start(&place);
        for earlier in 0..life {
            let answer = gateway.call(&format!("life{earlier}.example.com"), "/hello");
            assert_eq!(answer.body, format!("life {earlier}"), "{}", gateway.log());
        }
        gateway.publish(&format!("life{life}.example.com"), &mock(&format!("life {life}")));
        gateway.signal("KILL");
        assert!(!gateway.ended().success());
    }
}
