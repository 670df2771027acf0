"""What PDF/A-3a asks for and can be seen in the file itself; no validator of the standard runs here."""

import re
from decimal import Decimal

import pypdfium2
import pytest

from decisions.export.pdf.document import attachment, record_html
from decisions.export.pdf.renderer import Renderer
from decisions.record.schema import Candidate, Hardware, LicenceNote, Model, Need, Route
from decisions.states import CandidateRole, RouteKind, TextLanguage
from tests.export.pdf.samples import envelope, objects, stored

LANGUAGES = ("en", "ja", "zh-hans")
FORBIDDEN = (
    b"/JavaScript",
    b"/JS",
    b"/Launch",
    b"/GoToR",
    b"/GoToE",
    b"/SubmitForm",
    b"/ImportData",
    b"/OpenAction",
    b"/AA",
    b"/Encrypt",
    b"/Movie",
    b"/Sound",
    b"/RichMedia",
    b"/XFA",
    b"/LZWDecode",
)


@pytest.fixture(params=LANGUAGES)
def pdf(press: Renderer, request: pytest.FixtureRequest) -> bytes:
    """A decision with a link, letters of three scripts and its attachment."""
    note = LicenceNote(source="https://example.org/licence")
    data = stored(candidates=(Candidate(key="c1", name="Modell é 直 候选 👍", licence=note),))
    around = envelope(data)
    return press.render(record_html(data, around, request.param), attachment(data, around))


def test_the_colours_have_a_profile_and_the_structure_is_marked(pdf: bytes) -> None:
    inside = objects(pdf)
    assert b"/S /GTS_PDFA1" in inside
    assert b"/DestOutputProfile" in inside
    assert re.search(rb"/MarkInfo\s*<<[^>]*/Marked true", inside)
    assert b"/StructTreeRoot" in inside
    assert b"/ParentTree" in inside
    assert re.search(rb"/ViewerPreferences\s*<<[^>]*/DisplayDocTitle true", inside)


def test_nothing_in_it_acts(pdf: bytes) -> None:
    found = [name for name in FORBIDDEN if re.search(name + rb"(?![A-Za-z])", objects(pdf))]
    assert found == []
    actions = set(re.findall(rb"/URI \((.*?)\)", objects(pdf)))
    assert actions == {b"https://example.org/licence"}


def test_every_font_is_in_the_file_with_its_letters(pdf: bytes) -> None:
    inside = objects(pdf)
    kinds = re.findall(rb"/Type /FontDescriptor", inside)
    assert kinds
    assert len(re.findall(rb"/FontFile[23]? \d+ 0 R", inside)) == len(kinds)
    assert len(re.findall(rb"/ToUnicode \d+ 0 R", inside)) == len(re.findall(rb"/Subtype /Type0", inside))


def test_the_attached_file_is_of_a_kind_and_has_a_relation(pdf: bytes) -> None:
    inside = objects(pdf)
    assert re.search(rb"/AF \[\d+ 0 R\]", inside)
    assert inside.count(b"/AFRelationship /Source") == 1
    assert re.search(rb"/Subtype /application#2[fF]json", inside)
    assert pypdfium2.PdfDocument(pdf).count_attachments() == 1


def test_every_picture_says_what_it_shows(press: Renderer) -> None:
    one = Candidate(
        key="c1",
        role=CandidateRole.FIRST_CHOICE,
        name="Qwen/Qwen3-8B",
        runtime_id="llama_cpp",
        model=Model(model_id="Qwen/Qwen3-8B", quantization="Q4_K_M"),
        route="r",
    )
    hardware = Hardware(device="NVIDIA L4", vram_gib=Decimal(24))
    route = Route(code="r", name="Our card", kind=RouteKind.OWN_SERVER, hardware=hardware)
    data = stored(candidates=(one,), routes=(route,), need=Need(context_tokens=8192))
    inside = objects(press.render(record_html(data, envelope(data), "en")))
    pictures = inside.count(b"/S /Figure")
    assert pictures > 1
    assert inside.count(b"/Alt (") == pictures


def test_a_part_in_another_language_says_so(press: Renderer) -> None:
    data = stored(text_language=TextLanguage.ENGLISH)
    inside = objects(press.render(record_html(data, envelope(data), "ja")))
    assert inside.count(b"/Lang (ja)") == 1
    assert inside.count(b"/Lang (en)") > 10
    inside = objects(press.render(record_html(data, envelope(data), "en")))
    assert inside.count(b"/Lang (en)") == 1
