"""Checking what somebody gives us."""
