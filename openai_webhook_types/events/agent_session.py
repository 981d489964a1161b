"""Events about agent sessions."""

from dataclasses import dataclass
from typing import Literal, Optional, get_args

from .._model.model import Model
from .._model.reader import Reader
from ._base import NewerEvent

__all__ = [
    "AgentSessionActionRequiredWebhookEvent",
    "AgentSessionCreatedWebhookEvent",
    "AgentSessionFailedWebhookEvent",
    "AgentSessionIdleWebhookEvent",
    "AgentSessionInProgressWebhookEvent",
    "DataConnect",
    "DataRequiredAction",
]

_Action = Literal[
    "computer_use_approval_request",
    "mcp_approval_request",
    "function_call",
    "environment_connection",
]
_ACTIONS = get_args(_Action)


@dataclass(frozen=True, eq=False, repr=False)
class DataRequiredAction(Model):
    """What an agent session waits for. The session itself has the details."""

    type: _Action
    """The kind of action."""

    @classmethod
    def _read(cls, reader: Reader) -> None:
        reader.literal("type", _ACTIONS)


@dataclass(frozen=True, eq=False, repr=False)
class AgentSessionActionRequiredWebhookEvent(NewerEvent):
    """An agent session waits for an action of somebody else."""

    @dataclass(frozen=True, eq=False, repr=False)
    class Data(Model):
        """The waiting session."""

        id: str
        """ID of the session."""

        required_action: DataRequiredAction
        """What the session waits for."""

        @classmethod
        def _read(cls, reader: Reader) -> None:
            reader.string("id")
            reader.model("required_action", DataRequiredAction)

    data: Data
    type: Literal["agent.session.action_required"]


@dataclass(frozen=True, eq=False, repr=False)
class DataConnect(Model):
    """How to connect an environment that the application hosts."""

    remote_url: str
    """The URL to connect to."""

    @classmethod
    def _read(cls, reader: Reader) -> None:
        reader.string("remote_url")


@dataclass(frozen=True, eq=False, repr=False)
class AgentSessionCreatedWebhookEvent(NewerEvent):
    """An agent session was created."""

    @dataclass(frozen=True, eq=False, repr=False)
    class Data(Model):
        """The new session."""

        id: str
        """ID of the session."""

        environment_type: str
        """Where the session runs: "none", "openai_hosted" or "self_hosted"."""

        connect: Optional[DataConnect] = None
        """How to connect the environment, if the application hosts it."""

        environment_id: Optional[str] = None
        """ID of the environment, if there is one."""

        @classmethod
        def _read(cls, reader: Reader) -> None:
            reader.string("id")
            reader.string("environment_type")
            reader.optional_model("connect", DataConnect)
            reader.optional_string("environment_id")

    data: Data
    type: Literal["agent.session.created"]


@dataclass(frozen=True, eq=False, repr=False)
class _SessionData(Model):
    """A session, and where it runs."""

    id: str
    """ID of the session."""

    environment_type: str
    """Where the session runs: "none", "openai_hosted" or "self_hosted"."""

    environment_id: Optional[str] = None
    """ID of the environment, if there is one."""

    @classmethod
    def _read(cls, reader: Reader) -> None:
        reader.string("id")
        reader.string("environment_type")
        reader.optional_string("environment_id")


@dataclass(frozen=True, eq=False, repr=False)
class AgentSessionFailedWebhookEvent(NewerEvent):
    """An agent session failed."""

    class Data(_SessionData):
        """The failed session."""

    data: Data
    type: Literal["agent.session.failed"]


@dataclass(frozen=True, eq=False, repr=False)
class AgentSessionIdleWebhookEvent(NewerEvent):
    """An agent session has nothing left to do, and waits for input."""

    class Data(_SessionData):
        """The idle session."""

    data: Data
    type: Literal["agent.session.idle"]


@dataclass(frozen=True, eq=False, repr=False)
class AgentSessionInProgressWebhookEvent(NewerEvent):
    """An agent session started or resumed its work."""

    class Data(_SessionData):
        """The running session."""

    data: Data
    type: Literal["agent.session.in_progress"]
