/** Questions to the endpoint that this page belongs to, and what comes back. */

import { SILENT } from "./reach";
import type { Term, Triple } from "./terms";

export const ENDPOINT = "/sparql";
export const LONGEST_ADDRESS = 15_000;
const LARGEST = 48 << 20;

export interface Rows {
  readonly kind: "rows";
  readonly names: readonly string[];
  readonly rows: readonly Readonly<Record<string, Term>>[];
}

export interface Truth {
  readonly kind: "truth";
  readonly value: boolean;
}

export interface Graph {
  readonly kind: "graph";
  readonly triples: readonly Triple[];
}

export type Result = Rows | Truth | Graph;

export interface Answer {
  readonly result: Result;
  /** What the server cut the answer short at, if it did. */
  readonly truncated: string | null;
  /** From the question to the end of the answer. */
  readonly milliseconds: number;
  /** Milliseconds in the engine, if the server says. */
  readonly engine: number | null;
}

/** What the endpoint says against a query; `line` and `column` count from 1. */
export class Problem extends Error {
  readonly line: number | null;
  readonly column: number | null;

  constructor(message: string, line: number | null = null, column: number | null = null) {
    super(message);
    [this.line, this.column] = [line, column];
  }
}

/** No server was there to answer; it may be asked again. */
export class Silence extends Problem {}

const ROWS = "application/sparql-results+json";
const GRAPH = "application/ld+json";

/** The answer to a query; throws `Problem`, or an AbortError when it was given up. */
export async function ask(query: string, signal?: AbortSignal): Promise<Answer> {
  const start = performance.now();
  const response = await send(query, `${ROWS}, ${GRAPH};q=0.9`, signal);
  const text = await read(response);
  const milliseconds = performance.now() - start;
  const said = response.headers.get("server-timing")?.match(/\bengine;dur=([\d.]+)/)?.[1];
  const result = parse(text, response.headers.get("content-type") ?? "");
  return { result, truncated: response.headers.get("truncated"), milliseconds, engine: said ? Number(said) : null };
}

/** The answer as text, in the format of that name. */
export async function write(query: string, format: string, signal?: AbortSignal): Promise<string> {
  return read(await send(query, format.includes("/") ? format : null, signal, format.includes("/") ? null : format));
}

/** Rows of a question that the page itself asks; none where it fails, for the page must go on without them. */
export async function look(query: string): Promise<Rows["rows"]> {
  try {
    const { result } = await ask(query);
    return result.kind === "rows" ? result.rows : [];
  } catch (error) {
    if (error instanceof Problem) return [];
    throw error;
  }
}

/** Where the answer to a query is found by GET. */
export function addressOf(query: string, format?: string): string {
  const parameters = new URLSearchParams({ query });
  if (format) parameters.set("format", format);
  return `${ENDPOINT}?${parameters}`;
}

async function send(query: string, accept: string | null, signal?: AbortSignal, format: string | null = null) {
  const request: RequestInit = {
    method: "POST",
    headers: accept ? { Accept: accept } : {},
    body: new URLSearchParams(format ? { query, format } : { query }),
  };
  if (signal) request.signal = signal;
  let response: Response;
  try {
    response = await fetch(ENDPOINT, request);
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw new Silence(SILENT);
  }
  if (!response.ok) throw problem(response.status, await response.text());
  return response;
}

function problem(status: number, body: string): Problem {
  try {
    const said = JSON.parse(body) as { detail?: string; title?: string; line?: number; column?: number };
    return new Problem(said.detail ?? said.title ?? `Status ${status}`, said.line ?? null, said.column ?? null);
  } catch {
    return new Problem(`The server answered with status ${status}.`);
  }
}

async function read(response: Response): Promise<string> {
  const reader = response.body?.getReader();
  if (!reader) return "";
  const decoder = new TextDecoder();
  const parts: string[] = [];
  let size = 0;
  for (;;) {
    const { done, value } = await next(reader);
    if (done) break;
    size += value.length;
    if (size > LARGEST) {
      await reader.cancel();
      throw new Problem("The answer is too large to show here. Add a LIMIT, or download it.");
    }
    parts.push(decoder.decode(value, { stream: true }));
  }
  return parts.join("") + decoder.decode();
}

async function next(reader: ReadableStreamDefaultReader<Uint8Array>) {
  try {
    return await reader.read();
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw new Silence("The answer broke off: the query was stopped at a limit, or the server ended.");
  }
}

interface JsonResults {
  head: { vars?: string[] };
  boolean?: boolean;
  results?: { bindings: Record<string, { type: string; value: string; "xml:lang"?: string; datatype?: string }>[] };
}

function parse(text: string, mediaType: string): Result {
  if (mediaType.startsWith(GRAPH)) return { kind: "graph", triples: triples(JSON.parse(text) as Node[]) };
  const read = JSON.parse(text) as JsonResults;
  if (read.boolean !== undefined) return { kind: "truth", value: read.boolean };
  const rows = (read.results?.bindings ?? []).map((row) =>
    Object.fromEntries(Object.entries(row).map(([name, value]) => [name, term(value)])),
  );
  return { kind: "rows", names: read.head.vars ?? [], rows };
}

function term(read: { type: string; value: string; "xml:lang"?: string; datatype?: string }): Term {
  const type = read.type === "uri" || read.type === "bnode" ? read.type : "literal";
  return {
    type,
    value: read.value,
    ...(read["xml:lang"] ? { language: read["xml:lang"] } : {}),
    ...(read.datatype ? { datatype: read.datatype } : {}),
  };
}

type Value = { "@id"?: string; "@value"?: unknown; "@language"?: string; "@type"?: string };
type Node = { "@id": string; "@graph"?: Node[]; "@type"?: string[] } & Record<string, unknown>;

/** The triples of expanded JSON-LD, which is what the endpoint writes. */
function triples(nodes: readonly Node[]): Triple[] {
  return nodes.flatMap((node) => {
    const subject = named(node["@id"]);
    const types = (node["@type"] ?? []).map((type) => ({ "@id": type }));
    const stated = Object.entries(node).filter(([property]) => !property.startsWith("@"));
    const all: [string, unknown][] = types.length
      ? [["http://www.w3.org/1999/02/22-rdf-syntax-ns#type", types], ...stated]
      : stated;
    return all.flatMap(([property, values]) =>
      (values as Value[]).map((value) => ({ subject, predicate: named(property), object: object(value) })),
    );
  });
}

function named(id: string): Term {
  return id.startsWith("_:") ? { type: "bnode", value: id.slice(2) } : { type: "uri", value: id };
}

function object(value: Value): Term {
  if (value["@id"] !== undefined) return named(value["@id"]);
  return {
    type: "literal",
    value: String(value["@value"]),
    ...(value["@language"] ? { language: value["@language"] } : {}),
    ...(value["@type"] ? { datatype: value["@type"] } : {}),
  };
}
