"""What the tests of plug-ins, backend services and domains have in common: a group with APIs that anybody may call."""

import json

from alibaba_case import Case, host
from calls import call, eventually
from target import TARGET

ECHO = f"http://{TARGET['backend']}"


class Shop(Case):
    def setUp(self):
        super().setUp()
        self.made = self.group()
        self.where = {"GroupId": self.made["GroupId"]}

    def api(self, path="/pets", **more):
        """An API before the backend that echoes."""
        service = {"ServiceProtocol": "HTTP", "ServiceAddress": ECHO, "ServicePath": path, "ServiceTimeout": 5000}
        members = {
            **self.where,
            "ApiName": f"list_{path[1:]}",
            "Visibility": "PRIVATE",
            "AuthType": "ANONYMOUS",
            "RequestConfig": json.dumps({"RequestProtocol": "HTTP,HTTPS", "RequestHttpMethod": "GET", "RequestPath": path}),
            "RequestParameters": "[]",
            "ServiceConfig": json.dumps({**service, "ServiceHttpMethod": "GET"}),
            **more,
        }
        api = {**self.where, "ApiId": self.do("CreateApi", **members)["ApiId"]}
        self.addCleanup(self.forget, "DeleteApi", **api)
        return api

    def online(self, api):
        there = {**api, "StageName": "RELEASE"}
        self.do("DeployApi", Description="one", **there)
        self.addCleanup(self.forget, "AbolishApi", **there)
        return there

    def get(self, path="/pets", at=None, **given):
        return call(at or self.made["SubDomain"], path, **given)

    def until(self, status, error=None, **given):
        """Calls until the gateway answers so."""
        return eventually(lambda: self.get(**given), lambda answer: (answer.status, code(answer)) == (status, error))

    def bound(self, domain):
        self.do("SetDomain", DomainName=domain, **self.where)
        self.addCleanup(self.forget, "DeleteDomain", DomainName=domain, **self.where)
        return domain

    def served(self):
        """A host that is bound now is served after all that was changed before; the call that shows it counts."""
        at = self.bound(host())
        eventually(lambda: self.get(at=at), lambda answer: code(answer) != "I404DO")
        return at

    def over(self, action, outer, inner, status, operation):
        """The results of a task, once it has ended."""
        told = lambda: self.do(action, OperationUid=operation)[outer][inner]
        return eventually(told, lambda results: all(one[status] in ("OVER", "FAIL") for one in results))


def code(answer):
    return answer.headers.get("X-Ca-Error-Code")
