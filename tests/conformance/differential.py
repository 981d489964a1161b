"""One payload through the SDK's Pydantic model and through our type, compared."""

import json
import re

import pydantic
import pytest

import openai_webhook_types as owt

MODES = [(strict, as_json) for strict in (None, True) for as_json in (False, True)]
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
    for strict, as_json in MODES:
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
        "repr": _repr(instance),
        "fields_set": instance.model_fields_set,
        "extra": _exact(instance.model_extra),
        "dumps": [_exact(_or_error(instance.model_dump, **options)) for options in _DUMPS],
        "to_dict": _exact(instance.to_dict()),
        "json": [
            _or_error(dump, indent=indent)
            for dump in (instance.model_dump_json, instance.to_json)
            for indent in (None, 2)
        ],
    }


def _problems(error, text):
    problems = error.errors(include_url=False)
    if problems[0]["type"] == "json_invalid":
        return "json_invalid"
    return [(p["type"], p["loc"], p["msg"], p.get("ctx")) for p in problems], text


def _or_error(dump, **options):
    """Call a dump; of strings that JSON cannot hold, each side says in its own words."""
    try:
        return dump(**options)
    except ValueError:
        return ValueError


def _repr(instance):
    """Return a repr with lists for our tuples."""
    text = repr(instance)
    headers = getattr(instance.data, "sip_headers", None)
    if isinstance(headers, tuple):
        assert repr(headers) in text
        text = text.replace(f"sip_headers={headers!r}", f"sip_headers={list(headers)!r}")
    return text


def _exact(value):
    """Return a value that is equal only to what has the same types, order and digits."""
    if isinstance(value, dict):
        return [(key, _exact(item)) for key, item in value.items()]
    if isinstance(value, (list, tuple)):
        return [_exact(item) for item in value]
    return type(value), repr(value)
