"""Backend policies through the vendor's SDK: calls that meet conditions go elsewhere."""

import unittest

import huaweicloudsdkapig.v2 as apig

from backends import Backend
from calls import call, eventually
from huawei_case import Case, mock, open_to_all


class BackendPolicies(Case):
    def setUp(self):
        super().setUp()
        self.made = self.group()

    def get(self, path, **headers):
        return call(self.made.sl_domain, path, headers=headers).body

    def test_calls_that_meet_conditions_go_elsewhere(self):
        asked = apig.ReqParamBase(name="lang", type="STRING", location="QUERY", required=2)
        chinese, beta = Backend.of(self, "in Chinese"), Backend.of(self, "beta")
        policies = [
            policy("chinese", chinese, condition("param", "enum", "zh,zh-tw", req_param_name="lang")),
            policy("beta", beta, condition("cookie", "exact", "beta", cookie_param_name="group")),
        ]
        api = self.api(open_to_all(self.made, req_params=[asked], policy_https=policies))
        shown = self.on("show_details_of_api_v2", api_id=api.id).policy_https
        told = [(one.name, one.url_domain, one.conditions[0].condition_origin) for one in shown]
        there = [f"{backend.host}:{backend.port}" for backend in (chinese, beta)]
        self.assertEqual(told, [("chinese", there[0], "param"), ("beta", there[1], "cookie")])
        self.assertEqual(shown[0].conditions[0].condition_value, "zh,zh-tw")
        self.online(api)
        eventually(lambda: self.get("/pets?lang=zh"), lambda body: body == "in Chinese")
        self.assertEqual(self.get("/pets?lang=zh-tw", Cookie="group=beta"), "in Chinese")
        self.assertEqual(self.get("/pets?lang=en", Cookie="group=beta"), "beta")
        self.assertEqual(self.get("/pets?lang=en")["path"], "/pets")

    def test_a_mock_has_other_answers(self):
        asked = apig.ReqParamBase(name="lang", type="STRING", location="QUERY", required=2)
        chinese = apig.ApiPolicyMockCreate(
            name="chinese",
            effect_mode="ALL",
            result_content="你好",
            conditions=[condition("param", "exact", "zh", req_param_name="lang")],
        )
        api = self.api(mock(self.made, "hello", req_params=[asked], policy_mocks=[chinese]))
        [shown] = self.on("show_details_of_api_v2", api_id=api.id).policy_mocks
        self.assertEqual((shown.name, shown.effect_mode, shown.result_content), ("chinese", "ALL", "你好"))
        self.online(api)
        eventually(lambda: self.get("/mock?lang=zh"), lambda body: body == "你好")
        self.assertEqual(self.get("/mock?lang=en"), "hello")


def policy(title, backend, *conditions):
    return apig.ApiPolicyHttpCreate(
        name=title,
        effect_mode="ANY",
        url_domain=f"{backend.host}:{backend.port}",
        req_protocol="HTTP",
        req_method="GET",
        req_uri="/pets",
        conditions=list(conditions),
    )


def condition(origin, kind, value, **named):
    return apig.ApiConditionBase(condition_origin=origin, condition_type=kind, condition_value=value, **named)


if __name__ == "__main__":
    unittest.main()
