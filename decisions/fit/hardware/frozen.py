"""An estimate as the record keeps it: whole bytes and text, with what it rests on."""

from decimal import ROUND_HALF_EVEN, Decimal

from decisions.fit.hardware.architecture import Architecture, Experts
from decisions.fit.hardware.cache import cache_of
from decisions.fit.hardware.cost import Cost, cost_of
from decisions.fit.hardware.drafted import draft_remark, draft_text
from decisions.fit.hardware.estimate import Estimate, Holder, Line
from decisions.fit.hardware.problem import Unsizable
from decisions.fit.hardware.setting import SERVERS, DeviceMemory, Setting
from decisions.fit.hardware.sizing import ENGINE
from decisions.fit.hardware.speed import Load, Machine, Speed, bounds
from decisions.fit.hardware.tensors import active_parameters_of
from decisions.fit.hardware.wanted import Wanted
from decisions.fit.hardware.weights import Weights, weights_of
from decisions.fit.say import say
from decisions.knowledge import architectures
from decisions.record.estimated import Assumed, Bounds, EstimatedLine, Held, Priced
from decisions.record.fields import LARGEST_INTEGER, plain_decimal
from decisions.record.schema import Statement

MANY = 1000  # from here on decimals of a rate say nothing


def made_with(
    wanted: Wanted, arch: Architecture, setting: Setting, quantization: str, *, of_file: bool
) -> Assumed:
    """What the estimate was made with; `quantization` as the engine understood it, `of_file` where weights
    are those of a real file."""
    shape = None if wanted.config else architectures.find(wanted.model_id)
    device, remark = setting.device, draft_remark(arch, setting)
    return Assumed(
        engine=ENGINE,
        runtime=setting.runtime,
        quantization=quantization,
        context_tokens=setting.context_tokens,
        parallel=setting.parallel,
        kv_dtype=setting.kv_dtype,
        gpu_layers=setting.gpu_layers,
        flash_attention=setting.flash_attention,
        lora_rank=setting.lora_rank,
        loras=setting.loras,
        draft=draft_text(setting.draft),
        vision=setting.vision,
        device=device.name if device else "",
        device_count=device.count if device else 1,
        device_basis=wanted.device_basis,
        used_bytes=device.used_bytes if device else 0,
        shape="catalogue" if shape else "file" if of_file else "config",
        shape_source=shape.source if shape else wanted.config_source,
        shape_date=shape.date if shape else wanted.config_date,
        shape_claims=shape.claims if shape else (),
        taken_for=wanted.model_id if wanted.taken_from else "",
        disagreements=(*_disagreements(shape), *([remark] if remark else [])),
        guessed=wanted.guessed,
    )


def _disagreements(shape: architectures.Shape | None) -> tuple[Statement, ...]:
    return tuple(
        say("hardware.sources_differ", field=one.field, used=one.value, other=one.other)
        for one in (shape.disagreements if shape else ())
    )


def line_of(line: Line) -> EstimatedLine:
    """One line. Raises Unsizable for more bytes than can be written down."""
    return EstimatedLine(
        code=line.code,
        part=line.part.value,
        place=line.place.value,
        bytes=writable(line.bytes),
        low_bytes=writable(line.low_bytes),
        high_bytes=writable(line.high_bytes),
        per_device_bytes=writable(line.per_device_bytes),
        basis=line.basis.value,
        formula=line.formula,
        inputs=tuple((name, _input(value)) for name, value in line.inputs),
        source=line.source,
    )


def writable(size: int | None) -> int | None:
    """The size, if canonical JSON can write it; raises Unsizable for one that only an absurd setting has."""
    if size is not None and abs(size) > LARGEST_INTEGER:
        raise Unsizable(say("hardware.beyond_measure"))
    return size


def _input(value: int | float | str) -> int | str:
    if isinstance(value, str):
        return value
    exact = isinstance(value, int) and abs(value) <= LARGEST_INTEGER
    return int(value) if exact else plain_decimal(Decimal(repr(value)))


def held(holder: Holder) -> Held:
    """One kind of memory against its room."""
    return Held(
        needed_bytes=writable(holder.needed_bytes) or 0,
        low_bytes=writable(holder.low_bytes) or 0,
        high_bytes=writable(holder.high_bytes) or 0,
        room_bytes=writable(holder.room_bytes),
        room_basis=holder.room_basis.value,
        reserved_bytes=writable(holder.reserved_bytes),
        margin_bytes=writable(holder.margin_bytes),
        ruling=holder.ruling,
    )


def speed_of(arch: Architecture, setting: Setting, weights: Weights | None = None) -> Speed | None:
    """The bounds of the model on the device; None where part of it stays in RAM, whose speed nobody states.

    `weights` are those of a real file. Decoding reads no row of an embedding but those of its tokens; a
    prompt passes the output matrix once.
    """
    if setting.gpu_layers is not None and setting.gpu_layers < len(arch.layers):
        return None
    load, rows = _load(arch, setting, weights), arch.vocabulary * arch.hidden
    machine = _machine(setting.device, setting)
    decode = bounds(load, machine, setting.context_tokens)
    inner = max(1, load.active_parameters - rows)
    prompt = bounds(_with(load, inner), machine, setting.context_tokens)
    return Speed(
        decode.decode_per_sequence,
        decode.decode_total,
        prompt.prefill,
        prompt.first_token_s,
        decode.bound,
        decode.step_bytes,
    )


def _load(arch: Architecture, setting: Setting, stored: Weights | None) -> Load:
    by_group = stored if stored and stored.groups else None  # an index states one sum
    weights = by_group or weights_of(arch, setting.quantization, setting.runtime)
    cache = cache_of(arch, setting)
    groups = dict(weights.groups)
    experts = groups.get("experts", 0)
    looked_up = 0 if arch.tied else groups.get("embedding", 0)
    mixed = next((x.feed_forward for x in arch.layers if isinstance(x.feed_forward, Experts)), None)
    passed = active_parameters_of(arch) - (0 if arch.tied else arch.vocabulary * arch.hidden)
    return Load(
        dense_bytes=weights.bytes - experts - looked_up,
        expert_bytes=experts,
        experts=mixed.count if mixed else 0,
        active=mixed.active if mixed else 0,
        sequence_bytes=cache.bytes // setting.parallel,
        sequences=setting.parallel,
        active_parameters=passed,
    )


def _with(load: Load, active_parameters: int) -> Load:
    return Load(
        load.dense_bytes,
        load.expert_bytes,
        load.experts,
        load.active,
        load.sequence_bytes,
        load.sequences,
        active_parameters,
    )


def _machine(device: DeviceMemory | None, setting: Setting) -> Machine:
    """Devices that work at the same time: all of a tensor-parallel group, else one after another."""
    if device is None:
        return Machine(None, None)
    times = device.count if setting.runtime in SERVERS else 1
    bandwidth, flops = device.bandwidth_bytes_per_s, device.flops
    return Machine(bandwidth and bandwidth * times, flops and flops * times)


def bounds_of(speed: Speed | None) -> Bounds:
    """Speeds as decimal text."""
    if speed is None:
        return Bounds()
    return Bounds(
        decode_per_sequence=figure(speed.decode_per_sequence),
        decode_total=figure(speed.decode_total),
        prefill=figure(speed.prefill),
        first_token_s=figure(speed.first_token_s),
        bound=speed.bound,
        step_bytes=writable(speed.step_bytes) or 0,
    )


def figure(value: float | None) -> str | None:
    """A rate with the figures that mean something: three."""
    if value is None:
        return None
    if value >= MANY:
        return str(int(Decimal(value).quantize(Decimal(10) ** (len(str(int(value))) - 3), ROUND_HALF_EVEN)))
    return plain_decimal(Decimal(f"{value:.3g}"))


def priced(wanted: Wanted, speed: Speed | None) -> Priced:
    """What the plan costs, as far as the route says."""
    found: Cost = cost_of(
        wanted.price_per_hour, wanted.planned_hours, speed.decode_total if speed else None, wanted.budget
    )
    return Priced(
        plan=found.plan, per_million_tokens=found.per_million_tokens, within_budget=found.within_budget
    )


def total_of(found: Estimate) -> tuple[int, int, int]:
    """Everything in memory, and the range it is expected in."""
    return (found.total_bytes, *found.range_bytes)
