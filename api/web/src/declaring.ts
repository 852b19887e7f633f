/** Declarations of the prefixes that a query uses, for those who take it to an endpoint that does not know them. */

import { tokens } from "./position";
import type { Prefixes } from "./terms";

/** The query with a `PREFIX` line for each known prefix that it uses and does not declare. */
export function declared(query: string, prefixes: Prefixes): string {
  const used = new Set<string>();
  const stated = new Set<string>();
  let before = "";
  for (const token of tokens(query)) {
    if (/^(?:\s|#)/.test(token)) continue;
    const prefix = /^[\p{L}\p{N}_-]*:/u.test(token) && !token.startsWith("_:") ? token.slice(0, token.indexOf(":")) : null;
    if (prefix !== null) (before === "prefix" ? stated : used).add(prefix);
    before = token.toLowerCase();
  }
  const missing = [...prefixes.all].filter(([prefix]) => used.has(prefix) && !stated.has(prefix));
  return missing.map(([prefix, namespace]) => `PREFIX ${prefix}: <${namespace}>\n`).join("") + query;
}
