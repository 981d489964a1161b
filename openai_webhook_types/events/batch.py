"""Events about batches of API requests."""

from dataclasses import dataclass
from typing import Literal

from ._event import Event, IdData


@dataclass(frozen=True, eq=False, repr=False)
class BatchCancelledWebhookEvent(Event):
    """A batch was cancelled, before all of its requests had run.

    `data` is the batch, by the `id` that `GET /v1/batches/{batch_id}` takes.
    `created_at` is in seconds since 1970-01-01 UTC.
    """

    class Data(IdData):
        """The batch, by the `id` that `GET /v1/batches/{batch_id}` takes."""

    data: Data
    """The batch."""

    type: Literal["batch.cancelled"]
    """Always "batch.cancelled"."""


@dataclass(frozen=True, eq=False, repr=False)
class BatchCompletedWebhookEvent(Event):
    """A batch ran to its end; its output file can be fetched.

    `data` is the batch, by the `id` that `GET /v1/batches/{batch_id}` takes.
    `created_at` is in seconds since 1970-01-01 UTC.
    """

    class Data(IdData):
        """The batch, by the `id` that `GET /v1/batches/{batch_id}` takes."""

    data: Data
    """The batch."""

    type: Literal["batch.completed"]
    """Always "batch.completed"."""


@dataclass(frozen=True, eq=False, repr=False)
class BatchExpiredWebhookEvent(Event):
    """A batch did not finish within its completion window.

    `data` is the batch, by the `id` that `GET /v1/batches/{batch_id}` takes.
    `created_at` is in seconds since 1970-01-01 UTC.
    """

    class Data(IdData):
        """The batch, by the `id` that `GET /v1/batches/{batch_id}` takes."""

    data: Data
    """The batch."""

    type: Literal["batch.expired"]
    """Always "batch.expired"."""


@dataclass(frozen=True, eq=False, repr=False)
class BatchFailedWebhookEvent(Event):
    """A batch could not be run, for example because its input file is not valid.

    `data` is the batch, by the `id` that `GET /v1/batches/{batch_id}` takes.
    `created_at` is in seconds since 1970-01-01 UTC.
    """

    class Data(IdData):
        """The batch, by the `id` that `GET /v1/batches/{batch_id}` takes."""

    data: Data
    """The batch."""

    type: Literal["batch.failed"]
    """Always "batch.failed"."""
