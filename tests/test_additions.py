"""What an addition has to bring along. Each failure names the file, and the line that it lacks."""

import ast
import dataclasses
import typing
from importlib import import_module
from unittest.mock import Mock

import pytest

import openai_webhook_types as owt
from openai_webhook_types._model import json_schema, subclass, validation
from openai_webhook_types._model.reader import Reader
from openai_webhook_types._model.record import Record
from openai_webhook_types.errors import _MESSAGES
from openai_webhook_types.events._base import Event, NewerEvent
from tests import strategies
from tests.values import MODULES, PACKAGE, PAYLOADS


def classes(base=Record):
    """Yield the classes of the package that hold fields."""
    for cls in base.__subclasses__():
        if cls.__module__.startswith(f"{owt.__name__}."):
            yield cls
            yield from classes(cls)


def file_of(cls):
    return cls.__module__.partition(".")[2].replace(".", "/") + ".py"


CLASSES = sorted({*classes()}, key=lambda cls: (cls.__module__, cls.__qualname__))
TYPES = [cls for cls in CLASSES if hasattr(cls, "_read") and cls not in (Event, NewerEvent)]
each_class = pytest.mark.parametrize("cls", CLASSES, ids=lambda cls: cls.__qualname__)
each_type = pytest.mark.parametrize("cls", TYPES, ids=lambda cls: cls.__qualname__)


# A field


@each_class
def test_what_a_class_declares_is_a_field(cls):
    declared = [name for name in subclass._annotations(cls) if not name.startswith("_")]
    lacking = {*declared} - {*getattr(cls, "__dataclass_fields__", ())}
    assert not lacking, (
        f"{file_of(cls)}: {cls.__qualname__} declares {lacking} and is not a dataclass: "
        "put @dataclass(frozen=True, eq=False, repr=False) above it"
    )


@each_type
def test_a_contract_reads_each_field_in_its_order(cls):
    asked = Mock(spec=Reader, fields={}, given={})
    try:
        cls._read(asked)
    except AttributeError as error:
        pytest.fail(f"{file_of(cls)}: add a method to Reader in _model/reader.py ({error})")
    found = [call.args[0] for call in asked.method_calls]
    names = [field.name for field in dataclasses.fields(cls)]
    assert found == names, (
        f"{file_of(cls)}: `_read` of {cls.__qualname__} needs a line for each field, in their order"
    )


@each_type
def test_each_kind_of_field_is_known_everywhere(cls):
    references = json_schema.References("{model}", str, {})
    for name, hint in typing.get_type_hints(cls).items():
        for function, file, arguments in (
            (json_schema._value, "_model/json_schema.py", [references]),
            (strategies._values, "tests/strategies.py", []),
        ):
            try:
                function(hint, *arguments)
            except LookupError as error:
                kind = f"{file_of(cls)}: {cls.__qualname__}.{name} is {hint}"
                pytest.fail(f"{kind}: add this kind to `{function.__name__}` in {file} ({error!r})")


def test_each_way_to_read_has_a_rule():
    tree = ast.parse((PACKAGE / "_model" / "reader.py").read_text(encoding="utf-8"))
    for call in ast.walk(tree):
        if isinstance(call, ast.Call) and getattr(call.func, "attr", "") == "mismatch":
            rule = call.args[2].value
            assert rule in {*validation._RULES, "model"}, (
                f"add a rule for {rule!r} to _RULES in _model/validation.py"
            )


@pytest.mark.parametrize(("cls", "payload"), PAYLOADS.items(), ids=lambda one: str(one)[:60])
def test_declared_fields_hold_nothing_that_can_be_changed(cls, payload):
    for path, value in held(cls.from_dict(payload), cls.__name__):
        assert type(value) in {str, int, float, bool, type(None)}, (
            f"{path} ({file_of(cls)}) holds a {type(value).__name__}, so that events cannot be "
            "hashed: let the method in _model/reader.py make a tuple or an object of it"
        )


def held(value, path):
    """Yield what an instance holds, at any depth."""
    if isinstance(value, Record):
        for field in dataclasses.fields(value):
            yield from held(getattr(value, field.name), f"{path}.{field.name}")
    elif isinstance(value, tuple):
        for item in value:
            yield from held(item, f"{path}[]")
    else:
        yield path, value


# A public name, and a type of error


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_a_public_name_is_one_of_the_package(path):
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    if parts[0] in {"cli", "schema", "testing"} or any(part.startswith("_") for part in parts):
        return  # private, or not a part of the package's own names
    module = "." + ".".join(parts)
    for name in import_module(module, owt.__name__).__all__:
        assert owt._MODULES.get(name) == module, (
            f'add "{name}": "{module}" to _MODULES in __init__.py'
        )


def test_each_type_of_error_has_a_message():
    for path in (PACKAGE / "_model").glob("*.py"):
        for kind in kinds_in(ast.parse(path.read_text(encoding="utf-8"))):
            assert kind in _MESSAGES, (
                f"{path.name}: add a message for {kind!r} to _MESSAGES in errors.py"
            )


def kinds_in(tree):
    """Yield the types of errors in a file: what `add` takes first, and what rules end with."""
    for node in ast.walk(tree):
        found = ()
        if isinstance(node, ast.Call):
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            found = node.args[:1] if name in {"add", "_NotJSONError"} else ()
        elif isinstance(node, ast.Tuple) and len(node.elts) == 2:
            function, kind = node.elts
            found = [kind] if getattr(function, "id", "").startswith("_read_") else ()
        for one in found:
            for constant in ast.walk(one):
                if isinstance(constant, ast.Constant) and isinstance(constant.value, str):
                    yield constant.value
