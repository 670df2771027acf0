"""Sentences of the hardware fit."""

from decisions.words import N_

TEXTS = {
    "hardware.fits": N_("fits"),
    "hardware.needs": N_("needs {need} of {have} GiB"),
    "hardware.too_small": N_("too small"),
    "hardware.short": N_("needs {need} of {have} GiB: {short} GiB short"),
    "hardware.need_unsaid": N_("need not stated"),
    "hardware.state_need": N_(
        "State the memory it needs in GiB, with its source: an estimate, or an engine's own log."
    ),
    "hardware.memory_unsaid": N_("memory not declared"),
    "hardware.no_vram": N_("{route} does not declare its VRAM; {need} GiB are needed."),
    "hardware.declare_vram": N_("Declare device, count and VRAM of {route}."),
    "hardware.no_ram": N_("{route} does not declare its RAM; {need} GiB are needed."),
    "hardware.declare_ram": N_("Declare the RAM of {route}."),
    "hardware.no_route": N_("route not chosen"),
    "hardware.no_route_chosen": N_("No route is chosen, so there is no memory to compare with."),
    "hardware.choose_route": N_("Choose the route this candidate runs on."),
    "hardware.elsewhere": N_("nothing to host"),
    "hardware.provider_hosts": N_("The provider hosts the model; nothing of ours has to hold it."),
    "hardware.vram": N_("Memory: {need} of {have} GiB of VRAM."),
    "hardware.ram": N_("Memory: {need} of {have} GiB of RAM."),
    "hardware.several_devices": N_(
        "{count} devices are counted together; the runtime has to split the model between them."
    ),
    "hardware.disk": N_("Disk: {need} of {have} GiB."),
    "hardware.disk_short": N_("disk: needs {need} of {have} GiB: {short} GiB short"),
    "hardware.no_disk": N_("{route} does not declare its disk; {need} GiB are needed."),
    "hardware.declare_disk": N_("Declare the free disk of {route}."),
    "hardware.free_disk": N_("Free or add {short} GiB of disk."),
    "hardware.smaller": N_(
        "Take a smaller model or a stronger quantization, rent a GPU with {short} GiB more, or fall back on"
        " a cloud API."
    ),
    "hardware.source": N_("Stated by: {source}"),
    "hardware.no_source": N_("Where the stated need comes from is not said."),
    "hardware.estimate_beside": N_("By estimate it needs about {need} GiB."),
    "hardware.no_shape": N_(
        "Nothing here knows the dimensions of this model, so its memory cannot be worked out."
    ),
    "hardware.paste_config": N_("Paste the model's config.json under “Sizing”."),
    "hardware.no_runtime": N_("No runtime is named whose memory can be worked out."),
    "hardware.choose_runtime": N_("Choose the runtime from the list."),
    "hardware.quantization_unread": N_("“{found}” names no quantization that can be sized."),
    "hardware.name_quantization": N_("Name the quantization, such as BF16, Q4_K_M or AWQ."),
    "hardware.mend": N_("Mend it under “Sizing”, or in the fields of the model."),
    "hardware.beyond_measure": N_("What is asked takes more memory than can be written down."),
    "hardware.sources_differ": N_("Sources differ on “{field}”: {used} is used, another one says {other}."),
    "hardware.estimate_no_route": N_("It needs about {need} GiB, but no route is chosen to hold it."),
    "hardware.memory": N_("Memory: about {need} of {have} GiB."),
    "hardware.memory_each": N_("Memory: about {need} of {have} GiB on each of {count} devices."),
    "hardware.estimate_fits": N_("needs about {need} of {have} GiB"),
    "hardware.estimate_fits_each": N_("needs about {need} of {have} GiB on each of {count} devices"),
    "hardware.estimate_short": N_(
        "needs about {need} of {have} GiB: {short} GiB short, most of it for: {most_word}"
    ),
    "hardware.estimate_short_each": N_(
        "needs about {need} of {have} GiB on each of {count} devices: {short} GiB short, most of it for:"
        " {most_word}"
    ),
    "hardware.estimate_close": N_("needs {low} to {high} of {have} GiB: too close to call"),
    "hardware.estimate_close_each": N_(
        "needs {low} to {high} of {have} GiB on each of {count} devices: too close to call"
    ),
    "hardware.close": N_("too close to call"),
    "hardware.quantization_unsaid": N_("quantization not said"),
    "hardware.context_unsaid": N_("context not said"),
    "hardware.say_quantization": N_("Say in which quantization it will run."),
    "hardware.say_context": N_("Say in the need, or under “Sizing”, how long the context is."),
    "hardware.measure": N_("Start it once and keep what the engine's log says, or leave more room."),
    "hardware.host_short": N_("RAM: {need} of {have} GiB for what is not on the GPU."),
    "hardware.load_short": N_("RAM: loading takes {need} of {have} GiB."),
    "hardware.load_dropped": N_(
        "Loading maps {need} GiB, more than the {have} GiB of RAM: it works, but slower, because mapped pages"
        " are dropped and read again."
    ),
    "hardware.projector_apart": N_(
        "The vision or audio part, about {need} GiB, is a file of its own and is not counted: nothing here"
        " asks for more than text."
    ),
    "hardware.projector_unknown": N_("How large the vision or audio part is, is not known."),
    "hardware.host_unsaid": N_("{need} GiB stay in RAM, and the route does not declare its RAM."),
    "hardware.made_with": N_(
        "Worked out for {runtime}, {quantization}, {tokens} tokens of context for each of {count} requests at"
        " once (engine {engine})."
    ),
    "hardware.assumed_quantization": N_(
        "No quantization is stated: {quantization}, as published, is assumed."
    ),
    "hardware.assumed_context": N_("No context is stated: {tokens} tokens are assumed."),
    "hardware.assumed_parallel": N_("No number of requests is stated: one at a time is assumed."),
    "hardware.shape_config": N_(
        "The dimensions are those of the pasted config.json, which goes before what ships with Routecard."
    ),
    "hardware.shape_file": N_("Weights and dimensions are those that the header of the file itself states."),
    "hardware.taken_for": N_(
        "By its name the model is a copy or a sibling of {model}: its dimensions are taken to be those."
    ),
    "hardware.shape_claims": N_("Only claimed, looked up by nobody: {names}."),
    "hardware.range": N_("It is expected between {low} and {high} GiB."),
    "hardware.reserves": N_("{runtime} reserves {reserve} GiB of each device when it starts."),
    "hardware.room_assumed": N_(
        "{have} GiB is what a program usually gets of that memory: what the driver reports as usable, stated"
        " on the route, makes it exact."
    ),
    "hardware.capacity": N_(
        "There is room for {tokens} tokens, or for {count} requests with the asked context."
    ),
    "hardware.latency_missed": N_(
        "With a prompt that fills the context the first token comes after {rate} seconds at best; the need"
        " asks for {target} ms."
    ),
    "hardware.over_budget": N_("That is more than the budget."),
    "hardware.try_quantization": N_("Take {quantization}: it needs about {need} GiB then."),
    "hardware.try_cache": N_("Keep the cache in {kv_dtype}: it needs about {need} GiB then."),
    "hardware.try_context": N_("Keep the context to {tokens} tokens."),
    "hardware.try_offload": N_("Leave all but {layers} of {whole} layers in RAM; that is slower."),
    "hardware.try_devices": N_("Take {count} such devices."),
    "hardware.try_cheapest": N_(
        "Take another device; the cheapest that ships here and holds it: {device} ({price} USD when it came "
        "out, only claimed)."
    ),
    "hardware.try_device": N_(
        "Take one device with more memory; the smallest that ships here, no price known: {device}."
    ),
    "hardware.try_model": N_("Take {model}, a smaller model of the same family."),
    "hardware.try_cloud": N_("Fall back on a cloud API, where the data may go there."),
}
