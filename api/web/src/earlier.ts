/** The queries that were asked in this browser, to be taken up again or forgotten. */

import { h } from "./dom";
import { type Run, forgetRuns, runs } from "./memory";

/** A menu of them, read anew whenever it is opened; `show` gets the one that is chosen. */
export function earlier(show: (query: string) => void): HTMLElement {
  const list = h("div", { class: "list" });
  const menu = h("details", { class: "earlier", ontoggle: fill }, h("summary", {}, "History"), list);

  function fill(): void {
    const found = runs();
    const forget = () => {
      forgetRuns();
      fill();
    };
    list.replaceChildren(
      ...(found.length
        ? [h("ul", {}, ...found.map(item)), h("button", { type: "button", onclick: forget }, "Forget all")]
        : [h("p", { class: "soft" }, "Nothing was asked yet.")]),
    );
  }

  function item({ query, at }: Run): HTMLElement {
    const choose = () => {
      menu.open = false;
      show(query);
    };
    const when = new Date(at);
    const time = h("time", { datetime: when.toISOString(), class: "soft" }, when.toLocaleString());
    return h("li", {}, h("button", { type: "button", onclick: choose }, time, h("code", {}, query.trim().slice(0, 200))));
  }

  return menu;
}
