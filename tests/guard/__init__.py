"""The guard before the engine: what it lets through, what it refuses, and what it says of both."""
