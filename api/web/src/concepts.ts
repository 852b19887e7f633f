/** The search for concepts by any of their names, as the server answers it. */

export interface Match {
  readonly id: string;
  readonly label: string;
  readonly kinds: readonly string[];
  /** The name that matched. */
  readonly name: string;
}

/** Concepts with a name like `text`, best first; throws where the server does not answer. */
export async function findConcepts(text: string, limit: number, signal: AbortSignal): Promise<readonly Match[]> {
  const address = `/v1/concepts?${new URLSearchParams({ q: text, limit: String(limit) })}`;
  const response = await fetch(address, { headers: { Accept: "application/json" }, signal });
  if (!response.ok) throw new Error(`the search was answered with status ${response.status}`);
  return ((await response.json()) as { items: Match[] }).items;
}

/** Where this server's page of a concept is. */
export function pageOf(id: string): string {
  return `/concepts/${encodeURIComponent(id).replaceAll("%3A", ":")}`;
}
