/** The example queries, which the page lists as links: here they are searched, and open in the editor. */

import { h } from "./dom";

/** Let a click load a query without leaving the page, and a field narrow the list. */
export function enhanceExamples(load: (query: string) => void): void {
  const list = document.querySelector<HTMLElement>(".examples ul");
  if (!list) return;
  const items = [...list.querySelectorAll<HTMLElement>("li")];
  const filter = h("input", {
    type: "search",
    placeholder: "Search the examples",
    "aria-label": "Search the examples",
    oninput: (event) => {
      const words = (event.target as HTMLInputElement).value.toLowerCase().split(/\s+/).filter(Boolean);
      for (const item of items) {
        const text = item.textContent.toLowerCase();
        item.hidden = !words.every((word) => text.includes(word));
      }
    },
  });
  list.before(filter);
  list.addEventListener("click", (event) => {
    const link = (event.target as Element).closest("a");
    const query = link && new URL(link.href).searchParams.get("query");
    if (!query || (event as MouseEvent).ctrlKey || (event as MouseEvent).metaKey) return;
    event.preventDefault();
    load(query);
  });
}
