"""Events about the environments that agent sessions run in."""

from dataclasses import dataclass
from typing import Literal

from ._base import IdData, NewerEvent

__all__ = [
    "AgentEnvironmentExpiredWebhookEvent",
    "AgentEnvironmentFailedWebhookEvent",
    "AgentEnvironmentReadyWebhookEvent",
    "AgentEnvironmentSuspendedWebhookEvent",
]


@dataclass(frozen=True, eq=False, repr=False)
class AgentEnvironmentExpiredWebhookEvent(NewerEvent):
    """An agent environment expired: it can no longer resume from a snapshot."""

    class Data(IdData):
        """The environment, by its `id`."""

    data: Data
    type: Literal["agent.environment.expired"]


@dataclass(frozen=True, eq=False, repr=False)
class AgentEnvironmentFailedWebhookEvent(NewerEvent):
    """A prewarmed environment, hosted by OpenAI, failed before a session used it."""

    class Data(IdData):
        """The environment, by its `id`."""

    data: Data
    type: Literal["agent.environment.failed"]


@dataclass(frozen=True, eq=False, repr=False)
class AgentEnvironmentReadyWebhookEvent(NewerEvent):
    """A prewarmed environment, hosted by OpenAI, is ready, and no session uses it yet."""

    class Data(IdData):
        """The environment, by its `id`."""

    data: Data
    type: Literal["agent.environment.ready"]


@dataclass(frozen=True, eq=False, repr=False)
class AgentEnvironmentSuspendedWebhookEvent(NewerEvent):
    """An agent environment was suspended: it can resume from a snapshot."""

    class Data(IdData):
        """The environment, by its `id`."""

    data: Data
    type: Literal["agent.environment.suspended"]
