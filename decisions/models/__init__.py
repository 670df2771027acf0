"""What is stored, one noun a file."""

from decisions.models.candidate import Candidate, Evidence, LicenceNote, ModelCardNote, Sizing, TermsNote
from decisions.models.decision import Decision, DraftEditor
from decisions.models.event import Event
from decisions.models.measurement import Measurement, SetAside
from decisions.models.need import Need
from decisions.models.person import Invitation, OrganisationGrant, User
from decisions.models.project import Membership, Project
from decisions.models.rendering import Rendering
from decisions.models.route import Route
from decisions.models.version import Blob, Version, VersionAuthor
from decisions.models.why import Why

__all__ = [
    "Blob",
    "Candidate",
    "Decision",
    "DraftEditor",
    "Event",
    "Evidence",
    "Invitation",
    "LicenceNote",
    "Measurement",
    "Membership",
    "ModelCardNote",
    "Need",
    "OrganisationGrant",
    "Project",
    "Rendering",
    "Route",
    "SetAside",
    "Sizing",
    "TermsNote",
    "User",
    "Version",
    "VersionAuthor",
    "Why",
]
