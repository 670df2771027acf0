// The guide of the tour is drawn again after whatever changed the draft.
document.addEventListener("htmx:afterRequest", (event) => {
  const guide = document.querySelector("[data-guide]");
  if (!guide || event.detail.requestConfig.verb !== "post") return;
  htmx.ajax("GET", guide.dataset.guide, { target: "#guide", swap: "outerHTML" });
});
