"""The names of the package, which load on first use."""

import ast
import json
import runpy
import sys
from pathlib import Path

import pytest

import openai_webhook_types as owt
from openai_webhook_types.events._registry import EVENT_CLASSES, module_of
from tests.values import FAILED, run

PREFIX = "openai_webhook_types"
LOADED = f"sorted(name for name in sys.modules if name.startswith({PREFIX!r}))"


def test_every_name_exists_and_is_listed():
    assert {*owt.__all__, "__version__"} == {*dir(owt)}
    assert len({*owt.__all__}) == len(owt.__all__)
    for name in owt.__all__:
        assert getattr(owt, name) is not None
    namespace = {}
    exec("from openai_webhook_types import *", namespace)
    assert namespace.keys() - {"__builtins__"} == {*owt.__all__}


def test_other_names_do_not_exist():
    for name in ("Nothing", "Event", "Model"):
        with pytest.raises(AttributeError, match=f"{PREFIX!r} has no attribute {name!r}"):
            getattr(owt, name)


NOT_CLASSES = {"AnyWebhookEvent", "EVENT_TYPES", "Headers", "UnwrapWebhookEvent"}


@pytest.mark.parametrize("name", sorted({*owt.__all__} - NOT_CLASSES))
def test_every_class_and_function_is_documented(name):
    assert getattr(owt, name).__doc__


def test_the_package_alone_loads_no_type():
    code = f"import openai_webhook_types as owt; owt.EVENT_TYPES; print(*{LOADED})"
    assert run(code).split() == [
        PREFIX,
        f"{PREFIX}._model",
        f"{PREFIX}.events",
        f"{PREFIX}.events._registry",
    ]


def test_a_type_loads_its_module_and_no_other():
    code = f"""
import json
from importlib import import_module
events = {{}}
for name in {[*EVENT_CLASSES.values()]!r}:
    for loaded in {LOADED}:
        del sys.modules[loaded]
    getattr(import_module({PREFIX!r}), name)
    events[name] = {LOADED}
print(json.dumps(events))
"""
    loaded = json.loads(run(code))
    assert loaded.keys() == {*EVENT_CLASSES.values()}
    for event_type, name in EVENT_CLASSES.items():
        modules = {module for module in loaded[name] if module.startswith(f"{PREFIX}.events.")}
        shared = {f"{PREFIX}.events.{module}" for module in ("_base", "_registry", "_sip")}
        assert modules - shared == {f"{PREFIX}.events{module_of(event_type)}"}
        others = {*loaded[name]} - modules - {PREFIX, f"{PREFIX}.events"}
        # Neither the validator nor anything else that a class does not need.
        core = ("", ".later", ".model", ".reader", ".record")
        assert others == {f"{PREFIX}._model{name}" for name in core}


def test_parse_event_loads_only_what_the_payload_needs():
    code = f"""
from openai_webhook_types import parse_event
parse_event({FAILED!r})
exact = {LOADED}
parse_event({json.dumps(FAILED)!r})
text = {LOADED}
parse_event({{**{FAILED!r}, "created_at": "1"}})
coerced = {LOADED}
print(len(exact), {{*text}} - {{*exact}}, {{*coerced}} - {{*text}})
print(*exact)
"""
    differences, exact = run(code).splitlines()
    assert f"{PREFIX}.events.fine_tuning_job" in exact
    for module in ("events.batch", "events._union", "_json_text", "_model.validation", "errors"):
        assert f"{PREFIX}.{module}" not in exact.split()
    assert "json_parser" in differences.partition("}")[0]
    assert "validation" in differences.partition("}")[2]


def test_signatures_load_on_first_use():
    code = """
from openai_webhook_types import BatchCompletedWebhookEvent, ValidationError, parse_event
for name in ("hmac", "hashlib", "openai_webhook_types.signature"):
    assert name not in sys.modules, name
from openai_webhook_types import unwrap
assert "hmac" in sys.modules
"""
    assert run(code) == ""


def test_the_schema_loads_on_first_use():
    code = """
import openai_webhook_types as owt
endpoint = owt.WebhookEndpoint
assert "openai_webhook_types._model.json_schema" not in sys.modules
endpoint.model_json_schema()
assert "openai_webhook_types._model.json_schema" in sys.modules
"""
    assert run(code) == ""


def test_an_older_python_is_refused_at_the_first_import(monkeypatch):
    ast.parse(Path(owt.__file__).read_text(encoding="utf-8"), feature_version=(3, 6))
    monkeypatch.setattr(sys, "version_info", (3, 7, 17))
    with pytest.raises(ImportError, match=r"^openai_webhook_types needs Python 3\.8 or newer$"):
        runpy.run_path(owt.__file__)
