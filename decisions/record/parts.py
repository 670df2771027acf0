"""What every part of the decision document is made of, and the parts that others share."""

from pydantic import BaseModel, ConfigDict

from decisions.record.fields import Amount, Currency


class Part(BaseModel):
    """A part of the document: unknown keys are errors, values never change."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Money(Part):
    """An amount in one currency (ISO 4217)."""

    amount: Amount
    currency: Currency


class Statement(Part):
    """A sentence kept as code, parameters and English text; pages say it in the reader's language.

    A parameter is a text, a whole number, or a list of texts; one that is itself a coded word (a state's
    value) is translated where it is shown.
    """

    code: str
    params: dict[str, str | int | tuple[str, ...]] = {}
    text: str
