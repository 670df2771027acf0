"""Sentences of the hardware fit."""

from decisions.words import N_

TEXTS = {
    "hardware.fits": N_("fits"),
    "hardware.needs": N_("needs {need} of {have} GiB"),
    "hardware.too_small": N_("too small"),
    "hardware.short": N_("needs {need} of {have} GiB: {short} GiB short"),
    "hardware.need_unsaid": N_("need not stated"),
    "hardware.no_need": N_("The memory this candidate needs is not stated."),
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
}
