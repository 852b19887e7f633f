// Starts Swagger UI. `validatorUrl: null` keeps it from sending the interface's description to its makers; a link in
// each heading, as deep linking has it, would lie in a button, where no keyboard finds it.
const dark = matchMedia("(prefers-color-scheme: dark)");
const turn = () => document.documentElement.classList.toggle("dark-mode", dark.matches);
dark.addEventListener("change", turn);
turn();

SwaggerUIBundle({
  url: "openapi.json", dom_id: "#docs", deepLinking: false, validatorUrl: null, tryItOutEnabled: true,
  docExpansion: "list", defaultModelsExpandDepth: 0,
  presets: [SwaggerUIBundle.presets.apis, SwaggerUIBundle.SwaggerUIStandalonePreset]
});

// Fields are called what their parameters are, and a keyboard scrolls examples: Swagger UI sees to neither.
const fields = "select, input, textarea";
const named = (field) => field.closest("[data-param-name]")?.dataset.paramName ?? "value";
new MutationObserver(() => {
  for (const field of document.querySelectorAll(`#docs :is(${fields}):not([aria-label], [id])`)) {
    field.setAttribute("aria-label", named(field));
  }
  for (const text of document.querySelectorAll("#docs pre:not([tabindex])")) {
    text.tabIndex = 0;
  }
}).observe(document.querySelector("#docs"), { childList: true, subtree: true });
