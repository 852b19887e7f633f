/** A graph in its place on a page: `<div data-graph data-source="ADDRESS …">`, with tools, legend and what is chosen. */

import { h, many } from "../dom";
import { Unanswered } from "../reach";
import { Drawing } from "./drawing";
import { help, listen } from "./keyboard";
import { legend } from "./legend";
import { GraphPage } from "./page";
import { announce, tell } from "./panel";
import { svg } from "./svg";
import { cut, load, type Graph } from "./wire";
import "./graph.css";

/** More links are drawn only for who asks for them. */
const MOST = 500;
const EMPTY: Graph = { things: new Map(), links: new Map(), chains: [] };

/** Draw the graph of this place, and keep it as the page's address says. */
export function mount(place: HTMLElement): void {
  void new Mounted(place).draw();
}

class Mounted {
  readonly #place: HTMLElement;
  readonly #page: GraphPage | null;
  readonly #picture = h("div", { class: "picture" });
  readonly #panel = h("aside", { class: "telling", "aria-label": "What is chosen" });
  readonly #legend = h("div", {});
  readonly #message = h("div", { class: "message" });
  readonly #counted = h("span", { class: "soft" });
  readonly #said = h("p", { role: "status", class: "unseen" });
  #drawing: Drawing | null = null;
  #graph = EMPTY;
  #asking: AbortController | null = null;
  #all = false;

  constructor(place: HTMLElement) {
    this.#place = place;
    this.#page = GraphPage.find(place);
    this.#page?.onchange(() => void this.draw());
    const keys = help("graph-keys");
    const canvas = h(
      "div",
      { class: "canvas", tabindex: 0, role: "application", "aria-label": "Graph", "aria-describedby": keys.id },
      this.#picture,
    );
    place.replaceChildren(
      this.#toolbar(),
      this.#message,
      h("div", { class: "stage" }, canvas, this.#panel),
      this.#legend,
      keys,
      this.#said,
    );
  }

  #toolbar(): HTMLElement {
    const button = (text: string, label: string, onclick: () => void) => h("button", { type: "button", "aria-label": label, title: label, onclick }, text);
    return h(
      "div",
      { class: "bar", role: "group", "aria-label": "The drawing" },
      button("+", "Zoom in", () => this.#drawing?.zoom(1.3)),
      button("−", "Zoom out", () => this.#drawing?.zoom(1 / 1.3)),
      button("Fit", "Fit the graph into view", () => this.#drawing?.fit()),
      button("PNG", "Save as PNG", () => this.#save("png")),
      button("SVG", "Save as SVG", () => this.#save("svg")),
      this.#counted,
    );
  }

  /** Ask for what the place names as its source, and draw it. */
  async draw(): Promise<void> {
    this.#asking?.abort();
    const mine = new AbortController();
    this.#asking = mine;
    this.#place.setAttribute("aria-busy", "true");
    try {
      await this.#page?.refresh(mine.signal);
      const graph = await load((this.#place.dataset["source"] ?? "").split(/\s+/).filter(Boolean), mine.signal);
      if (!mine.signal.aborted) await this.#show(graph);
    } catch (error) {
      if (mine.signal.aborted) return;
      if (!(error instanceof Unanswered)) throw error;
      this.#tellOf(error.message, "Try again", () => void this.draw());
    } finally {
      if (this.#asking === mine) this.#place.removeAttribute("aria-busy");
    }
  }

  async #show(whole: Graph): Promise<void> {
    const middle = this.#place.dataset["focus"] ?? "";
    const graph = this.#all ? whole : cut(whole, MOST, [middle]);
    this.#graph = graph;
    this.#drawing ??= this.#begin(graph);
    this.#counted.textContent = `${many(graph.things.size, "concept")}, ${many(graph.links.size, "link")}`;
    this.#legend.replaceChildren(legend(graph));
    const left = whole.links.size - graph.links.size;
    if (left) this.#tellOf(`${many(left, "more link")} would make the drawing slow.`, "Draw them all", () => this.#drawAll(whole));
    else if (!graph.links.size) this.#tellOf("Nothing that was asked for is linked here. Fewer filters may show more.");
    else this.#message.replaceChildren();
    await this.#drawing.show(graph, middle, this.#opened);
    const chosen = this.#page?.chosen ?? null;
    this.#drawing.choose(chosen !== null && (graph.things.has(chosen) || graph.links.has(chosen)) ? chosen : null);
  }

  #begin(graph: Graph): Drawing {
    const open = (id: string) => this.#open(id);
    const drawing = new Drawing(this.#picture, { choose: (id) => this.#choose(id), open }, Drawing.isMany(graph));
    const canvas = this.#picture.parentElement;
    if (canvas) listen(canvas, drawing, open);
    return drawing;
  }

  #drawAll(whole: Graph): void {
    this.#all = true;
    void this.#show(whole);
  }

  get #opened(): ReadonlySet<string> {
    return this.#page?.opened ?? new Set();
  }

  #open(id: string): void {
    if (this.#page) this.#page.open(id);
    else location.assign(GraphPage.centre(id));
  }

  #choose(id: string | null): void {
    const titles = JSON.parse(this.#place.dataset["titles"] ?? "{}") as Record<string, string>;
    const parts = tell(id, {
      graph: this.#graph,
      titles,
      opened: this.#opened,
      choose: (other) => this.#drawing?.choose(other),
      open: (other) => this.#open(other),
      centre: GraphPage.centre,
    });
    this.#panel.replaceChildren(...parts);
    this.#said.textContent = announce(id, this.#graph);
    this.#page?.remember(id);
  }

  #tellOf(text: string, label = "", act?: () => void): void {
    const button = act ? h("button", { type: "button", onclick: act }, label) : null;
    this.#message.replaceChildren(h("p", { role: "alert", class: "notice" }, `${text} `, button));
  }

  #save(format: "png" | "svg"): void {
    if (!this.#drawing) return;
    const title = document.querySelector("h1")?.textContent ?? "Etiograph";
    const picture =
      format === "png"
        ? this.#drawing.png(getComputedStyle(this.#place).getPropertyValue("--card").trim())
        : new Blob([svg(this.#drawing.core, this.#place, title)], { type: "image/svg+xml" });
    const address = URL.createObjectURL(picture);
    h("a", { href: address, download: `etiograph.${format}` }).click();
    setTimeout(() => URL.revokeObjectURL(address), 10_000);
  }
}
