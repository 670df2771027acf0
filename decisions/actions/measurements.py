"""Keeping what an engine's own log says of a candidate, and setting a kept log aside.

The newest log that is neither set aside nor of another model counts for its candidate, in its setting.
"""

from django.db import transaction
from django.utils.translation import gettext as _

from decisions.actions.drafts import lock_draft, touch_draft
from decisions.actions.events import append_event, lock_trail
from decisions.actions.refusal import Refused
from decisions.actions.versions import stored_blob
from decisions.fit.hardware.architecture import Architecture
from decisions.fit.hardware.logs import EngineLog, Row, stored
from decisions.fit.hardware.measured import figures_of, mark_of, written
from decisions.fit.hardware.setting import Setting
from decisions.fit.hardware.sizing import ENGINE
from decisions.models import Candidate, Decision, Measurement, SetAside, User
from decisions.record.canonical import digest_of


@transaction.atomic
def keep_measurement(
    *,
    by: User,
    decision: Decision,
    candidate: Candidate,
    data: bytes,
    log: EngineLog,
    arch: Architecture,
    setting: Setting,
    rows: tuple[Row, ...],
) -> Measurement:
    """Keep a log under its digest, with what it was compared to. Refused where it is kept already."""
    decision = lock_draft(by=by, decision=decision)
    own = _live(decision, candidate)
    digest = digest_of(data)
    if own.measurements.filter(log_id=digest).exists():
        raise Refused(_("This log is kept already."))
    lock_trail()
    made = Measurement.objects.create(
        candidate=own,
        log=stored_blob(data),
        engine=log.engine,
        version=log.version[:120],
        family=arch.model_type[:80],
        setting=setting_values(setting),
        figures=[stored(row) for row in rows],
        measured=written(figures_of(log)),
        measured_setting=mark_of(setting),
        sizing_engine=ENGINE,
        measured_by=by,
    )
    _count_newest(own)
    _remember("measurement.kept", made, decision, by)
    return made


@transaction.atomic
def set_log_aside(
    *, by: User, decision: Decision, candidate: Candidate, digest: str, reason: str
) -> SetAside:
    """Leave a kept log out of what counts, and say why. Refused where it is aside already, or without a
    reason. Raises DoesNotExist for a log that is not kept for the candidate."""
    if not reason.strip():
        raise Refused(_("Say why: whoever reads this later has nothing else to go by."), field="reason")
    return _turn(by, decision, candidate, digest, reason)


@transaction.atomic
def take_log_back(*, by: User, decision: Decision, candidate: Candidate, digest: str) -> SetAside:
    """Let a log that was set aside count again. Refused where it is not aside; otherwise as setting aside."""
    return _turn(by, decision, candidate, digest, None)


def _turn(by: User, decision: Decision, candidate: Candidate, digest: str, reason: str | None) -> SetAside:
    """Another turn of a log; None takes it back."""
    decision = lock_draft(by=by, decision=decision)
    own = _live(decision, candidate)
    kept = own.measurements.with_aside().get(log_id=digest)
    if kept.is_aside is (reason is not None):
        raise Refused(_("This log is set aside already.") if reason else _("This log is not set aside."))
    lock_trail()
    made = SetAside.objects.create(
        measurement=kept, is_aside=reason is not None, reason=(reason or "").strip(), by=by
    )
    _count_newest(own)
    verb = "measurement.set_aside" if reason else "measurement.taken_back"
    _remember(verb, kept, decision, by)
    return made


def _live(decision: Decision, candidate: Candidate) -> Candidate:
    """The candidate as it is stored now."""
    found = decision.candidates.live().filter(pk=candidate.pk).first()
    if found is None:
        raise Refused(_("This candidate was removed in the meantime."))
    return found


def _count_newest(candidate: Candidate) -> None:
    """Let the newest log that may count do so, in the setting it was measured in; none, where none may.

    Figures of a log that is not kept here came in with a record or a copied candidate: they stay until one
    that is kept here may count.
    """
    sizing = candidate.sizing
    kept = list(candidate.measurements.with_aside().newest_first())
    allowed = [each for each in kept if not each.is_aside and not each.is_of_another]
    counting = next((e for e in allowed if e.measured or e.log_id == sizing.measured_log), None)
    is_own = any(each.log_id == sizing.measured_log for each in kept)
    if (counting is None and not is_own) or (counting and counting.log_id == sizing.measured_log):
        return
    sizing.measured = counting.measured if counting else []
    sizing.measured_setting = counting.measured_setting if counting else ""
    sizing.measured_log = counting.log_id if counting else ""
    sizing.save(update_fields=["measured", "measured_setting", "measured_log"])


def _remember(verb: str, kept: Measurement, decision: Decision, by: User) -> None:
    touch_draft(decision, by=by)
    payload = {"measurement": kept.pk, "candidate": kept.candidate.key, "log": kept.log_id}
    append_event(verb, by=by, project=decision.project, decision=decision, **payload)


def setting_values(setting: Setting) -> dict[str, str | int | bool | None]:
    """The setting by the names of its fields, the device by its name and number."""
    device = setting.device
    names = ("runtime", "quantization", "context_tokens", "parallel", "kv_dtype", "gpu_layers", "kv_unified")
    return {
        **{name: getattr(setting, name) for name in names},
        "device": device.name if device else "",
        "device_count": device.count if device else 1,
    }
