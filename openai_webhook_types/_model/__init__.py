"""What every type is made of. Read `record`, `reader` and `model`; each file uses those above it.

record      what an instance holds, and how it compares and is shown
reader      reads a payload whose values are of exactly the declared types, as most are
rules       what Pydantic makes of a value of another type
validation  reads any other payload by those rules, and reports everything wrong with it
jsonparser  reads JSON text as strictly as Pydantic
construct   makes an instance of arguments, or of trusted values
filter      the parts of a dump that `include` and `exclude` name
dump        makes a dict or JSON text of an instance
schema      the JSON Schema of a type
subclass    what a subclass outside this package may declare
pydantic    what Pydantic asks of a type
lazy        modules that load on first use
model       `Model`: all of this as methods, by the names of Pydantic and of the SDK
"""
