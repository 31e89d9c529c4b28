"""Request throttling through the vendor's SDK, counted by calls."""

import unittest

import huaweicloudsdkapig.v2 as apig

from calls import call, eventually
from huawei_case import RELEASE, Case, definition, host, mock, name, signed_call

LIMIT = 5
TOLD = f"The throttling threshold has been reached: policy api over ratelimit,limit:{LIMIT},time:1 hour"


class Throttling(Case):
    def setUp(self):
        super().setUp()
        self.made = self.group()
        self.draft = self.api(mock(self.made, "hello"))
        self.publication = self.online(self.draft).publish_id

    def body(self, **more):
        members = {"name": name("throttle"), "time_interval": 1, "time_unit": "HOUR", "api_call_limits": LIMIT}
        return apig.ThrottleBaseInfo(**{**members, **more})

    def policy(self, **more):
        policy = self.on("create_request_throttling_policy_v2", body=self.body(**more))
        self.addCleanup(self.forget, "delete_request_throttling_policy_v2", throttle_id=policy.id)
        return policy

    def bind(self, policy):
        body = apig.ThrottleApiBindingCreate(strategy_id=policy.id, publish_ids=[self.publication])
        [bound] = self.on("associate_request_throttling_policy_v2", body=body).throttle_applys
        self.addCleanup(self.forget, "disassociate_request_throttling_policy_v2", throttle_binding_id=bound.id)
        return bound

    def served(self):
        """A host that is bound now is served after all that was changed before; the call that shows it counts."""
        at = host()
        self.on("associate_domain_v2", group_id=self.made.id, body=apig.UrlDomainCreate(url_domain=at))
        eventually(lambda: call(at, "/mock"), lambda answer: answer.status == 200)
        return at

    def test_calls_are_counted_exactly(self):
        policy = self.policy()
        bound = self.bind(policy)
        at = self.served()
        statuses = [call(at, "/mock").status for _ in range(LIMIT + 2)]
        self.assertEqual(statuses, [200] * (LIMIT - 1) + [429] * 3)
        refused = call(at, "/mock").body
        self.assertEqual((refused["error_code"], refused["error_msg"]), ("APIG.0308", TOLD))
        self.refused(403, "APIG.3451", "delete_request_throttling_policy_v2", throttle_id=policy.id)
        self.on("disassociate_request_throttling_policy_v2", throttle_binding_id=bound.id)
        eventually(lambda: call(at, "/mock"), lambda answer: answer.status == 200)

    def test_policies_and_bindings_are_found(self):
        policy = self.policy(remark="one")
        self.refused(400, "APIG.3204", "create_request_throttling_policy_v2", body=self.body(name=policy.name))
        changed = self.on("update_request_throttling_policy_v2", throttle_id=policy.id, body=self.body(name=policy.name, remark="二"))
        self.assertEqual(changed.remark, "二")
        found = self.on("list_request_throttling_policy_v2", name=policy.name).throttles
        self.assertEqual([one.id for one in found], [policy.id])
        at = {"throttle_id": policy.id, "group_id": self.made.id}
        free = self.on("list_apis_unbinded_to_request_throttling_policy_v2", **at).apis
        self.assertEqual([one.id for one in free], [self.draft.id])
        bound = self.bind(policy)
        taken = self.on("list_apis_binded_to_request_throttling_policy_v2", **at).apis
        self.assertEqual([one.throttle_apply_id for one in taken], [bound.id])
        of_others = self.on("list_apis_unbinded_to_request_throttling_policy_v2", **{**at, "throttle_id": self.policy().id}).apis
        self.assertEqual([one.throttle_name for one in of_others], [policy.name])
        of_api = self.on("list_request_throttling_policies_binded_to_api_v2", api_id=self.draft.id).throttles
        self.assertEqual([one.id for one in of_api], [policy.id])
        self.assertEqual(self.on("show_details_of_request_throttling_policy_v2", throttle_id=policy.id).bind_num, 1)
        body = apig.ThrottleBindingBatchDelete(throttle_bindings=[bound.id])
        self.assertEqual(self.on("batch_disassociate_throttling_policy_v2", action="delete", body=body).success_count, 1)
        self.on("delete_request_throttling_policy_v2", throttle_id=policy.id)
        self.refused(404, "APIG.3005", "show_details_of_request_throttling_policy_v2", throttle_id=policy.id)

    def test_an_app_is_excluded(self):
        policy = self.policy()
        app = self.app()
        body = apig.ThrottleSpecialCreate(object_type="APP", object_id=app.id, call_limits=2)
        special = self.on("create_special_throttling_configuration_v2", throttle_id=policy.id, body=body)
        one = {"throttle_id": policy.id, "strategy_id": special.id}
        changed = self.on("update_special_throttling_configuration_v2", body=apig.ThrottleSpecialUpdate(call_limits=3), **one)
        self.assertEqual(changed.call_limits, 3)
        listed = self.on("list_special_throttling_configurations_v2", throttle_id=policy.id).throttle_specials
        self.assertEqual([there.app_name for there in listed], [app.name])
        self.on("delete_special_throttling_configuration_v2", **one)
        self.refused(404, "APIG.3013", "delete_special_throttling_configuration_v2", **one)

    def test_an_excluded_app_has_a_limit_of_its_own(self):
        guarded = self.api(definition(self.made))
        self.publication = self.online(guarded).publish_id
        one, other = self.app_of(guarded), self.app_of(guarded)
        policy = self.policy(app_call_limits=LIMIT)
        body = apig.ThrottleSpecialCreate(object_type="APP", object_id=one.id, call_limits=2)
        self.on("create_special_throttling_configuration_v2", throttle_id=policy.id, body=body)
        self.bind(policy)
        at = self.served()
        statuses = lambda app: [signed_call(app, at, "/pets/cat").status for _ in range(3)]
        self.assertEqual((statuses(one), statuses(other)), ([200, 200, 429], [200, 200, 200]))


if __name__ == "__main__":
    unittest.main()
