/** The search for concepts by any of their names, as the server answers it. */

import { reachJson } from "./reach";

export interface Match {
  readonly id: string;
  readonly label: string;
  readonly kinds: readonly string[];
  /** The name that matched. */
  readonly name: string;
}

/** Concepts with a name like `text`, best first; throws `Unanswered`, or an AbortError when it was given up. */
export async function findConcepts(text: string, limit: number, signal: AbortSignal): Promise<readonly Match[]> {
  const address = `/v1/concepts?${new URLSearchParams({ q: text, limit: String(limit) })}`;
  return (await reachJson<{ items: Match[] }>(address, signal)).items;
}

/** Where this server's page of a concept is. */
export function pageOf(id: string): string {
  return `/concepts/${encodeURIComponent(id).replaceAll("%3A", ":")}`;
}
