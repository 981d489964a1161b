"""Call every public function and method of a copy, with input of every kind.

    python usage.py [PACKAGE]

Valid, coerced, invalid, unknown, forged, not JSON; dumped, copied, pickled, shown, described.
Whether what comes back is right is for other tests: this one shows what happens beside it, such as
which modules load. It needs nothing but the package.
"""

import copy
import json
import pickle
import sys
import warnings
from importlib import import_module

__all__ = ["use"]

SECRET = "whsec_c2VjcmV0IGZvciB0ZXN0cyE="
ODD = {"a": [1, None, 1e-7, "é"], "b": {"c": True}, "d": float("nan")}


class Odd:
    """A value of a type that nobody knows, whose methods raise."""

    def __eq__(self, other):
        raise RuntimeError

    __hash__ = object.__hash__


def attempt(function, *arguments, **options):
    """Return what a function returns, or the error that it raises."""
    try:
        return function(*arguments, **options)
    except Exception as error:
        return error


def use_value(value):
    """Call every method of an instance, and what Python calls for it."""
    if isinstance(value, Exception):
        return use_error(value)
    for function in (repr, str, hash, dict, vars, copy.copy, copy.deepcopy, pickle.dumps):
        attempt(function, value)
    attempt(lambda: pickle.loads(pickle.dumps(value)))
    for name in dir(type(value)):
        method = attempt(getattr, value, name)
        if not name.startswith("__"):
            attempt(method)
    for options in (
        {"mode": "json"},
        {"exclude_defaults": True, "exclude_none": True},
        {"include": {"id"}, "exclude": {"data": {"sip_headers": {0}}}},
        {"fallback": str, "mode": "json"},
    ):
        attempt(value.model_dump, **options)
    for options in ({"indent": 2}, {"ensure_ascii": True}, {"exclude": {"id"}}, {"fallback": str}):
        attempt(value.model_dump_json, **options)
    changed = attempt(value.model_copy, update={"id": "x", "new": Odd()}, deep=True)
    attempt(lambda: changed.to_json())
    attempt(lambda: (changed == value, hash(changed)))
    attempt(lambda: value.no_such_name)
    attempt(setattr, value, "id", 1)
    return None


def use_type(cls, payload):
    """Call every way to make an instance of a class."""
    text = json.dumps(payload)
    for read, given in ((cls.from_dict, payload), (cls.from_json, text)):
        for strict in (None, True):
            use_value(attempt(read, given, strict=strict))
    use_value(attempt(cls.model_construct, **payload))
    attempt(cls, **payload)
    attempt(cls.model_json_schema)
    for invalid in invalid_payloads(payload):
        use_error(attempt(cls.model_validate, invalid))
        use_error(attempt(cls.model_validate_json, invalid))


def invalid_payloads(payload):
    yield from ({}, [], None, "[", b"\xff", "[" * 500, '"\\ud800"', json.dumps(payload) + "x")
    for value in (Odd(), 1.5, "x" * 5000, [Odd()], {"id": 5}, {1: 1}):
        yield dict.fromkeys(payload, value)
        yield {**payload, "created_at": value, "object": value, "data": value}
    yield {**payload, 1: 1, Odd(): 2, "\ud800": 3}


def use_error(error):
    for function in (repr, str, pickle.dumps, copy.copy):
        attempt(function, error)
    for name in ("errors", "json", "error_count"):
        attempt(lambda: getattr(error, name)())  # noqa: B023
    attempt(lambda: error.json(indent=2))


def use_event(package, payload):
    """Call the functions that read any event."""
    for body in (payload, json.dumps(payload), json.dumps({**payload, "new": ODD}).encode()):
        use_value(attempt(package.parse_event, body))
    coerced = {**payload, "created_at": "1", "id": b"x", "new": Odd()}
    use_value(attempt(package.parse_event, coerced))
    use_value(attempt(lambda: package.parse_event(package.parse_event(payload))))
    for invalid in invalid_payloads(payload):
        use_error(attempt(package.parse_event, invalid))
    attempt(package.event_class, payload["type"][:-1])


def use_signatures(package, testing, payload):
    body, headers = testing.signed_request(payload, secret=SECRET)
    for accepted in (headers, [*headers.items()], {k.upper(): [v] for k, v in headers.items()}):
        use_error(attempt(package.unwrap, body, accepted, secret=[SECRET]))
        package.verify_signature(body, accepted, secret=SECRET, tolerance=60.5)
    for refused in ({}, {**headers, "webhook-signature": "v1,x"}, [1], None, headers["webhook-id"]):
        error = attempt(package.unwrap, bytearray(body), refused, secret=SECRET)
        for function in (repr, str, pickle.dumps, copy.copy):
            attempt(function, error)
    for secret in (None, "", "whsec_", "whsec_?", b"x", [], ["raw key"]):
        attempt(package.unwrap, body, headers, secret=secret)
        attempt(package.sign, body, secret=secret, webhook_id="\n", timestamp=1)


def at_depth(depth, function):
    return function() if not depth else at_depth(depth - 1, function)


def use_deep_stack(package):
    """Read nested text where little of the stack is left."""
    text = '{"id": "e", "created_at": 1, "type": "new.type", "data": ' + "[" * 190 + "]" * 190 + "}"
    for left in (350, 250, 150):
        attempt(at_depth, sys.getrecursionlimit() - left, lambda: package.parse_event(text))


def use(name):
    """Use everything in the package of a name, and return how many types that are."""
    package = import_module(name)
    testing, schema = (import_module(f"{name}.{part}") for part in ("testing", "schema"))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        payloads = {type_: testing.sample_payload(type_) for type_ in package.EVENT_TYPES}
        payloads["new.type"] = {"id": "e", "created_at": 1, "type": "new.type", "data": {"id": 1}}
        for event_type, payload in payloads.items():
            use_event(package, payload)
            cls = package.UnknownWebhookEvent
            cls = cls if event_type == "new.type" else package.event_class(event_type)
            use_type(cls, payload)
        use_signatures(package, testing, payloads["batch.failed"])
        use_signatures(package, testing, {})
        endpoint = {"id": "w", "created_at": 1, "event_types": ["a"], "name": "n", "url": "u"}
        for public in sorted({*package.__all__} - {"WebhookEvent"}):
            if hasattr(getattr(package, public), "model_construct"):
                use_type(getattr(package, public), {**endpoint, "object": "webhook_endpoint"})
        schema.events_json_schema()
        for event_type in ("batch.complete", "", None):
            attempt(package.event_class, event_type)
            attempt(testing.sample_payload, event_type)
        attempt(package.WebhookEvent)
        use_subclass(package, payloads["batch.failed"])
        use_deep_stack(package)
    return len(payloads)


def use_subclass(package, payload):
    class Mine(package.BatchFailedWebhookEvent):
        def more(self):
            return self.id

    use_type(Mine, payload)


if __name__ == "__main__":
    print("ok", use(*sys.argv[1:] or ["openai_webhook_types"]), "types")
