"""Events about fine-tuning jobs."""

from dataclasses import dataclass
from typing import Literal

from ._base import Event, IdData

__all__ = [
    "FineTuningJobCancelledWebhookEvent",
    "FineTuningJobFailedWebhookEvent",
    "FineTuningJobSucceededWebhookEvent",
]


@dataclass(frozen=True, eq=False, repr=False)
class FineTuningJobCancelledWebhookEvent(Event):
    """A fine-tuning job was cancelled."""

    class Data(IdData):
        """The job: pass its `id` to `GET /v1/fine_tuning/jobs/{fine_tuning_job_id}`."""

    data: Data
    type: Literal["fine_tuning.job.cancelled"]


@dataclass(frozen=True, eq=False, repr=False)
class FineTuningJobFailedWebhookEvent(Event):
    """A fine-tuning job failed. Retrieve the job to see why."""

    class Data(IdData):
        """The job: pass its `id` to `GET /v1/fine_tuning/jobs/{fine_tuning_job_id}`."""

    data: Data
    type: Literal["fine_tuning.job.failed"]


@dataclass(frozen=True, eq=False, repr=False)
class FineTuningJobSucceededWebhookEvent(Event):
    """A fine-tuning job succeeded. Retrieve the job to get the name of the new model."""

    class Data(IdData):
        """The job: pass its `id` to `GET /v1/fine_tuning/jobs/{fine_tuning_job_id}`."""

    data: Data
    type: Literal["fine_tuning.job.succeeded"]
