"""Traffic control, IP control and signatures by the operations that are older than plug-ins, through the vendor's Python
SDKs; each shown by what becomes of calls."""

import unittest

import alibaba_clients
from alibaba_case import name
from alibaba_shop import Shop, code
from calls import eventually


class Policies(Shop):
    def setUp(self):
        super().setUp()
        self.api_id = self.online(self.api())["ApiId"]
        self.stage = {"StageName": "RELEASE", **self.where}
        self.apis = {"ApiIds": self.api_id, **self.stage}
        self.until(200)

    def policy(self, noun, **members):
        """A policy, by its id as a member."""
        made = self.do(f"Create{noun}", **{f"{noun}Name": name("policy"), **members})
        policy = {f"{noun}Id": made[f"{noun}Id"]}
        self.addCleanup(self.forget, f"Delete{noun}", **policy)
        return policy

    def bind(self, noun, policy):
        self.do(f"Set{noun}Apis", **self.apis, **policy)
        self.addCleanup(self.forget, f"Remove{noun}Apis", **self.apis, **policy)

    def listed(self, action, outer, inner, **asked):
        return self.do(action, **asked)[outer][inner]

    def told_of(self, noun, policy):
        """That both sides tell of a binding, and that what is bound is not deleted."""
        [of_group] = self.listed(f"DescribeApi{noun}s", f"Api{noun}s", f"Api{noun}Item", **self.stage)
        self.assertEqual((of_group["ApiId"], of_group[f"{noun}Id"]), (self.api_id, policy[f"{noun}Id"]))
        [api] = self.listed(f"DescribeApisBy{noun}", "ApiInfos", "ApiInfo", **policy)
        self.assertEqual((api["ApiId"], api["StageName"]), (self.api_id, "RELEASE"))
        self.refused(400, f"DependencyViolation{noun}", f"Delete{noun}", **policy)

    def gone(self, noun, policy):
        self.do(f"Delete{noun}", **policy)
        self.refused(404, f"NotFound{noun}", f"Delete{noun}", **policy)

    # Traffic control.

    def control(self, **asked):
        [control] = self.listed("DescribeTrafficControls", "TrafficControls", "TrafficControl", **asked)
        return control

    def test_calls_are_counted_exactly(self):
        control = self.policy("TrafficControl", TrafficControlUnit="DAY", ApiDefault=3)
        self.bind("TrafficControl", control)
        self.told_of("TrafficControl", control)
        at = self.served()
        answers = [self.get(at=at) for _ in range(3)]
        self.assertEqual([(answer.status, code(answer)) for answer in answers], [(200, None)] * 2 + [(429, "T429PR")])
        by_api = {"ApiId": self.api_id, **self.stage}
        [item] = self.listed("DescribeTrafficControlsByApi", "TrafficControlItems", "TrafficControlItem", **by_api)
        self.assertEqual(item["TrafficControlItemId"], control["TrafficControlId"])
        self.assertEqual(self.control(**by_api)["TrafficControlId"], control["TrafficControlId"])
        self.do("RemoveTrafficControlApis", **self.apis, **control)
        self.until(200, at=at)
        self.gone("TrafficControl", control)

    def test_limits_and_exceptions_are_changed(self):
        control = self.policy("TrafficControl", TrafficControlUnit="MINUTE", ApiDefault=100, UserDefault=50, AppDefault=20)
        self.do("ModifyTrafficControl", TrafficControlUnit="HOUR", ApiDefault=200, Description="中", **control)
        shown = self.control(**control)
        told = [shown[member] for member in ["TrafficControlUnit", "ApiDefault", "UserDefault", "AppDefault", "Description"]]
        self.assertEqual(told, ["HOUR", 200, 50, 20, "中"])
        specials = lambda: [
            (policy["SpecialType"], one["SpecialKey"], one["TrafficValue"])
            for policy in self.control(**control)["SpecialPolicies"]["SpecialPolicy"]
            for one in policy["Specials"]["Special"]
        ]
        apps = [str(self.app()), str(self.app())]
        for app in apps:
            self.do("AddTrafficSpecialControl", SpecialType="APP", SpecialKey=app, TrafficValue=7, **control)
        self.assertEqual(sorted(specials()), sorted(("APP", app, 7) for app in apps))
        above = {"SpecialType": "APP", "SpecialKey": apps[0], "TrafficValue": 201}
        self.refused(400, "InvalidTrafficValue", "AddTrafficSpecialControl", **above, **control)
        self.do("DeleteTrafficSpecialControl", SpecialType="APP", SpecialKey=apps[0], **control)
        self.assertEqual(specials(), [("APP", apps[1], 7)])
        self.do("DeleteAllTrafficSpecialControl", **control)
        self.assertEqual(specials(), [])

    # IP control.

    def items(self, control, **asked):
        found = self.listed("DescribeIpControlPolicyItems", "IpControlPolicyItems", "IpControlPolicyItem", **control, **asked)
        return {item["PolicyItemId"]: item["CidrIp"] for item in found}

    def test_addresses_are_let_in(self):
        first = [{"CidrIp": "192.0.2.0/24;198.51.100.7"}]
        control = self.policy("IpControl", IpControlType="ALLOW", IpControlPolicys=first)
        self.bind("IpControl", control)
        self.told_of("IpControl", control)
        self.until(403, "A403IP")
        item = self.do("AddIpControlPolicyItem", CidrIp="127.0.0.0/8", **control)["PolicyItemId"]
        self.until(200)
        self.do("ModifyIpControlPolicyItem", PolicyItemId=item, CidrIp="203.0.113.9", **control)
        self.until(403, "A403IP")
        self.assertEqual(self.items(control, PolicyItemId=item), {item: "203.0.113.9"})
        self.assertEqual(sorted(self.items(control).values()), ["192.0.2.0/24;198.51.100.7", "203.0.113.9"])
        self.do("RemoveIpControlPolicyItem", PolicyItemIds=item, **control)
        self.assertNotIn(item, self.items(control))
        self.do("RemoveIpControlApis", **self.apis, **control)
        self.until(200)
        self.gone("IpControl", control)

    def test_ip_control_is_found_and_renamed(self):
        control = self.policy("IpControl", IpControlType="REFUSE", Description="one")
        renamed = name("policy")
        self.do("ModifyIpControl", IpControlName=renamed, Description="二", **control)
        found = lambda **asked: [
            (one["IpControlId"], one["IpControlType"], one["Description"])
            for one in self.listed("DescribeIpControls", "IpControlInfos", "IpControlInfo", IpControlName=renamed, **asked)
        ]
        self.assertEqual((found(), found(IpControlType="ALLOW")), ([(control["IpControlId"], "REFUSE", "二")], []))

    # Signatures.

    def test_a_backend_is_shown_the_key(self):
        signature = self.policy("Signature", SignatureKey="SampleKey", SignatureSecret="SampleSecret")
        self.bind("Signature", signature)
        self.told_of("Signature", signature)
        key = lambda answer: answer.seen("x-ca-proxy-signature-secret-key")
        eventually(self.get, lambda answer: key(answer) == "SampleKey")
        self.do("ModifySignature", SignatureKey="OtherKey", SignatureSecret="OtherSecret", **signature)
        eventually(self.get, lambda answer: key(answer) == "OtherKey")
        [shown] = self.listed("DescribeSignatures", "SignatureInfos", "SignatureInfo", **signature)
        self.assertEqual((shown["SignatureKey"], shown["SignatureSecret"]), ("OtherKey", "OtherSecret"))
        by_api = {"ApiId": self.api_id, **self.stage}
        [item] = self.listed("DescribeSignaturesByApi", "Signatures", "SignatureItem", **by_api)
        self.assertEqual(item["SignatureId"], signature["SignatureId"])
        self.do("RemoveSignatureApis", **self.apis, **signature)
        eventually(self.get, lambda answer: key(answer) is None)
        self.gone("Signature", signature)


class ByAcs3(Policies, unittest.TestCase):
    Client = alibaba_clients.Newer


class ByRpcV1(Policies, unittest.TestCase):
    Client = alibaba_clients.NewerByRpcV1


class ByTheOlderSdk(Policies, unittest.TestCase):
    Client = alibaba_clients.Older


if __name__ == "__main__":
    unittest.main()
