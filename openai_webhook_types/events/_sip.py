"""What the events about incoming calls share: the headers of a SIP INVITE."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Dict, Literal, Optional, Union

from .._model import Model, new
from .._validation import Check, optional_string_or_literal, string, with_unknown

if TYPE_CHECKING:
    from typing_extensions import Self

MediaSecurity = Union[Literal["rtp", "srtp"], str, None]


@dataclass(frozen=True, eq=False, repr=False)
class DataSipHeader(Model):
    """One header of the SIP INVITE that a call came with. The caller wrote it: do not trust it."""

    name: str
    """Name of the header, such as "From". The same name may come several times."""

    value: str
    """What it says."""

    @classmethod
    def _read(cls, obj: Dict[str, Any], check: Optional[Check]) -> "Self":
        self = new(cls)
        fields = self.__dict__
        fields["name"] = string(obj, "name", check)
        fields["value"] = string(obj, "value", check)
        if check or len(fields) != len(obj):
            return with_unknown(self, obj, check)
        return self


def read_media_security(
    fields: Dict[str, Any], obj: Dict[str, Any], check: Optional[Check]
) -> None:
    """Read the field that every incoming call may have, if it is there."""
    key = "sip_media_security"
    if key in obj:
        fields[key] = optional_string_or_literal(obj, key, ("rtp", "srtp"), check)
