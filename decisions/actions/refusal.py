"""An action that may not happen now, with the sentence for the reader."""

from django.utils.functional import Promise


class Refused(Exception):
    """The action was not carried out and nothing changed. `field` is where the page should say so."""

    def __init__(self, sentence: str | Promise, *, field: str | None = None) -> None:
        self.sentence = sentence
        self.field = field
        super().__init__(sentence)

    def __str__(self) -> str:
        return str(self.sentence)
