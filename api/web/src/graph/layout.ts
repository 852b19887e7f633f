/** Where things stand: what is in the middle first and the others around it, chains from left to right. */

import type { Core, NodeSingular, Position } from "cytoscape";

import type { Places, Task } from "./layingout";

const STEP = 190;
const ROW = 120;
/** The area that a thing with its name takes. */
const ROOM = 12_000;
const GOLDEN = (Math.sqrt(5) - 1) / 2;

/** Lay the whole drawing out around `middle`; the same graph always lies in the same way. */
export async function arrange(drawn: Core, middle: string): Promise<void> {
  seed(drawn, middle);
  await settle(drawn, () => false);
}

/** Lay out what is new (of class `new`) near what it is linked to, else near `from`; what was there keeps its place. */
export async function extend(drawn: Core, from: Position): Promise<void> {
  const added = drawn.nodes(".new");
  added.forEach((node, number) => {
    const [first] = node.neighborhood("node").not(added).toArray() as NodeSingular[];
    node.position(spiral(first?.position() ?? from, number, added.length));
  });
  const isOld = new Set(drawn.nodes().not(added).map((node) => node.id()));
  await settle(drawn, (id) => isOld.has(id));
}

/** Chains as rows from left to right, a column for each number of links from the beginning; both ends in the middle. */
export function rows(drawn: Core, chains: readonly (readonly string[])[]): void {
  const last = Math.max(...chains.map((chain) => chain.length - 1));
  const places = new Map<string, Position>();
  const [first] = chains;
  places.set(first?.[0] ?? "", { x: 0, y: 0 });
  places.set(first?.at(-1) ?? "", { x: last * STEP, y: 0 });
  const winding = chains.filter((chain) => chain.length > 2);
  let row = winding.length < chains.length || winding.length > 1 ? 1 : 0; // the middle is for a link from end to end
  for (const chain of winding) {
    const inner = chain.slice(1, -1).filter((id) => !places.has(id));
    if (!inner.length) continue;
    const y = (row % 2 ? -1 : 1) * Math.ceil(row / 2) * ROW;
    const step = (last * STEP) / (chain.length - 1);
    for (const id of inner) places.set(id, { x: chain.indexOf(id) * step, y: y + (chain.indexOf(id) % 2 ? 0 : 0.25 * ROW) });
    row += 1;
  }
  drawn.nodes().positions((node) => places.get(node.id()) ?? { x: 0, y: row * ROW });
}

/** The middle's neighbours around it, so near that each has its room, what lies further near what leads there, what nothing leads to outside. */
function seed(drawn: Core, middle: string): void {
  const root = drawn.getElementById(middle);
  const ring: NodeSingular[] = [];
  const further = new Map<string, NodeSingular[]>();
  drawn.elements().bfs({
    roots: (root.nonempty() ? root : drawn.nodes().first()) as NodeSingular,
    visit: (node, _link, from, _place, depth) => {
      if (depth === 0) node.position({ x: 0, y: 0 });
      else if (depth === 1) ring.push(node);
      else if (from) further.set(from.id(), [...(further.get(from.id()) ?? []), node]);
    },
  });
  const radius = Math.sqrt(STEP ** 2 + (ring.length * ROOM) / Math.PI);
  ring.sort((one, other) => key(one).localeCompare(key(other), "en")); // what is alike stands together
  ring.forEach((node, number) => {
    const angle = (2 * Math.PI * number) / ring.length - Math.PI / 2;
    const filled = (number * GOLDEN) % 1; // any number of them lie evenly between the inner bound and the outer one
    const away = Math.sqrt(STEP ** 2 + filled * (radius ** 2 - STEP ** 2));
    node.position({ x: away * Math.cos(angle), y: away * Math.sin(angle) });
  });
  for (const [id, nodes] of further) {
    const { x, y } = drawn.getElementById(id).position();
    const away = { x: x * 1.25, y: y * 1.25 };
    nodes.forEach((node, number) => node.position(spiral(away, number, nodes.length)));
  }
  const reached = new Set([middle, ...ring.map((node) => node.id()), ...[...further.values()].flat().map((node) => node.id())]);
  const apart = drawn.nodes().filter((node) => !reached.has(node.id()) && root.nonempty());
  apart.forEach((node, number) => void node.position(spiral({ x: 3 * radius, y: 3 * radius }, number, apart.length)));
}

function key(node: NodeSingular): string {
  return `${node.data("kind")} ${node.data("label")}`;
}

function spiral(from: Position, number: number, count: number): Position {
  const angle = 2.4 * number;
  const radius = 60 + 22 * Math.sqrt((number / count) * 60);
  return { x: from.x + radius * Math.cos(angle), y: from.y + radius * Math.sin(angle) };
}

let abandon: () => void = () => undefined;

/** Move things to where they settle, unless the drawing changes meanwhile. */
async function settle(drawn: Core, isFixed: (id: string) => boolean): Promise<void> {
  abandon();
  const things = (drawn.nodes().toArray() as NodeSingular[]).map((node) => ({ id: node.id(), ...node.position(), isFixed: isFixed(node.id()) }));
  const links = drawn.edges().map((edge) => [edge.source().id(), edge.target().id()] as const);
  const places = await laidOut({ things, links });
  if (places) drawn.nodes().positions((node) => ({ ...(places[node.id()] ?? node.position()) }));
}

/** Where things settle; null where that is not asked for any more, or cannot be found: they stay where they are. */
function laidOut(task: Task): Promise<Places | null> {
  const worker = new Worker(new URL("./layingout.ts", import.meta.url), { type: "module" });
  return new Promise<Places | null>((resolve) => {
    abandon = () => resolve(null);
    worker.addEventListener("message", ({ data }: MessageEvent<Places>) => resolve(data));
    worker.addEventListener("error", () => resolve(null));
    worker.postMessage(task);
  }).finally(() => worker.terminate());
}
