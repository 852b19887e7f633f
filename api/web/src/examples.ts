/** The example queries, which the page lists as links: here they are searched, and open in the editor. */

import { get, h } from "./dom";

/** Let a click load a query without leaving the page, and a field narrow the list. */
export function enhanceExamples(load: (query: string) => void, show: (query: string) => void): void {
  const list = document.querySelector<HTMLElement>(".examples .list");
  if (!list) return;
  const groups = [...list.querySelectorAll("section")];
  const filter = h("input", {
    type: "search",
    placeholder: "Search the examples",
    "aria-label": "Search the examples",
    oninput: (event) => {
      const words = (event.target as HTMLInputElement).value.toLowerCase().split(/\s+/).filter(Boolean);
      for (const group of groups) {
        const subject = get("h2", group).textContent;
        for (const item of group.querySelectorAll("li")) {
          const text = `${subject} ${item.textContent}`.toLowerCase();
          item.hidden = !words.every((word) => text.includes(word));
        }
        group.hidden = !group.querySelector("li:not([hidden])");
      }
    },
  });
  list.before(filter);
  list.addEventListener("click", (event) => {
    const link = (event.target as Element).closest("a");
    const query = link && new URL(link.href).searchParams.get("query");
    const { ctrlKey, metaKey, shiftKey } = event as MouseEvent;
    if (!query || ctrlKey || metaKey || shiftKey) return;
    event.preventDefault();
    if (link.closest(".elsewhere")) show(query);
    else load(query);
  });
}
