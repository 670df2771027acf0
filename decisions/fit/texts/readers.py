"""Sentences of those who read files of models: GGUF and safetensors headers, engines' logs, the Hub."""

from decisions.words import N_

TEXTS = {
    "reading.pointer": N_(
        "The file is a Git LFS pointer: a few lines in the place of the real file. Fetch the file itself."
    ),
    "gguf.kept": N_("“{name}” is not what was read of a GGUF file; hand the file in again."),
    "gguf.not_gguf": N_("This is not a GGUF file: it begins with the bytes {found}, not with GGUF."),
    "gguf.version": N_("The file has version {found} of GGUF; versions 2 and 3 are read."),
    "gguf.cut_off": N_(
        "The file ends after {found} bytes, inside {part_word}: hand in more of its beginning."
    ),
    "gguf.too_large": N_("The header is larger than {most} MiB: reading stopped inside {part_word}."),
    "gguf.length": N_("{name} claims to take {found} bytes; a whole header has at most {most} MiB."),
    "gguf.length_inside": N_(
        "A length inside {part_word} claims {found} bytes; a whole header has at most {most} MiB."
    ),
    "gguf.texts": N_("{name} claims to list {found} texts; at most {most} are read."),
    "gguf.entries": N_("The header claims to have {found} entries of metadata; at most {most} are read."),
    "gguf.tensors": N_("The header claims to list {found} tensors; at most {most} are read."),
    "gguf.not_text": N_("A name inside {part_word} is not UTF-8 text."),
    "gguf.nested": N_("{name} is a list of lists, which no engine reads."),
    "gguf.value_type": N_("{name} has a value of type {found}, which GGUF does not have."),
    "gguf.twice": N_("{name} stands in the header twice."),
    "gguf.alignment": N_("general.alignment is {found}; a power of two is expected."),
    "gguf.split": N_("The file claims to be part {number} of {count}."),
    "gguf.parts": N_("The model is split into {count} files and these parts are here: {have}. Hand in all."),
    "gguf.no_architecture": N_("general.architecture is missing: the header does not say what the model is."),
    "gguf.dimensions": N_("The tensor {name} has {found} dimensions; at most {most} are possible."),
    "gguf.shape": N_("The tensor {name} has a shape that cannot be: {shape}."),
    "gguf.tensor_type": N_("The tensor {name} is stored as type {found}, which llama.cpp does not have."),
    "gguf.rows": N_(
        "The tensor {name} has rows of {found} values, which {type} cannot store: its blocks have {block}."
    ),
    "gguf.offset": N_("The tensor {name} does not begin where the one before it ends."),
    "gguf.other_kind": N_("The file holds no language model but something beside one: {kind}."),
    "gguf.no_embedding": N_("The tensor token_embd.weight is missing: the vocabulary is not known."),
    "gguf.missing": N_("{name} is missing in the header."),
    "safetensors.length": N_(
        "This is not a safetensors file: it would begin with a header of {found} bytes; at most {most} MiB"
        " are possible."
    ),
    "safetensors.kept": N_("“{name}” is not what was read of a safetensors file; hand the file in again."),
    "safetensors.part": N_(
        "This is file {number} of {count}: hand in model.safetensors.index.json, which is for all of them."
    ),
    "safetensors.cut_off": N_(
        "The file ends inside its header: {needed} bytes are needed and {found} are here. Hand in more of its"
        " beginning."
    ),
    "safetensors.index_large": N_("The index is larger than {most} MiB."),
    "safetensors.not_json": N_("This is not a JSON object as safetensors has it."),
    "safetensors.no_weight_map": N_("weight_map is missing: the index does not say which file has what."),
    "safetensors.twice": N_("{name} stands in the file twice."),
    "safetensors.dtype": N_("{name} has values of type {found}, which safetensors does not have."),
    "safetensors.shape": N_("{name} has no shape that can be."),
    "safetensors.size": N_("{name} takes {found} bytes where its shape and type make {expected}."),
    "safetensors.offsets": N_("{name} does not say where it begins and ends."),
    "safetensors.hole": N_("{name} does not begin where the tensor before it ends."),
    "safetensors.number": N_("{name} is {found}; a whole number of at least 0 is expected."),
    "log.large": N_("The log is larger than {most} MiB: cut out the part where the engine starts."),
    "log.empty": N_("The log is empty."),
    "log.another": N_(
        "No line of this log is one that llama.cpp, Ollama, LM Studio, vLLM or SGLang prints as it starts."
    ),
    "hub.off": N_(
        "This installation asks no Hub: upload the model's config.json or a header, or take a shipped model."
    ),
    "hub.id": N_("{model} is no id of a model: say it like Qwen/Qwen3-8B."),
    "hub.revision": N_("{revision} is no branch, tag or commit."),
    "hub.gated": N_(
        "{model} is gated: its terms have to be accepted at {host}, and the token of this installation has to"
        " be of an account that did."
    ),
    "hub.missing": N_("{host} has no {model}, or none that this installation may see."),
    "hub.no_revision": N_("{host} has {model}, but not at this revision."),
    "hub.token": N_("{host} does not accept the token of this installation."),
    "hub.unreachable": N_("{host} cannot be reached."),
    "hub.slow": N_("{host} took longer than {seconds} seconds."),
    "hub.busy": N_("{host} asks to wait (status {status}); try again later."),
    "hub.failed": N_("{host} answered with status {status}."),
    "hub.large": N_("{name} is larger than {most} MiB, which is not read."),
    "hub.elsewhere": N_("The Hub points to {address}, where this installation does not follow."),
    "hub.odd": N_("What {host} says of {model} is not understood."),
    "gguf.number": N_("{name} is {found}; a whole number from {least} to {most} is expected."),
}
