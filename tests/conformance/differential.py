"""A type of the SDK's and ours, compared: what they make of a payload."""

import json
import re
from collections import Counter
from collections.abc import Mapping

import openai.types.webhooks as sdk
import pydantic
import pytest

import openai_webhook_types as owt
from tests.values import KNOWN_EVENTS

MODES = [(strict, as_json) for strict in (None, True) for as_json in (False, True)]
COMPARED = Counter()
_URL = re.compile(r"\n    For further information visit \S*")
_DUMPS = [
    {},
    {"exclude_unset": True},
    {"exclude_defaults": True},
    {"exclude_none": True},
    {"mode": "json"},
]


def assert_same(theirs, ours, payload):
    """Assert that both say the same of a payload, lax and strict, as a dict and as JSON."""
    COMPARED["payloads"] += 1
    for strict, as_json in MODES:
        COMPARED["readings"] += 1
        if as_json:
            text = json.dumps(payload, ensure_ascii=False)
            expected = _outcome(lambda: theirs.model_validate_json(text, strict=strict))  # noqa: B023
            found = _outcome(lambda: ours.model_validate_json(text, strict=strict))  # noqa: B023
        else:
            expected = _outcome(lambda: theirs.model_validate(payload, strict=strict))  # noqa: B023
            found = _outcome(lambda: ours.model_validate(payload, strict=strict))  # noqa: B023
        assert found == expected


def assert_same_value(theirs, ours, make_payload):
    """Assert that both take a payload of Python values, and to the same values, or neither."""
    for strict in (None, True):
        try:
            expected = theirs.model_validate(make_payload(), strict=strict)
        except pydantic.ValidationError:
            with pytest.raises(owt.ValidationError):
                ours.model_validate(make_payload(), strict=strict)
        else:
            found = ours.model_validate(make_payload(), strict=strict)
            assert _declared(found) == _declared(expected)
            assert list(found.model_extra) == list(expected.model_extra)


def contents(model):
    """Return a model's class name, fields and unknown fields, at every level."""
    if hasattr(type(model), "model_extra"):
        names = getattr(type(model), "__dataclass_fields__", None) or type(model).model_fields
        return (
            type(model).__name__,
            {name: contents(getattr(model, name)) for name in names},
            contents(model.model_extra),
        )
    if type(model) in (list, tuple):
        return [contents(item) for item in model]
    if type(model) is dict:
        return {key: contents(item) for key, item in model.items()}
    return repr(model)


def _declared(model):
    """Return the declared fields, at every level, with the exact types of their values."""
    if not hasattr(type(model), "model_extra"):
        return type(model), model
    names = getattr(type(model), "__dataclass_fields__", None) or type(model).model_fields
    values = {name: getattr(model, name) for name in names}
    return {
        name: [_declared(item) for item in value]
        if isinstance(value, (list, tuple))
        else _declared(value)
        for name, value in values.items()
    }


def _outcome(validate):
    try:
        instance = validate()
    except pydantic.ValidationError as error:
        return _problems(error, _URL.sub("", str(error)))
    except owt.ValidationError as error:
        return _problems(error, str(error))
    return {
        "repr": repr(_with_tuples(instance)),
        "fields_set": instance.model_fields_set,
        "extra": exact(instance.model_extra),
        "dumps": [exact(or_error(instance.model_dump, **options)) for options in _DUMPS],
        "to_dict": exact(instance.to_dict()),
        "json": [
            or_error(dump, indent=indent)
            for dump in (instance.model_dump_json, instance.to_json)
            for indent in (None, 2)
        ],
    }


def outcome(dump, **options):
    """Return what a dump returns, or the kind of error that it raises."""
    try:
        return exact(dump(**options))
    except (TypeError, ValueError) as error:
        return TypeError if isinstance(error, TypeError) else ValueError


def _problems(error, text):
    problems = error.errors(include_url=False)
    if problems[0]["type"] == "json_invalid":
        return "json_invalid"
    return [(p["type"], p["loc"], p["msg"], p.get("ctx")) for p in problems], text


def or_error(dump, *arguments, **options):
    """Call a dump; of strings that JSON cannot hold, each side says in its own words."""
    try:
        return dump(*arguments, **options)
    except ValueError:
        return ValueError


def _with_tuples(value):
    """Return a model of the SDK's with tuples for its lists, which are tuples in ours."""
    if isinstance(value, list):
        return tuple(_with_tuples(item) for item in value)
    if isinstance(value, pydantic.BaseModel):
        fields = {name: _with_tuples(getattr(value, name)) for name in type(value).model_fields}
        return value.model_copy(update=fields)
    return value


def exact(value):
    """Return a value that is equal only to what has the same types, order and digits."""
    if isinstance(value, dict):
        return [(key, exact(item)) for key, item in value.items()]
    if isinstance(value, (list, tuple)):
        return [exact(item) for item in value]
    return type(value), repr(value)


def theirs_for(ours):
    """Return the SDK's class of the same name."""
    return getattr(sdk, ours.__name__)


class Mapped(Mapping):
    """A mapping that is no dict."""

    def __init__(self, values):
        self.values_ = values

    def __getitem__(self, key):
        return self.values_[key]

    def __iter__(self):
        return iter(self.values_)

    def __len__(self):
        return len(self.values_)


# Events that OpenAI documents, and the SDK does not have yet.
BEYOND = ()
SHARED_EVENTS = [cls for cls in KNOWN_EVENTS if cls.__name__ not in BEYOND]
_MISSING = [cls.__name__ for cls in SHARED_EVENTS if not hasattr(sdk, cls.__name__)]
if _MISSING:
    raise LookupError(f"{_MISSING} not in the SDK: add each to BEYOND in {__file__}")
