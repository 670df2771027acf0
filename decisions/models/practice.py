"""What makes a project one for practice: an event of its trail says so, no column does."""

from django.db.models import Exists, OuterRef

from decisions.models.event import Event

BEGUN, THROWN_AWAY = "practice.begun", "practice.thrown_away"
DEMO_DOMAIN = "demo.example"  # of the demo accounts; no address under .example ever gets mail


def is_practice() -> Exists:
    """Whether the trail of a project says that it is for practice."""
    return Exists(Event.objects.filter(verb=BEGUN, project=OuterRef("pk")))


def is_guided(decision: str = "pk") -> Exists:
    """Whether the guide goes along with the decision that `decision` leads to."""
    return Exists(Event.objects.filter(verb=BEGUN, decision=OuterRef(decision)))
