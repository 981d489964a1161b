"""Events about agents: their sessions, and the environments that these run in."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Dict, Literal, Optional

from .._model import Model, new
from .._validation import (
    Check,
    literal,
    model,
    optional_model,
    optional_string,
    string,
    with_unknown,
)
from ._event import IdData, NewerEvent

if TYPE_CHECKING:
    from typing_extensions import Self


@dataclass(frozen=True, eq=False, repr=False)
class AgentEnvironmentExpiredWebhookEvent(NewerEvent):
    """An agent environment expired: it cannot go on from a snapshot any more.

    `data` is the environment, by its `id`.
    `created_at` is in seconds since 1970-01-01 UTC.
    """

    class Data(IdData):
        """The environment, by its `id`."""

    data: Data
    """The environment."""

    type: Literal["agent.environment.expired"]
    """Always "agent.environment.expired"."""


@dataclass(frozen=True, eq=False, repr=False)
class AgentEnvironmentFailedWebhookEvent(NewerEvent):
    """Setting up a prewarmed environment, hosted by OpenAI, failed before a session had it.

    `data` is the environment, by its `id`.
    `created_at` is in seconds since 1970-01-01 UTC.
    """

    class Data(IdData):
        """The environment, by its `id`."""

    data: Data
    """The environment."""

    type: Literal["agent.environment.failed"]
    """Always "agent.environment.failed"."""


@dataclass(frozen=True, eq=False, repr=False)
class AgentEnvironmentReadyWebhookEvent(NewerEvent):
    """A prewarmed environment, hosted by OpenAI, is set up; no session has it yet.

    `data` is the environment, by its `id`.
    `created_at` is in seconds since 1970-01-01 UTC.
    """

    class Data(IdData):
        """The environment, by its `id`."""

    data: Data
    """The environment."""

    type: Literal["agent.environment.ready"]
    """Always "agent.environment.ready"."""


@dataclass(frozen=True, eq=False, repr=False)
class AgentEnvironmentSuspendedWebhookEvent(NewerEvent):
    """An agent environment was suspended: it can go on from a snapshot.

    `data` is the environment, by its `id`.
    `created_at` is in seconds since 1970-01-01 UTC.
    """

    class Data(IdData):
        """The environment, by its `id`."""

    data: Data
    """The environment."""

    type: Literal["agent.environment.suspended"]
    """Always "agent.environment.suspended"."""


@dataclass(frozen=True, eq=False, repr=False)
class DataRequiredAction(Model):
    """What an agent session waits for; the session itself has the details."""

    type: Literal[
        "computer_use_approval_request",
        "mcp_approval_request",
        "function_call",
        "environment_connection",
    ]
    """The kind of action."""

    @classmethod
    def _read(cls, obj: Dict[str, Any], check: Optional[Check]) -> "Self":
        self = new(cls)
        fields = self.__dict__
        fields["type"] = literal(obj, "type", _ACTIONS, check)
        if check or len(fields) != len(obj):
            return with_unknown(self, obj, check)
        return self


_ACTIONS = (
    "computer_use_approval_request",
    "mcp_approval_request",
    "function_call",
    "environment_connection",
)


@dataclass(frozen=True, eq=False, repr=False)
class AgentSessionActionRequiredWebhookEvent(NewerEvent):
    """An agent session waits for somebody to act.

    `data` is the session that waits.
    `created_at` is in seconds since 1970-01-01 UTC.
    """

    @dataclass(frozen=True, eq=False, repr=False)
    class Data(Model):
        """The session that waits."""

        id: str
        """ID of the session."""

        required_action: DataRequiredAction
        """What it waits for."""

        @classmethod
        def _read(cls, obj: Dict[str, Any], check: Optional[Check]) -> "Self":
            self = new(cls)
            fields = self.__dict__
            fields["id"] = string(obj, "id", check)
            fields["required_action"] = model(obj, "required_action", DataRequiredAction, check)
            if check or len(fields) != len(obj):
                return with_unknown(self, obj, check)
            return self

    data: Data
    """The session."""

    type: Literal["agent.session.action_required"]
    """Always "agent.session.action_required"."""


@dataclass(frozen=True, eq=False, repr=False)
class DataConnect(Model):
    """How to connect an environment that the application hosts itself."""

    remote_url: str
    """URL to connect it by."""

    @classmethod
    def _read(cls, obj: Dict[str, Any], check: Optional[Check]) -> "Self":
        self = new(cls)
        fields = self.__dict__
        fields["remote_url"] = string(obj, "remote_url", check)
        if check or len(fields) != len(obj):
            return with_unknown(self, obj, check)
        return self


@dataclass(frozen=True, eq=False, repr=False)
class AgentSessionCreatedWebhookEvent(NewerEvent):
    """An agent session was created.

    `data` is the session.
    `created_at` is in seconds since 1970-01-01 UTC.
    """

    @dataclass(frozen=True, eq=False, repr=False)
    class Data(Model):
        """The session."""

        id: str
        """ID of the session."""

        environment_type: str
        """Where it runs: "none", "openai_hosted" or "self_hosted"."""

        connect: Optional[DataConnect] = None
        """How to connect the environment, where the application hosts it."""

        environment_id: Optional[str] = None
        """ID of the environment, where there is one."""

        @classmethod
        def _read(cls, obj: Dict[str, Any], check: Optional[Check]) -> "Self":
            self = new(cls)
            fields = self.__dict__
            fields["id"] = string(obj, "id", check)
            fields["environment_type"] = string(obj, "environment_type", check)
            if "connect" in obj:
                fields["connect"] = optional_model(obj, "connect", DataConnect, check)
            if "environment_id" in obj:
                fields["environment_id"] = optional_string(obj, "environment_id", check)
            if check or len(fields) != len(obj):
                return with_unknown(self, obj, check)
            return self

    data: Data
    """The session."""

    type: Literal["agent.session.created"]
    """Always "agent.session.created"."""


@dataclass(frozen=True, eq=False, repr=False)
class _SessionData(Model):
    """The session that an event is about."""

    id: str
    """ID of the session."""

    environment_type: str
    """Where it runs: "none", "openai_hosted" or "self_hosted"."""

    environment_id: Optional[str] = None
    """ID of the environment, where there is one."""

    @classmethod
    def _read(cls, obj: Dict[str, Any], check: Optional[Check]) -> "Self":
        self = new(cls)
        fields = self.__dict__
        fields["id"] = string(obj, "id", check)
        fields["environment_type"] = string(obj, "environment_type", check)
        if "environment_id" in obj:
            fields["environment_id"] = optional_string(obj, "environment_id", check)
        if check or len(fields) != len(obj):
            return with_unknown(self, obj, check)
        return self


@dataclass(frozen=True, eq=False, repr=False)
class AgentSessionFailedWebhookEvent(NewerEvent):
    """An agent session ended with an error.

    `data` is the session that failed.
    `created_at` is in seconds since 1970-01-01 UTC.
    """

    class Data(_SessionData):
        """The session that failed."""

    data: Data
    """The session."""

    type: Literal["agent.session.failed"]
    """Always "agent.session.failed"."""


@dataclass(frozen=True, eq=False, repr=False)
class AgentSessionIdleWebhookEvent(NewerEvent):
    """An agent session has nothing left to do, and waits for input.

    `data` is the session that is idle.
    `created_at` is in seconds since 1970-01-01 UTC.
    """

    class Data(_SessionData):
        """The session that is idle."""

    data: Data
    """The session."""

    type: Literal["agent.session.idle"]
    """Always "agent.session.idle"."""


@dataclass(frozen=True, eq=False, repr=False)
class AgentSessionInProgressWebhookEvent(NewerEvent):
    """An agent session began to work, or went on working.

    `data` is the session that is at work.
    `created_at` is in seconds since 1970-01-01 UTC.
    """

    class Data(_SessionData):
        """The session that is at work."""

    data: Data
    """The session."""

    type: Literal["agent.session.in_progress"]
    """Always "agent.session.in_progress"."""
