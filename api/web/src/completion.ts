/** What is offered while a query is typed: prefixes, classes, properties, concepts, variables and keywords. */

import type { Completion, CompletionContext, CompletionResult, CompletionSource } from "@codemirror/autocomplete";

import { many } from "./dom";
import { type Position, position } from "./position";
import type { Concept, Vocabulary, Word } from "./vocabulary";
import { searchConcepts } from "./vocabulary";

const KEYWORDS = (
  "SELECT DISTINCT REDUCED CONSTRUCT DESCRIBE ASK WHERE FROM NAMED PREFIX BASE OPTIONAL UNION MINUS FILTER BIND VALUES " +
  "GRAPH EXISTS NOT IN AS UNDEF LIMIT OFFSET ORDER BY ASC DESC GROUP HAVING"
).split(" ");
const FUNCTIONS = (
  "STR LANG LANGMATCHES DATATYPE BOUND IRI BNODE RAND ABS CEIL FLOOR ROUND CONCAT STRLEN UCASE LCASE ENCODE_FOR_URI " +
  "CONTAINS STRSTARTS STRENDS STRBEFORE STRAFTER YEAR MONTH DAY NOW COALESCE IF STRLANG STRDT SAMETERM ISIRI ISBLANK " +
  "ISLITERAL ISNUMERIC REGEX SUBSTR REPLACE COUNT SUM MIN MAX AVG SAMPLE GROUP_CONCAT"
).split(" ");
const WRITTEN = /(?:[?$]\w*|[\p{L}\p{N}_][\p{L}\p{N}_-]*(?::[\p{L}\p{N}_.-]*)?|:)$/u;
const FEWEST_LETTERS = 2;

/** The source of completions over a vocabulary that may still be on its way. */
export function completions(vocabulary: () => Promise<Vocabulary>): CompletionSource {
  return async (context) => {
    const line = context.state.sliceDoc(Math.max(0, context.pos - 300), context.pos);
    const written = line.match(WRITTEN)?.[0] ?? "";
    if (!written && !context.explicit) return null;
    const from = context.pos - written.length;
    if (/^[?$]/.test(written)) return variables(context, from);
    const place = position(context.state.sliceDoc(0, from));
    const known = await vocabulary();
    if (place === "prologue" && /\bprefix\s+$/i.test(context.state.sliceDoc(0, from))) return declarations(known, from);
    const isPrefixed = written.includes(":");
    const offered = words(known, place, isPrefixed);
    const options = [...offered, ...prefixes(known, place, offered), ...language(place)];
    const found = await concepts(context, place, written);
    return {
      from,
      options: [...options, ...found],
      validFor: found.length || !known.words.length || place === "object" || place === "subject" ? /^$/ : isPrefixed ? /^[^\s:]*:[^\s:]*$/ : /^[^\s:]*$/,
    };
  };
}

function declarations({ prefixes }: Vocabulary, from: number): CompletionResult {
  const options = [...prefixes.all].map(([prefix, namespace]) => ({
    label: `${prefix}:`,
    apply: `${prefix}: <${namespace}>\n`,
    detail: namespace,
    type: "namespace",
  }));
  return { from, options, validFor: /^[\w-]*:?$/ };
}

/** Classes or properties that fit; those that nothing is said with only for who writes a prefix, and so means them. */
function words({ prefixes, words }: Vocabulary, place: Position, isPrefixed: boolean): Completion[] {
  const fitting: Partial<Record<Position, Word["kind"]>> = { verb: "property", class: "class" };
  const wanted = fitting[place];
  if (place === "prologue" || place === "subject") return [];
  const counted = new Set(words.filter((word) => word.count !== null).map((word) => word.kind));
  const isUnused = (word: Word) => word.count === null && counted.has(word.kind);
  return words
    .filter((word) => !wanted || word.kind === wanted)
    .filter((word) => isPrefixed || !isUnused(word))
    .map((word, rank) => ({
      label: prefixes.write(word.iri),
      type: word.kind,
      detail: word.count === null ? word.label : `${word.label} · ${word.count.toLocaleString("en")}`,
      info: () => describe(word),
      boost: (wanted ? 30 : 0) - Math.min(rank / 10, 15) - (isUnused(word) ? 40 : 0),
    }));
}

function describe(word: Word): HTMLElement {
  const counted = word.count === null ? "" : many(word.count, word.kind === "class" ? "instance" : "triple");
  const shown = document.createElement("div");
  shown.textContent = [word.definition, counted].filter(Boolean).join(" ") || word.iri;
  return shown;
}

/** Prefixes; where only some words fit, theirs. */
function prefixes({ prefixes }: Vocabulary, place: Position, offered: readonly Completion[]): Completion[] {
  if (place === "prologue") return [];
  const isChosen = place === "verb" || place === "class";
  const fitting = [...prefixes.all].filter(
    ([prefix]) => !isChosen || offered.some((word) => word.label.startsWith(`${prefix}:`)),
  );
  return fitting.map(([prefix, namespace]) => ({
    label: `${prefix}:`,
    detail: namespace,
    type: "namespace",
    boost: -99,
  }));
}

function language(place: Position): Completion[] {
  const keywords = KEYWORDS.map((label) => ({ label, type: "keyword", boost: -30 }));
  if (place === "verb") return [{ label: "a", detail: "is a", type: "keyword", boost: -1 }];
  if (place === "class") return [];
  if (place !== "expression") return keywords;
  return [...keywords, ...FUNCTIONS.map((label) => ({ label, apply: `${label}(`, type: "function", boost: -30 }))];
}

function variables(context: CompletionContext, from: number): CompletionResult {
  const seen = new Map<string, number>();
  for (const found of context.state.doc.toString().matchAll(/[?$]\w+/g)) {
    if (found.index !== from) seen.set(found[0], (seen.get(found[0]) ?? 0) + 1);
  }
  const options = [...seen].map(([label, times]) => ({ label, type: "variable", boost: Math.min(times, 20) }));
  return { from, options, validFor: /^[?$]\w*$/ };
}

/** Concepts found by any of their names: `cough` offers `etio:cough`, `coughing up blood` is found by `blood`. */
async function concepts(context: CompletionContext, place: Position, written: string): Promise<Completion[]> {
  const text = written.replace(/^[^:]*:/, "").replaceAll(/[-_]/g, " ");
  if (!["subject", "object", "expression"].includes(place) || text.length < FEWEST_LETTERS) return [];
  const giveUp = new AbortController();
  context.addEventListener("abort", () => giveUp.abort());
  const found = await searchConcepts(text, giveUp.signal);
  return found.map((concept, rank) => ({
    label: written,
    displayLabel: concept.id,
    apply: concept.id,
    detail: said(concept),
    type: "constant",
    boost: 60 - rank,
  }));
}

function said(concept: Concept): string {
  const named = concept.name === concept.label ? concept.label : `${concept.label} (“${concept.name}”)`;
  return `${named} · ${concept.kinds.join(", ")}`;
}
