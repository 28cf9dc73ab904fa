"""Files of any format that come in: one by one, many at once, and a second time."""
