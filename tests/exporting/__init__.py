"""Frameworks that go out, in the formats of the field."""
