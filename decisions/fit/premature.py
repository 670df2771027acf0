"""Rule 7: a step up before prompt, RAG, output schema and quantization were tried is premature.

A step up is a serving runtime, a model larger than the smallest one still open, a larger GPU than that of
another candidate still open, or fine-tuning. It is none where the need itself asks for it: an endpoint,
or a smaller candidate that the need rules out (its task, licence, hardware or route).
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal

from decisions.fit.resolve import is_hosted_elsewhere, parameters_of, runtime_of
from decisions.fit.say import say
from decisions.record.schema import Candidate, Card, Record, Statement, Verdict
from decisions.states import CandidateRole, CardState, Fit, Named, Purpose, Ruling

RULES_OUT = (Fit.TASK, Fit.LICENCE, Fit.HARDWARE)
STEPPING = (CandidateRole.FIRST_CHOICE, CandidateRole.CONSIDERED)
_TUNING = re.compile(r"\bq?loras?\b|\bfine-?\s?tun(?:e|ing)\b|ファインチューニング|微调", re.IGNORECASE)


def steps(
    record: Record,
    candidate: Candidate,
    still_open: Sequence[Candidate],
) -> tuple[Statement, ...]:
    """The steps up this candidate takes too early; `still_open` are the candidates nothing rules out."""
    missing = record.why.tried.missing()
    if not missing or candidate.role not in STEPPING:
        return ()
    others = [other for other in still_open if other.key != candidate.key]
    return (
        *_serving(record, candidate, missing),
        *_larger_model(candidate, others, missing),
        *_larger_gpu(record, candidate, others, missing),
        *_tuning(candidate, missing),
    )


def open_candidates(
    record: Record,
    verdicts: Mapping[str, Sequence[Verdict]],
    cards: Mapping[str, Card],
) -> list[Candidate]:
    """The candidates that are not rejected and that no verdict and no closed route rules out."""
    return [
        candidate
        for candidate in record.candidates
        if candidate.role is not CandidateRole.REJECTED
        and not _ruled_out(verdicts[candidate.key])
        and not _route_closed(record, candidate, cards)
    ]


def _ruled_out(verdicts: Sequence[Verdict]) -> bool:
    return any(v.fit in RULES_OUT and v.ruling is Ruling.DOES_NOT_FIT for v in verdicts)


def _route_closed(record: Record, candidate: Candidate, cards: Mapping[str, Card]) -> bool:
    route = record.route_for(candidate)
    return route is not None and cards[route.code].state is CardState.CLOSED


def _serving(record: Record, candidate: Candidate, missing: Sequence[Named]) -> Iterator[Statement]:
    need, runtime = record.need, runtime_of(candidate, record.route_for(candidate)).runtime
    asked = need.needs_service or need.purpose is Purpose.SERVING
    if runtime is not None and runtime.serving and not asked:
        yield say("premature.serving", runtime=runtime.name, remedies_words=missing)


def _larger_model(
    candidate: Candidate, others: Sequence[Candidate], missing: Sequence[Named]
) -> Iterator[Statement]:
    size, smallest = parameters_of(candidate), _least(others, parameters_of)
    if size is None or smallest is None or smallest[0] >= size:
        return
    yield say(
        "premature.model",
        size=size_text(size),
        smaller=smallest[1].name,
        least=size_text(int(smallest[0])),
        remedies_words=missing,
    )


def _larger_gpu(
    record: Record, candidate: Candidate, others: Sequence[Candidate], missing: Sequence[Named]
) -> Iterator[Statement]:
    def vram(one: Candidate) -> Decimal | None:
        route = record.route_for(one)
        if route is None or is_hosted_elsewhere(one, route):
            return None
        return route.hardware.total_vram_gib or None

    have, smallest = vram(candidate), _least(others, vram)
    if have is None or smallest is None or smallest[0] >= have:
        return
    least = Decimal(smallest[0])
    yield say("premature.gpu", have=have, smaller=smallest[1].name, least=least, remedies_words=missing)


def _tuning(candidate: Candidate, missing: Sequence[Named]) -> Iterator[Statement]:
    texts = (candidate.name, candidate.model.model_id, candidate.runtime)
    if any(_TUNING.search(text) for text in texts):
        yield say("premature.tuning", remedies_words=missing)


def _least(
    candidates: Sequence[Candidate], measure: Callable[[Candidate], int | Decimal | None]
) -> tuple[int | Decimal, Candidate] | None:
    measured = [(value, one) for one in candidates if (value := measure(one)) is not None]
    return min(measured, key=lambda pair: pair[0], default=None)


def size_text(parameters: int) -> str:
    """A number of weights as people say it: "7.6 B", "494 M", "103 k"."""
    for unit, name in ((10**9, "B"), (10**6, "M"), (10**3, "k")):
        if parameters >= unit:
            return f"{parameters / unit:.3g} {name}"
    return str(parameters)
