"""Sentences of the route cards."""

from decisions.words import N_

TEXTS = {
    "card.open": N_("Nothing in this need closes this route."),
    "card.candidate_on_closed": N_("Its route, {route}, is closed to this need."),
    "card.enough_vram": N_("{have} GiB of VRAM; GPU serving starts at {least} GiB."),
    "card.private_notebook": N_("{privacy_word}: such data never goes on a notebook outside the house."),
    "card.open_with_samples": N_("Use public samples only, and say so in the need's privacy class."),
    "card.privacy_unknown": N_(
        "The need does not say how private the data is, and this route takes it outside."
    ),
    "card.say_privacy": N_("Say the privacy class of the data."),
    "card.terms_decide": N_(
        "{privacy_word}: the data would go to a provider, and only its terms say whether it may."
    ),
    "card.read_terms": N_(
        "Read the terms and note retention, training on inputs, region, third parties and output rights."
    ),
    "card.leaves": N_(
        "{privacy_word}: the data leaves the house. Keep the endpoint on localhost or behind a tunnel, and "
        "clear the disk at shutdown."
    ),
    "card.notebook_serves_nothing": N_("The need asks for an endpoint, and a notebook does not serve one."),
    "card.serves_nothing": N_("The need asks for an endpoint, and this route cannot serve one."),
    "card.drop_endpoint": N_("Choose a route that can serve, or prove the first run without the endpoint."),
    "card.no_gpu": N_("The current hardware route is not ready: no GPU is declared."),
    "card.declare_gpu": N_("Declare the GPU: device, count and VRAM; GPU serving starts at {least} GiB."),
    "card.low_vram": N_(
        "The current hardware route is not ready: {have} GiB of VRAM, and GPU serving starts at {least} GiB."
    ),
    "card.more_vram": N_(
        "Take a GPU with {short} GiB more, or start with a smaller model on another route or a cloud API."
    ),
    "card.vram_unknown": N_("The VRAM of {device} is not declared; GPU serving starts at {least} GiB."),
    "card.declare_vram": N_("Declare the VRAM of one device in GiB."),
    "clear.gpu": N_("GPU declared"),
    "clear.driver": N_("Driver known"),
    "clear.memory": N_("Memory known"),
    "clear.security": N_("Security settled: who may reach the endpoint"),
    "clear.price": N_("Price per hour known"),
    "clear.hours": N_("Hours planned"),
    "clear.stop": N_("Stop time set"),
}
