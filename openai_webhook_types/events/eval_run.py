"""Events about eval runs."""

from dataclasses import dataclass
from typing import Literal

from ._base import Event, IdData

__all__ = [
    "EvalRunCanceledWebhookEvent",
    "EvalRunFailedWebhookEvent",
    "EvalRunSucceededWebhookEvent",
]


@dataclass(frozen=True, eq=False, repr=False)
class EvalRunCanceledWebhookEvent(Event):
    """An eval run was canceled."""

    class Data(IdData):
        """The run: pass its `id` as `run_id` to `GET /v1/evals/{eval_id}/runs/{run_id}`."""

    data: Data
    type: Literal["eval.run.canceled"]


@dataclass(frozen=True, eq=False, repr=False)
class EvalRunFailedWebhookEvent(Event):
    """An eval run failed."""

    class Data(IdData):
        """The run: pass its `id` as `run_id` to `GET /v1/evals/{eval_id}/runs/{run_id}`."""

    data: Data
    type: Literal["eval.run.failed"]


@dataclass(frozen=True, eq=False, repr=False)
class EvalRunSucceededWebhookEvent(Event):
    """An eval run succeeded: its results can be retrieved."""

    class Data(IdData):
        """The run: pass its `id` as `run_id` to `GET /v1/evals/{eval_id}/runs/{run_id}`."""

    data: Data
    type: Literal["eval.run.succeeded"]
