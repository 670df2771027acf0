"""Sentences beside the commands of a candidate."""

from decisions.words import N_

TEXTS = {
    "command.needs_model": N_("Write the model id: the commands are made from it."),
    "command.needs_runtime": N_("Name a runtime with shipped facts: the commands are made from it."),
    "command.no_table": N_("No options of {runtime} ship with the product, so no command is written."),
    "command.hosted": N_("Nothing is started here: the provider runs the model."),
    "command.reads_as_option": N_(
        "No command is written: {model} or a name beside it begins with a dash, which a command reads as an "
        "option."
    ),
    "command.not_pinned": N_(
        "The revision is not a commit, so other files may be loaded tomorrow. Write the commit to pin them."
    ),
    "command.no_pin": N_(
        "{runtime} takes no commit: it loads what the repository or tag holds on that day. Note what was "
        "loaded."
    ),
    "command.pin_the_file": N_(
        "Not pinned: llama.cpp loads a fixed commit only of a file that is named. Write the commit, and the "
        "file in the weight format."
    ),
    "command.name_the_file": N_("{runtime} loads one GGUF file: name the file in the weight format."),
    "command.gguf_repository": N_("Only GGUF files are loaded, and {model} does not say that it holds any."),
    "command.stored": N_(
        "{quantization} is read from the checkpoint; {runtime} takes no option for it. The repository has to "
        "hold the weights so."
    ),
    "command.while_loading": N_(
        "{runtime} quantizes to {quantization} while it loads; a repository that holds the weights so loads "
        "without the option."
    ),
    "command.not_taken": N_("{runtime} does not load {quantization} in this version; no option is written."),
    "command.unknown_quantization": N_(
        "How {runtime} is asked for {quantization} is not known; no option is written."
    ),
    "command.no_context": N_(
        "{runtime} takes no option for the context: its cache grows with each request up to the model's own "
        "limit."
    ),
    "command.shared_context": N_(
        "The context is that of all slots together: {total} tokens for {count} slots of {each}."
    ),
    "command.no_kv": N_("{runtime} takes no type for the KV cache, so {kv} is not set."),
    "command.other_kv": N_("{runtime} does not take {kv} for the KV cache; it takes {kinds}."),
    "command.kv_in_app": N_(
        "The KV cache's type {kv} is set in the load settings of {runtime}'s application, not by a command."
    ),
    "command.own_layers": N_("{runtime} decides by itself how many layers each GPU holds."),
    "command.layers_as_share": N_("{runtime} takes a share of the layers, not their number."),
    "command.which_parser": N_(
        "For tool calls, {runtime} has to know how this model writes them. Add --enable-auto-tool-choice and "
        "--tool-call-parser with one of: {parsers}."
    ),
    "command.no_tool_choice": N_("{runtime} takes tools but refuses tool_choice."),
    "command.shape": N_(
        "{runtime} holds answers to a JSON schema when a request asks for it; no option is needed."
    ),
    "command.no_shape": N_("{runtime} refuses response_format: check the shape in your own code."),
    "command.no_adapter": N_("{runtime} takes no LoRA adapter by this command."),
    "command.which_adapter": N_(
        "LoRA adapters are asked for, and none is named here: give {runtime} yours with {option}."
    ),
    "command.gguf_adapter": N_("The LoRA adapter has to be a GGUF file."),
    "command.rank_beyond": N_("{runtime} takes no adapters of rank {rank}: {most} is the most."),
    "command.no_draft": N_("{runtime} takes no draft model by this command."),
    "command.draft_guesses": N_(
        "How many tokens the draft model guesses at a time is to be tried out: {count} are written."
    ),
    "command.vision_inside": N_("{runtime} loads the vision part with the weights; no option is written."),
    "command.vision_by_itself": N_("{runtime} loads the vision part by itself where the model brings one."),
    "command.vision_always": N_("{runtime} takes no option to leave the vision part out."),
    "command.which_projector": N_(
        "The vision part is a file of its own: give {runtime} its path with {option}."
    ),
    "command.ollama_service": N_(
        "Where Ollama already runs as a service, stop it first, or set the variables there."
    ),
    "command.model_key": N_(
        "LM Studio loads by its own key of the model; `lms ls` lists the keys, should this one not be found."
    ),
    "command.interrupt": N_("Ctrl+C in its terminal stops it too."),
    "command.ssh_target": N_(
        "In the tunnel, user@host is a placeholder: write user and address of the machine as the SSH target "
        "of its route."
    ),
    "command.rented": N_(
        "Stopping the runtime does not stop the bill: shut the machine down at the provider and keep the "
        "proof."
    ),
}
