"""What a shipped device brings along when it is named on a route."""

from decimal import Decimal

from decisions.actions.drafts import Edit, edit_route
from decisions.knowledge import devices
from decisions.models import Route, User


def vram_of(name: str) -> Decimal | None:
    """The VRAM of a shipped device in GiB; None where it is unknown, shared or sold in several sizes."""
    device = devices.find(name)
    if device is None or device.kind != "discrete" or len(device.memory_gib) != 1:
        return None
    return Decimal(str(device.memory_gib[0]))


def bring_vram(route: Route, *, by: User, old_device: str) -> bool:
    """Fill in the VRAM of a newly named device, where none was typed; return whether it did.

    A figure that came with the device named before counts as not typed.
    """
    vram = vram_of(route.device)
    if vram is None or route.vram_gib == vram or route.vram_gib not in (None, vram_of(old_device)):
        return False
    outcome = edit_route(by=by, route=route, edits=[Edit("vram_gib", vram, route.digest_of("vram_gib"))])
    route.refresh_from_db(fields=["vram_gib"])
    return "vram_gib" in outcome.saved
