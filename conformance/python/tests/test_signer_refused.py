"""What a caller whose signature does not hold is told."""

from datetime import datetime, timedelta, timezone

from target import APP, GROUP, STRANGER, GatewayTest, request, signed

INCORRECT = "Incorrect app authentication information"


def sdk_date(ago):
    return (datetime.now(timezone.utc) - ago).strftime("%Y%m%dT%H%M%SZ")


class Refused(GatewayTest):
    def test_a_wrong_secret(self):
        message = self.refused(signed(request(), secret=APP["secret"] + "x"), 401, "APIG.0303")
        self.assertTrue(message.startswith(INCORRECT), message)

    def test_an_unknown_key(self):
        message = self.refused(signed(request(), key="no-such-key"), 401, "APIG.0303")
        self.assertIn("app not found, appkey no-such-key", message)

    def test_an_app_that_is_not_authorised(self):
        call = signed(request(), key=STRANGER["key"], secret=STRANGER["secret"])
        self.refused(call, 403, "APIG.0304")

    def test_no_credentials(self):
        call = request(headers={"Host": GROUP["host"]})
        call.uri = call.resource_path
        self.refused(call, 401, "APIG.0303")

    def test_a_query_that_was_changed(self):
        call = signed(request(query=[("amount", "1")]))
        call.uri = call.uri.replace("amount=1", "amount=1000")
        self.refused(call, 401, "APIG.0303")

    def test_a_path_that_was_changed(self):
        call = signed(request(below="/1"))
        call.uri = call.uri.replace("/1", "/2")
        self.refused(call, 401, "APIG.0303")

    def test_a_method_that_was_changed(self):
        call = signed(request("GET"))
        call.method = "DELETE"
        self.refused(call, 401, "APIG.0303")

    def test_a_signed_header_that_was_changed(self):
        call = signed(request(headers={"X-User": "alice"}))
        call.header_params["X-User"] = "mallory"
        self.refused(call, 401, "APIG.0303")

    def test_a_body_that_was_changed(self):
        call = signed(request("POST", headers={"Content-Type": "application/json"}, body='{"amount":1}'))
        call.body = b'{"amount":9}'
        self.refused(call, 401, "APIG.0303")

    def test_an_old_date(self):
        message = self.refused(signed(request(headers={"X-Sdk-Date": sdk_date(timedelta(minutes=16))})), 401, "APIG.0303")
        self.assertIn("signature expired", message)

    def test_a_date_in_the_future(self):
        call = signed(request(headers={"X-Sdk-Date": sdk_date(timedelta(minutes=-16))}))
        self.refused(call, 401, "APIG.0303")

    def test_a_date_within_the_window(self):
        self.echoed(signed(request(headers={"X-Sdk-Date": sdk_date(timedelta(minutes=14))})))
