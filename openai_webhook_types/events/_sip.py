"""What the events about incoming calls share: the headers of a SIP INVITE."""

from dataclasses import dataclass
from typing import (
    TYPE_CHECKING,
    Any,
    Dict,
    Literal,
    Optional,
    Tuple,
    Type,
    TypeVar,
    Union,
)

from .._model.model import Model
from .._model.reader import Mismatch, Reader, keep_unknown, new

__all__ = ["DataSipHeader", "MediaSecurity", "SipData"]

T = TypeVar("T", bound=Model)

MediaSecurity = Union[Literal["rtp", "srtp"], str, None]


@dataclass(frozen=True, eq=False, repr=False)
class DataSipHeader(Model):
    """One header of the SIP INVITE of a call. The caller wrote it: do not trust it."""

    name: str
    """The name of the header, such as "From". Several headers may have the same name."""

    value: str
    """The value of the header."""

    @classmethod
    def _read(cls, reader: Reader) -> None:
        reader.string("name")
        reader.string("value")

    @classmethod
    def _read_exactly(cls: Type[T], given: Dict[Any, Any]) -> T:
        # `_read`, unrolled: a call has many headers.
        self = new(cls)
        fields = self.__dict__
        value = fields["name"] = given["name"]
        if type(value) is not str:
            raise Mismatch
        value = fields["value"] = given["value"]
        if type(value) is not str:
            raise Mismatch
        if len(given) != 2:
            keep_unknown(fields, given)
        return self


class SipData(Model):
    """A `data` that has the headers of a SIP INVITE."""

    if TYPE_CHECKING:

        @property
        def sip_headers(self) -> Tuple[DataSipHeader, ...]:
            """The headers of the SIP INVITE, in their order."""
            ...

    def sip_header(self, name: str) -> Optional[str]:
        """Return the value of the first SIP header with this name (case-insensitive), or None.

        To get all values of a repeated header, write
        `[h.value for h in data.sip_headers if h.name.lower() == "via"]`. The caller wrote the
        headers: do not trust them.

        Args:
            name: A name such as "From" (RFC 3261, section 20). Compact forms such as "f" count as
                other names.

        Raises:
            TypeError: The name is not text.
        """
        if not isinstance(name, str):
            raise TypeError(f"The name of a SIP header must be str, not {type(name).__name__}")
        wanted = name.lower()
        return next((h.value for h in self.sip_headers if h.name.lower() == wanted), None)
