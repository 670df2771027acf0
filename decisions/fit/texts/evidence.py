"""Sentences of the evidence fit."""

from decisions.words import N_

TEXTS = {
    "evidence.count": N_("{count} of {total}"),
    "evidence.complete": N_("All {total} items of evidence are there."),
    "evidence.missing": N_("Missing: {items_words}."),
    "evidence.no_route": N_("No route is chosen, so whether a shutdown proof is owed is not known."),
    "evidence.choose_route": N_("Choose the route this candidate runs on."),
    "evidence.there": N_("There: {item_word}."),
    "evidence.attach": N_("Attach it: {item_word}."),
    "evidence.moving": N_("The model version names no commit; a branch or tag moves."),
    "evidence.branch": N_("The candidate's revision is {revision}, which moves."),
    "evidence.other_commit": N_(
        "The model version names another commit than the candidate's revision {revision}."
    ),
    "evidence.write_commit": N_(
        "Write the commit that ran (at least 7 hexadecimal digits) as model version and revision."
    ),
    "evidence.undated": N_("The model version is no dated model id of the provider."),
    "evidence.write_dated": N_("Write the provider's dated or numbered model id."),
}
