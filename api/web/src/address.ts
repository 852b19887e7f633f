/** The address of the page, which brings a query back. */

import { LONGEST_ADDRESS, addressOf } from "./endpoint";

const LONG_QUERY = "#query=";

/** The query that the page's address holds, if it holds one. */
export function linked(): string | null {
  if (location.hash.startsWith(LONG_QUERY)) return decodeURIComponent(location.hash.slice(LONG_QUERY.length));
  const query = new URLSearchParams(location.search).get("query");
  return query?.trim() ? query : null;
}

/** The address that brings a query back; one too long for a server stays behind the hash, in the browser. */
export function addressFor(query: string): string {
  const address = addressOf(query);
  return address.length <= LONGEST_ADDRESS ? address : `${location.pathname}${LONG_QUERY}${encodeURIComponent(query)}`;
}
