"""Settings for tests, written short."""

from decisions.fit.hardware.setting import DeviceMemory, RuntimeName, Setting

GIB = 1 << 30


def asked(context: int = 4096, runtime: RuntimeName = "llama_cpp", **more) -> Setting:
    return Setting(runtime, more.pop("quantization", "Q4_K_M"), context, **more)


def gpus(count: int = 1, gib: int = 24) -> DeviceMemory:
    return DeviceMemory(name="GPU", count=count, total_bytes=gib * GIB)


CPU = DeviceMemory(name="CPU", total_bytes=64 * GIB, is_cpu=True)


def of_row(row: dict) -> Setting:
    """The setting of a row of data/engine_logs.json."""
    return asked(
        row["context_tokens"],
        parallel=row["parallel"],
        kv_unified=bool(row["kv_unified"]),
        kv_dtype=row["kv_dtype"],
        ubatch_tokens=row["ubatch_tokens"],
        batch_tokens=2048,
        outputs=row["outputs"],
        flash_attention=bool(row["flash_attention"]),
        swa_full=bool(row["swa_full"]),
    )
