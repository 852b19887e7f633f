/** What can be completed: prefixes, classes and properties, with what is known of them. */

import { look } from "./endpoint";
import { Prefixes, localName } from "./terms";

export interface Word {
  readonly iri: string;
  readonly kind: "class" | "property";
  readonly label: string;
  readonly definition: string;
  /** How many instances or triples there are; null where nobody counted. */
  readonly count: number | null;
}

export interface Vocabulary {
  readonly prefixes: Prefixes;
  readonly words: readonly Word[];
}

export interface Concept {
  readonly id: string;
  readonly label: string;
  readonly kinds: readonly string[];
  readonly name: string;
}

const OWL = "http://www.w3.org/2002/07/owl#";
const RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
const RDFS = "http://www.w3.org/2000/01/rdf-schema#";
const CLASSES = [`${OWL}Class`, `${RDFS}Class`];
const PROPERTIES = [
  ...["ObjectProperty", "DatatypeProperty", "AnnotationProperty"].map((name) => OWL + name),
  `${RDF}Property`,
];

const DECLARED = `SELECT ?term ?type (SAMPLE(?name) AS ?label) (SAMPLE(?said) AS ?definition) WHERE {
  VALUES ?type { ${[...CLASSES, ...PROPERTIES].map((iri) => `<${iri}>`).join(" ")} }
  ?term a ?type . FILTER(ISIRI(?term))
  OPTIONAL { ?term <${RDFS}label> ?name }
  OPTIONAL { ?term <${RDFS}comment>|<http://www.w3.org/2004/02/skos/core#definition> ?said }
} GROUP BY ?term ?type`;

/** The prefixes that the server knows without declaration; none where it does not say. */
export async function loadPrefixes(): Promise<Prefixes> {
  const schema = await json<{ prefixes: Record<string, string> }>("/v1/schema", "application/json");
  return new Prefixes(Object.entries(schema?.prefixes ?? {}));
}

/** Classes and properties: those that the dataset's own description counts, and those its ontology declares. */
export async function loadWords(): Promise<readonly Word[]> {
  const [counts, declared] = await Promise.all([counted(), look(DECLARED)]);
  const words = new Map<string, Word>();
  for (const row of declared) {
    const iri = row["term"]?.value;
    if (!iri) continue;
    const kind = CLASSES.includes(row["type"]?.value ?? "") ? "class" : "property";
    const count = counts.get(`${kind} ${iri}`) ?? null;
    const label = row["label"]?.value ?? localName(iri);
    words.set(`${kind} ${iri}`, { iri, kind, label, definition: row["definition"]?.value ?? "", count });
  }
  for (const [found, count] of counts) {
    const [kind, iri] = found.split(" ") as ["class" | "property", string];
    if (!words.has(found)) words.set(found, { iri, kind, label: localName(iri), definition: "", count });
  }
  return [...words.values()].sort((one, other) => (other.count ?? 0) - (one.count ?? 0) || (one.iri < other.iri ? -1 : 1));
}

/** Concepts with a name like `text`, best first. */
export async function searchConcepts(text: string, signal?: AbortSignal): Promise<readonly Concept[]> {
  const address = `/v1/concepts?${new URLSearchParams({ q: text, limit: "12" })}`;
  return (await json<{ items: Concept[] }>(address, "application/json", signal))?.items ?? [];
}

const DESCRIBED = (naming: string, counting: string) => `PREFIX void: <http://rdfs.org/ns/void#>
SELECT ?iri (MAX(?n) AS ?count) WHERE { ?part void:${naming} ?iri ; void:${counting} ?n } GROUP BY ?iri`;
const COUNTED = (pattern: string) =>
  `SELECT ?iri (COUNT(*) AS ?count) WHERE { ${pattern} } GROUP BY ?iri ORDER BY DESC(?count) LIMIT 1000`;

/** "class IRI" or "property IRI" → how many: from the dataset's description in VoID, or counted where there is none. */
async function counted(): Promise<Map<string, number>> {
  const described = await counts(DESCRIBED("class", "entities"), DESCRIBED("property", "triples"));
  return described.size ? described : counts(COUNTED("?s a ?iri"), COUNTED("?s ?iri ?o"));
}

async function counts(ofClasses: string, ofProperties: string): Promise<Map<string, number>> {
  const [classes, properties] = await Promise.all([look(ofClasses), look(ofProperties)]);
  const rows = (kind: Word["kind"], found: typeof classes) =>
    found.flatMap(({ iri, count }) => (iri && count ? [[`${kind} ${iri.value}`, Number(count.value)] as const] : []));
  return new Map([...rows("class", classes), ...rows("property", properties)]);
}

async function json<T>(address: string, accept: string, signal?: AbortSignal): Promise<T | null> {
  const request: RequestInit = { headers: { Accept: accept }, ...(signal ? { signal } : {}) };
  try {
    const response = await fetch(address, request);
    return response.ok ? ((await response.json()) as T) : null;
  } catch {
    return null;
  }
}
