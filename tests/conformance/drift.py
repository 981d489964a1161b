"""What the installed SDK's webhook types have that this package lacks, or has otherwise.

    python -m tests.conformance.drift

prints what to add, as the class, field or literal, and which fields and values to remove, and
exits with 1; or one line, and exits with 0. `--beyond` lists as well what is here and not in the
SDK: if that is older than the SDK that this package follows, what came later. Needs the SDK and
nothing else.
"""

import argparse
import dataclasses
import importlib
import importlib.metadata
import re
import sys
import typing
from pathlib import Path
from typing import List, Literal

import openai_webhook_types as owt
from openai_webhook_types import endpoints, params

from .additions import annotation, declaration, indented, literal_text, new_field, new_type
from .contracts import (
    ListOf,
    Literals,
    Object,
    OneOf,
    contract,
    public_names,
    shape,
    union_members,
)

__all__ = ["Finding", "compare", "main"]

_EVENTS = [cls.__name__ for cls in union_members(owt.UnwrapWebhookEvent)]
_UNION = "UnwrapWebhookEvent"


@dataclasses.dataclass(frozen=True)
class Finding:
    """One difference: what to do about it, or, if `beyond`, what the SDK does not have."""

    text: str
    beyond: bool = False
    place: str = ""
    """Where to remove it, unless the SDK is only older."""


def compare(sdk) -> List[Finding]:
    """Return the differences between the SDK's module of webhook types, or one like it, and ours.

    Compared are the public names; the fields in order, with types, defaults, requiredness and
    literals, at every depth; the keys of the request parameters; and the union of all events.
    """
    names = sorted(public_names(sdk) - {_UNION})
    ours = [*_EVENTS, *endpoints.__all__, *params.__all__]
    missing = [name for name in names if name not in ours]
    found = [Finding(new_type(name, getattr(sdk, name))) for name in missing]
    for name in ours:
        if name not in names:
            found.append(Finding(name, beyond=True))
            continue
        kinds = contract(getattr(sdk, name)), contract(getattr(owt, name))
        found += _objects(name, *kinds, _file_of(getattr(owt, name)))
    theirs = {cls.__name__ for cls in union_members(sdk.UnwrapWebhookEvent)}
    found += [
        Finding(f"{_UNION}: add {name} to it (events/_union.py)")
        for name in sorted(theirs.difference(_EVENTS, missing))
    ]
    found += [
        Finding(f"{_UNION}: {name}", beyond=True)
        for name in _EVENTS
        if name in names and name not in theirs
    ]
    return found


# The types that both have


def _objects(path, theirs, ours, file):
    """Yield the differences between two classes."""
    if theirs.name != ours.name:
        yield Finding(f"{path}: the class is named {ours.name}, and {theirs.name} in the SDK")
    mine = {field.name: field for field in ours.fields}
    names = [field.name for field in theirs.fields]
    before = None
    for field in theirs.fields:
        if field.name in mine:
            yield from _fields(f"{path}.{field.name}", field, mine[field.name], file)
        else:
            yield Finding(new_field(path, field, before, ours.cls, file))
        before = field.name
    yield from (
        Finding(f"{path}.{name}", beyond=True, place=file) for name in mine if name not in names
    )
    common = [name for name in names if name in mine]
    if common != [name for name in mine if name in names]:
        yield Finding(f"{path}: the order of its fields ({file}) is {', '.join(common)}")


def _fields(path, theirs, ours, file):
    """Yield the differences between two fields of one name."""
    if theirs.required != ours.required and theirs.default == ours.default:
        kinds = ["required" if field.required else "optional" for field in (ours, theirs)]
        yield Finding(f"{path} ({file}): the key is now {kinds[0]}, becomes {kinds[1]}")
    elif _declared(theirs) != _declared(ours):
        lines = declaration(ours), indented(declaration(theirs))
        yield Finding(f"{path} ({file}): now `{lines[0]}`, becomes\n{lines[1]}")
    yield from _types(path, theirs.type, ours.type, file)


def _declared(field):
    return repr(field.default), field.shown, field.alias


def _types(path, theirs, ours, file):
    """Yield the differences between two types."""
    if theirs == ours:
        return
    pair = theirs, ours
    if _both(pair, Object):
        yield from _objects(path, theirs, ours, file)
    elif _both(pair, ListOf):
        yield from _types(f"{path}[]", theirs.item, ours.item, file)
    elif _both(pair, Literals):
        yield from _literals(path, theirs, ours, file)
    elif _both(pair, OneOf) and len(theirs.options) == len(ours.options):
        for option in zip(theirs.options, ours.options):
            yield from _types(path, *option, file)
    else:
        yield Finding(
            f"{path} ({file}): its type is now `{annotation(ours)}`, becomes `{annotation(theirs)}`"
        )


def _literals(path, theirs, ours, file):
    """Yield the differences between two literals."""
    alias = _name_of(ours, file)
    for values, others, beyond in ((theirs, ours, False), (ours, theirs, True)):
        more = ", ".join(
            [literal_text(value) for value in values.values if value not in others.values]
        )
        if more and beyond:
            yield Finding(f"{path}: {more}", beyond=True, place=f"{alias} in {file}")
        elif more:
            yield Finding(f"{path} ({file}): add {more} to {alias}")
    common = [value for value in theirs.values if value in ours.values]
    if common != [value for value in ours.values if value in theirs.values]:
        order = ", ".join(map(literal_text, theirs.values))
        yield Finding(f"{path} ({file}): the order of {alias} is {order}")


def _both(pair, kind):
    return all(isinstance(one, kind) for one in pair)


def _name_of(literal, file):
    """Return the name that a module of ours gives a literal, if any, to be found by."""
    module = importlib.import_module(f"{owt.__name__}.{file[:-3].replace('/', '.')}")
    names = [
        name
        for name, value in vars(module).items()
        if typing.get_origin(value) is Literal and shape(value) == literal
    ]
    return f"the Literal {names[0]}" if names else "its Literal"


def _file_of(cls):
    """Return where a class is, from the folder of the package on."""
    return cls.__module__.partition(".")[2].replace(".", "/") + ".py"


def _is_older(number):
    """Tell whether a version of the SDK comes before the one that this package follows."""
    project = Path(__file__).parents[2].joinpath("pyproject.toml").read_text(encoding="utf-8")
    followed = re.search(r'"openai==([\d.]+)', project)[1]
    one, other = [[int(part) for part in re.findall(r"\d+", n)] for n in (number, followed)]
    return one < other


def main(arguments=None, sdk=None, number=None) -> int:
    """Print what there is to do, and return the exit status."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.conformance.drift", description=__doc__.partition("\n")[0]
    )
    parser.add_argument(
        "--beyond", action="store_true", help="list what is here and not in the SDK as well"
    )
    options = parser.parse_args(arguments)
    sdk = sdk or importlib.import_module("openai.types.webhooks")
    number = number or importlib.metadata.version("openai")
    found = compare(sdk)
    beyond = [finding.text for finding in found if finding.beyond]
    to_do = [finding.text for finding in found if not finding.beyond]
    if not _is_older(number):
        gone = [finding for finding in found if finding.place]
        to_do += [f"{one.text}: the SDK has it no longer; remove it ({one.place})" for one in gone]
    version = f"openai {number}"
    if to_do:
        lines = [f"{version}: here, {len(to_do)} of its declarations are missing or differ.\n"]
        lines += [f"{number}. {text}\n" for number, text in enumerate(to_do, 1)]
    else:
        count = len(public_names(sdk) - {_UNION})
        more = f"; declared here alone: {len(beyond)} (see --beyond)" if beyond else ""
        lines = [f"{version}: its {count} webhook types are all here, with all fields{more}."]
    if options.beyond:
        lines += [f"  here alone: {text}" for text in beyond]
    sys.stdout.write("\n".join(lines).rstrip("\n") + "\n")
    return 1 if to_do else 0


if __name__ == "__main__":
    sys.exit(main())
