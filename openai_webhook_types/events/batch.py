"""Events about batches of API requests."""

from dataclasses import dataclass
from typing import Literal

from ._base import Event, IdData

__all__ = [
    "BatchCancelledWebhookEvent",
    "BatchCompletedWebhookEvent",
    "BatchExpiredWebhookEvent",
    "BatchFailedWebhookEvent",
]


@dataclass(frozen=True, eq=False, repr=False)
class BatchCancelledWebhookEvent(Event):
    """A batch was cancelled before all of its requests had run."""

    class Data(IdData):
        """The batch: pass its `id` to `GET /v1/batches/{batch_id}`."""

    data: Data
    type: Literal["batch.cancelled"]


@dataclass(frozen=True, eq=False, repr=False)
class BatchCompletedWebhookEvent(Event):
    """A batch completed: its output file can be downloaded."""

    class Data(IdData):
        """The batch: pass its `id` to `GET /v1/batches/{batch_id}`."""

    data: Data
    type: Literal["batch.completed"]


@dataclass(frozen=True, eq=False, repr=False)
class BatchExpiredWebhookEvent(Event):
    """A batch did not finish within its completion window."""

    class Data(IdData):
        """The batch: pass its `id` to `GET /v1/batches/{batch_id}`."""

    data: Data
    type: Literal["batch.expired"]


@dataclass(frozen=True, eq=False, repr=False)
class BatchFailedWebhookEvent(Event):
    """A batch failed, for example because its input file is invalid."""

    class Data(IdData):
        """The batch: pass its `id` to `GET /v1/batches/{batch_id}`."""

    data: Data
    type: Literal["batch.failed"]
