"""What is wrong with an answer."""

import json


class Misfit(Exception):
    """An answer is not what the vendor describes."""

    def body(self):
        """As an error that the SDKs of both vendors show."""
        told = str(self)
        return json.dumps({"Code": "Misfit", "Message": told, "error_code": "Misfit", "error_msg": told}).encode()


def expect(right, place, what):
    if not right:
        raise Misfit(f"{place}: {what}")


def decoded(body, place):
    """JSON, or a misfit."""
    try:
        return json.loads(body)
    except ValueError as error:
        raise Misfit(f"{place}: {body[:200]!r} is not JSON: {error}") from error
