"""Tables of the engines' options, read from the parsers they really use."""
