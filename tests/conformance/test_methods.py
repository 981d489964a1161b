"""The methods of the SDK's models, with every keyword: here, or in the table of differences."""

import inspect
import json
import re
import warnings

import openai.types.webhooks as sdk
import pydantic
import pytest

import openai_webhook_types as owt
from openai_webhook_types import endpoints
from tests.conformance.differential import SHARED_EVENTS, theirs_for
from tests.values import ROOT, SAMPLES

TABLE = ROOT / "tests" / "conformance" / "README.md"

# Where Pydantic's own class and the SDK's take other keywords, each takes its own.
MODELS = [pydantic.BaseModel, sdk.RealtimeCallIncomingWebhookEvent, sdk.WebhookEndpoint]
each_model = pytest.mark.parametrize("theirs", MODELS, ids=lambda cls: cls.__name__)


def ours_for(theirs):
    """Return our class of the same name."""
    return getattr(owt, theirs.__name__, owt.WebhookEvent)


def public_names(cls):
    """Return the names that a model's class has beside its fields, and those of iteration."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", pydantic.PydanticDeprecationWarning)
        names = [name for name in dir(cls) if not name.startswith("_")]
    return sorted({*names, "__iter__"} - cls.model_fields.keys())


METHODS = [
    (theirs, name)
    for theirs in MODELS
    for name in public_names(theirs)
    if callable(getattr(theirs, name)) and hasattr(ours_for(theirs), name)
]
each_method = pytest.mark.parametrize(
    ("theirs", "name"), METHODS, ids=[f"{cls.__name__}-{name}" for cls, name in METHODS]
)


def rows_of(text):
    """Return the code spans in the first cell of each row of the tables in Markdown text."""
    return [
        re.findall(r"`([^`]+)`", line.split("|")[1])
        for line in text.splitlines()
        if line.startswith("|")
    ]


ROWS = rows_of(TABLE.read_text(encoding="utf-8"))


def is_in_the_table(name, keyword=None, rows=ROWS):
    """Tell whether the table of differences has a row about a method, or a keyword of it.

    The row begins with `name`, or `name(keyword=…)`; several may be in one row.
    """
    method = re.compile(rf"{name}(\(.*\))?")
    word = re.compile(rf"(?<!\w){keyword or name}(?!\w)")
    return any(
        any(method.fullmatch(code) for code in row) and any(word.search(code) for code in row)
        for row in rows
    )


def differences(theirs, ours):
    """Return the parameters of a method that ours does not take, or not as theirs does."""
    found = inspect.signature(ours).parameters
    takes_any = any(parameter.kind is parameter.VAR_KEYWORD for parameter in found.values())
    different = []
    for name, parameter in inspect.signature(theirs).parameters.items():
        if parameter.kind is parameter.VAR_KEYWORD:
            same = takes_any
        elif name.startswith("_") and name != "_fields_set":
            continue  # Pydantic's own
        elif name not in found:
            same = False
        else:
            same = _accepts(found[name], parameter) and found[name].default == parameter.default
        if not same:
            different.append(name)
    return different


def _accepts(ours, theirs):
    """Tell whether a parameter can be passed as theirs can be."""
    return ours.kind in (theirs.kind, theirs.POSITIONAL_OR_KEYWORD)


@each_method
def test_every_keyword_is_taken_with_the_same_default(theirs, name):
    different = differences(getattr(theirs, name), getattr(ours_for(theirs), name))
    assert [word for word in different if not is_in_the_table(name, word)] == []


@each_model
def test_every_attribute_is_here_or_in_the_table(theirs):
    ours = ours_for(theirs)
    missing = [name for name in public_names(theirs) if not hasattr(ours, name)]
    assert [name for name in missing if not is_in_the_table(name)] == []


@each_model
def test_class_attributes_and_methods_are_of_the_same_kind(theirs):
    ours = ours_for(theirs)
    both = [name for name in public_names(theirs) if hasattr(ours, name)]
    assert {"model_validate", "to_dict", "model_extra"} & {*both}
    assert {name: _kind(ours, name) for name in both} == {
        name: _kind(theirs, name) for name in both
    }


def _kind(cls, name):
    """Return how an attribute is used: from the class, called there, or from an instance."""
    found = inspect.getattr_static(cls, name)
    if isinstance(found, property):
        return "property"
    if not callable(getattr(cls, name)):
        return "class attribute"
    return "class method" if inspect.ismethod(getattr(cls, name)) else "method"


TYPES = [*SHARED_EVENTS, *(getattr(owt, name) for name in endpoints.__all__)]


@pytest.mark.parametrize("ours", TYPES, ids=lambda cls: cls.__name__)
def test_every_field_is_a_keyword_of_the_constructor(ours):
    found = inspect.signature(ours).parameters
    for name, field in theirs_for(ours).model_fields.items():
        default = inspect.Parameter.empty if field.is_required() else field.default
        assert found[name].default == default
        assert found[name].kind is inspect.Parameter.POSITIONAL_OR_KEYWORD


def test_unknown_keywords_of_the_constructor_are_taken_or_in_the_table():
    assert sdk.BatchFailedWebhookEvent.model_config["extra"] == "allow"
    kinds = [p.kind for p in inspect.signature(owt.BatchFailedWebhookEvent).parameters.values()]
    assert inspect.Parameter.VAR_KEYWORD in kinds or is_in_the_table("__init__", r"\*\*\w+")


# What each keyword may be given by mistake, and what it may be given.
VALUES = [
    0, 1, 2, 1.0, "", "false", "no", "warn", "zz", b"x", [], {}, None, True, False,
]  # fmt: skip
CASES = [
    (name, keyword, value)
    for name in ("model_validate", "model_validate_json", "model_dump", "model_dump_json",
                 "to_dict", "to_json", "dict", "json", "model_copy", "copy", "model_construct",
                 "construct", "model_json_schema")
    for keyword, parameter in inspect.signature(getattr(owt.WebhookEvent, name)).parameters.items()
    if parameter.default is not inspect.Parameter.empty
    for value in VALUES
]  # fmt: skip
PAYLOAD = SAMPLES["batch.failed"]
ARGUMENTS = {"model_validate": PAYLOAD, "model_validate_json": json.dumps(PAYLOAD)}


@pytest.mark.parametrize(("name", "keyword", "value"), CASES)
@pytest.mark.filterwarnings("ignore")
def test_a_wrong_value_of_a_keyword_is_refused_alike(name, keyword, value):
    outcomes = []
    for cls in (sdk.BatchFailedWebhookEvent, owt.BatchFailedWebhookEvent):
        is_of_class = inspect.ismethod(getattr(cls, name))
        method = getattr(cls if is_of_class else cls.model_validate(PAYLOAD), name)
        arguments = [ARGUMENTS[name]] if name in ARGUMENTS else []
        try:
            method(*arguments, **{keyword: value})
        except Exception as error:
            outcomes.append(error)
        else:
            outcomes.append(None)
    theirs, ours = outcomes
    if not is_in_the_table(name, keyword):
        assert (ours is None) == (theirs is None), outcomes
    elif keyword != "schema_generator":  # None is the default here
        assert ours is not None or theirs is None, outcomes
    assert isinstance(ours, (TypeError, ValueError, type(None)))


def test_the_comparison_notices_what_is_not_taken():
    class Theirs:
        def dump(self, first, /, second, *, third=1, fourth=None, _private=0, **more):
            pass

    class Ours:
        def dump(self, first, *, second, third=2):
            pass

    assert differences(Theirs.dump, Theirs.dump) == []
    assert differences(Theirs.dump, Ours.dump) == ["second", "third", "fourth", "more"]


def test_a_row_of_the_table_is_about_what_its_first_cell_names():
    rows = rows_of("| `dump(third=…)`, `load` | `copy` |\n| --- |\n| `Error.json()` | |\n`read`")
    assert is_in_the_table("dump", rows=rows)
    assert is_in_the_table("dump", "third", rows=rows)
    assert is_in_the_table("load", rows=rows)
    assert not is_in_the_table("dump", "fourth", rows=rows)
    assert not any(is_in_the_table(name, rows=rows) for name in ("copy", "json", "read", "third"))
