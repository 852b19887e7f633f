/** What the server answers about links, of whatever address, as one graph: things and the links between them. */

import { reachJson } from "../reach";

export interface Thing {
  readonly id: string;
  readonly label: string;
  readonly kinds: readonly string[];
}

export interface Quote {
  readonly article: string;
  readonly quote: string;
  /** Where it begins in the article's text. */
  readonly start: number;
  readonly section: readonly string[];
  /** The article's words for both ends, where they are told. */
  readonly subject_mention?: string;
  readonly object_mention?: string;
}

export interface Claim {
  readonly id: string;
  readonly negated: boolean;
  readonly certainty: string;
  readonly frequency_qualifier?: string;
  readonly evidence?: readonly Quote[];
}

/** A subject linked to an object by one relation; what affirms it stands before what denies it. */
export interface Link {
  readonly id: string;
  readonly subject: string;
  readonly predicate: string;
  readonly object: string;
  readonly claims: readonly Claim[];
}

export interface Graph {
  readonly things: ReadonlyMap<string, Thing>;
  /** By id, the best first. */
  readonly links: ReadonlyMap<string, Link>;
  /** Chains, where that is what was asked for: the ids of their things in order. */
  readonly chains: readonly (readonly string[])[];
}

interface Association {
  readonly concept: Thing;
  readonly of: Thing;
  readonly predicate: string;
  readonly direction: "out" | "in";
  readonly claims: readonly Claim[];
}

interface Path {
  readonly nodes: readonly Thing[];
  readonly hops: readonly { subject: string; predicate: string; object: string; claims: readonly Claim[] }[];
}

type Named = Claim & { readonly subject: string; readonly predicate: string; readonly object: string };

interface Answer {
  readonly items: readonly (Association | Path | { readonly claims: readonly Named[] })[];
  readonly nodes?: readonly Thing[];
  readonly concept?: Thing;
  readonly source?: Thing;
  readonly target?: Thing;
}

/** The graph that the addresses answer together; throws `Unanswered`, or an AbortError when it was given up. */
export async function load(addresses: readonly string[], signal: AbortSignal): Promise<Graph> {
  return graphOf(await Promise.all(addresses.map((address) => reachJson<Answer>(address, signal))));
}

function graphOf(answers: readonly Answer[]): Graph {
  const things = new Map<string, Thing>();
  const links = new Map<string, Link>();
  const chains: string[][] = [];
  const add = (subject: string, predicate: string, object: string, claims: readonly Claim[]) => {
    const id = `${subject} ${predicate} ${object}`;
    const known = links.get(id)?.claims ?? [];
    const others = claims.filter((claim) => !known.some(({ id }) => id === claim.id));
    links.set(id, { id, subject, predicate, object, claims: [...known, ...others] });
  };
  for (const { items, nodes = [], concept, source, target } of answers) {
    for (const thing of [concept, source, target, ...nodes]) if (thing) things.set(thing.id, thing);
    for (const item of items) {
      if ("hops" in item) {
        for (const thing of item.nodes) things.set(thing.id, thing);
        for (const hop of item.hops) add(hop.subject, hop.predicate, hop.object, hop.claims);
        chains.push(item.nodes.map(({ id }) => id));
      } else if ("concept" in item) {
        const [subject, object] = item.direction === "out" ? [item.of, item.concept] : [item.concept, item.of];
        add(subject.id, item.predicate, object.id, item.claims);
      } else {
        for (const claim of item.claims) add(claim.subject, claim.predicate, claim.object, [claim]);
      }
    }
  }
  return { things, links, chains };
}

/** The first links of a graph, at most so many, and the things that they and `kept` need. */
export function cut(graph: Graph, most: number, kept: readonly string[]): Graph {
  if (graph.links.size <= most) return graph;
  const links = new Map([...graph.links].slice(0, most));
  const needed = new Set([...kept, ...[...links.values()].flatMap(({ subject, object }) => [subject, object])]);
  return { things: new Map([...graph.things].filter(([id]) => needed.has(id))), links, chains: graph.chains };
}
