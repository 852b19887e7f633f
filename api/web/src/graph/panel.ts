/** What is known of the chosen thing or link: its links, or the sentences that it rests on. */

import { pageOf } from "../concepts";
import { h, many } from "../dom";
import { relation } from "./looks";
import type { Claim, Graph, Link, Quote } from "./wire";

/** Links to a place further down an article say where it is, so that a long article is opened there. */
const FAR = 20_000;

/** Where an article's page shows the sentence. */
function placeOf({ article, start }: Quote, claim: string): string {
  const far = start > FAR ? `?at=${start}` : "";
  return `/articles/${encodeURIComponent(article)}${far}#claim-${claim.slice(claim.lastIndexOf("/") + 1)}-${start}`;
}

export interface Telling {
  readonly graph: Graph;
  /** Article → its title, as far as the page knows them. */
  readonly titles: Readonly<Record<string, string>>;
  /** Whether a thing is expanded. */
  readonly opened: ReadonlySet<string>;
  readonly choose: (id: string) => void;
  readonly open: (id: string) => void;
  readonly centre: (id: string) => string;
}

/** Tell of what has this id; of nothing, what can be done. */
export function tell(id: string | null, telling: Telling): HTMLElement[] {
  const { graph } = telling;
  const link = id === null ? undefined : graph.links.get(id);
  if (link) return ofLink(link, telling);
  if (id !== null && graph.things.has(id)) return ofThing(id, telling);
  return [h("p", { class: "soft" }, "Choose a concept to see what it is linked to, or an arrow to read the sentence it rests on.")];
}

function ofThing(id: string, telling: Telling): HTMLElement[] {
  const { graph, opened } = telling;
  const { label, kinds } = graph.things.get(id) ?? { label: id, kinds: [] };
  const links = [...graph.links.values()].filter(({ subject, object }) => subject === id || object === id);
  const rows = links.map((link) =>
    h("li", {}, h("button", { type: "button", class: "plain", onclick: () => telling.choose(link.id) }, words(link, graph))),
  );
  return [
    h("h2", {}, h("a", { href: pageOf(id) }, label)),
    h("p", { class: "soft" }, [...kinds, id].join(" · ")),
    h(
      "p",
      { class: "tools" },
      h("button", { type: "button", onclick: () => telling.open(id) }, opened.has(id) ? "Collapse" : "Expand"),
      h("a", { href: telling.centre(id) }, "Centre on it"),
    ),
    h("p", {}, `${many(links.length, "link")} drawn:`),
    h("ul", {}, ...rows),
  ];
}

function ofLink(link: Link, telling: Telling): HTMLElement[] {
  const { graph } = telling;
  const end = (id: string) => h("button", { type: "button", class: "plain", onclick: () => telling.choose(id) }, name(id, graph));
  return [
    h("h2", {}, end(link.subject), ` ${relation(link.predicate).words} `, end(link.object)),
    ...link.claims.flatMap((claim) => ofClaim(claim, telling)),
  ];
}

function ofClaim(claim: Claim, { titles }: Telling): HTMLElement[] {
  const said = [claim.negated ? "denied" : claim.certainty, claim.frequency_qualifier].filter(Boolean).join(", ");
  const once = new Map((claim.evidence ?? []).map((row) => [`${row.article}\n${row.quote}`, row]));
  return [
    h("p", { class: claim.negated ? "denied" : "affirmed" }, said),
    ...[...once.values()].sort((one, other) => Number(isBare(one)) - Number(isBare(other))).map((row) => sentence(row, claim, titles)),
  ];
}

/** Whether the quote is no more than a name: a heading or an item. Sentences tell more. */
function isBare({ quote, subject_mention, object_mention }: Quote): boolean {
  return quote === subject_mention || quote === object_mention;
}

function sentence(row: Quote, claim: Claim, titles: Readonly<Record<string, string>>): HTMLElement {
  const title = titles[row.article] ?? row.article;
  const under = row.section.length && row.section.at(-1) !== title ? `, under “${row.section.at(-1)}”` : "";
  return h(
    "figure",
    { class: "quote" },
    h("blockquote", {}, row.quote),
    h("figcaption", {}, h("a", { href: placeOf(row, claim.id) }, title), under),
  );
}

function words({ subject, predicate, object, claims }: Link, graph: Graph): string {
  const denied = claims[0]?.negated ? " (denied)" : "";
  return `${name(subject, graph)} ${relation(predicate).words} ${name(object, graph)}${denied}`;
}

function name(id: string, graph: Graph): string {
  return graph.things.get(id)?.label ?? id;
}

/** The same in one line, for a screen reader. */
export function announce(id: string | null, graph: Graph): string {
  const link = id === null ? undefined : graph.links.get(id);
  if (link) return words(link, graph);
  const thing = id === null ? undefined : graph.things.get(id);
  if (!thing) return "";
  const links = [...graph.links.values()].filter(({ subject, object }) => subject === id || object === id).length;
  return `${thing.label}, ${thing.kinds.join(", ")}, ${many(links, "link")}`;
}
