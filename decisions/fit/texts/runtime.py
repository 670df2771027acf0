"""Sentences of the runtime fit."""

from decisions.words import N_

TEXTS = {
    "runtime.fits": N_("fits"),
    "runtime.holds": N_("{runtime} does what the need asks of a runtime ({total} checked)."),
    "runtime.wrong": N_("cannot do it"),
    "runtime.open": N_("{count} of {total} open"),
    "runtime.clear_word": N_("make clear first"),
    "runtime.not_known": N_("runtime not known"),
    "runtime.none_named": N_("No runtime is named."),
    "runtime.name_one": N_("Name the runtime."),
    "runtime.no_facts": N_("No shipped facts on {runtime}."),
    "runtime.known_one": N_("Choose a runtime with shipped facts, or note what this one can do: {known}."),
    "runtime.nothing_asked": N_("nothing asked"),
    "runtime.need_is_empty": N_(
        "The need says neither what the first run is for nor what a runtime must do."
    ),
    "runtime.say_need": N_(
        "Say what the first run is for, and whether an endpoint or structured output is needed."
    ),
    "runtime.read_from_text": N_("Read from the candidate's text: {runtime} is named first."),
    "runtime.also_named": N_("The text also names {others}."),
    "runtime.implied": N_("The route hosts the model, so the runtime is the provider's."),
    "runtime.facts_of": N_("Facts of {runtime} {version}, {day}."),
    "runtime.facts_undated": N_("Facts of {runtime}, {day}."),
    "runtime.purpose_yes": N_("{runtime} is made for it: {purpose_word}."),
    "runtime.purpose_no": N_("{runtime} is not for it: {purpose_word}."),
    "runtime.purpose_other": N_(
        "{runtime} is made for something else; whether it is enough for this is not known: {purpose_word}."
    ),
    "runtime.purpose_endpoint": N_("The need asks for an endpoint, which {runtime} is made for."),
    "runtime.made_for": N_("Made for it: {runtimes}."),
    "runtime.try_purpose": N_(
        "A first output and an evaluation table on {runtime} would settle it; made for it: {runtimes}."
    ),
    "runtime.endpoint_yes": N_("{runtime} offers an OpenAI-compatible endpoint."),
    "runtime.endpoint_no": N_("{runtime} offers no OpenAI-compatible endpoint."),
    "runtime.endpoint_open": N_("Whether {runtime} offers an OpenAI-compatible endpoint is not known."),
    "runtime.shape_yes": N_("{runtime} enforces it: {shape_word}."),
    "runtime.shape_no": N_("{runtime} does not enforce it: {shape_word}."),
    "runtime.shape_open": N_("Whether {runtime} enforces it is not known: {shape_word}."),
    "runtime.check_shape": N_(
        "Check the shape in your own code and ask the runtime for free text, or choose one that enforces "
        "it: {runtimes}."
    ),
    "runtime.tools_yes": N_("{runtime} passes tools to the model."),
    "runtime.tools_no": N_("{runtime} does not pass tools to the model."),
    "runtime.tools_open": N_("Whether {runtime} passes tools to the model is not known."),
    "runtime.inputs_yes": N_("{runtime} takes more than text."),
    "runtime.inputs_no": N_("{runtime} takes text only."),
    "runtime.inputs_open": N_("Whether {runtime} takes more than text is not known."),
    "runtime.lora_yes": N_("{runtime} loads LoRA adapters beside the model."),
    "runtime.lora_no": N_("{runtime} loads no LoRA adapters."),
    "runtime.lora_open": N_("Whether {runtime} loads LoRA adapters is not known."),
    "runtime.look_up": N_("Look it up in the documentation of {runtime} and note where it says so."),
    "runtime.choose_able": N_("Choose a runtime that can: {runtimes}."),
    "runtime.format_yes": N_("{runtime} loads {format}."),
    "runtime.format_no": N_("{runtime} does not load {format}; it loads {formats}."),
    "runtime.format_open": N_("Whether {runtime} loads {format} is not known."),
    "runtime.other_format": N_(
        "Take the weights in a format it loads, or a runtime that loads {format}: {runtimes}."
    ),
    "runtime.model_no": N_("{runtime} has no code for {model_class}."),
    "runtime.model_removed": N_("{runtime} had code for {model_class} up to {version} and has none now."),
    "runtime.model_open": N_(
        "{runtime} lists no code of its own for {model_class}; whether it loads the model another way is not "
        "known."
    ),
    "runtime.model_text_only": N_("{runtime} takes text only for {model_class}."),
    "runtime.other_model": N_("Choose another model for what the need asks."),
    "runtime.capability_yes": N_(
        "{method} on {runtime} starts at compute capability {least}, and {device} has {has}."
    ),
    "runtime.capability_no": N_(
        "{method} on {runtime} starts at compute capability {least}; {device} has {has}."
    ),
    "runtime.newer_device": N_(
        "Take a GPU of compute capability {least} or higher, or another quantization."
    ),
    "runtime.gpu_yes": N_("{runtime} starts on a GPU, and {route} has one."),
    "runtime.gpu_no": N_("{runtime} starts on a GPU, and {route} has none."),
    "runtime.gpu_open": N_("{runtime} starts on a GPU, and {route} declares none."),
    "runtime.maker_open": N_(
        "{runtime} names GPUs of {makers}; whether it runs on one of {maker} is not known."
    ),
    "runtime.no_route": N_("{runtime} starts on a GPU, and no route is chosen."),
    "runtime.choose_route": N_("Choose the route this candidate runs on."),
    "runtime.declare_gpu": N_("Declare the GPU of {route}: device, count and VRAM."),
    "runtime.gpu_route": N_("Choose a route with a GPU, or a runtime that starts without one: {runtimes}."),
    "runtime.clear": N_("GPU, driver, memory and security of {route} are clear."),
    "runtime.not_clear": N_("A serving runtime starts only when this is clear: {missing_words}."),
    "runtime.make_clear": N_("Make clear first: {missing_words}."),
    "runtime.not_hosted": N_("{route} hosts no model, so {runtime} cannot run there."),
    "runtime.provider": N_("The provider runs the model behind {route}."),
    "runtime.no_provider": N_("{runtime} hosts nothing on {route}."),
    "runtime.match_route": N_("Let runtime and route speak of the same place."),
}
