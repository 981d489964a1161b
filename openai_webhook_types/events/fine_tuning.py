"""Events about fine-tuning jobs."""

from dataclasses import dataclass
from typing import Literal

from ._event import Event, IdData


@dataclass(frozen=True, eq=False, repr=False)
class FineTuningJobCancelledWebhookEvent(Event):
    """A fine-tuning job was cancelled.

    `data` is the job, by the `id` that `GET /v1/fine_tuning/jobs/{fine_tuning_job_id}` takes.
    `created_at` is in seconds since 1970-01-01 UTC.
    """

    class Data(IdData):
        """The job, by the `id` that `GET /v1/fine_tuning/jobs/{fine_tuning_job_id}` takes."""

    data: Data
    """The job."""

    type: Literal["fine_tuning.job.cancelled"]
    """Always "fine_tuning.job.cancelled"."""


@dataclass(frozen=True, eq=False, repr=False)
class FineTuningJobFailedWebhookEvent(Event):
    """A fine-tuning job ended with an error; the job says which.

    `data` is the job, by the `id` that `GET /v1/fine_tuning/jobs/{fine_tuning_job_id}` takes.
    `created_at` is in seconds since 1970-01-01 UTC.
    """

    class Data(IdData):
        """The job, by the `id` that `GET /v1/fine_tuning/jobs/{fine_tuning_job_id}` takes."""

    data: Data
    """The job."""

    type: Literal["fine_tuning.job.failed"]
    """Always "fine_tuning.job.failed"."""


@dataclass(frozen=True, eq=False, repr=False)
class FineTuningJobSucceededWebhookEvent(Event):
    """A fine-tuning job finished; the job names the model it made.

    `data` is the job, by the `id` that `GET /v1/fine_tuning/jobs/{fine_tuning_job_id}` takes.
    `created_at` is in seconds since 1970-01-01 UTC.
    """

    class Data(IdData):
        """The job, by the `id` that `GET /v1/fine_tuning/jobs/{fine_tuning_job_id}` takes."""

    data: Data
    """The job."""

    type: Literal["fine_tuning.job.succeeded"]
    """Always "fine_tuning.job.succeeded"."""
