"""Sentences of the questions that every runtime is asked side by side."""

from decisions.words import N_

QUESTIONS = {
    "architecture": N_("Architecture"),
    "format": N_("Weight format"),
    "quantization": N_("Quantization"),
    "hardware": N_("Hardware"),
    "endpoint": N_("OpenAI-compatible endpoint"),
    "shape": N_("Structured output"),
    "tools": N_("Tool calling"),
    "inputs": N_("More than text"),
    "lora": N_("LoRA adapters"),
    "concurrency": N_("Several requests at once"),
}
TEXTS = {
    "answer.class_yes": N_("{runtime} has code for {model_class}."),
    "answer.class_unknown": N_("Which class the model is of is not known, so it was not looked up."),
    "answer.class_unlisted": N_("No list of the classes that {runtime} has code for ships."),
    "answer.format_unsaid": N_("Nothing is said of the format; {runtime} loads {formats}."),
    "answer.quantization_published": N_("The weights run as they are published."),
    "answer.quantization_unread": N_("It is not known what {quantization} is."),
    "answer.quantization_yes": N_("{runtime} runs {quantization}."),
    "answer.quantization_other": N_(
        "{runtime} does not run {quantization}; of about as many bits it has {other}."
    ),
    "answer.quantization_no": N_(
        "{runtime} does not run {quantization} and has nothing of about as many bits."
    ),
    "answer.quantization_unsized": N_(
        "{runtime} loads {quantization} but computes in another format; of about as many bits it has {other}."
    ),
    "answer.take_other": N_("Take the weights as {other}."),
    "answer.starts_anywhere": N_("{runtime} runs on: {hardware_word}."),
    "answer.parallel_yes": N_("{runtime} works on several requests at once ({option})."),
    "answer.memory_no": N_("The memory is too small: {need} GiB are needed, {have} GiB are there."),
    "answer.memory_open": N_("Whether the memory is enough is not certain: {need} GiB of {have} GiB."),
}
