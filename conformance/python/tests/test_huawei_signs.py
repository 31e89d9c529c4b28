"""Signature keys through the vendor's SDK: the backend sees that a call came through the gateway, as the SDK's own signer
would have signed it."""

import base64
import re
import unittest

import huaweicloudsdkapig.v2 as apig
from huaweicloudsdkcore.auth.credentials import BasicCredentials
from huaweicloudsdkcore.sdk_request import SdkRequest
from huaweicloudsdkcore.signer.signer import Signer

from calls import eventually
from huawei_case import RELEASE, Shop, name

KEY, SECRET = "our-backends", "not-a-real-secret"


class Signs(Shop):
    def body(self, **more):
        given = {"name": name("sign"), "sign_type": "hmac", "sign_key": KEY, "sign_secret": SECRET}
        return apig.BaseSignature(**{**given, **more})

    def sign(self, **more):
        sign = self.on("create_signature_key_v2", body=self.body(**more))
        self.addCleanup(self.forget, "delete_signature_key_v2", sign_id=sign.id)
        return sign

    def bind(self, sign):
        body = apig.SignApiBinding(sign_id=sign.id, publish_ids=[self.publication])
        [bound] = self.on("associate_signature_key_v2", body=body).bindings
        self.addCleanup(self.forget, "disassociate_signature_key_v2", sign_bindings_id=bound.id)
        return bound

    def authorized(self, begins):
        """What the backend saw of a call, once it was signed so."""
        is_it = lambda answer: (answer.seen("authorization") or "").startswith(begins)
        return eventually(lambda: self.get(path="/pets?b=2&a=x%20y"), is_it)

    def test_a_backend_knows_who_calls(self):
        sign = self.sign()
        bound = self.bind(sign)
        seen = self.authorized(f"SDK-HMAC-SHA256 Access={KEY}, ").body
        self.assertEqual(seen["headers"]["authorization"], signed_again(seen))
        changed = self.on("update_signature_key_v2", sign_id=sign.id, body=self.body(name=sign.name, sign_secret=SECRET * 2))
        self.assertEqual(changed.sign_secret, SECRET * 2)
        right = lambda answer: answer.seen("authorization") == signed_again(answer.body, SECRET * 2)
        eventually(self.get, right)
        self.refused(403, "APIG.1020", "delete_signature_key_v2", sign_id=sign.id)
        self.on("disassociate_signature_key_v2", sign_bindings_id=bound.id)
        eventually(self.get, lambda answer: answer.seen("authorization") is None)
        self.refused(404, "APIG.3018", "disassociate_signature_key_v2", sign_bindings_id=bound.id)
        self.on("delete_signature_key_v2", sign_id=sign.id)
        self.refused(404, "APIG.3017", "delete_signature_key_v2", sign_id=sign.id)

    def test_a_backend_is_shown_user_and_password(self):
        self.bind(self.sign(sign_type="basic", sign_key="gateway", sign_secret="pass-word"))
        told = self.authorized("Basic ").seen("authorization")
        self.assertEqual(base64.b64decode(told.removeprefix("Basic ")), b"gateway:pass-word")

    def test_keys_and_bindings_are_found(self):
        sign, drawn = self.sign(), self.sign(sign_key=None, sign_secret=None)
        self.assertEqual((sign.sign_type, sign.sign_key), ("hmac", KEY))
        self.assertGreaterEqual(min(len(drawn.sign_key), len(drawn.sign_secret)), 16)
        self.refused(400, "APIG.3207", "create_signature_key_v2", body=self.body(name=sign.name))
        found = lambda **asked: [one.id for one in self.on("list_signature_keys_v2", **asked).signs]
        self.assertEqual((found(name=sign.name), found(id=drawn.id)), ([sign.id], [drawn.id]))

        at = {"sign_id": sign.id, "group_id": self.made.id}
        free = self.on("list_apis_not_bound_with_signature_key_v2", **at).apis
        self.assertEqual([(one.id, one.publish_id) for one in free], [(self.draft.id, self.publication)])
        bound = self.bind(sign)
        self.assertEqual((bound.api_id, bound.env_id, bound.sign_name), (self.draft.id, RELEASE, sign.name))
        taken = self.on("list_apis_binded_to_signature_key_v2", **at).bindings
        self.assertEqual([(one.id, one.api_id, one.publish_id) for one in taken], [(bound.id, self.draft.id, self.publication)])
        other = {**at, "sign_id": drawn.id}
        taken = self.on("list_apis_not_bound_with_signature_key_v2", **other).apis
        self.assertEqual([one.signature_name for one in taken], [sign.name])
        of_api = self.on("list_signature_keys_binded_to_api_v2", api_id=self.draft.id, env_id=RELEASE).bindings
        self.assertEqual([(one.sign_id, one.sign_secret) for one in of_api], [(sign.id, SECRET)])
        self.assertEqual(self.on("list_signature_keys_v2", id=sign.id).signs[0].bind_num, 1)


def signed_again(seen, secret=SECRET):
    """The header that the SDK's signer makes of a call that the backend got."""
    names = re.search("SignedHeaders=([^,]+),", seen["headers"]["authorization"])[1].split(";")
    headers = {one: seen["headers"][one] for one in names}
    request = SdkRequest(
        method=seen["method"],
        schema="http",
        host=headers["host"],
        resource_path=seen["path"],
        query_params=list(seen["query"].items()),
        header_params=headers,
        body=seen["body"],
    )
    return Signer(BasicCredentials(KEY, secret)).sign(request).header_params["Authorization"]


if __name__ == "__main__":
    unittest.main()
