"""What somebody typed into a form that could not be taken: kept to be shown and sent again."""

from dataclasses import dataclass

from django.http import HttpRequest

SECRET = ("password", "csrfmiddlewaretoken")


@dataclass(frozen=True)
class Kept:
    """One value of a posted form; `text` is false for what a person did not type."""

    name: str
    value: str

    @property
    def label(self) -> str:
        return self.name.rsplit("-", 1)[-1].replace("_", " ")

    @property
    def is_text(self) -> bool:
        return bool(self.value.strip()) and not self.name.startswith("loaded-") and self.name != "form_id"


def kept_fields(request: HttpRequest) -> list[Kept]:
    """Every posted value but secrets and files, in their order."""
    return [
        Kept(name, value)
        for name, values in request.POST.lists()
        if not any(word in name for word in SECRET)
        for value in values
    ]


def came_from_here(request: HttpRequest) -> bool:
    """Whether the browser says that the form was on a page of ours."""
    origin = request.headers.get("Origin") or request.headers.get("Referer") or ""
    return bool(own_path(request, f"{origin}/"))


def own_path(request: HttpRequest, address: str) -> str:
    """The path (with query) of a whole address on this host; empty for any other address."""
    for scheme in ("https://", "http://"):
        host = f"{scheme}{request.get_host()}"
        if address.startswith(f"{host}/"):
            return address.removeprefix(host)
    return ""
