"""Events about runs of evals."""

from dataclasses import dataclass
from typing import Literal

from ._event import Event, IdData


@dataclass(frozen=True, eq=False, repr=False)
class EvalRunCanceledWebhookEvent(Event):
    """An eval run was canceled.

    `data` is the eval run, by the `run_id` of `GET /v1/evals/{eval_id}/runs/{run_id}`.
    `created_at` is in seconds since 1970-01-01 UTC.
    """

    class Data(IdData):
        """The eval run, by the `run_id` of `GET /v1/evals/{eval_id}/runs/{run_id}`."""

    data: Data
    """The run."""

    type: Literal["eval.run.canceled"]
    """Always "eval.run.canceled"."""


@dataclass(frozen=True, eq=False, repr=False)
class EvalRunFailedWebhookEvent(Event):
    """An eval run ended with an error.

    `data` is the eval run, by the `run_id` of `GET /v1/evals/{eval_id}/runs/{run_id}`.
    `created_at` is in seconds since 1970-01-01 UTC.
    """

    class Data(IdData):
        """The eval run, by the `run_id` of `GET /v1/evals/{eval_id}/runs/{run_id}`."""

    data: Data
    """The run."""

    type: Literal["eval.run.failed"]
    """Always "eval.run.failed"."""


@dataclass(frozen=True, eq=False, repr=False)
class EvalRunSucceededWebhookEvent(Event):
    """An eval run finished; its results can be fetched.

    `data` is the eval run, by the `run_id` of `GET /v1/evals/{eval_id}/runs/{run_id}`.
    `created_at` is in seconds since 1970-01-01 UTC.
    """

    class Data(IdData):
        """The eval run, by the `run_id` of `GET /v1/evals/{eval_id}/runs/{run_id}`."""

    data: Data
    """The run."""

    type: Literal["eval.run.succeeded"]
    """Always "eval.run.succeeded"."""
