/** What the browser remembers for this endpoint: the query being written and those that were run. Nothing is sent. */

import { ENDPOINT } from "./endpoint";

export interface Run {
  readonly query: string;
  /** Milliseconds since 1970. */
  readonly at: number;
}

const KEY = `etiograph:${ENDPOINT}`;
const MOST = 50;

interface Stored {
  query?: string;
  runs?: Run[];
}

function read(): Stored {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? "{}") as Stored;
  } catch {
    return {};
  }
}

function write(stored: Stored): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(stored));
  } catch {
    // A browser that stores nothing for this page still answers questions.
  }
}

export function findDraft(): string | null {
  return read().query ?? null;
}

export function keepDraft(query: string): void {
  write({ ...read(), query });
}

/** Queries that were run, the newest first, each once. */
export function runs(): readonly Run[] {
  return read().runs ?? [];
}

export function keepRun(query: string): void {
  const others = runs().filter((run) => run.query !== query);
  write({ ...read(), query, runs: [{ query, at: Date.now() }, ...others].slice(0, MOST) });
}

export function forgetRuns(): void {
  write({ ...read(), runs: [] });
}
