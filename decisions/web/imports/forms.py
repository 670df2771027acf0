"""What is imported: a file or pasted text, carried from the preview to the confirmation as it came."""

import base64
import binascii
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from decisions.web.fields import DraftField, LineField

LARGEST = 2**20  # bytes


class _FileField(DraftField, forms.FileField):
    """A file to read."""


class _RawField(DraftField, forms.Field):
    """Text as it was pasted; what is wrong with it, its reader says, with the line."""

    widget = forms.Textarea


class SourceForm(forms.Form):
    """A file or pasted text; exactly one of them."""

    file = _FileField(
        label=gettext_lazy("File"),
        why=gettext_lazy("Markdown or JSON, written by Routecard or by hand, up to 1 MiB."),
        widget=forms.FileInput(attrs={"accept": ".md,.markdown,.txt,.json,text/markdown,application/json"}),
        allow_empty_file=True,
    )
    text = _RawField(
        label=gettext_lazy("Or paste the text"),
        why=gettext_lazy("The lines of a model_runtime_decision.md, or the JSON."),
        widget=forms.Textarea(attrs={"class": "tall", "rows": 12, "spellcheck": "false"}),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        file, text = cleaned.get("file"), cleaned.get("text") or ""
        if file and text.strip():
            raise ValidationError(
                _("Give either a file or a text, not both: it is not clear which one counts.")
            )
        if not file and not text.strip():
            raise ValidationError(_("Choose a file or paste its text."))
        cleaned["data"] = _bytes_of(file) if file else text.replace("\r\n", "\n").encode("utf-8", "replace")
        if len(cleaned["data"]) > LARGEST:
            raise ValidationError({"text": too_large(len(cleaned["data"]))})
        return cleaned

    @property
    def name(self) -> str:
        """What the file is called, empty for pasted text."""
        file = self.cleaned_data.get("file")
        return str(file.name) if file else ""

    def keep_text(self) -> None:
        """Put the text of an uploaded file where it can be mended, if it is text at all."""
        file_text = _readable(self.cleaned_data.get("data", b""))
        if self.cleaned_data.get("file") and file_text:
            typed = cast(QueryDict, self.data).copy()
            typed["text"] = file_text
            self.data = typed


def _bytes_of(file: UploadedFile) -> bytes:
    if file.size and file.size > LARGEST:
        raise ValidationError({"file": too_large(file.size)})
    return bytes(file.read())


def too_large(size: int) -> str:
    """The sentence for more than a page takes."""
    return _(
        "This has %(size)d bytes; the page takes %(limit)d at most. "
        "Larger ones can be brought in on the server with manage.py import_decision."
    ) % {"size": size, "limit": LARGEST}


def _readable(data: bytes) -> str:
    text = data.decode("utf-8-sig", "replace")
    return "" if "\0" in text or text.count("\ufffd") * 20 > len(text) else text


class ConfirmForm(forms.Form):
    """The previewed bytes again, and the draft they were compared with."""

    carried = forms.CharField(widget=forms.HiddenInput)
    name = forms.CharField(widget=forms.HiddenInput, required=False)
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean_carried(self) -> bytes:
        try:
            data = base64.b64decode(self.cleaned_data["carried"], validate=True)
        except (binascii.Error, ValueError) as error:
            raise ValidationError(
                _("What was previewed did not come back whole. Please start again.")
            ) from error
        if len(data) > LARGEST:
            raise ValidationError(too_large(len(data)))
        return data


class NewConfirmForm(ConfirmForm):
    """The same for a new decision, which needs a title."""

    title = LineField(
        label=gettext_lazy("Title of the new decision"),
        why=gettext_lazy("The question it answers, such as “the model that answers SOP questions”."),
        limit=120,
        required=True,
        error_messages={"required": gettext_lazy("Give the new decision a title.")},
    )


def carry(data: bytes) -> str:
    """Bytes as a hidden field takes them."""
    return base64.b64encode(data).decode("ascii")
