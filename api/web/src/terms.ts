/** RDF terms as results hold them, and their short names. */

export interface Term {
  readonly type: "uri" | "bnode" | "literal";
  readonly value: string;
  readonly language?: string;
  readonly datatype?: string;
}

export interface Triple {
  readonly subject: Term;
  readonly predicate: Term;
  readonly object: Term;
}

export const TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";
export const XSD = "http://www.w3.org/2001/XMLSchema#";

/** Prefixes and their namespaces, the longest namespace first. */
export class Prefixes {
  readonly all: ReadonlyMap<string, string>;
  readonly #longestFirst: readonly (readonly [string, string])[];

  constructor(all: Iterable<readonly [string, string]>) {
    this.all = new Map(all);
    this.#longestFirst = [...this.all].sort((one, other) => other[1].length - one[1].length);
  }

  /** `etio:hemoptysis` for an IRI in a known namespace whose rest needs no escape; otherwise null. */
  contract(iri: string): string | null {
    for (const [prefix, namespace] of this.#longestFirst) {
      if (!iri.startsWith(namespace)) continue;
      const rest = iri.slice(namespace.length);
      if (/^[\p{L}\p{N}_](?:[\p{L}\p{N}_.-]*[\p{L}\p{N}_-])?$/u.test(rest)) return `${prefix}:${rest}`;
    }
    return null;
  }

  /** As it is written in a query: a short name, or the IRI in angle brackets. */
  write(iri: string): string {
    return this.contract(iri) ?? `<${iri}>`;
  }
}

/** The part of an IRI that a reader would call its name. */
export function localName(iri: string): string {
  return iri.match(/[^#/]+(?=[#/]*$)/)?.[0] ?? iri;
}

/** A key that differs for different terms. */
export function key(term: Term): string {
  return `${term.type} ${term.language ?? term.datatype ?? ""} ${term.value}`;
}
