"""LM Studio's developer log: llama.cpp's lines in pieces, between lines of its own."""

import re
from dataclasses import replace

from decisions.fit.hardware.logs import llama_cpp
from decisions.fit.hardware.logs.rules import Rule, mark

MARKS = re.compile(
    r"\[LMSInternal\]|\[LM ?STUDIO SERVER\]|\[LM Studio\]|\blmstudio\b|LM Studio"
    r"|^\W*\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\W+\[(?:DEBUG|INFO)\]"
)
"""What only LM Studio prints."""

RULES: tuple[Rule, ...] = (
    mark(r"LM Studio (?:v|version )?(?P<value>\d+\.\d+\.\d+\S*)", "version"),
    mark(r"\[LM Studio\].*(?:Model loaded|Finished loading model)|\[INFO\].*Model loaded", "ready"),
)

FAMILY = replace(
    llama_cpp.FAMILY,
    rules=RULES + llama_cpp.RULES,
    seen=re.compile(rf"LM Studio|Model loaded|{llama_cpp.FAMILY.seen.pattern}"),
)
