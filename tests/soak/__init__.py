"""Twenty minutes of everything at once against one server: nothing wrong, lost or growing."""
