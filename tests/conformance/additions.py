"""What to add to this package for a type, a field or a key that it lacks: source to paste."""

import dataclasses
import importlib.util
import re
import textwrap

import openai_webhook_types as owt
from openai_webhook_types import testing
from openai_webhook_types._model.model import Model
from openai_webhook_types._model.reader import Reader
from openai_webhook_types.events._base import Event, IdData, NewerEvent
from openai_webhook_types.events._registry import module_of

from .contracts import ListOf, Literals, Object, OneOf, contract

__all__ = ["annotation", "declaration", "indented", "literal_text", "new_field", "new_type"]

_DECORATOR = "@dataclass(frozen=True, eq=False, repr=False)\n"
_DESCRIBE = '"""Describe it in words of your own."""\n'
_NONE = type(None)
_UNKNOWN = (
    "a new kind of field: Reader in _model/reader.py needs a method for it, _RULES in "
    "_model/validation.py a rule, and `_value` in _model/json_schema.py its JSON Schema"
)


def new_field(path, field, before, cls, file):
    """Say what to add for a field of a class of ours, or for a key of request parameters.

    `path` is where the class is met, `before` the name of the field to add it after, if any, and
    `file` where it is declared.
    """
    place = f"after `{before}`" if before else "first"
    head = f"{path} ({file}) lacks `{field.name}`. Add, {place}:"
    if not dataclasses.is_dataclass(cls):
        kind = "required" if field.required else "optional"
        return "\n".join([head, indented(_key(field)), f"as a key that is {kind}"])
    reading = next(base for base in cls.__mro__ if "_read" in vars(base))
    where = "in its `_read`"
    if reading is not cls:
        where = f"in a `_read` of its own: now it has that of {reading.__name__}"
    elif vars(reading)["_read_exactly"] is not vars(Model)["_read_exactly"]:
        where = f"in its `_read_exactly`, and {where}"
    lines = [head, indented(_lines_of(field)), f"and {where}:", indented(_reading(field))]
    return "\n".join([*lines, *(_examples([field]) if file.startswith("events/") else [])])


def _examples(fields):
    """Say which fields need an example for the samples of an event."""
    known = testing._examples("")
    names = [
        field.name
        for field in fields
        if field.name not in known and not _holds(field.type, Literals, Object)
    ]
    return [f"and in `_examples` of testing.py: a value for {', '.join(names)}"] if names else []


def _holds(kind, *kinds):
    """Tell whether a type is of one of some kinds, or optionally so."""
    return isinstance(kind.options[0] if isinstance(kind, OneOf) else kind, kinds)


def new_type(name, theirs):
    """Say what to add for a public name."""
    if not hasattr(theirs, "model_fields"):
        if not hasattr(theirs, "__total__"):
            return f"{name}: add it; it is {theirs!r} in the SDK"
        source = _params_source(contract(theirs))
        return _to_file(f"{name}: new request parameters", ".params", source, [name])
    found = contract(theirs)
    event_type = _event_type(found)
    if event_type is not None:
        return _new_event(found, event_type)
    others = [*_unfamiliar(found.fields), found]
    source = "\n\n".join([_class_source(one, "Model") for one in others])
    names = [one.name for one in others]
    return _to_file(f"{name}: a new type of the endpoints", ".endpoints", source, names)


def _new_event(event, event_type):
    module = ".events" + module_of(event_type)
    family = module.rpartition(".")[2]
    (data,) = [field.type for field in event.fields if field.name == "data"]
    others = _unfamiliar(data.fields)
    source = "\n\n".join([_class_source(one, "Model") for one in others] + [_event_source(event)])
    names = [one.name for one in (*others, event)]
    text = _to_file(f'{event.name}: a new event, "{event_type}"', module, source, names)
    lines = [
        text,
        f'in EVENT_CLASSES of events/_registry.py:  "{event_type}": "{event.name}",',
        f"in UnwrapWebhookEvent of events/_union.py:  {family}.{event.name},",
    ]
    if not _exists(module):
        lines += [
            f"in the import of the modules of events/_union.py:  {family},",
            f"in __init__.py, for type checkers:  from .events.{family} import *",
        ]
    return "\n".join([*lines, *_examples(_leaves(event)), "and a row in README's table of events"])


def _exists(module):
    return importlib.util.find_spec(owt.__name__ + module) is not None


def _to_file(what, module, source, names):
    """Say what to add to a module, or the source of a new one."""
    file = module[1:].replace(".", "/") + ".py"
    events = [name for name in names if name.endswith("WebhookEvent")]
    others = [name for name in names if name not in events]
    in_modules = [f'in _MODULES of __init__.py:  "{name}": "{module}",' for name in others]
    if not _exists(module):
        listed = "".join([f'    "{name}",\n' for name in names])
        head = ['"""Describe the events of this module."""', *_imports(source, module, {})]
        text = "\n".join([*head, f"\n__all__ = [\n{listed}]\n\n\n{source}"])
        return "\n".join([f"{what}. In {file}, a new module:", indented(text), *in_modules])
    lines = [f"{what}. In {file}, a module that is here:", indented(source)]
    known = vars(importlib.import_module(owt.__name__ + module))
    lines += [f"at its top:  {line}" for line in _imports(source, module, known)]
    lines += [f'in __all__ there:  "{name}",' for name in names]
    return "\n".join([*lines, *in_modules])


# Where the names in the printed source are, from a module of `events`.
_HOMES = {
    "dataclasses": ["dataclass", "field"],
    "typing": ["Any", "List", "Literal", "Optional", "Tuple", "TypedDict", "Union"],
    ".._model.model": ["Model"],
    ".._model.reader": ["Reader"],
    "..endpoints": ["_in_order"],
    "._base": ["Event", "IdData", "NewerEvent", "_Envelope"],
    "._sip": ["DataSipHeader"],
}


def _imports(source, module, known):
    """Return the lines that import what a source uses, and its module does not know."""
    used = {*re.findall(r"\w+(?=\W)", re.sub(r'".*?"', "", source))} - {*known}
    up = "." if module.startswith(".events.") else ""
    lines = []
    for home, names in _HOMES.items():
        found = [name for name in names if name in used]
        if found:
            where = home if up or not home.startswith("..") else home[1:]
            lines.append(f"from {where} import {', '.join(found)}")
    return lines


def _event_type(found):
    """Return the event type of a class, if it is an event's."""
    types = {field.name: field.type for field in found.fields}
    literal, data = types.get("type"), types.get("data")
    if isinstance(literal, Literals) and isinstance(data, Object):
        return literal.values[0][1]
    return None


def _leaves(found):
    """Yield the fields of a class, and those of the classes in it."""
    for field in found.fields:
        if isinstance(field.type, Object):
            yield from _leaves(field.type)
        else:
            yield field


def _unfamiliar(fields):
    """Return the classes of some fields that this package does not have, the innermost first."""
    found = {}
    for field in fields:
        for one in _classes_in(field.type):
            ours = getattr(owt, one.name, None)
            if ours is None or contract(ours) != one:
                found.update({inner.name: inner for inner in (*_unfamiliar(one.fields), one)})
    return list(found.values())


def _classes_in(kind):
    if isinstance(kind, Object):
        return [kind]
    parts = getattr(kind, "options", None) or [getattr(kind, "item", str)]
    return [one for part in parts if part is not str for one in _classes_in(part)]


def _event_source(event):
    """Return the source of an event class."""
    base = next((base for base in (Event, NewerEvent) if _envelope(base) == _envelope(event)), None)
    own = [field for field in event.fields if base is None or field.name in _OWN]
    (data,) = [field.type for field in own if field.name == "data"]
    fields = "".join([declaration(field) + "\n" for field in own])
    body = [_DESCRIBE, _data_source(data) + "\n", fields]
    if base is None:
        body.insert(0, "# Neither Event nor NewerEvent: give it an envelope in _base.py.\n")
    name = base.__name__ if base else "_Envelope"
    return f"{_DECORATOR}class {event.name}({name}):\n" + indented("\n".join(body))


# The fields that an event declares itself.
_OWN = ("data", "type")


def _envelope(cls):
    """Return what an event, or the class of an envelope, declares around `data` and `type`."""
    found = cls if isinstance(cls, Object) else contract(cls)
    return [
        (field.name, field.required, None if field.name in _OWN else field.type)
        for field in found.fields
    ]


def _data_source(data):
    if data.fields == contract(IdData).fields:
        return f"class {data.name}(IdData):\n{indented(_DESCRIBE)}"
    return _class_source(data, "Model")


def _class_source(found, base):
    """Return the source of a class that has its fields, and a `_read` of its own."""
    fields = sorted(found.fields, key=lambda field: not field.required)
    reads = "".join([_reading(field) + "\n" for field in found.fields])
    read = f"@classmethod\ndef _read(cls, reader: Reader) -> None:\n{indented(reads)}"
    head = _DECORATOR
    if fields != [*found.fields]:
        names = ", ".join([f'"{field.name}"' for field in found.fields])
        head = f"@_in_order({names})\n{head}"
    body = [_DESCRIBE, *map(_lines_of, fields), read]
    return f"{head}class {found.name}({base}):\n" + indented("\n".join(body))


def _params_source(found):
    """Return the source of a `TypedDict`: in two classes, if some keys are required alone."""
    parts = {
        required: [field for field in found.fields if field.required is required]
        for required in (True, False)
    }
    name, base, source = found.name, "TypedDict", ""
    if parts[True] and parts[False]:
        source = _keys_source(f"_{name}", base, parts.pop(True)) + "\n\n"
        base = f"_{name}"
    optional = "" if parts.get(True) else ", total=False"
    return source + _keys_source(name, base + optional, parts.get(True) or parts[False])


def _keys_source(name, bases, fields):
    body = [_DESCRIBE, *map(_key, fields)]
    return f"class {name}({bases}):\n" + indented("\n".join(body))


def _key(field):
    return f"{declaration(field, 'List[{}]')}\n{_DESCRIBE}"


# Lines of source


def _lines_of(field):
    return f"{declaration(field)}\n{_DESCRIBE}"


def declaration(field, a_list="Tuple[{}, ...]"):
    """Return the line that declares a field, or a key, with `a_list` around items."""
    line = f"{field.name}: {annotation(field.type, a_list)}"
    has_default = field.default is not dataclasses.MISSING
    if not field.shown:
        default = f"default={field.default!r}, " if has_default else ""
        line += f" = field({default}repr=False)"
    elif has_default:
        line += f" = {field.default!r}"
    if field.alias:
        line += f"  # {field.alias!r} in payloads: no field has another name there yet"
    return line


def annotation(kind, a_list="Tuple[{}, ...]"):
    """Return the annotation of a type, as Python 3.8 reads it."""
    if isinstance(kind, Literals):
        return f"Literal[{', '.join(map(literal_text, kind.values))}]"
    if isinstance(kind, ListOf):
        return a_list.format(annotation(kind.item, a_list))
    if isinstance(kind, OneOf):
        inner = [annotation(option, a_list) for option in kind.options if option is not _NONE]
        if _NONE not in kind.options:
            return f"Union[{', '.join(inner)}]"
        return f"Optional[{inner[0]}]" if len(inner) == 1 else f"Union[{', '.join(inner)}, None]"
    if isinstance(kind, Object):
        return kind.name
    return kind.__name__ if isinstance(kind, type) else str(kind).replace("typing.", "")


def literal_text(value):
    """Return a value of a literal, as ruff formats it."""
    return f'"{value[1]}"' if value[0] is str else repr(value[1])


def _reading(field):
    """Return the line of `_read` that reads a field."""
    options = list(field.type.options) if isinstance(field.type, OneOf) else [field.type]
    method, detail = _method([option for option in options if option is not _NONE])
    method = method if field.required else f"optional_{method}"
    if hasattr(Reader, method) and field.required is (_NONE not in options):
        return f'reader.{method}("{field.name}"{detail})'
    return f'reader.…("{field.name}")  # {_UNKNOWN}'


def _method(options):
    """Return the method of `Reader` for the options of a type, and what else it is given."""
    kind, detail = options[0], ""
    if isinstance(kind, Literals):
        values = ", ".join(map(literal_text, kind.values))
        detail = f", ({values}{',' if len(kind.values) == 1 else ''})"
        return "literal" if len(options) == 1 else "literal_or_string", detail
    if isinstance(kind, Object):
        return "model", f", {kind.name}"
    if isinstance(kind, ListOf) and isinstance(kind.item, Object):
        return "models", f", {kind.item.name}"
    return _METHODS.get(kind, "?") if len(options) == 1 else "?", detail


_METHODS = {
    str: "string",
    int: "integer",
    bool: "boolean",
    ListOf(str): "strings",
}


def indented(text):
    """Return lines of source, set off from the text around them."""
    return textwrap.indent(text.rstrip("\n"), "    ")
