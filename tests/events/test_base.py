"""The event classes: their fields, their annotations and their documentation."""

import dataclasses
import pydoc
import typing

import pytest

import openai_webhook_types as owt
from tests.values import CLASSES, EVENTS, KNOWN_EVENTS, each_known_event

OLDER = ["id", "created_at", "data", "type", "object"]


NEWER = ["id", "created_at", "data", "object", "type"]


@each_known_event
def test_fields_are_those_of_an_envelope(cls):
    fields = dataclasses.fields(cls)
    names = [field.name for field in fields]
    assert names in (OLDER, NEWER)
    optional = [field.name for field in fields if field.default is not dataclasses.MISSING]
    assert optional == (["object"] if names == OLDER else [])
    assert dataclasses.is_dataclass(cls.Data)
    assert all(field.init and field.repr and field.compare for field in fields)


def test_the_newer_envelope_is_that_of_agents_and_safety():
    for event_type, cls in CLASSES.items():
        is_newer = event_type.startswith(("agent.", "safety.", "live.transport.connected"))
        names = [field.name for field in dataclasses.fields(cls)]
        assert names == (NEWER if is_newer else OLDER), (
            f"{event_type}: choose Event or NewerEvent by the order of the SDK's fields; if the "
            "choice is right, name the type here and in the docstring of NewerEvent"
        )


def test_a_base_has_no_annotations_that_would_set_the_order_of_fields():
    """Some libraries take the order from those of all bases, the last base first."""
    assert typing.get_type_hints(owt.WebhookEvent) == {}
    for cls in EVENTS:
        assert [*typing.get_type_hints(cls)] == [field.name for field in dataclasses.fields(cls)]


@pytest.mark.parametrize("cls", EVENTS)
def test_annotations_resolve(cls):
    hints = typing.get_type_hints(cls)
    assert {"id", "created_at", "type", "data", "object"} <= hints.keys()
    if cls in KNOWN_EVENTS:
        assert hints["data"] is cls.Data
        assert typing.get_origin(hints["type"]) is typing.Literal
        fields = {field.name: field.type for field in dataclasses.fields(cls.Data)}
        assert fields.items() <= typing.get_type_hints(cls.Data).items()


@each_known_event
def test_classes_are_nested_where_the_sdk_has_names_for_them(cls):
    assert cls.Data.__qualname__ == f"{cls.__name__}.Data"
    assert cls.Data.__module__ == cls.__module__


@each_known_event
def test_help_explains_the_event_and_its_fields(cls):
    text = " ".join(pydoc.render_doc(cls, renderer=pydoc.plaintext).replace("|", " ").split())
    assert " ".join(cls.__doc__.split()) in text
    assert "created_at: When the event occurred, in seconds since 1970-01-01 UTC." in text
    assert f" data: {cls.Data.__doc__.strip().splitlines()[0]} " in text
    assert f' type: Always "{cls._type[0]}". ' in text
