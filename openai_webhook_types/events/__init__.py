"""The event types, one module for each first part of a type string."""
