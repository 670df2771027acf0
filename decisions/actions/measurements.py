"""Keeping what an engine's own log says of a candidate."""

from django.db import transaction
from django.utils.translation import gettext as _

from decisions.actions.drafts import lock_draft, touch_draft
from decisions.actions.events import append_event, lock_trail
from decisions.actions.refusal import Refused
from decisions.actions.versions import stored_blob
from decisions.fit.hardware.architecture import Architecture
from decisions.fit.hardware.logs import EngineLog, Row
from decisions.fit.hardware.measured import figures_of, mark_of, written
from decisions.fit.hardware.setting import Setting
from decisions.fit.hardware.sizing import ENGINE
from decisions.models import Candidate, Decision, Measurement, User
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
    stored = decision.candidates.live().filter(pk=candidate.pk).first()
    if stored is None:
        raise Refused(_("This candidate was removed in the meantime."))
    digest = digest_of(data)
    if stored.measurements.filter(log_id=digest).exists():
        raise Refused(_("This log is kept already."))
    lock_trail()
    made = Measurement.objects.create(
        candidate=stored,
        log=stored_blob(data),
        engine=log.engine,
        version=log.version[:120],
        family=arch.model_type[:80],
        setting=setting_values(setting),
        figures=[_figure(row) for row in rows],
        sizing_engine=ENGINE,
        measured_by=by,
    )
    _use(stored, log, setting, digest)
    touch_draft(decision, by=by)
    payload = {"measurement": made.pk, "candidate": stored.key, "log": digest}
    append_event("measurement.kept", by=by, project=decision.project, decision=decision, **payload)
    return made


def _use(candidate: Candidate, log: EngineLog, setting: Setting, digest: str) -> None:
    """From now on the engine's figures count for the candidate, in the setting they were measured in."""
    sizing = candidate.sizing
    sizing.measured = written(figures_of(log))
    sizing.measured_setting = mark_of(setting)
    sizing.measured_log = digest
    sizing.save(update_fields=["measured", "measured_setting", "measured_log"])


def setting_values(setting: Setting) -> dict[str, str | int | bool | None]:
    """The setting by the names of its fields, the device by its name and number."""
    device = setting.device
    names = ("runtime", "quantization", "context_tokens", "parallel", "kv_dtype", "gpu_layers", "kv_unified")
    return {
        **{name: getattr(setting, name) for name in names},
        "device": device.name if device else "",
        "device_count": device.count if device else 1,
    }


def _figure(row: Row) -> dict[str, str | int | None]:
    return {
        "quantity": row.quantity.value,
        "predicted_bytes": row.predicted_bytes,
        "measured_bytes": row.measured_bytes,
        "half_width_bytes": row.half_width_bytes,
    }
