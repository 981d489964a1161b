"""Modules that load on first use."""

from openai_webhook_types._model.later import later
from tests.values import run


def test_modules_load_as_by_a_statement():
    code = """
import builtins
from openai_webhook_types._model.later import later
original, seen = builtins.__import__, []
def seeing(name, globals=None, locals=None, fromlist=(), level=0):
    seen.append((name, globals and globals["__name__"], bool(fromlist), level))
    return original(name, globals, locals, fromlist, level)
importer = {"__package__": "openai_webhook_types._model", "__name__": "importer"}
filters, params = later(importer, ".filter", "..params")
builtins.__import__ = seeing
filters.filtered, params.WebhookTestParams
print([call for call in seen if call[1] == "importer"])
import openai_webhook_types as owt
owt.ValidationError, owt.event_class("batch.failed")
owt.WebhookEvent.from_dict({"id": "e", "created_at": 1, "type": "new.type"}).to_dict()
print(sorted({call[0] for call in seen if call[1] and call[2] and "openai" in call[1]}))
"""
    ours, others = run(code).splitlines()
    assert ours == "[('filter', 'importer', True, 1), ('params', 'importer', True, 2)]"
    for name in ("errors", "parsing", "events._base", "batch", "unknown", "dump"):
        assert f"{name!r}" in others


def test_a_stand_in_has_no_names_of_pythons():
    (stand_in,) = later({"__package__": "openai_webhook_types._model"}, ".filter")
    assert hasattr(stand_in, "filtered")
    for name in ("__deepcopy__", "__wrapped__", "__name__"):
        assert not hasattr(stand_in, name)


def test_a_module_takes_its_place_on_first_use():
    code = """
from openai_webhook_types._model.later import later
importer = {"__package__": "openai_webhook_types._model"}
importer["hints"], importer["params"] = later(importer, ".hints", "..params")
stand_ins = dict(importer)
print([name in sys.modules for name in ("openai_webhook_types._model.hints",
                                        "openai_webhook_types.params")])
print(importer["hints"].members(int), importer["params"].WebhookTestParams.__name__)
print(sorted(importer), [importer[name] is stand_ins[name] for name in ("hints", "params")])
print(importer["hints"].__name__, importer["params"].__name__)
"""
    assert run(code).splitlines() == [
        "[False, False]",
        "(<class 'int'>,) WebhookTestParams",
        "['__package__', 'hints', 'params'] [False, False]",
        "openai_webhook_types._model.hints openai_webhook_types.params",
    ]
