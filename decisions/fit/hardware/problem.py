"""What stops an estimate: a sentence for the reader, carried by an exception."""

from decisions.record.schema import Statement


class Unsizable(Exception):
    """Input that cannot be sized. `statement` names the field in plain words and says what was found."""

    def __init__(self, statement: Statement) -> None:
        super().__init__(statement.text)
        self.statement = statement


class CutOff(Unsizable):
    """What was handed in ends inside a header that goes on: at least `needed_bytes` of the beginning of its
    file are needed; `is_all` says that no more are."""

    def __init__(self, statement: Statement, needed_bytes: int, *, is_all: bool = False) -> None:
        super().__init__(statement)
        self.needed_bytes = needed_bytes
        self.is_all = is_all
