"""The registry of event types; with the unions, all that a new type must be added to."""

import ast
import typing
from importlib import import_module

import pytest

import openai_webhook_types as owt
from openai_webhook_types import UnknownWebhookEvent
from openai_webhook_types.events._base import Event, NewerEvent
from openai_webhook_types.events._registry import EVENT_CLASSES, module_of
from tests.values import PACKAGE, imports_of

FAMILIES = sorted(
    path.stem
    for path in (PACKAGE / "events").glob("*.py")
    if not path.stem.startswith("_") and path.stem != "unknown"
)


UNION = PACKAGE / "events" / "_union.py"


def star_imports(path):
    """Return the modules that a file imports everything from."""
    return {
        node.module
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and node.names[0].name == "*"
    }


def classes_in(family):
    """Return the event classes that a module defines."""
    module = import_module(f"openai_webhook_types.events.{family}")
    return [
        value
        for value in vars(module).values()
        if isinstance(value, type)
        and issubclass(value, (Event, NewerEvent))
        and value.__module__ == module.__name__
    ]


@pytest.mark.parametrize("family", FAMILIES)
def test_every_class_is_exported_and_registered(family):
    module = import_module(f"openai_webhook_types.events.{family}")
    classes = classes_in(family)
    assert classes, f"events/{family}.py has no event class"
    for cls in classes:
        name = cls.__name__
        (event_type,) = typing.get_args(typing.get_type_hints(cls)["type"])
        assert name in module.__all__, f"{name} is missing from __all__ in events/{family}.py"
        registered = EVENT_CLASSES.get(event_type)
        assert registered == name, f"{event_type!r}: {name!r} is missing from events/_registry.py"
        union = typing.get_args(owt.UnwrapWebhookEvent)
        assert cls in union, f"{name} is missing from UnwrapWebhookEvent in events/_union.py"
        where = module_of(event_type)
        assert where == f".{family}", f"{name} belongs into {where}"
        assert getattr(owt, name) is cls


@pytest.mark.parametrize("family", FAMILIES)
def test_every_module_is_imported_by_the_union_and_for_type_checkers(family):
    module = PACKAGE / "events" / f"{family}.py"
    assert module in imports_of(UNION), f"events/_union.py does not import {family}"
    by_package = star_imports(PACKAGE / "__init__.py")
    assert f"events.{family}" in by_package, f"__init__.py does not import events.{family}"


@pytest.mark.parametrize(("event_type", "name"), EVENT_CLASSES.items())
def test_every_entry_has_its_class(event_type, name):
    module = import_module(module_of(event_type), "openai_webhook_types.events")
    cls = getattr(module, name, None)
    assert cls, f"{module.__name__} has no {name}"
    assert typing.get_args(typing.get_type_hints(cls)["type"]) == (event_type,)


def test_a_class_without_an_entry_cannot_be_made():
    with pytest.raises(
        TypeError, match=r"^BatchRenamed has no event type: add it to EVENT_CLASSES"
    ):

        class BatchRenamed(Event):
            __module__ = Event.__module__  # as if it were of this package


def test_event_types_are_unique_and_in_the_order_of_the_union():
    assert tuple(EVENT_CLASSES) == owt.EVENT_TYPES
    names = [cls.__name__ for cls in typing.get_args(owt.UnwrapWebhookEvent)]
    assert names == list(EVENT_CLASSES.values())
    assert len({*names}) == len(names)


def _takes_any(event: owt.AnyWebhookEvent):
    """Have a hint, in which no `Annotated` is left."""


def test_any_type_is_in_the_union_or_unknown():
    union = typing.get_type_hints(_takes_any)["event"]
    assert {*typing.get_args(union)} == {
        *typing.get_args(owt.UnwrapWebhookEvent),
        UnknownWebhookEvent,
    }
