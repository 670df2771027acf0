"""Evidence fit: the five items, and on rented hardware a sixth, the proof that it was shut down.

The model version has to name what ran and cannot move: a commit; for a cloud API the provider's dated or
numbered model id. An item is a text here; whether it is true is for the people who sign.
"""

import re
from collections.abc import Iterator

from decisions.fit.check import Check, count, verdict, worst
from decisions.fit.resolve import is_hosted_elsewhere
from decisions.fit.say import say
from decisions.record.schema import Candidate, Need, Route, Verdict
from decisions.states import EVIDENCE_ALWAYS, EvidenceItem, Fit, Ruling

MOVING = frozenset({"main", "master", "latest", "head", "refs/heads/main", "refs/heads/master"})
_COMMIT = re.compile(r"(?<![0-9a-z])[0-9a-f]{7,64}(?![0-9a-z])")
_DAY = re.compile(r"(?:19|20)\d{6}")
_DATED = re.compile(r"\d{3,}|\d{2}-\d{2}|\d+\.\d+\.\d+")  # 2024-08-06, 2411, 002, 1.0.3


def judge(need: Need, route: Route | None, candidate: Candidate) -> Verdict:
    """Count the items; one that is missing leaves the answer unknown."""
    owed = items(route)
    checks = [_item(item, route, candidate) for item in owed]
    there = count(checks, Ruling.FITS)
    word = say("evidence.count", count=there, total=len(owed))
    absent = [item for item, check in zip(owed, checks, strict=True) if check.ruling is not Ruling.FITS]
    if route is None:
        checks.append(Check.open(say("evidence.no_route"), say("evidence.choose_route")))
    if worst(checks) is Ruling.FITS:
        reason = say("evidence.complete", total=len(owed))
    else:
        reason = say("evidence.missing", items_words=absent) if absent else say("evidence.no_route")
    return verdict(Fit.EVIDENCE, checks, word=word, reason=reason)


def items(route: Route | None) -> tuple[EvidenceItem, ...]:
    """The items a candidate on this route owes."""
    rented = route is not None and route.traits.is_rented
    return (*EVIDENCE_ALWAYS, EvidenceItem.SHUTDOWN_PROOF) if rented else EVIDENCE_ALWAYS


def commits_in(text: str) -> tuple[str, ...]:
    """The commits a text names: 7 to 64 hexadecimal digits that are not a day such as 20241231."""
    found = _COMMIT.findall(text.casefold())
    return tuple(word for word in found if not _DAY.fullmatch(word))


def _item(item: EvidenceItem, route: Route | None, candidate: Candidate) -> Check:
    if not getattr(candidate.evidence, item.value):
        return Check.open(say("evidence.missing", items_words=[item]), say("evidence.attach", item_word=item))
    if item is EvidenceItem.MODEL_VERSION:
        flaw = next(_flaws(route, candidate), None)
        if flaw is not None:
            return flaw
    return Check.holds(say("evidence.there", item_word=item))


def _flaws(route: Route | None, candidate: Candidate) -> Iterator[Check]:
    version, revision = candidate.evidence.model_version, candidate.model.revision
    if is_hosted_elsewhere(candidate, route):
        if not _DATED.search(version) and not commits_in(version):
            yield Check.open(say("evidence.undated"), say("evidence.write_dated"))
        return
    change, commits = say("evidence.write_commit"), commits_in(version)
    if not commits:
        yield Check.open(say("evidence.moving"), change)
    if revision.casefold() in MOVING:
        yield Check.open(say("evidence.branch", revision=revision), change)
    pinned = commits_in(revision)
    if pinned and not any(_same(commit, pinned[0]) for commit in commits):
        yield Check.open(say("evidence.other_commit", revision=revision), change)


def _same(one: str, other: str) -> bool:
    return one.startswith(other) or other.startswith(one)
