"""What the tests share: the types, payloads of them, odd values, and a few helpers."""

import ast
import dataclasses
import gc
import inspect
import os
import pydoc
import subprocess
import sys
import typing
from collections.abc import Mapping
from decimal import Decimal
from enum import Enum, IntEnum
from pathlib import Path
from types import CodeType, FrameType, FunctionType, ModuleType, TracebackType
from unittest.mock import Mock, create_autospec

import pytest

import openai_webhook_types as owt
from openai_webhook_types import ValidationError, endpoints
from openai_webhook_types.testing import sample_payload

ROOT = Path(__file__).parents[1]
PACKAGE = Path(owt.__file__).parent
MODULES = sorted(PACKAGE.rglob("*.py"))

# The types

KNOWN_EVENTS = typing.get_args(owt.UnwrapWebhookEvent)
EVENTS = [*KNOWN_EVENTS, owt.UnknownWebhookEvent]
ENDPOINTS = [getattr(owt, name) for name in endpoints.__all__]
TYPES = [*EVENTS, *ENDPOINTS]
CLASSES = {cls.__annotations__["type"].__args__[0]: cls for cls in KNOWN_EVENTS}

each_type = pytest.mark.parametrize("cls", TYPES, ids=lambda cls: cls.__name__)


def shape(cls):
    """Return what reads a type, and its data: types of one shape differ in their `type` alone."""
    return [vars(c).get("_read") for c in (*cls.__mro__, *getattr(cls, "Data", cls).__mro__)]


# One type of each shape: what Hypothesis finds out about one, it would find out about the others.
SHAPES = [cls for n, cls in enumerate(TYPES) if shape(cls) not in map(shape, TYPES[:n])]
each_shape = pytest.mark.parametrize("cls", SHAPES, ids=lambda cls: cls.__name__)
each_known_event = pytest.mark.parametrize("cls", KNOWN_EVENTS, ids=lambda cls: cls.__name__)

# A payload of every known event type: with all fields, and with the required ones alone.

SAMPLES = {event_type: sample_payload(event_type) for event_type in owt.EVENT_TYPES}


def required(cls):
    """Return the names of the fields that a type requires."""
    return [f.name for f in dataclasses.fields(cls) if f.default is dataclasses.MISSING]


def _bare(cls, payload):
    data = {name: payload["data"][name] for name in required(cls.Data)}
    return {name: data if name == "data" else payload[name] for name in required(cls)}


FULL = [(CLASSES[event_type], payload) for event_type, payload in SAMPLES.items()]
BARE = [(cls, _bare(cls, payload)) for cls, payload in FULL]
CASES = FULL + [case for case in BARE if case not in FULL]

# Payloads to make examples of

FAILED = {
    "id": "evt_1",
    "object": "event",
    "created_at": 1750287018,
    "type": "fine_tuning.job.failed",
    "data": {"id": "ftjob-1"},
}
CALL = {
    "id": "evt_2",
    "created_at": 1750287018,
    "type": "realtime.call.incoming",
    "data": {"call_id": "rtc_1", "sip_headers": [{"name": "From", "value": "sip:a@b"}]},
}
SESSION = {
    "id": "evt_3",
    "object": "event",
    "created_at": 1750287018,
    "type": "agent.session.created",
    "data": {"id": "session_1", "environment_type": "none"},
}
UNKNOWN = {"id": "evt_4", "created_at": 1750287018, "type": "new.type"}
ENDPOINT = {
    "id": "we_1",
    "object": "webhook_endpoint",
    "created_at": 1750287018,
    "event_types": ["batch.completed", "batch.failed"],
    "name": "Batches",
    "url": "https://example.com/hook",
}
SIGNING_SECRET = "whsec_c2VjcmV0"
ENDPOINT_WITH_SECRET = {
    **ENDPOINT,
    "signing_secret": SIGNING_SECRET,
    "signing_secret_hint": "whsec_...V0",
}
PAGE = {"object": "list", "data": [ENDPOINT], "has_more": False}
TEST_RESULT = {
    "object": "webhook_endpoint.test",
    "event_type": "batch.completed",
    "status_code": 200,
    "success": True,
    "webhook_endpoint_id": "we_1",
}
DELETED = {"id": "we_1", "object": "webhook_endpoint.deleted", "deleted": True}
TYPE_LIST = {"object": "list", "data": ["batch.completed", "video.completed"]}

PAYLOADS = {
    **dict(FULL),
    owt.UnknownWebhookEvent: UNKNOWN,
    owt.DeletedWebhookEndpoint: DELETED,
    owt.WebhookEndpoint: ENDPOINT,
    owt.WebhookEndpointList: PAGE,
    owt.WebhookEndpointTestResult: TEST_RESULT,
    owt.WebhookEndpointWithSecret: ENDPOINT_WITH_SECRET,
    owt.WebhookEventTypeList: TYPE_LIST,
}

# Values of types that resemble the declared ones


class Text(str):
    __slots__ = ()


class Level(IntEnum):
    ONE = 1
    FIVE = 5


class Plain(Enum):
    TEXT = "text"
    FIVE = 5
    TRUE = True


class Money(Decimal):
    pass


class Whole:
    def __index__(self):
        return 1


class EmptyMapping(Mapping):
    """A mapping that is not a dict."""

    def __getitem__(self, key):
        raise KeyError(key)

    def __iter__(self):
        return iter(())

    def __len__(self):
        return 0


# Helpers


def boom(*args):
    """Raise an error that no value should."""
    raise RuntimeError("boom")


def without(payload, *names):
    """Return a payload without some of its fields."""
    return {name: value for name, value in payload.items() if name not in names}


def error_of(read, payload, **options):
    """Return the error that a payload gives."""
    with pytest.raises(ValidationError) as caught:
        read(payload, **options)
    return caught.value


def problems(cls, payload, **options):
    """Return the type and the location of each problem that a class finds in a payload."""
    error = error_of(cls.from_dict, payload, **options)
    return [(problem["type"], problem["loc"]) for problem in error.errors()]


def shown_locals(error):
    """Yield the file and the local variables of each frame that the traceback of an error shows."""
    while error:
        traceback = error.__traceback__
        while traceback:
            frame, traceback = traceback.tb_frame, traceback.tb_next
            yield Path(frame.f_code.co_filename), dict(frame.f_locals)
        error = error.__cause__ or error.__context__


_NO_DATA = (type, CodeType, FrameType, FunctionType, ModuleType, TracebackType)


def texts_in(value):
    """Return every str and bytes that can be reached from a value, in objects of any kind."""
    seen, found, left = set(), [], [value]
    while left:
        one = left.pop()
        if id(one) in seen or isinstance(one, _NO_DATA):
            continue
        seen.add(id(one))
        found += [one] if isinstance(one, (str, bytes, bytearray)) else []
        left += gc.get_referents(one)
    return found


def assert_introspectable(cls):
    """Check that a class, its `Data`, and instances of it can be asked for all that they have."""
    found = [cls, *filter(None, [getattr(cls, "Data", None)])]
    if cls in PAYLOADS:
        found += [cls.from_dict({**PAYLOADS[cls], "new": 1}), cls.model_construct()]
    for one in found:
        names = {*dir(one)}
        assert {"from_dict", "to_dict", "__pydantic_serializer__"} <= names
        assert {name for name, _ in inspect.getmembers(one)} <= names
        for name in (*names, "no_such_name"):
            assert hasattr(one, name) == (getattr(one, name, FAILED) is not FAILED)
        assert pydoc.render_doc(one)
        for mocked in (Mock(spec=one), create_autospec(one)):
            assert callable(mocked.to_dict)
            assert not hasattr(mocked, "no_such_name")


def assert_identical(found, expected):
    """Assert that two JSON values are equal, NaN to NaN, 0.0 not to 0 and True not to 1."""
    if isinstance(expected, dict):
        assert type(found) is dict
        assert found.keys() == expected.keys()
        for key in expected:
            assert_identical(found[key], expected[key])
    elif isinstance(expected, list):
        assert type(found) is list
        assert len(found) == len(expected)
        for pair in zip(found, expected):
            assert_identical(*pair)
    else:
        assert (type(found), repr(found)) == (type(expected), repr(expected))


def imports_of(path, *, late=True):
    """Return the files of the package that a file imports: by `later`, too, unless told otherwise.

    What `preload` imports for others is left out.
    """
    tree = ast.parse(path.read_text(encoding="utf-8"))
    left_out = for_checkers(tree) | {*ast.walk(function_in(tree, "preload"))}
    found = set()
    for node in {*ast.walk(tree)} - left_out:
        if isinstance(node, ast.ImportFrom) and node.level:
            found |= files_of(path, node)
        elif late and isinstance(node, ast.Call) and getattr(node.func, "id", "") == "later":
            for name in [argument.value for argument in node.args[1:]]:
                level = len(name) - len(name.lstrip("."))
                found |= files_of(path, ast.ImportFrom(name[level:], [], level))
    return found


def function_in(tree, name):
    """Return a function of a module, or nothing that counts."""
    return next((node for node in tree.body if getattr(node, "name", "") == name), ast.Pass())


def files_of(path, node):
    """Return the files that a relative import in a file may name."""
    folder = path.parents[node.level - 1].joinpath(*(node.module or "").split("."))
    names = [f"{folder}.py", f"{folder}/__init__.py"]
    for alias in node.names:
        names += [f"{folder}/{alias.name}.py", f"{folder}/{alias.name}/__init__.py"]
    return {Path(name) for name in names if Path(name).exists()}


def for_checkers(tree):
    """Return the nodes that only type checkers read."""
    return {node for block in ast.walk(tree) if is_for_checkers(block)
            for statement in block.body for node in ast.walk(statement)}  # fmt: skip


def is_for_checkers(node):
    return isinstance(node, ast.If) and getattr(node.test, "id", "") == "TYPE_CHECKING"


def environment(**variables):
    """Return the environment for a process, without those variables that change how Python runs."""
    inherited = {k: v for k, v in os.environ.items() if not k.startswith("PYTHON")}
    return {**inherited, **variables}


def python(*arguments, **options):
    """Run Python in a new process, and return what came of it, with its output as text."""
    pipes = {} if "stdout" in options else {"capture_output": True}
    return subprocess.run(
        [sys.executable, "-B", *arguments],
        check=False,
        **{"env": environment(), "encoding": "utf-8", "timeout": 60, **pipes, **options},
    )


def run(code, *, path=PACKAGE.parent, options=("-I", "-S"), **variables):
    """Return what code prints where nothing but the standard library and `path` is found.

    Args:
        code: The code.
        path: The folder, or the zip, that modules are imported from besides.
        options: Those of Python; without -I, it heeds variables of the environment.
        variables: Such variables.
    """
    prelude = f"import sys; sys.path.insert(0, {str(path)!r})\n"
    env = environment(**variables)
    done = python(*options, "-X", "utf8", "-c", prelude + code, env=env)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    return done.stdout
