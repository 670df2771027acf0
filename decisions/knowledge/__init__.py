"""Facts that ship with the product: rows with a source and a date, and their loaders. No rules live here."""
