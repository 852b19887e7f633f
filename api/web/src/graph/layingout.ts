/** Runs beside the page, so that it stays awake: moves things until what is linked is near and nothing overlaps. */

import cytoscape, { type LayoutOptions } from "cytoscape";
import fcose from "cytoscape-fcose";

import { NAME_WIDTH, SIZE } from "./sizes";

cytoscape.use(fcose);

/** Things with the places where they begin, and links as pairs of their ids. */
export interface Task {
  readonly things: readonly { readonly id: string; readonly x: number; readonly y: number; readonly isFixed: boolean }[];
  readonly links: readonly (readonly [string, string])[];
}

/** Id → where it stands. */
export type Places = Readonly<Record<string, { readonly x: number; readonly y: number }>>;

/** More things than this are moved less often. */
const MANY = 150;

function layOut({ things, links }: Task): Places {
  const core = cytoscape({
    headless: true,
    layout: { name: "preset" },
    styleEnabled: true,
    style: [{ selector: "node", style: { width: NAME_WIDTH * 0.8, height: SIZE * 2.2 } }], // with room for the name
    elements: [
      ...things.map(({ id, x, y }) => ({ data: { id }, position: { x, y } })),
      ...links.map(([source, target], number) => ({ data: { id: `link ${number}`, source, target } })),
    ],
  });
  const fixed = things.filter(({ isFixed }) => isFixed);
  const options = {
    name: "fcose",
    animate: false,
    randomize: false,
    quality: "default",
    numIter: things.length > MANY ? 1000 : 2500,
    idealEdgeLength: 105,
    nodeRepulsion: 20000,
    gravity: 0.2,
    fit: false,
    ...(fixed.length ? { fixedNodeConstraint: fixed.map(({ id, x, y }) => ({ nodeId: id, position: { x, y } })) } : {}),
  };
  core.layout(options as unknown as LayoutOptions).run();
  return Object.fromEntries(core.nodes().map((node) => [node.id(), { ...node.position() }]));
}

self.addEventListener("message", ({ data }: MessageEvent<Task>) => self.postMessage(layOut(data)));
