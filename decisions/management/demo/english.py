"""What the first demo project says: an assistant for a support desk, from a quick start to version 3."""

from datetime import date
from decimal import Decimal
from typing import Any

from decisions.states import RouteKind

Fields = dict[str, Any]

PROJECT = "Support desk assistant"
TITLE = "The model that answers procedure questions"
GOAL: Fields = {
    "project_goal": "An assistant that answers the support desk from our own operating procedures",
    "must_have": ["Customer documents stay on our own machines"],
}
START: Fields = {
    "name": "Qwen2.5-0.5B-Instruct",
    "model_id": "Qwen/Qwen2.5-0.5B-Instruct",
    "runtime": "Transformers",
}

NEED: Fields = {
    "must_have": [
        "Customer documents stay on our own machines",
        "Answers in English and Chinese",
        "JSON that the ticket system can read, every time",
    ],
    "nice_to_have": ["An answer within two seconds", "Room for a whole procedure in one prompt"],
    "task_kinds": ["chat", "extraction"],
    "languages": ["en", "zh"],
    "privacy": "private_docs",
    "licence_use": "internal",
    "context_tokens": 8192,
    "concurrent_requests": 4,
    "latency_target_ms": 2000,
    "structured_output": "json_schema",
    "needs_service": True,
    "purpose": "serving",
    "budget_amount": Decimal("40"),
    "budget_currency": "EUR",
    "product_boundary": "It drafts, a person at the desk sends. It never closes a ticket by itself.",
}
HARDWARE: dict[RouteKind, Fields] = {
    RouteKind.LOCAL_CPU: {"device": "Laptop of the desk", "ram_gib": Decimal(16), "disk_gib": Decimal(60)},
    RouteKind.OWN_SERVER: {
        "device": "NVIDIA L4",
        "device_count": 1,
        "vram_gib": Decimal("22.5"),
        "ram_gib": Decimal(64),
        "disk_gib": Decimal(400),
        "driver": "NVIDIA 550.90",
        "security": "Behind the office network; the port is open to the ticket system alone.",
    },
    RouteKind.RENTED_GPU: {
        "device": "NVIDIA A10G",
        "device_count": 1,
        "price_amount": Decimal("1.01"),
        "price_currency": "USD",
        "planned_hours": Decimal(6),
    },
}

FIRST: Fields = {
    "license_note": "Apache-2.0, read in full; the notice goes into our About page",
    "runtime": "vLLM",
    "runtime_id": "vllm",
    "runtime_version": "0.33.0",
    "hardware_note": "Fits the L4 many times over; the weights are about 1 GiB",
    "risk": "May lose the thread in procedures with many exceptions",
    "revision": "7ae557604adf67be50417f59c2c2f167def9a775",
    "quantization": "BF16",
    "weight_format": "safetensors",
    "context_tokens": 32768,
    "memory_needed_gib": Decimal("3.5"),
    "disk_needed_gib": Decimal(2),
    "needed_source": "weights, 8192 tokens of cache for 4 requests, and 1 GiB to spare",
}
SEVEN_B: Fields = {
    "name": "Qwen2.5-7B-Instruct",
    "model_id": "Qwen/Qwen2.5-7B-Instruct",
    "runtime": "vLLM",
    "license_note": "Apache-2.0 by its tag; nobody has read the text yet",
    "hardware_note": "Needs a planned hour on a rented card, and the proof that it was stopped",
    "risk": "Dearer, slower to try things out on",
    "quantization": "BF16",
    "weight_format": "safetensors",
    "memory_needed_gib": Decimal("18.5"),
    "disk_needed_gib": Decimal(16),
    "needed_source": "weights in BF16, 8192 tokens of cache for 4 requests, and 1 GiB to spare",
}
SEVENTY_TWO_B: Fields = {
    "name": "Qwen2.5-72B-Instruct",
    "model_id": "Qwen/Qwen2.5-72B-Instruct",
    "runtime": "vLLM",
    "license_note": "Qwen licence: a separate agreement from 100 million users a month on",
    "hardware_note": "Weights alone are several times the card",
    "risk": "A cluster for a desk of six people",
    "quantization": "BF16",
    "weight_format": "safetensors",
    "rejected_reason": "No failure of the small model asks for it, and no machine of ours holds it",
    "memory_needed_gib": Decimal(152),
    "disk_needed_gib": Decimal(140),
    "needed_source": "weights in BF16 and cache, by hand",
}
CLOUD: Fields = {
    "name": "The cloud model the desk uses today",
    "runtime": "Cloud API",
    "license_note": "No weights; its terms of service count",
    "hardware_note": "None of ours",
    "risk": "Customer names have to be taken out of every question first",
}

APACHE: Fields = {
    "licence_id": "apache-2.0",
    "source": "LICENSE in the model's repository",
    "read_on": date(2026, 11, 16),
    "commercial_use": "yes",
    "redistribution": "conditions",
    "data_use": "yes",
    "conditions": ["Keep the licence text and the notice with every copy"],
}
QWEN_LICENCE: Fields = {
    "licence_id": "qwen",
    "source": "LICENSE in the model's repository",
    "read_on": date(2026, 11, 16),
    "commercial_use": "conditions",
    "redistribution": "conditions",
    "data_use": "yes",
    "conditions": [
        "Ask for an agreement from 100 million monthly users on",
        "Say “Built with Qwen” where a model is improved with it",
    ],
}
MODEL_CARD: Fields = {
    "task_kinds": ["chat", "extraction"],
    "languages": ["en", "zh"],
    "modalities": ["text"],
    "tool_calling": True,
    "structured_output": True,
    "context_tokens": 32768,
    "limits": "Small: the page itself compares it unfavourably with its larger siblings on reasoning",
    "data": "Not stated in detail",
    "source": "README of the model's repository",
    "revision": "7ae557604adf67be50417f59c2c2f167def9a775",
    "reader": "Ari Author",
    "read_on": date(2026, 11, 18),
}
TERMS: Fields = {
    "provider": "The provider of our present contract",
    "source": "Data processing agreement, annex 2",
    "read_on": date(2026, 11, 18),
    "retention": "30 days for abuse monitoring",
    "trains_on_inputs": "no",
    "region": "EU",
    "third_parties": "Two sub-processors, both listed in the annex",
    "output_rights": "Ours",
}
EVIDENCE: Fields = {
    "model_version": "Qwen/Qwen2.5-0.5B-Instruct at 7ae557604adf67be50417f59c2c2f167def9a775",
    "command": "vllm serve Qwen/Qwen2.5-0.5B-Instruct --revision 7ae557604adf67be50417f59c2c2f167def9a775"
    " --max-model-len 8192 --host 127.0.0.1",
    "first_output": '{"procedure": "RMA-12", "step": 3, "answer": "Ask for the serial number first."}',
}

WHY: Fields = {
    "fallback": "The cloud model the desk uses today, with our procedures pasted in and names taken out",
    "fallback_model": "the cloud model of our present contract",
    "fallback_runtime": "Cloud API",
    "rollback_steps": "1. Point the ticket system back at the cloud API.\n2. Stop vLLM on the server.\n"
    "3. Tell the desk in its channel.",
    "why_now": "the loop from question to checked JSON has to work before the size of the model matters",
    "rejected_for_now": "no fixed case has failed for lack of size, and fine-tuning has nothing to mend",
    "tried_prompt": "Three prompts on ten tickets; the second one stays",
    "tried_rag": "The right procedure is in the prompt in nine of ten tickets",
    "tried_output_schema": "Guided decoding on; every answer parsed",
    "eval_gate": "fewer than 16 of the 20 fixed tickets answered rightly",
}

INITIAL = "Quick start: prove the loop on a laptop first."
SECOND = "The need is written down; it runs on our own server; two larger models are compared."
THIRD = "Model page read, first run on the server, the way back and the gate for a change."
