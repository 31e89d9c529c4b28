"""APIG v2: operations are known by method and path; answers are JSON models of the SDK's."""

import datetime
import json
import pathlib
import urllib.parse

from misfit import decoded, expect

NAME = "huawei"
FOLDER = pathlib.Path(__file__).parent.parent / "operations"
TABLE = json.loads((FOLDER / "huawei.json").read_text(encoding="utf-8"))
ERRORS = json.loads((FOLDER / "huawei-errors.json").read_text(encoding="utf-8"))


def is_asked(request):
    return request.target.startswith("/v2/")


def describe(request):
    return {"operation": find(request), "style": request.headers.get("authorization", "").split(" ")[0]}


def find(request):
    """The operation; a literal segment goes before a parameter."""
    given = urllib.parse.urlsplit(request.target).path.split("/")
    fits = [
        (operation["path"].count("{"), name)
        for name, operation in TABLE["operations"].items()
        if operation["method"] == request.method and matches(operation["path"].split("/"), given)
    ]
    return min(fits)[1] if fits else ""


def matches(expected, given):
    pairs = zip(expected, given)
    return len(expected) == len(given) and all(one.startswith("{") or one == other for one, other in pairs)


def check(request, answer):
    name = find(request)
    place = name or f"{request.method} {request.target}"
    expect("x-request-id" in answer.headers, place, "there is no X-Request-Id")
    if answer.status >= 400:
        return check_error(place, answer)
    expect(name, place, "it is no operation")
    operation = TABLE["operations"][name]
    expect("response" in operation, place, "operations/huawei.json has no models for it yet")
    expect(operation["success_status"] == answer.status, place, f"the status is {answer.status}")
    if answer.status == 204:
        expect(not answer.body, place, "there is a body")
        return None
    expect(answer.headers["content-type"] == "application/json", place, answer.headers["content-type"])
    return fits(operation["response"], decoded(answer.body, place), place)


def check_error(place, answer):
    error = decoded(answer.body, place)
    expect(ERRORS.get(error.get("error_code")) == answer.status, place, f"{answer.status} with {error}")
    expect(error.get("error_msg"), place, "nothing is said")
    expect(error.get("request_id") == answer.headers["x-request-id"], place, "the ids differ")


def fits(kind, value, place):
    """Whether a value is of a type of the SDK's."""
    if kind.startswith("list["):
        expect(isinstance(value, list), place, f"{value!r} is no list")
        for index, item in enumerate(value):
            fits(kind[5:-1], item, f"{place}[{index}]")
    elif kind in SCALARS:
        expect(SCALARS[kind](value), place, f"{value!r} is no {kind}")
    else:
        expect(isinstance(value, dict), place, f"{value!r} is no {kind}")
        members(TABLE["models"][kind], value, place)


def members(model, value, place):
    for name, field in model.items():
        expect(name in value or not field.get("required"), place, f"{name} is missing")
    for name, member in value.items():
        inner = f"{place}.{name}"
        expect(name in model, inner, "the SDK does not know it")
        fits(model[name]["type"], member, inner)
        allowed = model[name].get("enum")
        text = member if isinstance(member, str) else json.dumps(member)
        expect(not allowed or text in map(str, allowed), inner, f"{text} is none of {allowed}")


def is_time(value):
    try:
        return bool(datetime.datetime.fromisoformat(value.replace("Z", "+00:00")))
    except (AttributeError, ValueError):
        return False


SCALARS = {
    "str": lambda value: isinstance(value, str),
    "int": lambda value: isinstance(value, int) and not isinstance(value, bool),
    "bool": lambda value: isinstance(value, bool),
    "float": lambda value: isinstance(value, (int, float)) and not isinstance(value, bool),
    "object": lambda value: True,
    "datetime": is_time,
}
