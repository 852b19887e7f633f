/** Which IRIs of an answer are concepts, and what they are called: asked of the endpoint once an IRI. */

import { look } from "./endpoint";

export interface Name {
  readonly label: string;
  /** The kinds of a concept of this graph, which has a page; [] for anything else that has a label. */
  readonly kinds: readonly string[];
}

const MOST = 400;
const KIND = "https://w3id.org/etiograph/";
const known = new Map<string, Name | null>();

/** Names of the IRIs that have one; at most 400 are asked for at once, the others wait for another call. */
export async function namesOf(iris: Iterable<string>): Promise<ReadonlyMap<string, Name>> {
  const asked = [...new Set(iris)].filter((iri) => /^[a-z][a-z0-9+.-]*:[^\s<>"{}|\\^`]*$/i.test(iri));
  const missing = asked.filter((iri) => !known.has(iri)).slice(0, MOST);
  if (missing.length) {
    const rows = await look(`SELECT ?iri ?label ?kind WHERE {
  VALUES ?iri { ${missing.map((iri) => `<${iri}>`).join(" ")} }
  ?iri <http://www.w3.org/2004/02/skos/core#prefLabel>|<http://www.w3.org/2000/01/rdf-schema#label> ?label
  OPTIONAL { ?iri a ?kind, <http://www.w3.org/2004/02/skos/core#Concept> FILTER(STRSTARTS(STR(?kind), "${KIND}")) }
} ORDER BY ?iri ?kind`);
    for (const iri of missing) known.set(iri, null);
    for (const row of rows) {
      const [iri, label, kind] = [row["iri"]?.value ?? "", row["label"]?.value ?? "", row["kind"]?.value];
      const kinds = known.get(iri)?.kinds ?? [];
      const name = kind?.slice(KIND.length);
      known.set(iri, { label, kinds: name && !kinds.includes(name) ? [...kinds, name] : kinds });
    }
  }
  return new Map(asked.flatMap((iri) => (known.get(iri) ? [[iri, known.get(iri) as Name] as const] : [])));
}

/** Where this server's page of a concept is. */
export function pageOf(curie: string): string {
  return `/concepts/${encodeURIComponent(curie).replaceAll("%3A", ":")}`;
}
