"""An estimate as it is frozen: what it rests on, every line with its rule, and what follows.

An old record explains itself by it: the engine's version, the inputs and the sources stand beside the
figures. Sizes are whole bytes; what is no whole number is text, for canonical JSON has one spelling of it.
"""

from typing import Annotated, Literal

from pydantic import Field

from decisions.record.fields import LARGEST_INTEGER
from decisions.record.parts import Money, Part, Statement
from decisions.states import Ruling

Size = Annotated[int, Field(ge=-LARGEST_INTEGER, le=LARGEST_INTEGER, strict=True)]
Input = tuple[str, str | int]


class EstimatedLine(Part):
    """One thing that takes memory, summed over all devices; None is unknown.

    `basis` is measured, computed, assumed or unknown; `place` is device, host or disk.
    """

    code: str
    part: str
    place: str
    bytes: Size | None
    low_bytes: Size | None
    high_bytes: Size | None
    per_device_bytes: Size | None = None
    basis: str
    formula: str = ""
    inputs: tuple[Input, ...] = ()
    source: str = ""


class Held(Part):
    """One kind of memory, of one device or of the host, against its room; None is not known."""

    needed_bytes: Size
    low_bytes: Size
    high_bytes: Size
    room_bytes: Size | None = None
    room_basis: str = "unknown"
    reserved_bytes: Size | None = None
    margin_bytes: Size | None = None
    ruling: Ruling = Ruling.UNKNOWN


class Assumed(Part):
    """What the estimate was made with, after everything that follows from something else was filled in.

    `shape` says where the dimensions are from: a pasted configuration, a file's own header, whose weights
    count as well, or the catalogue; with source and date.
    `taken_for` is the shipped model they are of, where the candidate is by its name another one.
    `guessed` names what nobody stated: context, parallel, quantization. `draft` is the draft model with its
    quantization; `loras` says nothing without a `lora_rank`.
    """

    engine: str
    runtime: str
    quantization: str
    context_tokens: Size
    parallel: Size
    kv_dtype: str = ""
    gpu_layers: Size | None = None
    flash_attention: bool | None = None
    lora_rank: Size | None = None
    loras: Size = 1
    draft: str = ""
    vision: bool | None = None
    device: str = ""
    device_count: Size = 1
    device_basis: Literal["stated", "shipped", "unknown"] = "unknown"
    used_bytes: Size = 0
    shape: Literal["config", "file", "catalogue"] = "catalogue"
    shape_source: str = ""
    shape_date: str = ""
    shape_claims: tuple[str, ...] = ()
    taken_for: str = ""
    disagreements: tuple[Statement, ...] = ()
    guessed: tuple[str, ...] = ()


class Bounds(Part):
    """How fast it can be at best, tokens and seconds as decimal text; None where a figure is missing."""

    decode_per_sequence: str | None = None
    decode_total: str | None = None
    prefill: str | None = None
    first_token_s: str | None = None
    bound: str = ""
    step_bytes: Size = 0


class Priced(Part):
    """What the plan costs in the route's currency, and a million tokens at the fastest it can be."""

    plan: Money | None = None
    per_million_tokens: Money | None = None
    within_budget: bool | None = None


class Backwards(Part):
    """What would fit on the same device, one thing changed at a time; None: nothing does, or nobody asked.

    `cheapest_device` is the shipped one of the lowest known price that holds it alone, with that price, which
    is only claimed; `smallest_device` that of the least memory, where no price is known of any that fits.
    """

    largest_context: Size | None = None
    most_requests: Size | None = None
    best_quantization: str | None = None
    smallest_device: str | None = None
    cheapest_device: str | None = None
    cheapest_price: Money | None = None


class Estimated(Part):
    """What a candidate needs. Totals are over all devices and the host, `device` is one of equal devices."""

    made_with: Assumed
    lines: tuple[EstimatedLine, ...]
    device: Held
    host: Held
    total_bytes: Size
    low_bytes: Size
    high_bytes: Size
    disk_bytes: Size
    deciding: str
    ruling: Ruling
    kv_tokens_capacity: Size | None = None
    requests_capacity: Size | None = None
    speed: Bounds = Bounds()
    cost: Priced = Priced()
    backwards: Backwards = Backwards()
    changes: tuple[Statement, ...] = ()
