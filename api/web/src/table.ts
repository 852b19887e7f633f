/** The table of an answer: sorted by a click, filtered by words, a page of rows at a time. */

import { get, h, many } from "./dom";
import { type Name, namesOf, pageOf } from "./names";
import { type Prefixes, type Term, XSD, key } from "./terms";

export type Row = Readonly<Record<string, Term>>;

const AT_ONCE = 100;
const NUMBERS = /^(?:integer|decimal|double|float|(?:non)?(?:Negative|Positive)Integer|nonNegativeInteger|long|int|short|byte)$/;
const collator = new Intl.Collator("en", { numeric: true });

/** The table; `names` are its columns. */
export class ResultTable {
  readonly element: HTMLElement;
  readonly #names: readonly string[];
  readonly #rows: readonly Row[];
  readonly #prefixes: Prefixes;
  #shown: readonly Row[];
  #sorted: { name: string; down: boolean } | null = null;
  #words: readonly string[] = [];
  #page = 0;

  constructor(names: readonly string[], rows: readonly Row[], prefixes: Prefixes) {
    [this.#names, this.#rows, this.#shown, this.#prefixes] = [names, rows, rows, prefixes];
    const heads = names.map((name) =>
      h("th", { scope: "col", "data-name": name }, h("button", { type: "button", onclick: () => this.#sort(name) }, name)),
    );
    const filter = h("input", {
      type: "search",
      placeholder: "Filter the rows",
      "aria-label": "Filter the rows",
      oninput: (event) => this.#filter((event.target as HTMLInputElement).value),
    });
    this.element = h(
      "div",
      {},
      h("div", { class: "bar" }, rows.length > 5 ? filter : null, h("nav", { class: "pager", "aria-label": "Pages of rows" })),
      h(
        "div",
        { class: "scroll", tabindex: 0, role: "region", "aria-label": "Table of results" },
        h("table", {}, h("thead", {}, h("tr", {}, ...heads)), h("tbody")),
      ),
    );
    this.#fill();
  }

  #sort(name: string): void {
    const down = this.#sorted?.name === name && !this.#sorted.down;
    this.#sorted = { name, down };
    for (const head of this.element.querySelectorAll("th")) {
      head.removeAttribute("aria-sort");
      if (head.dataset["name"] === name) head.setAttribute("aria-sort", down ? "descending" : "ascending");
    }
    this.#choose();
  }

  #filter(text: string): void {
    this.#words = text.toLowerCase().split(/\s+/).filter(Boolean);
    this.#choose();
  }

  #choose(): void {
    const words = this.#words;
    const kept = words.length
      ? this.#rows.filter((row) => {
          const text = this.#names.map((name) => (row[name] ? this.#text(row[name]) : "")).join(" ").toLowerCase();
          return words.every((word) => text.includes(word));
        })
      : [...this.#rows];
    const sorted = this.#sorted;
    if (sorted) {
      const sign = sorted.down ? -1 : 1;
      kept.sort((one, other) => sign * compare(one[sorted.name], other[sorted.name]));
    }
    [this.#shown, this.#page] = [kept, 0];
    this.#fill();
  }

  #fill(): void {
    const first = this.#page * AT_ONCE;
    const rows = this.#shown.slice(first, first + AT_ONCE);
    get("tbody", this.element).replaceChildren(
      ...rows.map((row) => h("tr", {}, ...this.#names.map((name) => this.#cell(row[name])))),
    );
    this.#pager(first, rows.length);
    const iris = rows.flatMap((row) => Object.values(row).filter((term) => term.type === "uri").map((term) => term.value));
    void namesOf(iris).then((names) => this.#name(names));
  }

  #pager(first: number, count: number): void {
    const pager = get<HTMLElement>(".pager", this.element);
    const total = this.#shown.length;
    pager.hidden = total <= AT_ONCE && total === this.#rows.length;
    const turn = (by: number, text: string, disabled: boolean) =>
      h("button", { type: "button", disabled, onclick: () => this.#turn(by) }, text);
    pager.replaceChildren(
      turn(-1, "Previous", first === 0),
      h("span", {}, `${total ? (first + 1).toLocaleString("en") : 0}–${(first + count).toLocaleString("en")} of ${many(total, "row")}`),
      turn(1, "Next", first + count >= total),
    );
  }

  #turn(by: number): void {
    this.#page += by;
    this.#fill();
    get<HTMLElement>(".scroll", this.element).scrollTop = 0;
  }

  #cell(term: Term | undefined): HTMLTableCellElement {
    if (!term) return h("td", {});
    if (term.type !== "literal") return h("td", { "data-iri": term.type === "uri" ? term.value : false }, this.#iri(term));
    const datatype = term.datatype?.startsWith(XSD) ? term.datatype.slice(XSD.length) : null;
    if (datatype && NUMBERS.test(datatype)) return h("td", { class: "number" }, term.value);
    const shown = term.language ?? (term.datatype && datatype !== "string" ? this.#prefixes.write(term.datatype) : null);
    return h("td", {}, term.value, shown ? h("span", { class: "soft" }, ` ${term.language ? "@" : ""}${shown}`) : null);
  }

  #iri(term: Term): Node {
    const text = this.#text(term);
    if (term.type === "bnode" || !/^https?:/.test(term.value)) return h("span", { title: term.value }, text);
    return h("a", { href: term.value, title: term.value, rel: "noreferrer noopener", target: "_blank", class: "outside" }, text);
  }

  #text(term: Term): string {
    if (term.type === "bnode") return `_:${term.value}`;
    return term.type === "uri" ? (this.#prefixes.contract(term.value) ?? term.value) : term.value;
  }

  /** Put what the IRIs are called beside them, and lead those of concepts to their page here. */
  #name(names: ReadonlyMap<string, Name>): void {
    for (const cell of this.element.querySelectorAll<HTMLElement>("td[data-iri]")) {
      const iri = cell.dataset["iri"] ?? "";
      const [name, curie] = [names.get(iri), this.#prefixes.contract(iri)];
      if (!name || !curie || cell.dataset["named"]) continue;
      cell.dataset["named"] = "";
      const link = name.kinds.length ? h("a", { href: pageOf(curie), title: iri }, curie) : cell.firstChild;
      const same = curie.replace(/^[^:]*:/, "").replaceAll(/[-_]/g, " ").toLowerCase() === name.label.toLowerCase();
      cell.replaceChildren(...(link ? [link] : []), ...(same ? [] : [h("span", { class: "soft" }, ` ${name.label}`)]));
    }
  }
}

function compare(one: Term | undefined, other: Term | undefined): number {
  if (!one || !other) return one ? 1 : other ? -1 : 0;
  const [left, right] = [Number(one.value), Number(other.value)];
  if (one.type === "literal" && other.type === "literal" && !Number.isNaN(left) && !Number.isNaN(right)) return left - right;
  return collator.compare(one.value, other.value) || collator.compare(key(one), key(other));
}
