"""App calls signed by the SDK reach the backend as they were meant."""

import json
import urllib.parse

from target import GROUP, GatewayTest, request, signed


class Signed(GatewayTest):
    def test_get(self):
        echo = self.echoed(signed(request()))
        self.assertEqual(echo["method"], "GET")
        self.assertEqual(echo["path"], GROUP["path"])
        self.assertEqual(echo["rawQuery"], "")
        self.assertEqual(echo["body"], "")

    def test_reserved_characters_and_chinese_in_the_query(self):
        query = [("q", "a b&c=d+e/f?g%20~*"), ("name", "张 三"), ("empty", ""), ("Upper", "1"), ("中", "文")]
        echo = self.echoed(signed(request(query=query)))
        self.assertEqual(echo["query"], dict(query))

    def test_a_name_with_several_values(self):
        echo = self.echoed(signed(request(query=[("tag", ["b", "a", "c d"])])))
        self.assertEqual(urllib.parse.parse_qsl(echo["rawQuery"]), [("tag", "a"), ("tag", "b"), ("tag", "c d")])

    def test_a_path_with_escapes(self):
        below = "/%E4%B8%AD%E6%96%87/a%20b"
        echo = self.echoed(signed(request(below=below)))
        self.assertEqual(echo["path"], GROUP["path"] + below)

    def test_a_path_that_ends_with_a_slash(self):
        echo = self.echoed(signed(request(below="/pets/")))
        self.assertEqual(echo["path"], GROUP["path"] + "/pets/")

    def test_post_json(self):
        body = json.dumps({"id": 7, "名字": "张 三"}, ensure_ascii=False)
        call = request("POST", headers={"Content-Type": "application/json"}, body=body)
        echo = self.echoed(signed(call))
        self.assertEqual(echo["method"], "POST")
        self.assertEqual(echo["headers"]["content-type"], "application/json")
        self.assertEqual(echo["body"], body)

    def test_post_with_an_empty_body(self):
        echo = self.echoed(signed(request("POST", headers={"Content-Type": "application/json"}, body="")))
        self.assertEqual((echo["method"], echo["body"]), ("POST", ""))

    def test_a_form_whose_body_the_sdk_leaves_unsigned(self):
        form = "application/x-www-form-urlencoded"
        call = signed(request("POST", headers={"Content-Type": form}, body="name=%E5%BC%A0+%E4%B8%89&b=2"))
        self.assertEqual(call.header_params["X-Sdk-Content-Sha256"], "UNSIGNED-PAYLOAD")
        echo = self.echoed(call)
        self.assertEqual(echo["body"], "name=%E5%BC%A0+%E4%B8%89&b=2")

    def test_put_and_delete(self):
        put = self.echoed(signed(request("PUT", "/7", headers={"Content-Type": "application/json"}, body="{}")))
        self.assertEqual((put["method"], put["path"], put["body"]), ("PUT", GROUP["path"] + "/7", "{}"))
        deleted = self.echoed(signed(request("DELETE", "/7")))
        self.assertEqual((deleted["method"], deleted["path"]), ("DELETE", GROUP["path"] + "/7"))

    def test_more_signed_headers(self):
        echo = self.echoed(signed(request(headers={"X-Trace": "  padded value ", "x_unsigned": "u"})))
        self.assertEqual(echo["headers"]["x-trace"], "padded value")
