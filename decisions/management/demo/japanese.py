"""What the second demo project says, in Japanese: questions about a company's own rules, on a laptop."""

from datetime import date
from decimal import Decimal
from typing import Any

Fields = dict[str, Any]

PROJECT = "社内規程の問い合わせ窓口"
TITLE = "規程の質問に答えるモデル"
GOAL: Fields = {
    "project_goal": "社員からの規程に関する質問に、社内文書を根拠にして答える",
    "must_have": ["日本語で答える", "根拠にした条文を示す"],
    "nice_to_have": ["ノートパソコンだけで動く"],
}
NEED: Fields = {
    "task_kinds": ["chat", "extraction"],
    "languages": ["ja"],
    "privacy": "internal",
    "licence_use": "internal",
    "context_tokens": 4096,
    "concurrent_requests": 1,
    "structured_output": "none",
    "needs_service": False,
    "purpose": "edge",
    "product_boundary": "法的な判断はしない。最後に確認するのは総務の担当者。",
}
LAPTOP: Fields = {"device": "総務部のノートパソコン", "ram_gib": Decimal(16), "disk_gib": Decimal(80)}
FIRST: Fields = {
    "name": "TinySwallow-1.5B-Instruct",
    "model_id": "SakanaAI/TinySwallow-1.5B-Instruct",
    "runtime": "llama.cpp",
    "license_note": "Apache-2.0 と Gemma の条件を確認する",
    "hardware_note": "量子化すればメモリ 3 GiB ほどで動く見込み",
    "risk": "長い条文をまたぐ質問では取り違えるおそれがある",
    "quantization": "Q4_K_M",
    "weight_format": "gguf",
    "context_tokens": 4096,
    "memory_needed_gib": Decimal(3),
    "disk_needed_gib": Decimal(2),
    "needed_source": "重みとキャッシュの概算",
}
LARGER: Fields = {
    "name": "Qwen3-8B",
    "model_id": "Qwen/Qwen3-8B",
    "runtime": "llama.cpp",
    "hardware_note": "16 GiB では余裕が少ない",
    "risk": "応答が遅くなる",
    "quantization": "Q4_K_M",
    "weight_format": "gguf",
}
MODEL_CARD: Fields = {
    "task_kinds": ["chat", "extraction"],
    "languages": ["ja"],
    "modalities": ["text"],
    "context_tokens": 32768,
    "limits": "実験的な公開であり、商用の品質は保証されない",
    "source": "モデルのページ",
    "reader": "Olga Owner",
    "read_on": date(2026, 11, 19),
}
APACHE: Fields = {
    "licence_id": "apache-2.0",
    "source": "モデルのページのライセンス表示",
    "read_on": date(2026, 11, 19),
    "commercial_use": "yes",
    "data_use": "yes",
}
WHY: Fields = {
    "fallback": "これまでどおり、総務の担当者が規程集を引いて答える",
    "rollback_steps": "1. 窓口のリンクを問い合わせフォームに戻す\n2. 社内に知らせる",
    "why_now": "文書を探して答える流れが動くことを、最小のモデルで先に確かめたいから",
    "rejected_for_now": "小さいモデルで足りない質問がまだ示されていないから",
    "eval_gate": "固定した 20 問のうち正答が 15 問を下回ること",
}
SAVED = "最初の計画。ノートパソコンで動く最小のモデルから始める。"
