"""What every type is made of. Read `record`, `reader` and `model` first.

later           loads a module on first use
subclass        what a subclass outside this package may declare
record          what an instance holds, and how it compares and is shown
reader          reads a payload whose values are of exactly the declared types, as most are
rules           what Pydantic makes of a value of another type
validation      reads any other payload by those rules, and reports everything wrong with it
json_parser     reads JSON text as strictly as Pydantic
hints           the types of the fields, however they are written
construct       makes an instance from arguments, or from trusted values
filter          the parts of a dump that `include` and `exclude` name
dump            makes a dict or JSON text from an instance
json_schema     the JSON Schema of a type
pydantic_hooks  what Pydantic asks of a type
model           `Model`: all of this as methods, by the names of Pydantic and of the SDK

No module imports one that is below it in this list. `later`, `record`, `reader` and `model` load
with each type, which needs them to read valid payloads. The rest loads on first use.
"""
