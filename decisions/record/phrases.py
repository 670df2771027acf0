"""The sentences a decision document is filled up with, in each language its texts are written in.

They become part of stored content, in the decision's own `text_language`, so they are tables here and not
entries of the translation catalogue.
"""

import re
from dataclasses import dataclass

from decisions.states import TextLanguage

MOST_REASON = 4_000  # characters of one reason inside a generated text
MOST_NAMES = 2_000  # characters of a list of names inside a generated text


@dataclass(frozen=True)
class Phrases:
    """What one language needs to fill up a document; braces are filled with texts."""

    stop: str
    joint: str
    start: str
    stay: str
    stay_rejecting: str
    switch: str
    pair: str
    rejected: str
    missing: str
    no_first_choice: str
    no_runtime: str
    no_reason: str
    no_gate: str
    unknown: str
    nothing: str
    model_decision: str
    size: str
    size_kinds: str
    tokens: str
    runtime_decision: str
    no_route: str
    hardware: str
    device: str
    no_device: str
    devices: str
    vram: str
    ram: str
    disk: str
    price: str
    hours: str
    stop_at: str
    eval_gate: str
    expected_output: str


ENGLISH = Phrases(
    stop=".",
    joint="; ",
    start="For this project we start with {model} on {runtime} because {reason}",
    stay="We do not take a larger model yet because {reason}",
    stay_rejecting="We do not take a larger model yet because {reason} (rejected for now: {what})",
    switch="We switch only if the fixed eval set shows {condition}",
    pair="{model} on {runtime}",
    rejected="{name}: {reason}",
    missing="(not written yet)",
    no_first_choice="(no first choice yet)",
    no_runtime="(no runtime yet)",
    no_reason="(reason not written yet)",
    no_gate="(no gate set yet)",
    unknown="unknown",
    nothing="none",
    model_decision=(
        "{model}; licence: {licence}; size: {size}; context: {context}; rejected alternatives: {rejected}"
    ),
    size="{count} parameters",
    size_kinds="{size}, {kinds}",
    tokens="{count} tokens",
    runtime_decision="{runtime}; hardware reason: {reason}; fallback runtime: {fallback}",
    no_route="no route chosen yet; device, memory, disk, price and expected stop are unknown",
    hardware="{route}: {facts}",
    device="{device}",
    no_device="device unknown",
    devices="{count} × {device}",
    vram="VRAM per device {value}",
    ram="RAM {value}",
    disk="disk {value}",
    price="price per hour {value}",
    hours="planned hours {value}",
    stop_at="expected stop {value}",
    eval_gate="not set yet: no fixed case says so far what would change the model or the runtime",
    expected_output="{markdown}, {json}; first-run command: {command}",
)

JAPANESE = Phrases(
    stop="。",
    joint="、",
    start="このプロジェクトでは、まず {runtime} で {model} を動かします。そう決めた理由：{reason}",
    stay="より大きなモデルにまだ進まない理由：{reason}",
    stay_rejecting="より大きなモデルにまだ進まない理由：{reason}（今回は見送り：{what}）",
    switch="切り替えるのは、固定した評価セットが次の結果を示したときに限ります：{condition}",
    pair="{model}（{runtime}）",
    rejected="{name}：{reason}",
    missing="（未記入）",
    no_first_choice="（第一候補は未定）",
    no_runtime="（ランタイムは未定）",
    no_reason="（理由は未記入）",
    no_gate="（評価ゲートは未設定）",
    unknown="不明",
    nothing="なし",
    model_decision="{model}。ライセンス：{licence}。規模：{size}。コンテキスト長：{context}。見送った選択肢：{rejected}",
    size="パラメーター数 {count}",
    size_kinds="{size}、{kinds}",
    tokens="{count} トークン",
    runtime_decision="{runtime}。このハードウェアで足りる理由：{reason}。代替ランタイム：{fallback}",
    no_route="ルートは未定。デバイス、メモリー、ディスク、料金、停止予定はいずれも不明",
    hardware="{route}：{facts}",
    device="{device}",
    no_device="デバイス不明",
    devices="{device} {count} 台",
    vram="1 台あたりの VRAM {value}",
    ram="RAM {value}",
    disk="ディスク {value}",
    price="1 時間あたりの料金 {value}",
    hours="使用予定時間 {value}",
    stop_at="停止予定 {value}",
    eval_gate="未設定：モデルやランタイムを変える根拠になる固定ケースは、まだ決まっていない",
    expected_output="{markdown}、{json}、初回実行コマンド：{command}",
)

CHINESE = Phrases(
    stop="。",
    joint="、",
    start="本项目先用 {runtime} 运行 {model}，原因：{reason}",
    stay="目前不换用更大的模型，原因：{reason}",
    stay_rejecting="目前不换用更大的模型，原因：{reason}（暂不采用：{what}）",
    switch="只有固定评测集表明以下情况时才切换：{condition}",
    pair="{model}（{runtime}）",
    rejected="{name}：{reason}",
    missing="（尚未填写）",
    no_first_choice="（尚未确定首选）",
    no_runtime="（尚未确定运行时）",
    no_reason="（原因尚未填写）",
    no_gate="（尚未设定评测门槛）",
    unknown="未知",
    nothing="无",
    model_decision="{model}。许可证：{licence}。规模：{size}。上下文长度：{context}。未采用的方案：{rejected}",
    size="参数量 {count}",
    size_kinds="{size}，{kinds}",
    tokens="{count} 词元",
    runtime_decision="{runtime}。硬件依据：{reason}。后备运行时：{fallback}",
    no_route="尚未选定路线；设备、内存、磁盘、价格和预计停机时间均未知",
    hardware="{route}：{facts}",
    device="{device}",
    no_device="设备未知",
    devices="{device} {count} 台",
    vram="每台 VRAM {value}",
    ram="RAM {value}",
    disk="磁盘 {value}",
    price="每小时价格 {value}",
    hours="计划时长 {value}",
    stop_at="预计停机时间 {value}",
    eval_gate="尚未设定：还没有固定用例说明什么情况下更换模型或运行时",
    expected_output="{markdown}、{json}、首次运行命令：{command}",
)

_TABLE = {TextLanguage.ENGLISH: ENGLISH, TextLanguage.JAPANESE: JAPANESE, TextLanguage.CHINESE: CHINESE}

# Words that start a sentence and are no names: only these lose their capital inside a sentence.
_SMALL_WORD = re.compile(
    r"(?:A|All|An|Any|Because|Both|But|Every|For|From|He|If|In|It|Its|Most|Neither|No|None|Nothing|"
    r"Of|On|One|Only|Our|She|Since|So|Some|Such|That|The|Their|There|These|They|This|Those|To|"
    r"Until|We|When|While|With|You|Your) "
)
_CJK = "\u3000-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff00-\uffef"
_BETWEEN_CJK = re.compile(rf"(?<=[{_CJK}])\n\s*(?=[{_CJK}])")


def phrases(language: TextLanguage) -> Phrases:
    """The sentences of one language."""
    return _TABLE[language]


def clip(text: str, limit: int) -> str:
    """Return at most `limit` characters, the last of them `…` where something was left out."""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def one_line(text: str) -> str:
    """Put a text on one line; between Chinese or Japanese characters a line end is no space."""
    return " ".join(_BETWEEN_CJK.sub("", text.strip()).split())


def clause(text: str, limit: int = MOST_REASON) -> str:
    """Fit a text into a sentence: one line, no full stop, a small first letter where that is safe."""
    line = clip(one_line(text), limit)
    bare = line.rstrip(" .。．;；,，、:：") if not line.endswith("..") else line
    line = bare or line
    return line[0].lower() + line[1:] if _SMALL_WORD.match(line) else line


def sentence(text: str, stop: str) -> str:
    """End a sentence, once."""
    return text if text.endswith(("!", "?", "！", "？", "…", "..")) else text + stop
