"""What the tests of the Alibaba management interface have in common."""

import uuid

from alibaba_clients import MANAGEMENT


def name(prefix):
    return f"{prefix}_{uuid.uuid4().hex[:8]}"


def host():
    return f"{uuid.uuid4().hex[:12]}.paifang.test"


class Case:
    """One client, and what it is told."""

    Client = None

    def setUp(self):
        self.client = self.Client()

    def do(self, action, **members):
        return self.client.do(action, **members)

    def refused(self, status, code, action, **members):
        with self.assertRaises(self.client.Refused) as raised:
            self.client.do(action, **members)
        told = self.client.told(raised.exception)
        self.assertEqual(told[:2], (status, code), told[2])
        return told[2]

    def group(self, **more):
        made = self.do("CreateApiGroup", GroupName=name("pets"), **more)
        self.addCleanup(self.forget, "DeleteApiGroup", GroupId=made["GroupId"])
        return made

    def app(self, **more):
        app = self.do("CreateApp", AppName=name("app"), **more)["AppId"]
        self.addCleanup(self.forget, "DeleteApp", AppId=app)
        return app

    def forget(self, action, **members):
        """Cleans up after what failed, or finds nothing to clean up."""
        try:
            self.client.do(action, **members)
        except self.client.Refused:
            pass


__all__ = ["Case", "MANAGEMENT", "host", "name"]
