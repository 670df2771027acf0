"""What stops an estimate: a sentence for the reader, carried by an exception."""

from decisions.record.schema import Statement


class Unsizable(Exception):
    """Input that cannot be sized. `statement` names the field in plain words and says what was found."""

    def __init__(self, statement: Statement) -> None:
        super().__init__(statement.text)
        self.statement = statement
