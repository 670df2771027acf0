"""Every code in the tables is said somewhere, with the parameters its template asks for."""

import ast
import re
from pathlib import Path

from decisions import fit
from decisions.fit.say import codes, template_of

ROOM = Path(fit.__file__).parent
TOPICS = (
    "card|clear|command|task|licence|terms|hardware|runtime|evidence|premature|sizing"
    "|reading|gguf|safetensors|log|hub|asked|answer"
)
CODE = re.compile(rf'f?"((?:{TOPICS})\.[a-z_{{}}]+)"')


def _said() -> set[str]:
    rooms = (ROOM, ROOM.parent / "hub")
    text = "\n".join(path.read_text(encoding="utf-8") for room in rooms for path in room.rglob("*.py"))
    return set(CODE.findall(text))


def test_every_code_said_is_in_a_table():
    fixed = {code for code in _said() if "{" not in code}
    assert fixed
    assert fixed <= set(codes())


def test_every_code_in_a_table_is_said():
    patterns = [
        re.compile(re.sub(r"\{[a-z]+\}", "[a-z]+", re.escape(code).replace(r"\{", "{").replace(r"\}", "}")))
        for code in _said()
    ]
    assert not [code for code in codes() if not any(pattern.fullmatch(code) for pattern in patterns)]


def test_calls_name_the_parameters_of_their_template():
    for path in ROOM.rglob("*.py"):
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not (isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "say"):
                continue
            if isinstance(call.args[0], ast.Constant) and all(word.arg for word in call.keywords):
                asked = set(re.findall(r"\{([a-z_]+)\}", template_of(str(call.args[0].value))))
                assert asked == {word.arg for word in call.keywords}, (path.name, call.lineno)
