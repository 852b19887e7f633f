/** A graph on a canvas, drawn by Cytoscape.js: what is in it, what is chosen, where one looks. */

import cytoscape, { type CollectionReturnValue, type Core, type EdgeSingular, type ElementDefinition, type NodeCollection, type NodeSingular } from "cytoscape";

import { h } from "../dom";
import { arrange, rows, extend } from "./layout";
import { relation } from "./looks";
import { styles } from "./styles";
import type { Graph, Link } from "./wire";

/** Where an element has this id, Cytoscape.js does not add its own style element, which the page's policy would refuse. */
const STYLED = "__________cytoscape_stylesheet";

export type Direction = "ArrowUp" | "ArrowDown" | "ArrowLeft" | "ArrowRight";
const WAYS: Readonly<Record<Direction, readonly [number, number]>> = {
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
};
/** How far what is drawn is magnified at most, and how far at least where less of it is shown rather than smaller. */
const CLOSEST = 1.4;
const READABLE = 0.8;
/** Pixels between the edge of the canvas and the beginning of chains that do not fit. */
const EDGE = 70;
/** Pixels of a page's letters, unless the screen is a large one or whoever looks has chosen others. */
const USUAL = 16;
/** The words stand on so many links; on more they would hide one another. */
const FEW = 30;
/** More links than this are drawn with less detail while the view moves. */
const MANY = 150;

/** So many links of one thing are drawn with less detail while it is dragged. */
const HUB = 60;

export interface Hooks {
  /** Something was chosen, by its id, or nothing any more. */
  readonly choose: (id: string | null) => void;
  /** More of a thing is asked for, or less. */
  readonly open: (id: string) => void;
}

export class Drawing {
  readonly core: Core;
  readonly #hooks: Hooks;
  readonly #isMany: boolean;
  readonly #calm = matchMedia("(prefers-reduced-motion: reduce)");

  constructor(place: HTMLElement, hooks: Hooks, many: boolean) {
    this.#hooks = hooks;
    this.#isMany = many;
    if (!document.getElementById(STYLED)) document.head.append(h("meta", { id: STYLED }));
    this.core = cytoscape({
      container: place,
      style: styles(place),
      minZoom: 0.05,
      maxZoom: 4,
      boxSelectionEnabled: false,
      selectionType: "single",
      textureOnViewport: many,
      hideLabelsOnViewport: many,
      ...(many ? { pixelRatio: 1 } : {}),
    });
    this.core.on("tap", "node, edge", (event) => this.choose((event.target as NodeSingular | EdgeSingular).id()));
    this.core.on("dbltap", "node", (event) => hooks.open((event.target as NodeSingular).id()));
    this.core.on("tap", (event) => event.target === this.core && this.choose(null));
    this.core.on("drag", "node", (event) => this.#lighten(event.target as NodeSingular));
    this.core.on("free", () => this.core.edges(".moving").removeClass("moving"));
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.core.style(styles(place)));
  }

  /** Draw the links of a hub with less detail while it is dragged. */
  #lighten(node: NodeSingular): void {
    const links = node.connectedEdges();
    if (links.length > HUB && !links.first().hasClass("moving")) links.addClass("moving");
  }

  /** Whether so much is drawn with less detail while it moves. */
  static isMany(graph: Graph): boolean {
    return graph.links.size > MANY;
  }

  /** Draw this graph. What is drawn already stays where it is, unless nothing of it is left. */
  async show(graph: Graph, middle: string, opened: ReadonlySet<string>): Promise<void> {
    const isFirst = this.core.nodes().filter((node) => graph.things.has(node.id())).empty();
    const [before] = this.core.nodes(".chosen").union(this.core.nodes(".middle")).toArray() as NodeSingular[];
    const from = before ? { ...before.position() } : { x: 0, y: 0 };
    this.core.batch(() => this.#replace(graph, middle, opened));
    if (isFirst) this.#mark(null);
    if (graph.chains.length) rows(this.core, graph.chains);
    else if (isFirst) await arrange(this.core, middle);
    else if (this.core.nodes(".new").nonempty()) await extend(this.core, from);
    this.core.nodes(".new").removeClass("new");
    if (isFirst) this.#begin(graph.chains);
  }

  #replace(graph: Graph, middle: string, opened: ReadonlySet<string>): void {
    const { core } = this;
    core.nodes().filter((node) => !graph.things.has(node.id())).remove();
    core.edges().filter((edge) => !graph.links.has(edge.id())).remove();
    const beside = new Map<string, number>();
    const pair = ({ subject, object }: Link) => [subject, object].sort().join(" ");
    for (const link of graph.links.values()) beside.set(pair(link), (beside.get(pair(link)) ?? 0) + 1);
    const added: ElementDefinition[] = [];
    for (const { id, label, kinds } of graph.things.values()) {
      if (core.getElementById(id).empty()) added.push({ group: "nodes", classes: "new", data: { id, label: short(label), kind: kinds[0] ?? "" } });
    }
    for (const link of graph.links.values()) {
      const { id, subject, predicate, object } = link;
      const drawn = core.getElementById(id);
      if (drawn.nonempty()) drawn.data(saidOf(link));
      else added.push({ group: "edges", data: { id, source: subject, target: object, predicate, ...saidOf(link) } });
    }
    core.add(added);
    for (const link of graph.links.values()) core.getElementById(link.id).toggleClass("beside", (beside.get(pair(link)) ?? 0) > 1);
    for (const id of graph.things.keys()) {
      core.getElementById(id).toggleClass("opened", opened.has(id)).toggleClass("middle", id === middle && !graph.chains.length);
    }
  }

  /** The id of what is chosen. */
  get chosen(): string | null {
    const chosen = this.core.elements(".chosen");
    return chosen.nonempty() ? chosen.first().id() : null;
  }

  /** Choose a thing or a link, and tell of it; null chooses nothing. */
  choose(id: string | null): void {
    this.#hooks.choose(this.#mark(id) ? id : null);
  }

  /** Mark a thing or a link with what it touches; whether there is one. */
  #mark(id: string | null): boolean {
    const element = id === null ? this.core.collection() : this.core.getElementById(id);
    this.core.batch(() => {
      this.core.elements().removeClass("chosen apart");
      this.core.edges().toggleClass("told", this.core.edges().length <= FEW);
      if (element.empty()) return;
      element.addClass("chosen");
      const touching = element.isNode() ? element.connectedEdges() : element;
      if (touching.length <= FEW) touching.addClass("told");
      const near = element.union(element.isNode() ? element.neighborhood() : ends(element));
      this.core.elements().not(near).addClass("apart");
    });
    return element.nonempty();
  }

  /** Choose the neighbour of the chosen thing that lies most nearly in a direction, or an end of the chosen link. */
  step(direction: Direction): void {
    const at = this.core.elements(".chosen");
    if (at.empty()) {
      const start = this.core.nodes(".middle");
      this.choose((start.nonempty() ? start : this.core.nodes()).first().id());
      return;
    }
    const from = at.isNode() ? at.position() : (at as unknown as EdgeSingular).midpoint();
    const [right, down] = WAYS[direction];
    const reachable = (at.isNode() ? at.neighborhood("node") : ends(at)).toArray() as NodeSingular[];
    const ahead = reachable
      .map((node) => ({ node, x: node.position("x") - from.x, y: node.position("y") - from.y }))
      .map(({ node, x, y }) => ({ node, along: x * right + y * down, across: Math.abs(x * down) + Math.abs(y * right) }))
      .filter(({ along, across }) => along > 0 && across <= 2 * along)
      .sort((one, other) => one.along + 2 * one.across - (other.along + 2 * other.across));
    if (ahead[0]) this.choose(ahead[0].node.id());
    this.look();
  }

  /** Move the view so that what is chosen can be seen. */
  look(): void {
    const chosen = this.core.elements(".chosen").first();
    if (chosen.empty()) return;
    const { x1, y1, x2, y2 } = chosen.renderedBoundingBox();
    const isSeen = x1 >= 0 && y1 >= 0 && x2 <= this.core.width() && y2 <= this.core.height();
    if (isSeen) return;
    if (this.#calm.matches) this.core.center(chosen);
    else this.core.animate({ center: { eles: chosen }, duration: 160 });
  }

  /** All of it, or as much of it around where one begins as can be read, unless there is too much for names. */
  #begin(chains: Graph["chains"]): void {
    this.fit();
    const [first] = chains;
    const [start] = (first ? this.core.getElementById(first[0] ?? "") : this.core.nodes(".middle")).toArray() as NodeSingular[];
    const readable = READABLE * this.#magnified;
    if (this.#isMany || this.core.zoom() >= readable || !start) return;
    this.#zoom(readable);
    this.core.center(start);
    if (first) this.core.panBy({ x: EDGE - start.renderedPosition().x, y: 0 });
  }

  fit(): void {
    this.core.fit(undefined, 32);
    const closest = CLOSEST * this.#magnified;
    if (this.core.zoom() > closest) this.#zoom(closest);
    this.core.center();
  }

  /** How much larger than usual the page's letters are. */
  get #magnified(): number {
    return parseFloat(getComputedStyle(document.documentElement).fontSize) / USUAL;
  }

  zoom(by: number): void {
    this.#zoom(this.core.zoom() * by);
  }

  #zoom(level: number): void {
    this.core.zoom({ level, renderedPosition: { x: this.core.width() / 2, y: this.core.height() / 2 } });
  }

  /** The drawing as a picture, twice as fine as a screen. */
  png(background: string): Blob {
    return this.core.png({ output: "blob", full: true, scale: 2, bg: background, maxWidth: 8000, maxHeight: 8000 });
  }
}

/** The two ends of a link. */
export function ends(link: CollectionReturnValue): NodeCollection {
  return link.connectedNodes();
}

/** How sure the articles are of a link, and the words on it. */
function saidOf({ predicate, claims }: Link): { said: string; label: string } {
  const [first] = claims;
  const { words } = relation(predicate);
  if (!first) return { said: "asserted", label: words };
  if (first.negated) return { said: "denied", label: `✕ ${words} (denied)` };
  const also = claims.some(({ negated }) => negated) ? " (denied too)" : "";
  return { said: first.certainty, label: `${words}${first.certainty === "asserted" ? "" : ` (${first.certainty})`}${also}` };
}

function short(label: string): string {
  return label.length > 80 ? `${label.slice(0, 79)}…` : label;
}
