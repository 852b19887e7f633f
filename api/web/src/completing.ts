/** Fields that name a concept: what fits is offered while one types, as an ARIA combobox with a list below it. */

import { type Match, findConcepts, pageOf } from "./concepts";
import { h } from "./dom";
import { Unanswered } from "./reach";
import "./completing.css";

/** Milliseconds without a key before the server is asked. */
const PAUSE = 120;
const FEWEST_LETTERS = 2;
const MOST = 8;
let fields = 0;

/** Offer concepts below the field. In a search the one chosen is gone to, in any other form it is named. */
export function complete(field: HTMLInputElement): void {
  if (field.role !== "combobox") new Offers(field);
}

class Offers {
  readonly #field: HTMLInputElement;
  readonly #list: HTMLUListElement;
  readonly #said: HTMLElement;
  /** Shown below the field where the server does not answer. */
  readonly #failure: HTMLElement;
  #found: readonly Match[] = [];
  #at = -1;
  #asking: AbortController | null = null;
  #waiting = 0;

  constructor(field: HTMLInputElement) {
    this.#field = field;
    this.#list = h("ul", { id: `offers-${++fields}`, class: "offers", role: "listbox", "aria-label": "Concepts", hidden: true });
    this.#said = h("span", { role: "status", class: "unseen" });
    this.#failure = h("div", { class: "offers failure", role: "alert", hidden: true });
    (field.closest("main, header, footer") ?? document.body).append(this.#list, this.#said);
    field.after(this.#failure);
    const attributes = { role: "combobox", autocomplete: "off", "aria-autocomplete": "list", "aria-controls": this.#list.id };
    for (const [name, value] of Object.entries(attributes)) field.setAttribute(name, value);
    this.#close();
    field.addEventListener("input", () => this.#wait());
    field.addEventListener("keydown", (event) => this.#press(event));
    for (const place of [field, this.#failure]) place.addEventListener("focusout", (event) => this.#leave(event));
    this.#list.addEventListener("pointerdown", (event) => event.preventDefault()); // the field keeps the focus
    this.#list.addEventListener("click", (event) => {
      const option = (event.target as Element).closest("li");
      if (option) this.#choose(this.#found[[...this.#list.children].indexOf(option)]);
    });
    window.addEventListener("resize", () => this.#place());
  }

  #wait(): void {
    clearTimeout(this.#waiting);
    this.#asking?.abort();
    if (this.#field.value.trim().length < FEWEST_LETTERS) this.#close();
    else this.#waiting = setTimeout(() => void this.#ask(), PAUSE);
  }

  async #ask(): Promise<void> {
    const mine = new AbortController();
    this.#asking = mine;
    try {
      const found = await findConcepts(this.#field.value.trim(), MOST, mine.signal);
      if (!mine.signal.aborted && document.activeElement === this.#field) this.#show(found);
    } catch (error) {
      if (mine.signal.aborted) return;
      if (!(error instanceof Unanswered)) throw error;
      this.#close();
      this.#fail(error.message);
    }
  }

  #fail(message: string): void {
    const again = h("button", { type: "button", onclick: () => this.#again() }, "Try again");
    this.#failure.replaceChildren(h("p", {}, message), again);
    this.#failure.hidden = false;
    this.#place();
  }

  #again(): void {
    this.#field.focus();
    void this.#ask();
  }

  #leave({ relatedTarget }: FocusEvent): void {
    if (relatedTarget !== this.#field && !this.#failure.contains(relatedTarget as Node | null)) this.#close();
  }

  #show(found: readonly Match[]): void {
    this.#failure.hidden = true;
    this.#found = found;
    this.#list.replaceChildren(...found.map((match, number) => option(match, `${this.#list.id}-${number}`)));
    this.#list.hidden = !found.length;
    this.#field.setAttribute("aria-expanded", String(found.length > 0));
    this.#said.textContent = found.length ? `${found.length} concepts; arrow keys choose` : "No concept has a name like this";
    this.#mark(-1);
    this.#place();
  }

  #close(): void {
    clearTimeout(this.#waiting);
    this.#asking?.abort();
    this.#list.hidden = this.#failure.hidden = true;
    this.#said.textContent = "";
    this.#field.setAttribute("aria-expanded", "false");
    this.#mark(-1);
  }

  #mark(at: number): void {
    this.#at = at;
    for (const [number, shown] of [...this.#list.children].entries()) shown.setAttribute("aria-selected", String(number === at));
    const chosen = this.#list.children[at];
    if (chosen) {
      this.#field.setAttribute("aria-activedescendant", chosen.id);
      chosen.scrollIntoView({ block: "nearest" });
    } else {
      this.#field.removeAttribute("aria-activedescendant");
    }
  }

  #press(event: KeyboardEvent): void {
    if (event.key === "Escape" && !this.#failure.hidden) this.#close();
    if (event.isComposing || (this.#list.hidden && event.key !== "ArrowDown")) return;
    const count = this.#found.length;
    if (this.#list.hidden) {
      this.#wait();
    } else if (event.key === "ArrowDown") {
      this.#mark(this.#at + 1 < count ? this.#at + 1 : -1);
    } else if (event.key === "ArrowUp") {
      this.#mark(this.#at >= 0 ? this.#at - 1 : count - 1);
    } else if (event.key === "Escape") {
      this.#close();
    } else if (event.key === "Enter" && this.#at >= 0) {
      this.#choose(this.#found[this.#at]);
    } else {
      return;
    }
    event.preventDefault();
  }

  #choose(match: Match | undefined): void {
    if (!match) return;
    if (this.#field.form?.role === "search") {
      location.assign(`${pageOf(match.id)}?${new URLSearchParams({ q: this.#field.value })}`);
    } else {
      const isAlone = this.#found.every((other) => other === match || other.label !== match.label);
      this.#field.value = isAlone ? match.label : match.id;
      this.#field.dispatchEvent(new Event("change", { bubbles: true }));
    }
    this.#close();
  }

  #place(): void {
    const { left, bottom, width } = this.#field.getBoundingClientRect();
    const breadth = Math.min(Math.max(width, 280), innerWidth - 16);
    for (const { style } of [this.#list, this.#failure]) {
      style.width = `${breadth}px`;
      style.left = `${Math.min(left, innerWidth - breadth - 8) + scrollX}px`;
      style.top = `${bottom + scrollY + 2}px`;
    }
  }
}

function option(match: Match, id: string): HTMLLIElement {
  const named = match.name === match.label ? "" : ` “${match.name}”`;
  return h(
    "li",
    { id, role: "option", "aria-selected": "false" },
    h("span", {}, match.label),
    h("span", { class: "soft" }, `${match.kinds.join(", ")}${named && ` · found as${named}`}`),
  );
}
