"""CloudAPI 2016-07-14: every call is on `/`, its action named by a parameter or a header; answers are JSON or XML."""

import json
import pathlib
import re
import urllib.parse
import xml.etree.ElementTree as xml

from misfit import Misfit, decoded, expect

NAME = "alibaba"
ACTIONS = json.loads((pathlib.Path(__file__).parent.parent / "operations/alibaba.json").read_text(encoding="utf-8"))
JSON, XML = "application/json;charset=utf-8", "text/xml;charset=utf-8"
ERROR = {"RequestId", "HostId", "Code", "Message", "Recommend"}


def describe(request):
    """The action, and how its request is signed: what a parameter says, RPC v1 says."""
    action = parameters(request).get("Action")
    if action:
        return {"operation": action, "style": f"RPC v1 by {request.method}"}
    return {"operation": request.headers.get("x-acs-action", ""), "style": "ACS3"}


def parameters(request):
    query = urllib.parse.urlsplit(request.target).query
    form = request.headers.get("content-type", "").startswith("application/x-www-form-urlencoded")
    text = query + "&" + (request.body.decode("utf-8") if form else "")
    return dict(urllib.parse.parse_qsl(text, keep_blank_values=True))


def check(request, answer):
    action = describe(request)["operation"]
    kind = answer.headers.get("content-type")
    expect(kind in (JSON, XML), action, f"the content type is {kind}")
    ok = answer.status == 200
    described = ACTIONS[action]["response"] if ok else {name: "string" for name in ERROR}
    if kind == JSON:
        value = decoded(answer.body, action)
        fits(described, value, action)
        names = set(value)
    else:
        root = xml.fromstring(answer.body)
        expect(root.tag == (f"{action}Response" if ok else "Error"), action, f"the root is {root.tag}")
        fits_xml(described, root, action)
        names = {child.tag for child in root}
    # Clients take any `Code` for an error.
    expect("RequestId" in names and ok != ("Code" in names), action, f"{sorted(names)} of status {answer.status}")
    expect(ok or names == ERROR, action, f"an error has {sorted(names)}")


def fits(described, value, place):
    """Whether a value has members that are described, of the types described, and no others."""
    if isinstance(described, dict):
        expect(isinstance(value, dict), place, f"{value!r} is no object")
        for name, member in value.items():
            expect(name in described, place, f"there is no {name}")
            fits(described[name], member, f"{place}.{name}")
            if name == "RequestId":
                expect(re.fullmatch(r"[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}", member), place, f"the id is {member}")
    elif isinstance(described, list):
        expect(isinstance(value, list), place, f"{value!r} is no list")
        for item in value:
            fits(described[0], item, place)
    else:
        expect(is_of(described, value, place), place, f"{value!r} is no {described}")


def is_of(kind, value, place):
    if kind == "boolean":
        return isinstance(value, bool)
    if kind == "integer":
        # Bounds of floating-point parameters are numbers of their kind.
        allowed = (int, float, str) if place.endswith("Value") else int
        return isinstance(value, allowed) and not isinstance(value, bool)
    return isinstance(value, str)


def fits_xml(described, element, place):
    """The same of XML, where the items of a list repeat its element."""
    for child in element:
        inner = f"{place}.{child.tag}"
        expect(child.tag in described, place, f"there is no {child.tag}")
        kind = described[child.tag]
        kind = kind[0] if isinstance(kind, list) else kind
        if isinstance(kind, dict):
            fits_xml(kind, child, inner)
        else:
            expect(len(child) == 0, inner, "it is a structure")
            fits(kind, scalar(kind, child.text or "", inner), inner)


def scalar(kind, text, place):
    try:
        return text if kind == "string" else json.loads(text)
    except ValueError as error:
        raise Misfit(f"{place}: `{text}` is no {kind}") from error
