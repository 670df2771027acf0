"""What the why page is made of: its forms, saving what a post brings, and the parts htmx renews."""

import re
from typing import Any

from django.http import HttpRequest, QueryDict
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from decisions.actions.drafts import edit_part
from decisions.models import Candidate, Decision
from decisions.record.keep import generated_record
from decisions.record.paragraph import generated
from decisions.record.schema import RecordToKeep
from decisions.states import EVIDENCE_ALWAYS, CandidateRole, EvidenceItem
from decisions.web.access import person
from decisions.web.drafts import DraftForm, Drawn, save_draft
from decisions.web.why.forms import EvidenceForm, WhyForm
from decisions.web.workspace import Workspace

_EVIDENCE_OF = re.compile(r"^loaded-evidence-(c[1-9]\d{0,5})-")


class WhyPage:
    """The why page of one decision, with what was posted to it, if anything was."""

    def __init__(self, workspace: Workspace, data: QueryDict | None = None) -> None:
        self.workspace = workspace
        decision = workspace.decision
        self.why = WhyForm(decision.why, data, target="why")
        self.candidate = _candidate_posted(decision, data) or _first_choice(decision)
        self.evidence = (
            EvidenceForm(self.candidate.evidence, self.candidate.key, data) if self.candidate else None
        )

    def brought(self) -> list[DraftForm]:
        """The forms the post brings fields of."""
        forms: list[DraftForm] = [self.why, *([self.evidence] if self.evidence else [])]
        return [form for form in forms if form.is_bound and form.brought()]

    def save(self, request: HttpRequest) -> int:
        """Save what the post brings; the status as of `save_draft`, a lost race before a wrong field."""
        decision = self.workspace.decision
        statuses = [200]
        for form in self.brought():
            statuses.append(
                save_draft(
                    form,
                    lambda edits, row=form.row: edit_part(  # type: ignore[misc]
                        by=person(request), decision=decision, part=row, edits=edits
                    ),
                )
            )
        return 409 if 409 in statuses else max(statuses)

    def context(self, **more: Any) -> dict[str, Any]:
        """The context of the page."""
        reasons, back, tried, record = self.why.drawn_groups()
        live = live_context(self.workspace)
        evidence = self._evidence_owed()
        follows = live["follows"].items()
        return self.workspace.context(
            "why",
            reasons=reasons,
            back=back,
            tried=tried,
            record=record,
            record_rows=[(each, *row) for each, row in zip(record.fields, follows, strict=True)],
            own=self.why.drawn("paragraph"),
            candidate=self.candidate,
            evidence=evidence,
            read_groups=self._to_read(evidence, live["follows"]),
            **live,
            **more,
        )

    def _to_read(self, evidence: list[Drawn], follows: dict[str, str]) -> list[Any]:
        """Every group as (title, (label, text) of each field), for who may only read."""
        *written, (title, record) = self.why.readable_groups()
        texts = (
            (label, text or follow) for (label, text), follow in zip(record, follows.values(), strict=True)
        )
        proof = [(each.field.label, each.field.value()) for each in evidence]
        return [*written, (_("Evidence of the first choice"), proof), (title, list(texts))]

    def _evidence_owed(self) -> list[Drawn]:
        """The evidence fields; the shutdown proof only where it is owed or written."""
        if self.evidence is None:
            return []
        shown = [self.evidence.drawn(item.value) for item in EVIDENCE_ALWAYS]
        proof = self.evidence.drawn(EvidenceItem.SHUTDOWN_PROOF.value)
        return [*shown, proof] if self._is_rented() or proof.field.value() else shown

    def _is_rented(self) -> bool:
        record = self.workspace.record
        found = next((c for c in record.candidates if self.candidate and c.key == self.candidate.key), None)
        route = record.route_for(found) if found else None
        return route is not None and route.traits.is_rented


def live_context(workspace: Workspace) -> dict[str, Any]:
    """The texts that follow from the draft and change with every save."""
    record = workspace.record
    would_be = generated_record(record)
    return {
        "paragraph": workspace.snapshot.judged.paragraph,
        "generated": generated(record),
        "is_own": bool(record.paragraph),
        "follows": {name: getattr(would_be, name) for name in RecordToKeep.model_fields},
        "known_models": [candidate.name for candidate in record.candidates],
        "known_runtimes": sorted({c.runtime for c in record.candidates if c.runtime}),
    }


def live_parts(request: HttpRequest, workspace: Workspace) -> str:
    """The fits, the warnings, the paragraph and the generated texts, to be swapped out of band."""
    context = workspace.context("why", **live_context(workspace), oob=True)
    return render_to_string("why/page.html#live", context, request)


def _first_choice(decision: Decision) -> Candidate | None:
    return next((c for c in decision.live_candidates if c.role == CandidateRole.FIRST_CHOICE), None)


def _candidate_posted(decision: Decision, data: QueryDict | None) -> Candidate | None:
    """Whose evidence the post brings: perhaps no longer the first choice, perhaps removed since."""
    key = next((m.group(1) for name in data or () if (m := _EVIDENCE_OF.match(name))), None)
    if key is None:
        return None
    rows = decision.candidates.select_related("evidence").filter(key=key)
    return rows.filter(removed_at=None).first() or rows.order_by("-removed_at").first()
