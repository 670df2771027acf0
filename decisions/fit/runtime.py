"""Runtime fit: can the runtime do what the need asks, on this route, with these weights?

Three kinds of question. What it can do (endpoint, structured output, tools, inputs, weight format) rests on
shipped facts; a fact nobody established is unknown. Where it starts (GPU, and for a serving runtime GPU,
driver, memory and security) rests on the route. What it is made for is a judgement: the wrong tool does not
fit, a purpose the facts leave open is unknown until a run shows it is enough, and a need for an endpoint
justifies a serving runtime whatever the first run is for.
"""

from collections.abc import Iterator

from decisions.fit import capability, model_class, weights
from decisions.fit.abilities import able, names_of, shape
from decisions.fit.check import Check, count, plain, verdict, worst
from decisions.fit.clear import missing
from decisions.fit.resolve import CLOUD_API, runtime_of
from decisions.fit.say import say
from decisions.knowledge import devices
from decisions.knowledge.runtimes import Runtime, shipped
from decisions.record.schema import Candidate, Need, Route, Statement, Verdict
from decisions.states import Fit, Purpose, Ruling, StructuredOutput, TaskKind


def judge(need: Need, route: Route | None, candidate: Candidate) -> Verdict:
    """Judge the candidate's runtime: the structured one, else the first its text names."""
    resolved = runtime_of(candidate, route)
    if resolved.runtime is None:
        return _not_known(candidate)
    runtime = resolved.runtime
    asked = list(_abilities(need, runtime))
    around = [
        *place(runtime, route),
        *_clear(runtime, route),
        *weights.check(runtime, candidate),
        *model_class.check(need, runtime, candidate),
        *capability.check(runtime, route, candidate),
    ]
    checks = [*around, *asked]
    if not asked and worst(around) is Ruling.FITS:
        checks.append(Check.open(say("runtime.need_is_empty"), say("runtime.say_need")))
    return verdict(
        Fit.RUNTIME,
        checks,
        word=_word(checks, asked),
        reason=_reason(runtime, checks),
        details=(*resolved.how, _facts(runtime)),
    )


def _not_known(candidate: Candidate) -> Verdict:
    named = candidate.runtime_id or candidate.runtime
    known = [runtime.name for runtime in shipped()]
    reason = say("runtime.no_facts", runtime=named) if named else say("runtime.none_named")
    change = say("runtime.known_one", known=known) if named else say("runtime.name_one")
    return plain(Fit.RUNTIME, Ruling.UNKNOWN, say("runtime.not_known"), reason, change)


def _word(checks: list[Check], asked: list[Check]) -> Statement:
    match worst(checks):
        case Ruling.FITS:
            return say("runtime.fits")
        case Ruling.DOES_NOT_FIT:
            return say("runtime.wrong")
    unsettled = [check.finding.code for check in checks if check.ruling is Ruling.UNKNOWN]
    if unsettled == ["runtime.not_clear"]:
        return say("runtime.clear_word")
    if not asked and unsettled == ["runtime.need_is_empty"]:
        return say("runtime.nothing_asked")
    return say("runtime.open", count=len(unsettled), total=len(checks))


def _reason(runtime: Runtime, checks: list[Check]) -> Statement | None:
    if worst(checks) is not Ruling.FITS:
        return None
    return say("runtime.holds", runtime=runtime.name, total=count(checks, Ruling.FITS))


def _facts(runtime: Runtime) -> Statement:
    if not runtime.version:
        return say("runtime.facts_undated", runtime=runtime.name, day=runtime.date)
    return say("runtime.facts_of", runtime=runtime.name, version=runtime.version, day=runtime.date)


def place(runtime: Runtime, route: Route | None) -> Iterator[Check]:
    """Whether the runtime starts on the route at all; silent where it starts anywhere."""
    if route is None:
        if runtime.needs_gpu:
            finding = say("runtime.no_route", runtime=runtime.name)
            yield Check.open(finding, say("runtime.choose_route"))
    elif (runtime.id == CLOUD_API) is route.traits.hosts_model:
        code = "runtime.no_provider" if route.traits.hosts_model else "runtime.not_hosted"
        finding = say(code, runtime=runtime.name, route=route.name)
        yield Check.fails(finding, say("runtime.match_route"))
    elif runtime.id == CLOUD_API:
        yield Check.holds(say("runtime.provider", route=route.name))
    else:
        if runtime.needs_gpu:
            yield _gpu(runtime, route)
        yield from _maker(runtime, route)


def _gpu(runtime: Runtime, route: Route) -> Check:
    names = {"runtime": runtime.name, "route": route.name}
    if route.hardware.total_vram_gib:
        return Check.holds(say("runtime.gpu_yes", **names))
    if route.traits.has_gpu and route.hardware.total_vram_gib is None:
        return Check.open(say("runtime.gpu_open", **names), say("runtime.declare_gpu", route=route.name))
    without = names_of(lambda other: not other.needs_gpu and other.id != CLOUD_API)
    return Check.fails(say("runtime.gpu_no", **names), say("runtime.gpu_route", runtimes=without))


def _maker(runtime: Runtime, route: Route) -> Iterator[Check]:
    """A shipped device of a maker whose GPUs the runtime's own list does not name."""
    device = devices.find(route.hardware.device)
    if device and device.vendor and runtime.makers and device.vendor not in runtime.makers:
        names = {"runtime": runtime.name, "maker": device.vendor, "makers": runtime.makers}
        yield Check.open(say("runtime.maker_open", **names), say("runtime.look_up", runtime=runtime.name))


def _clear(runtime: Runtime, route: Route | None) -> Iterator[Check]:
    """What has to be clear before a serving runtime starts on a GPU of ours."""
    if route is None or not route.traits.hosts_model or not (runtime.needs_gpu and runtime.serving):
        return
    words = missing(route.hardware)
    if not words:
        yield Check.holds(say("runtime.clear", route=route.name))
    else:
        change = say("runtime.make_clear", missing_words=words)
        yield Check.open(say("runtime.not_clear", missing_words=words), change)


def _abilities(need: Need, runtime: Runtime) -> Iterator[Check]:
    """What the need asks of a runtime; empty when it asks nothing."""
    if need.purpose is not None:
        yield _purpose(need.purpose, bool(need.needs_service), runtime)
    if need.needs_service:
        yield able("endpoint", runtime)
    if need.structured_output not in {None, StructuredOutput.NONE}:
        yield shape(StructuredOutput(need.structured_output), runtime)
    if TaskKind.TOOL_CALLING in need.task_kinds:
        yield able("tools", runtime)
    if TaskKind.MULTIMODAL in need.task_kinds:
        yield able("inputs", runtime)
    if need.needs_lora:
        yield able("lora", runtime)


def _purpose(purpose: Purpose, needs_service: bool, runtime: Runtime) -> Check:
    names = {"runtime": runtime.name, "purpose_word": purpose}
    if purpose.value in runtime.purposes:
        return Check.holds(say("runtime.purpose_yes", **names))
    if needs_service and runtime.serving:
        return Check.holds(say("runtime.purpose_endpoint", runtime=runtime.name))
    made_for = names_of(lambda other: purpose.value in other.purposes)
    if purpose.value in runtime.not_for_purposes:
        return Check.fails(say("runtime.purpose_no", **names), say("runtime.made_for", runtimes=made_for))
    change = say("runtime.try_purpose", runtime=runtime.name, runtimes=made_for)
    return Check.open(say("runtime.purpose_other", **names), change)
