"""A new event type takes the steps of CONTRIBUTING, and no test that has nothing to do with it."""

import re
import shutil

from tests.values import ROOT, environment, python

CLASS = re.search(r"(?s)```python\n(.*?)```", (ROOT / "CONTRIBUTING.md").read_text("utf-8"))[1]
IMPORTS = """\
from typing import Literal, Optional

from .._model.model import Model
from .._model.reader import Reader
"""
# By file: what to write, and the line to write it before.
STEPS = {
    "openai_webhook_types/events/batch.py": [
        (IMPORTS, "from ._base"),
        ('    "BatchPausedWebhookEvent",\n', "]\n"),
        (f"{CLASS}\n\n", "@dataclass"),
    ],
    "openai_webhook_types/events/_registry.py": [
        ('    "batch.paused": "BatchPausedWebhookEvent",\n', '    "eval.run.canceled"'),
    ],
    "openai_webhook_types/events/_union.py": [
        ("    batch.BatchPausedWebhookEvent,\n", "    eval_run.EvalRunCanceledWebhookEvent,"),
    ],
    "openai_webhook_types/testing.py": [
        ('        "resume_at": _CREATED_AT,\n', '        "safety_category"'),
    ],
    "README.md": [
        (
            "| `batch.paused` | `id`, `resume_at` |\n",
            "| `eval.run.canceled`",
        )
    ],
}


def test_a_new_event_type_fails_no_core_test(tmp_path):
    ignored = shutil.ignore_patterns(".git", ".venv", "__pycache__", ".hypothesis", ".*_cache")
    project = shutil.copytree(ROOT, tmp_path / "project", ignore=ignored)
    for file, additions in STEPS.items():
        text = (project / file).read_text(encoding="utf-8")
        for addition, place in additions:
            before, found, after = text.partition(f"\n{place}")
            assert found, f"{file} has no line that begins with {place!r}"
            text = f"{before}\n{addition}{place}{after}"
        (project / file).write_text(text, encoding="utf-8")
    done = python(
        *("-m", "pytest", "-q", "-x", "-p", "no:cacheprovider"),
        cwd=project,
        timeout=600,
        env=environment(OPENAI_WEBHOOK_TYPES_TEST_EXAMPLES="2"),
    )
    assert done.returncode == 0, done.stdout[-5000:]
