"""What a candidate asks to be sized, read from need, route and candidate; or what is missing for it."""

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal, get_args

from decisions.fit.hardware.architecture import Architecture
from decisions.fit.hardware.catalogue import memory_of, unsound
from decisions.fit.hardware.described import Described, described
from decisions.fit.hardware.drafted import read_draft
from decisions.fit.hardware.measured import Measured, read_measured
from decisions.fit.hardware.named import Named, named
from decisions.fit.hardware.problem import Unsizable
from decisions.fit.hardware.quantization import read_quantization, says_nothing
from decisions.fit.hardware.setting import GIB, DeviceMemory, RuntimeName, Setting
from decisions.fit.resolve import runtime_of, shipped_model
from decisions.fit.say import say
from decisions.knowledge import architectures, devices
from decisions.record.schema import Candidate, Money, Need, Route, Sizing, Statement
from decisions.states import TaskKind

RUNTIMES: frozenset[str] = frozenset(get_args(RuntimeName))
USUAL_CONTEXT_TOKENS = 4096
DeviceBasis = Literal["stated", "shipped", "unknown"]


@dataclass(frozen=True, slots=True)
class Missing:
    """Why nothing can be worked out, and what would settle it."""

    finding: Statement
    changes: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Everything an estimate of a candidate rests on, as values that are quick to compare.

    `model_id` is a shipped model's; a `config` goes before it. `taken_from` is the name by which another
    model was taken for it. `guessed` names what nobody stated
    ("context", "parallel", "quantization"). `ram_bytes` and `disk_bytes` are the route's, None where it does
    not say; `need_context_tokens` and `need_parallel` what the need asks for. `draft` is the text that names
    the draft model. `vision` is what the candidate says, else true where the need asks for more than text.
    """

    model_id: str
    config: str
    config_source: str
    config_date: str
    runtime: RuntimeName
    quantization: str
    context_tokens: int | None
    parallel: int
    kv_dtype: str
    gpu_layers: int | None
    flash_attention: bool | None
    device: DeviceMemory | None
    device_basis: DeviceBasis
    guessed: tuple[str, ...]
    ram_bytes: int | None
    need_context_tokens: int | None
    price_per_hour: Money | None
    planned_hours: Decimal | None
    budget: Money | None
    measured: Measured | None = None
    taken_from: str = ""
    vision: bool | None = None
    lora_rank: int | None = None
    loras: int | None = None
    draft: str = ""

    def described(self) -> Described:
        """The model's shape, with the weights of a file where they are known. Raises Unsizable for a
        configuration that cannot be read."""
        if self.config:
            return described(self.config)
        return Described(named(self.taken_from or self.model_id).architecture)

    def setting(self, arch: Architecture) -> Setting:
        """The setting; without a context it is 4096 tokens, or what the model takes. Raises Unsizable for a
        draft model that nobody knows."""
        most = arch.max_context_tokens or USUAL_CONTEXT_TOKENS
        return Setting(
            runtime=self.runtime,
            quantization=self.quantization,
            context_tokens=self.context_tokens or min(USUAL_CONTEXT_TOKENS, most),
            parallel=self.parallel,
            kv_dtype=self.kv_dtype,
            device=self.device,
            gpu_layers=self.gpu_layers,
            flash_attention=self.flash_attention,
            lora_rank=self.lora_rank,
            loras=1 if self.loras is None else self.loras,
            draft=read_draft(self.draft, self.runtime),
            vision=self.vision,
        )


def wanted_by(need: Need, route: Route | None, candidate: Candidate) -> Wanted | Missing:
    """What the candidate asks to be sized on its route; or the first thing without which nothing can be."""
    sizing, model = candidate.sizing, candidate.model
    like = _like(candidate)
    if not sizing.config and like is None:
        return Missing(_no_shape(candidate), (say("hardware.paste_config"),))
    runtime = runtime_of(candidate, route).runtime
    if runtime is None or runtime.id not in RUNTIMES:
        return Missing(say("hardware.no_runtime"), (say("hardware.choose_runtime"),))
    written = f"{model.quantization} {model.weight_format}".strip()
    by_name = like if like and like.taken_for and not sizing.config else None
    unsaid = says_nothing(written)
    quantization = _by_name(by_name, runtime.id) if unsaid else read_quantization(written)
    unsaid = unsaid and not (by_name and by_name.quantization) and not _is_file(sizing.config)
    if quantization is None:
        finding = say("hardware.quantization_unread", found=written)
        return Missing(finding, (say("hardware.name_quantization"),))
    context = sizing.context_tokens or need.context_tokens or model.context_tokens or None
    parallel = sizing.parallel or need.concurrent_requests
    device, basis = device_of(route, sizing.memory_used_gib)
    hardware = route.hardware if route else None
    unstated = (("quantization", unsaid), ("context", context is None), ("parallel", not parallel))
    return Wanted(
        model_id=like.model.id if like else "",
        config=sizing.config,
        config_source=sizing.config_source,
        config_date=sizing.config_read_on.isoformat() if sizing.config_read_on else "",
        runtime=_name_of(runtime.id),
        quantization=quantization,
        context_tokens=context,
        parallel=parallel or 1,
        kv_dtype=sizing.kv_dtype.strip(),
        gpu_layers=sizing.gpu_layers,
        flash_attention=sizing.flash_attention,
        device=device,
        device_basis=basis,
        guessed=tuple(name for name, is_guessed in unstated if is_guessed),
        ram_bytes=_bytes(hardware.ram_gib) if hardware else None,
        need_context_tokens=need.context_tokens,
        price_per_hour=hardware.price_per_hour if hardware else None,
        planned_hours=hardware.planned_hours if hardware else None,
        budget=need.budget,
        measured=_measured(sizing),
        taken_from=by_name.name if by_name else "",
        vision=vision_of(need, sizing),
        lora_rank=sizing.lora_rank,
        loras=sizing.loras,
        draft=sizing.draft,
    )


def vision_of(need: Need, sizing: Sizing) -> bool | None:
    """Whether a vision part is loaded: what the candidate says, else where the need is for more than text."""
    asked = True if TaskKind.MULTIMODAL in need.task_kinds else None
    return asked if sizing.vision is None else sizing.vision


def _is_file(config: str) -> bool:
    """Whether a text has the figures of a real file, which is in no other quantization than its own."""
    try:
        return bool(config) and described(config).is_file
    except Unsizable:
        return False


def _no_shape(candidate: Candidate) -> Statement:
    """Why there are no dimensions: the fact that a shipped model lacks, where it is known."""
    shipped = shipped_model(candidate)
    known = shipped and architectures.missing_of(shipped.id)
    return unsound(shipped.id) if shipped and known else say("hardware.no_shape")


def _like(candidate: Candidate) -> Named | None:
    """The shipped model, or the one that the candidate's is taken for, with its dimensions."""
    try:
        return named(candidate.model.model_id or candidate.name)
    except Unsizable:
        return None


def _by_name(like: Named | None, runtime_id: str) -> str:
    return like.quantization_in(_name_of(runtime_id)) if like else ""


def runs_on_gpu(route: Route) -> bool:
    """Whether a model on this route is held in VRAM: it has a GPU by nature, or one was declared."""
    return route.traits.has_gpu or bool(route.hardware.vram_gib)


def device_of(route: Route | None, used_gib: Decimal | None) -> tuple[DeviceMemory | None, DeviceBasis]:
    """The memory that is to hold the model on a route, and where its size is from.

    What the route states goes before what ships; a driver's figure counts where the stated size is the
    maker's, and what the route states to be usable before it. Without a GPU it is the processor's memory, or
    a chip's that shares it.
    """
    device, basis = _memory_of(route, used_gib)
    usable = _bytes(route.hardware.usable_gib) if route else None
    if device is None or usable is None:
        return device, basis
    total = device.total_bytes or usable
    return replace(device, total_bytes=total, usable_bytes=min(usable, total)), "stated"


def _memory_of(route: Route | None, used_gib: Decimal | None) -> tuple[DeviceMemory | None, DeviceBasis]:
    if route is None:
        return None, "unknown"
    hardware, used = route.hardware, _bytes(used_gib) or 0
    gib = None if hardware.vram_gib is None else float(hardware.vram_gib)
    known = devices.find_sized(hardware.device, gib) if hardware.device else None
    shares = known is not None and known.kind == "unified"
    if not runs_on_gpu(route) and not shares:
        ram = _bytes(hardware.ram_gib)
        processor = DeviceMemory(hardware.device, total_bytes=ram, used_bytes=used, is_cpu=True)
        return processor, "stated" if ram else "unknown"
    stated = _bytes(hardware.vram_gib or (hardware.ram_gib if shares else None))
    count = hardware.device_count or 1
    if known is None:
        device = DeviceMemory(hardware.device, count, stated, used_bytes=used)
        return device, "stated" if stated else "unknown"
    if stated is not None and stated != known.total_bytes:
        known = known.model_copy(update={"memory_gib": (stated / GIB,), "usable_mib": None})
    device = memory_of(known, count)
    basis: DeviceBasis = "stated" if stated else "shipped" if device.total_bytes else "unknown"
    return replace(device, used_bytes=used), basis


def _bytes(gib: Decimal | None) -> int | None:
    return None if not gib else int(gib * GIB)


def _name_of(runtime_id: str) -> RuntimeName:
    return next(name for name in get_args(RuntimeName) if name == runtime_id)


def _measured(sizing: Sizing) -> Measured | None:
    if not sizing.measured:
        return None
    return read_measured(sizing.measured, sizing.measured_setting, sizing.measured_log)
