"""The event types. Types that differ only in their last part share a module.

`_registry` is the table of all types, `_base` has what they share, and `_union` has their unions
for type checkers. `_base` and the other modules import each other: `WebhookEvent` can read any
event, so it looks the class up in the table, which imports the module of the class. No other
modules of this package form such a circle.
"""
