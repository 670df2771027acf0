"""What has to be clear on a route before a serving runtime starts there."""

from decisions.fit.say import say
from decisions.fit.texts import words
from decisions.record.schema import Hardware, Route, Statement


def starts_serving(route: Route) -> bool:
    """Whether serving runtimes start on this route: it has a GPU, can serve, and hosts the model itself."""
    return route.traits.can_serve and route.traits.has_gpu and route.traits.hosts_model


def missing(hardware: Hardware) -> list[str]:
    """The words of what is not clear yet: GPU, driver, memory, security."""
    return [word for word, is_clear in _clear(hardware).items() if not is_clear]


def clear_first(route: Route) -> tuple[tuple[Statement, bool], ...]:
    """Each point with whether it is clear; on rented hardware price, hours and stop time belong to it."""
    if not starts_serving(route):
        return ()
    hardware = route.hardware
    codes = ("clear.gpu", "clear.driver", "clear.memory", "clear.security")
    points = list(zip(codes, _clear(hardware).values(), strict=True))
    if route.traits.is_rented:
        points.append(("clear.price", hardware.price_per_hour is not None))
        points.append(("clear.hours", bool(hardware.planned_hours)))
        points.append(("clear.stop", hardware.expected_stop_at is not None))
    return tuple((say(code), is_clear) for code, is_clear in points)


def _clear(hardware: Hardware) -> dict[str, bool]:
    return {
        words.GPU: bool(hardware.device) and hardware.device_count != 0,
        words.DRIVER: bool(hardware.driver),
        words.MEMORY: bool(hardware.total_vram_gib),
        words.SECURITY: bool(hardware.security),
    }
