"""Pickles: those that version 0.1.0 wrote still load."""

import json
import pickle
from base64 import b64decode
from pathlib import Path

import pytest

import openai_webhook_types as owt
from tests.values import TYPES

# By name: a pickle in Base64, of an instance of the type with an unknown field.
PICKLES = json.loads(Path(__file__).with_name("pickles.json").read_text(encoding="utf-8"))


def loaded(name):
    return pickle.loads(b64decode(PICKLES[name]))


@pytest.mark.parametrize("name", PICKLES.keys() & {cls.__name__ for cls in TYPES})
def test_an_instance_loads(name):
    found = loaded(name)
    assert type(found) is getattr(owt, name)
    assert found == type(found).from_dict(found.to_dict())
    assert found.model_extra == {"new": [1, {"é": None}]}


def test_an_incomplete_instance_loads():
    found = loaded("model_construct")
    assert found.to_dict() == {"id": "e"}
    assert found.created_at is None


def test_errors_load():
    error = loaded("ValidationError")
    with pytest.raises(owt.ValidationError) as caught:
        owt.BatchFailedWebhookEvent.from_dict({"id": 5})
    assert error.errors() == caught.value.errors()
    assert str(error) == str(caught.value)
    error = loaded("InvalidWebhookSignatureError")
    assert (str(error), error.reason, error.webhook_id) == ("no", "missing_header", "wh_1")
