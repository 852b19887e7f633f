/** The answer below the editor: what came back, as a table, a graph or text, and to take away. */

import { h, many } from "./dom";
import { type Answer, LONGEST_ADDRESS, Problem, type Silence, addressOf, write } from "./endpoint";
import type { Place } from "./editor";
import { networkOf } from "./network";
import { ResultTable } from "./table";
import type { Prefixes } from "./terms";

export const NOTICE = "Reports what articles say; not medical advice.";

interface Format {
  readonly name: string;
  readonly label: string;
  readonly extension: string;
}

const ROWS: readonly Format[] = [
  { name: "csv", label: "CSV", extension: "csv" },
  { name: "tsv", label: "TSV", extension: "tsv" },
  { name: "json", label: "JSON", extension: "srj" },
  { name: "xml", label: "XML", extension: "srx" },
];
const GRAPHS: readonly Format[] = [
  { name: "turtle", label: "Turtle", extension: "ttl" },
  { name: "ntriples", label: "N-Triples", extension: "nt" },
  { name: "jsonld", label: "JSON-LD", extension: "jsonld" },
  { name: "rdfxml", label: "RDF/XML", extension: "rdf" },
];

const TRUNCATED: Readonly<Record<string, string>> = {
  rows: "The answer was cut at the server's limit of rows",
  bytes: "The answer was cut at the server's limit of size",
};

interface View {
  readonly name: string;
  readonly panel: HTMLElement;
  /** Called when the view is shown for the first time. */
  readonly open?: () => void | Promise<void>;
}

/** Show an answer in `place`. */
export function showAnswer(place: HTMLElement, query: string, answer: Answer, prefixes: Prefixes): void {
  const { result, truncated } = answer;
  const engine = answer.engine === null ? "" : `, ${duration(answer.engine)} of it in the engine`;
  const time = `${duration(answer.milliseconds)}${engine}`;
  const said =
    result.kind === "truth"
      ? result.value ? "Yes" : "No"
      : result.kind === "graph" ? many(result.triples.length, "triple") : many(result.rows.length, "row");
  const formats = result.kind === "graph" ? GRAPHS : result.kind === "truth" ? ROWS.slice(2) : ROWS;
  place.replaceChildren(
    h("div", { class: "head" }, h("p", { role: "status" }, h("strong", {}, said), ` in ${time}`), downloads(query, formats)),
    truncated ? h("p", { class: "notice", role: "alert" }, `${TRUNCATED[truncated] ?? "The answer was cut short"}: there is more.`) : "",
    result.kind === "truth" ? "" : tabs(views(query, answer, prefixes)),
    h("p", { class: "soft" }, NOTICE),
  );
}

/** Show in `place` that there was no answer, and have `ask` ask again. */
export function showSilence(place: HTMLElement, silence: Silence, ask: () => void): void {
  const again = h("button", { type: "button", onclick: ask }, "Try again");
  place.replaceChildren(h("div", { class: "problem", role: "alert" }, h("p", {}, silence.message), again));
}

/** Show what went wrong in `place`; `go` leads to `where` in the query. */
export function showProblem(place: HTMLElement, problem: Problem, where: Place | null, go: () => void): void {
  place.replaceChildren(
    h(
      "div",
      { class: "problem", role: "alert" },
      h("p", {}, problem.message),
      where && (where.line !== problem.line || where.column !== problem.column)
        ? h("p", {}, `The editor does not understand it from line ${where.line}, column ${where.column} on.`)
        : null,
      where ? h("button", { type: "button", onclick: go }, `Go to line ${where.line}, column ${where.column}`) : null,
    ),
  );
}

function views(query: string, { result }: Answer, prefixes: Prefixes): View[] {
  if (result.kind === "truth") return [];
  const names = result.kind === "graph" ? ["subject", "predicate", "object"] : result.names;
  const rows = result.kind === "graph" ? result.triples.map((triple) => ({ ...triple })) : result.rows;
  const table = new ResultTable(names, rows, prefixes);
  const found: View[] = [{ name: "Table", panel: table.element }];
  const network = networkOf(result, prefixes);
  if (network) {
    const panel = h("div", { class: "graph" }, h("p", {}, "Drawing …"));
    found.push({
      name: "Graph",
      panel,
      open: async () => {
        const { draw } = await import("./drawing");
        draw(panel, network, prefixes);
      },
    });
  }
  const text = h("pre", { tabindex: 0 }, "…");
  found.push({
    name: "Text",
    panel: text,
    open: async () => {
      text.textContent = await textOf(query, result.kind === "graph" ? "turtle" : "json");
    },
  });
  return found;
}

async function textOf(query: string, format: string): Promise<string> {
  try {
    const text = await write(query, format);
    const shown = format === "json" ? JSON.stringify(JSON.parse(text), null, 2) : text;
    return shown.length > 1_000_000 ? `${shown.slice(0, 1_000_000)}\n… (download it to see the rest)` : shown;
  } catch (error) {
    if (error instanceof Problem) return error.message;
    throw error;
  }
}

/** The view that was chosen last: a changed query is looked at in the same way. */
let preferred = "Table";

/** Views of which one is seen; arrow keys go from one to the next. */
function tabs(views: readonly View[]): HTMLElement {
  const opened = new Set<string>();
  const buttons = views.map((view, number) =>
    h(
      "button",
      {
        type: "button",
        role: "tab",
        id: `tab-${view.name}`,
        "aria-controls": `panel-${view.name}`,
        onclick: () => choose(number, true),
        onkeydown: (event) => step(event as KeyboardEvent, number),
      },
      view.name,
    ),
  );
  for (const { panel, name } of views) {
    panel.id = `panel-${name}`;
    panel.setAttribute("role", "tabpanel");
    panel.setAttribute("aria-labelledby", `tab-${name}`);
  }

  function choose(chosen: number, wanted: boolean): void {
    for (const [number, button] of buttons.entries()) {
      button.setAttribute("aria-selected", String(number === chosen));
      button.tabIndex = number === chosen ? 0 : -1;
      const view = views[number];
      if (view) view.panel.hidden = number !== chosen;
    }
    const view = views[chosen];
    if (view?.open && !opened.has(view.name)) void view.open();
    if (view) opened.add(view.name);
    if (view && wanted) preferred = view.name;
  }

  function step(event: KeyboardEvent, number: number): void {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!by) return;
    const next = (number + by + buttons.length) % buttons.length;
    choose(next, true);
    buttons[next]?.focus();
    event.preventDefault();
  }

  // What is drawn needs its place on the page first.
  queueMicrotask(() => choose(Math.max(0, views.findIndex((view) => view.name === preferred)), false));
  return h(
    "div",
    { class: "views" },
    h("div", { role: "tablist", "aria-label": "Views of the answer" }, ...buttons),
    ...views.map((view) => view.panel),
  );
}

function downloads(query: string, formats: readonly Format[]): HTMLElement {
  const links = formats.map(({ name, label, extension }) => {
    const [address, file] = [addressOf(query, name), `etiograph.${extension}`];
    const link = h("a", { href: address, download: file }, label);
    if (address.length > LONGEST_ADDRESS) link.addEventListener("click", (event) => void take(event, query, name, file));
    return link;
  });
  return h("p", { class: "downloads" }, "Download: ", ...links.flatMap((link) => [link, " "]));
}

/** A query too long for an address is sent in a body, and what comes back is saved. */
async function take(event: Event, query: string, format: string, file: string): Promise<void> {
  event.preventDefault();
  const address = URL.createObjectURL(new Blob([await write(query, format)]));
  h("a", { href: address, download: file }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

function duration(milliseconds: number): string {
  const shown = milliseconds < 10 ? Math.round(milliseconds * 10) / 10 : Math.round(milliseconds);
  return `${shown.toLocaleString("en")} ms`;
}
