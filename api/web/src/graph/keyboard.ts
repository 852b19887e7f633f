/** The drawing by keyboard, and the help that says how. */

import { h } from "../dom";
import { type Direction, type Drawing, ends } from "./drawing";

const STEP = 1.25;
const KEYS: readonly (readonly [string, string])[] = [
  ["Arrow keys", "go to a neighbour"],
  ["Enter or e", "expand or collapse it"],
  ["n, p", "next, previous link of it"],
  ["+ −", "zoom"],
  ["f", "fit"],
  ["Esc", "choose nothing"],
];

/** What each key does, to stand beside the drawing. */
export function help(id: string): HTMLElement {
  const rows = KEYS.flatMap(([keys, does]) => [h("dt", {}, h("kbd", {}, keys)), h("dd", {}, does)]);
  return h("details", { class: "keys-help", id, open: matchMedia("(min-width: 48rem)").matches }, h("summary", {}, "Keys"), h("dl", {}, ...rows));
}

/** Let the keyboard work in `place`, which holds the drawing; `open` expands or collapses what is chosen. */
export function listen(place: HTMLElement, drawing: Drawing, open: (id: string) => void): void {
  place.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const did = act(event.key, drawing, open);
    if (did) event.preventDefault();
  });
}

function act(key: string, drawing: Drawing, open: (id: string) => void): boolean {
  switch (key) {
    case "ArrowUp":
    case "ArrowDown":
    case "ArrowLeft":
    case "ArrowRight":
      drawing.step(key satisfies Direction);
      return true;
    case "+":
    case "=":
      drawing.zoom(STEP);
      return true;
    case "-":
    case "−":
      drawing.zoom(1 / STEP);
      return true;
    case "f":
      drawing.fit();
      return true;
    case "n":
    case "p":
      turn(drawing, key === "n" ? 1 : -1);
      return true;
    case "Escape":
      drawing.choose(null);
      return true;
    case "Enter":
    case "e": {
      const chosen = drawing.core.nodes(".chosen");
      if (chosen.nonempty()) open(chosen.first().id());
      return chosen.nonempty();
    }
    default:
      return false;
  }
}

/** From a thing to its first link, from a link to the next one of the thing that one came from. */
let origin = "";

function turn(drawing: Drawing, by: number): void {
  const at = drawing.core.elements(".chosen");
  if (at.empty()) return;
  if (at.isNode()) origin = at.id();
  const touched = at.isNode() ? [at.id()] : ends(at).map((node) => node.id());
  const from = touched.includes(origin) ? origin : (touched[0] ?? "");
  const links = drawing.core.getElementById(from).connectedEdges().map((edge) => edge.id());
  const place = links.indexOf(at.id());
  const next = links[place < 0 ? (by > 0 ? 0 : links.length - 1) : (place + by + links.length) % links.length];
  if (next) drawing.choose(next);
  drawing.look();
}
