"""All that follows from a record: route cards, the fits of each candidate, generated texts, facts used."""

from collections.abc import Iterator, Mapping

from decisions.fit import (
    capability,
    class_lists,
    evidence,
    hardware,
    licence,
    model_class,
    premature,
    route_card,
    runtime,
    task,
)
from decisions.fit import facts as tables
from decisions.fit.commands import Commands, commands_of
from decisions.fit.resolve import is_hosted_elsewhere, model_like, runtime_of, shipped_model, used
from decisions.fit.say import say
from decisions.fit.shipped import rests_on
from decisions.knowledge import routes
from decisions.knowledge.runtimes import Runtime
from decisions.record.keep import record_to_keep
from decisions.record.paragraph import paragraph
from decisions.record.schema import (
    Candidate,
    Card,
    Judged,
    Judgement,
    Need,
    Record,
    Route,
    StartAndStop,
    Statement,
    UsedFact,
    Verdict,
)
from decisions.states import CandidateRole, CardState, Fit, Ruling, Stage

FITS = (task.judge, licence.judge, hardware.judge, runtime.judge, evidence.judge)  # in the order of Fit


def judge(record: Record) -> Judged:
    """Judge a record. The same record and the same shipped facts always give the same answer."""
    cards = cards_of(record)
    return judged(record, cards, judgements_of(record, cards))


def judged(record: Record, cards: Mapping[str, Card], judgements: tuple[Judgement, ...]) -> Judged:
    """The same for who has its cards and judgements already: adds the texts and facts that follow from it."""
    return Judged(
        cards=tuple(cards.values()),
        judgements=judgements,
        paragraph=paragraph(record),
        record=record_to_keep(record),
        facts=facts_used(record),
    )


def cards_of(record: Record) -> dict[str, Card]:
    """The cards of all routes for this need, by route code."""
    return {route.code: route_card.draw(route, record.need) for route in record.routes}


def judgements_of(record: Record, cards: Mapping[str, Card]) -> tuple[Judgement, ...]:
    """Every candidate on the five fits, and what stands against it beyond them."""
    verdicts = {
        candidate.key: verdicts_of(record.need, record.route_for(candidate), candidate)
        for candidate in record.candidates
    }
    still_open = premature.open_candidates(record, verdicts, cards)
    return tuple(
        Judgement(
            candidate=candidate.key,
            verdicts=verdicts[candidate.key],
            route_closed=route_closed(record, candidate, cards),
            premature=premature.steps(record, candidate, still_open),
            estimate=hardware.estimate_of(record.need, record.route_for(candidate), candidate),
            commands=commands_for(record, candidate),
        )
        for candidate in record.candidates
    )


def commands_for(record: Record, candidate: Candidate) -> StartAndStop | None:
    """What starts and stops the candidate on its route; None where nothing is started or known."""
    found = commands_of(record.need, record.route_for(candidate), candidate)
    return StartAndStop.model_validate(found.plain()) if isinstance(found, Commands) else None


def route_closed(record: Record, candidate: Candidate, cards: Mapping[str, Card]) -> tuple[Statement, ...]:
    """That the candidate's route is closed to this need, and its first reason; empty where it is not."""
    route = record.route_for(candidate)
    if route is None or cards[route.code].state is not CardState.CLOSED:
        return ()
    return (say("card.candidate_on_closed", route=route.name), *cards[route.code].reasons[:1])


def verdicts_of(need: Need, route: Route | None, candidate: Candidate) -> tuple[Verdict, ...]:
    """The five verdicts of one candidate, in the order of `Fit`."""
    return tuple(fit(need, route, candidate) for fit in FITS)


def stage(record: Record, judged: Judged) -> Stage:
    """Proven when the first choice has all its evidence, on a route open to this need; else plan.

    Evidence from a route its data may never go to, or that cannot do what the need asks, proves nothing.
    """
    first = record.first_choice
    if first is None:
        return Stage.PLAN
    judgement = judged.of(first.key)
    proven = judgement.of(Fit.EVIDENCE).ruling is Ruling.FITS and not judgement.route_closed
    return Stage.PROVEN if proven else Stage.PLAN


def facts_used(record: Record) -> tuple[UsedFact, ...]:
    """The shipped rows the judgements rest on, each once, sorted by kind and id."""
    used_by_all = (fact for one in record.candidates for fact in _facts_of(record, one))
    facts = {(fact.kind, fact.id): fact for fact in (*_shipped_routes(record), *used_by_all)}
    return tuple(facts[key] for key in sorted(facts))


def _shipped_routes(record: Record) -> Iterator[UsedFact]:
    for route in record.routes:
        shipped = routes.of_kind(route.kind.value)
        if shipped is not None and not all(route.card.model_dump().values()):
            yield used(shipped)


def _facts_of(record: Record, candidate: Candidate) -> Iterator[UsedFact]:
    runtime_row = runtime_of(candidate, record.route_for(candidate)).runtime
    if runtime_row is not None:
        yield used(runtime_row)
    own, like = shipped_model(candidate), model_like(candidate)
    counts = candidate.role is not CandidateRole.REJECTED and candidate.model.parameters is None
    if like is not None and (counts or (own is not None and rests_on(candidate, own))):
        yield used(like)
    yield from _tables_of(record, candidate, runtime_row)


def _tables_of(record: Record, candidate: Candidate, runtime_row: Runtime | None) -> Iterator[UsedFact]:
    """What the runtime fit and the commands looked up beside the runtime's own row, and the device."""
    route = record.route_for(candidate)
    device = tables.of_device(route.hardware.device) if route else None
    if device is not None:
        yield device
    if runtime_row is None or is_hosted_elsewhere(candidate, route):
        return
    if class_lists.is_listed(runtime_row.id) and model_class.classes_of(candidate):
        yield tables.of_classes(runtime_row.id)
    if any(capability.check(runtime_row, route, candidate)):
        yield from map(tables.of_capability, capability.rows_for(runtime_row, candidate))
    if isinstance(commands_of(record.need, route, candidate), Commands):
        yield tables.of_options(runtime_row.id)
