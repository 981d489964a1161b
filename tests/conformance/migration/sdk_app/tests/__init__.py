"""The tests of the application, written for the SDK as well."""
