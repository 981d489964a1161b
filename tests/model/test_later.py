"""Modules that load on first use."""

from tests.values import run


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
