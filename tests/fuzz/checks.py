"""What holds for every input."""

import copy
import importlib
import json
import pickle
import pkgutil
import sys

import openai_webhook_types
from openai_webhook_types import ValidationError, parse_event

# What is loaded on first use would not be instrumented.
for module in pkgutil.walk_packages(openai_webhook_types.__path__, "openai_webhook_types."):
    if module.name != "openai_webhook_types.__main__":
        importlib.import_module(module.name)


def check_event(event):
    """Assert that an event survives all that can be done with it."""
    payload = event.to_dict()
    for same in (
        parse_event(payload),
        copy.copy(event),
        copy.deepcopy(event),
        pickle.loads(pickle.dumps(event)),
    ):
        assert type(same) is type(event)
        assert repr(same) == repr(event)
        assert repr(same.to_dict()) == repr(payload)
        assert hash(same) == hash(event) or "nan" in repr(event)
    assert event.model_dump().keys() >= payload.keys()
    text = event.to_json(indent=None)
    assert json.loads(text) == json.loads(parse_event(text).to_json())
    assert json.loads(event.model_dump_json())


def check_error(error):
    """Assert that an error can be shown in all of its forms."""
    assert error.error_count() == len(error.errors()) > 0
    assert len(json.loads(error.json())) == error.error_count()
    assert str(error) == repr(error)


def check_body(body):
    """Assert that a body is an event, or a `ValidationError`; return the event."""
    try:
        event = parse_event(body)
    except ValidationError as error:
        assert error.payload is body
        check_error(error)
        return None
    check_event(event)
    return event


def fuzz(target):
    """Run a target until libFuzzer stops it."""
    import atheris

    atheris.Setup(sys.argv, target)
    atheris.Fuzz()
