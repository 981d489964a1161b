"""Show that the package works where this runs. Needs nothing but the package.

    python smoke.py [PACKAGE [PART...]]

PACKAGE is the name to import it by, such as `plugin._vendor.hooks`; by default that in the
environment variable SMOKE_PACKAGE, or `openai_webhook_types`. A PART is one that this copy
was made without. Prints one line, `ok ...`, or fails.
"""

import copy
import json
import os
import pickle
import sys
from importlib import import_module
from typing import get_type_hints

__all__ = ["main", "smoke"]

SECRET = "whsec_c21va2U="
BODY = {
    "id": "evt_1",
    "created_at": 1767225600,
    "type": "realtime.call.incoming",
    "data": {"call_id": "rtc_1", "sip_headers": [{"name": "From", "value": "<sip:a@b.c>"}]},
}
ENDPOINT = {
    "id": "we_1",
    "object": "webhook_endpoint",
    "created_at": 1767225600,
    "event_types": ["batch.completed"],
    "name": "Batches",
    "url": "https://example.com/hook",
}


def check(condition, what):
    """Fail unless a condition holds. An `assert` would be left out under `-O`."""
    if not condition:
        raise AssertionError(what)


def raised(kind, function, *arguments, **options):
    """Return the error that a call raises."""
    try:
        function(*arguments, **options)
    except kind as error:
        return error
    raise AssertionError(f"{function.__name__} raised no {kind.__name__}")


def payloads(package, without):
    """Return a payload for each event type, or only one where the samples were left out."""
    if "testing" in without:
        return [BODY]
    sample_payload = import_module(f"{package.__name__}.testing").sample_payload
    return [sample_payload(event_type) for event_type in package.EVENT_TYPES]


def check_payload(package, payload):
    event = package.parse_event(json.dumps(payload))
    check(event.to_dict() == payload, "to_dict gives the payload back")
    check(package.parse_event(event.to_json()) == event, "to_json gives the payload back")
    check(pickle.loads(pickle.dumps(event)) == event, "an event pickles")
    check(copy.deepcopy(event) == event, "an event is copied")
    check({event: 1}[package.parse_event(payload)] == 1, "equal events hash equally")
    check(type(event).__module__.startswith(package.__name__), "the class is of this copy")
    check(isinstance(event, package.WebhookEvent), "an event is a WebhookEvent")


def check_type(cls, payload, without):
    """Ask a class for what comes of its annotations, which a tool may have rewritten."""
    name = cls.__name__
    hints = get_type_hints(cls)
    check({*cls.__dataclass_fields__} <= {*hints}, f"{name} has a hint for each field")
    check("Data" not in vars(cls) or hints["data"] is cls.Data, f"{name}.data is of its Data")
    made = cls.model_construct(**payload)
    check(made == cls.from_dict(payload), f"{name}.model_construct makes what from_dict makes")
    check(made.to_dict() == payload, f"{name}.model_construct keeps the payload")
    if "schema" not in without:
        schema = cls.model_json_schema()
        check([*schema["properties"]] == [*cls.__dataclass_fields__], f"{name} has a schema")


def check_signatures(package):
    body = json.dumps(BODY).encode()
    headers = package.sign(body, secret=SECRET)
    check(package.unwrap(body, headers, secret=SECRET).id == "evt_1", "a signed body unwraps")
    refused = raised(
        package.InvalidWebhookSignatureError, package.unwrap, body + b" ", headers, secret=SECRET
    )
    check(refused.reason == "no_matching_signature", refused.reason)


def check_errors(package):
    payload = {**BODY, "id": 5, "data": {}}
    error = raised(package.ValidationError, package.parse_event, payload)
    found = [(problem["type"], problem["loc"]) for problem in error.errors()]
    expected = [
        ("string_type", ("id",)),
        ("missing", ("data", "call_id")),
        ("missing", ("data", "sip_headers")),
    ]
    check(found == expected, found)
    check(error.payload is payload, "the error has the payload")
    revived = pickle.loads(pickle.dumps(error))
    check(revived.errors() == error.errors(), "an error pickles, with its problems")
    check(revived.payload == payload, "an error pickles, with its payload")
    for text in ("[" * 100_000, '{"a":' * 100_000, "[" * 100_000 + "]" * 100_000):
        deep = raised(package.ValidationError, package.parse_event, text)
        check(deep.errors()[0]["type"] == "json_invalid", deep.errors()[0]["type"])


def check_parts(package, without):
    """Use each part of the library that may be left out, or see that it is."""
    uses = {
        "endpoints": lambda: package.WebhookEndpoint.from_dict(ENDPOINT).name,
        "params": lambda: package.WebhookCreateParams.__name__,
        "signature": lambda: package.sign(b"", secret=SECRET),
        "schema": lambda: package.event_class("batch.failed").model_json_schema()["title"],
        "testing": lambda: import_module(f"{package.__name__}.testing").__name__,
    }
    for part, use in uses.items():
        if part in without:
            raised(ImportError, use)
        else:
            check(use(), part)


def smoke(name, without=()):
    """Use the package of a name, and return what was shown in one line."""
    package = import_module(name)
    given = payloads(package, without)
    for payload in given:
        check_payload(package, payload)
        check_type(package.event_class(payload["type"]), payload, without)
    check_type(package.UnknownWebhookEvent, {**BODY, "type": "new.type"}, without)
    if "endpoints" not in without:
        check_type(package.WebhookEndpoint, ENDPOINT, without)
    if "signature" not in without:
        check_signatures(package)
    check_errors(package)
    check_parts(package, without)
    python = ".".join(map(str, sys.version_info[:3]))
    return (
        f"ok {name} {package.__version__} on {sys.implementation.name} {python}, "
        f"{sys.platform}: {len(given)} event types"
    )


def main():
    """Run what the command line and the environment ask for."""
    default = os.environ.get("SMOKE_PACKAGE", "openai_webhook_types")
    name, *without = sys.argv[1:] or [default]
    print(smoke(name, without))


if __name__ == "__main__":
    main()
