/** The page at `/graph` around a drawing: what its address says, and the parts of it that the server writes anew. */

import { reach, Unanswered } from "../reach";

const FORM = "form[data-graph-form]";
/** Parts of the page that change with what is drawn, each with an id. */
const LIVE = "[data-live]";
const PATH = "/graph";

export class GraphPage {
  readonly #place: HTMLElement;
  readonly #form: HTMLFormElement;
  #changed: () => void = () => undefined;
  /** The address whose parts the page shows. */
  #shown = location.search;

  /** The page of this place; null where another page has a drawing. */
  static find(place: HTMLElement): GraphPage | null {
    const form = document.querySelector<HTMLFormElement>(FORM);
    return form && location.pathname === PATH ? new GraphPage(place, form) : null;
  }

  /** The address of the graph around a concept. */
  static centre(id: string): string {
    return `${PATH}?${new URLSearchParams({ concept: id })}`;
  }

  private constructor(place: HTMLElement, form: HTMLFormElement) {
    this.#place = place;
    this.#form = form;
    for (const folded of document.querySelectorAll(`${LIVE} > details`)) folded.removeAttribute("open"); // it is drawn
    form.addEventListener("change", (event) => {
      if ((event.target as Element).matches("select, input[type=checkbox]")) this.#filter();
    });
    form.addEventListener("submit", (event) => this.#submit(event));
    document.addEventListener("click", (event) => this.#follow(event));
  }

  /** Call `changed` when something else is to be drawn. */
  onchange(changed: () => void): void {
    this.#changed = changed;
  }

  get #asked(): URLSearchParams {
    return new URLSearchParams(location.search);
  }

  /** The ids of the concepts that are expanded. */
  get opened(): ReadonlySet<string> {
    return new Set(this.#asked.getAll("expanded"));
  }

  /** The id of what is chosen. */
  get chosen(): string | null {
    return this.#asked.get("chosen");
  }

  /** Keep in the address what is chosen. */
  remember(id: string | null): void {
    const asked = this.#asked;
    if (asked.get("chosen") === id) return;
    asked.delete("chosen");
    if (id !== null) asked.set("chosen", id);
    this.#replace(asked);
    this.#shown = location.search;
  }

  /** Expand a concept, or collapse one that is expanded. */
  open(id: string): void {
    const asked = this.#asked;
    const opened = asked.getAll("expanded");
    asked.delete("expanded");
    for (const other of opened.filter((other) => other !== id)) asked.append("expanded", other);
    if (!opened.includes(id)) asked.append("expanded", id);
    asked.set("chosen", id);
    this.#go(asked);
  }

  /** Bring the parts that the server writes up to date with the address, where they are not. */
  async refresh(signal: AbortSignal): Promise<void> {
    const wanted = location.search;
    if (wanted === this.#shown) return;
    const response = await reach(`${PATH}${wanted}`, "text/html", signal);
    const found = new DOMParser().parseFromString(await response.text(), "text/html");
    const place = found.querySelector<HTMLElement>("[data-graph]");
    if (!response.ok || !place) throw new Unanswered(found.querySelector("[role=alert]")?.textContent ?? "The server gives no answer.");
    for (const name of ["source", "titles", "focus"]) this.#place.dataset[name] = place.dataset[name] ?? "";
    const focused = document.activeElement?.closest<HTMLInputElement>(`${LIVE} :is(input, select)`);
    for (const part of document.querySelectorAll<HTMLElement>(LIVE)) {
      const other = found.getElementById(part.id);
      const isOpen = part.querySelector(":scope > details")?.hasAttribute("open") ?? false;
      other?.querySelector(":scope > details")?.toggleAttribute("open", isOpen);
      if (other) part.replaceChildren(...other.childNodes);
    }
    if (focused) this.#focus(focused);
    this.#shown = wanted;
  }

  /** The field that stands where one with the focus stood gets it. */
  #focus({ name, value, type }: HTMLInputElement): void {
    const fields = [...this.#form.querySelectorAll<HTMLInputElement>(`[name="${CSS.escape(name)}"]`)];
    fields.find((field) => type !== "checkbox" || field.value === value)?.focus({ preventScroll: true });
  }

  /** What the form says now, with no more links than at first. */
  #filter(): void {
    const asked = new URLSearchParams();
    for (const [name, value] of new FormData(this.#form)) if (value !== "") asked.append(name, String(value));
    if (this.chosen !== null) asked.set("chosen", this.chosen);
    this.#go(asked);
  }

  /** Another concept is gone to; what was expanded around this one belongs to it. */
  #submit(event: SubmitEvent): void {
    event.preventDefault();
    const asked = new URLSearchParams();
    for (const [name, value] of new FormData(this.#form)) {
      if (value !== "" && name !== "expanded") asked.append(name, String(value));
    }
    if (asked.get("concept") === this.#asked.get("concept")) this.#filter();
    else location.assign(`${PATH}?${asked}`);
  }

  /** A link to the same graph with more or less of it is followed without leaving the drawing. */
  #follow(event: MouseEvent): void {
    const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>("a[data-step]") : null;
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    this.#go(new URL(link.href).searchParams);
  }

  #go(asked: URLSearchParams): void {
    this.#replace(asked);
    this.#changed();
  }

  #replace(asked: URLSearchParams): void {
    history.replaceState(null, "", `${PATH}?${asked.toString().replaceAll("%3A", ":").replaceAll("%2F", "/")}`);
  }
}
