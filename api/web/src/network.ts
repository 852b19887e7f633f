/** What an answer looks like as a graph: nodes and links of its triples, or of the IRIs that share a row. */

import type { Graph, Rows } from "./endpoint";
import { type Prefixes, type Term, key, localName } from "./terms";

export interface Node {
  readonly id: string;
  readonly term: Term;
  label: string;
}

export interface Link {
  readonly source: string;
  readonly target: string;
  readonly label: string;
}

export interface Network {
  readonly nodes: readonly Node[];
  readonly links: readonly Link[];
  /** How many links there are in all; more than `links` holds where they were cut. */
  readonly total: number;
}

export const MOST_LINKS = 400;
const LABELS = new Set([
  "http://www.w3.org/2004/02/skos/core#prefLabel",
  "http://www.w3.org/2000/01/rdf-schema#label",
]);
const LONGEST = 42;

/** The graph of an answer; null where there is nothing to link. */
export function networkOf(result: Rows | Graph, prefixes: Prefixes): Network | null {
  const said = result.kind === "graph" ? result.triples.map(({ subject, predicate, object }) => [subject, predicate, object] as const) : null;
  const links = said ?? (result.kind === "rows" ? linked(result) : []);
  const nodes = new Map<string, Node>();
  const names = new Map<string, string>();
  const found: Link[] = [];
  const seen = new Set<string>();
  const node = (term: Term): string => {
    const id = key(term);
    if (!nodes.has(id)) nodes.set(id, { id, term, label: text(term, prefixes) });
    return id;
  };
  let total = 0;
  for (const [source, predicate, target] of links) {
    const label = typeof predicate === "string" ? predicate : worded(predicate);
    if (typeof predicate !== "string" && LABELS.has(predicate.value)) {
      names.set(key(source), target.value);
      continue;
    }
    const once = `${key(source)}\n${label}\n${key(target)}`;
    if (seen.has(once)) continue;
    seen.add(once);
    total++;
    if (found.length < MOST_LINKS) found.push({ source: node(source), target: node(target), label });
  }
  for (const [id, name] of names) {
    const named = nodes.get(id);
    if (named) named.label = short(name);
  }
  return found.length ? { nodes: [...nodes.values()], links: found, total } : null;
}

const RELATION = /^(?:p|pred|predicate|property|rel|relation)$/i;

/**
 * Links of rows. Where a column is called a relation, it links the one before it with the one after it; else the first
 * column of IRIs is linked with the others; else, where there is nothing but short texts, each column with the next.
 */
function linked({ names, rows }: Rows): (readonly [Term, Term | string, Term])[] {
  const at = names.findIndex((name) => RELATION.test(name));
  const [before, relation, after] = [names[at - 1], names[at], names[at + 1]];
  if (before && relation && after) {
    return rows.flatMap((row) => {
      const [subject, predicate, object] = [row[before], row[relation], row[after]];
      return subject && predicate && object ? [[subject, predicate, object] as const] : [];
    });
  }
  const isThing = (term: Term | undefined) => term !== undefined && term.type !== "literal";
  const things = names.filter((name) => rows.some((row) => isThing(row[name])));
  if (!things.length && names.length > 1 && rows.every((row) => names.every((name) => isShort(row[name])))) {
    return rows.flatMap((row) => {
      const stated = names.filter((name) => row[name]);
      return stated.slice(1).map((name, number) => [row[stated[number] as string] as Term, name, row[name] as Term] as const);
    });
  }
  return rows.flatMap((row) => {
    const [first, ...others] = things.filter((name) => isThing(row[name]));
    const source = first ? row[first] : undefined;
    if (!source) return [];
    return others.flatMap((name) => (row[name] ? [[source, name, row[name]] as const] : []));
  });
}

function isShort(term: Term | undefined): boolean {
  return !term || (term.type === "literal" && !term.datatype && term.value.length <= LONGEST);
}

function text(term: Term, prefixes: Prefixes): string {
  if (term.type === "bnode") return "[ ]";
  return short(term.type === "uri" ? (prefixes.contract(term.value) ?? localName(term.value)) : term.value);
}

/** `…/hasSymptom` → "has symptom". */
function worded(term: Term): string {
  const name = term.type === "uri" ? localName(term.value) : term.value;
  return name.replaceAll(/(?<=[a-z])(?=[A-Z])/g, " ").toLowerCase();
}

function short(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text;
}
