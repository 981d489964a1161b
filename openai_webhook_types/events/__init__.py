"""The event types, one module for each family: a type string without its last part.

`_registry` is the table of them, `_base` has what they share, and `_union` all of them for type
checkers. `_base` and the rest import each other: any event can be read as the base of all, which
then asks the table for its class, and the table for its module. Nothing else in this package is
such a circle.
"""
