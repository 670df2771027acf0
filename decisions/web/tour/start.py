"""Who is led to the tour: visitors of the demo, until a plan is saved or thrown away."""

from decisions.models import Decision, Event, User
from decisions.models.practice import BEGUN, DEMO_DOMAIN


def begins_with_tour(person: User) -> bool:
    """Whether the person is here to look around and has not come to the end of the tour yet."""
    if not person.email.endswith(f"@{DEMO_DOMAIN}") or person.is_auditor:
        return False
    if Decision.objects.practised_by(person).filter(versions=None).exists():
        return True
    return not Event.objects.filter(actor=person, verb=BEGUN).exclude(decision=None).exists()
