/** Shapes and arrows as SVG: for the legend, and for the picture that is saved. */

import type { ArrowName } from "./looks";

const SVG = "http://www.w3.org/2000/svg";

/** The SVG element; attributes without a value are left out. */
export function s(name: string, attributes: Readonly<Record<string, string | number | undefined>> = {}, ...children: (Node | string)[]): SVGElement {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) if (value !== undefined) made.setAttribute(key, String(value));
  made.append(...children);
  return made;
}

/** The outline of a kind around a point; a circle without corners. */
export function outline(corners: readonly number[] | null, x: number, y: number, radius: number, paint: Record<string, string | number>): SVGElement {
  if (!corners) return s("circle", { cx: round(x), cy: round(y), r: radius, ...paint });
  const points = corners.map((value, place) => round((place % 2 ? y : x) + value * radius));
  return s("polygon", { points: points.join(" "), "stroke-linejoin": "round", ...paint });
}

const LENGTH = 9;
const HALF = 4;
/** Arrow → its parts, as paths whose tip lies at 0, 0 and that point to the right. */
const PARTS: Readonly<Record<ArrowName, readonly string[]>> = {
  triangle: [`M0 0L${-LENGTH} ${-HALF}V${HALF}Z`],
  "triangle-tee": [`M-3 0L${-LENGTH - 2} ${-HALF}V${HALF}Z`, `M0 ${-HALF - 1}V${HALF + 1}H-1.5V${-HALF - 1}Z`],
  "circle-triangle": [`M-6 0L${-LENGTH - 5} ${-HALF}V${HALF}Z`, "M0 0A3 3 0 1 1 -6 0A3 3 0 1 1 0 0Z"],
  "triangle-cross": [`M0 0L${-LENGTH} ${-HALF}V${HALF}Z`, `M${-LENGTH - 2} ${-HALF - 1}V${HALF + 1}H${-LENGTH - 3.5}V${-HALF - 1}Z`],
  "triangle-backcurve": [`M0 0L${-LENGTH} ${-HALF}Q${-LENGTH * 0.6} 0 ${-LENGTH} ${HALF}Z`],
  vee: [`M0 0L${-LENGTH} ${-HALF}L${-LENGTH * 0.55} 0L${-LENGTH} ${HALF}Z`],
  tee: [`M0 ${-HALF - 1}V${HALF + 1}H-2V${-HALF - 1}Z`],
  square: [`M0 ${-HALF}V${HALF}H${-HALF * 2}V${-HALF}Z`],
  circle: [`M0 0A${HALF} ${HALF} 0 1 1 ${-HALF * 2} 0A${HALF} ${HALF} 0 1 1 0 0Z`],
  diamond: [`M0 0L${-LENGTH / 2} ${-HALF}L${-LENGTH} 0L${-LENGTH / 2} ${HALF}Z`],
  chevron: [`M0 0L-4 ${-HALF}H-8L-4 0L-8 ${HALF}H-4Z`],
  none: [],
};

/** An arrow whose tip lies at a point, turned by an angle in radians. */
export function arrow(name: ArrowName, tip: { x: number; y: number }, angle: number, ink: string, inside: string): SVGElement {
  const turned = `translate(${round(tip.x)} ${round(tip.y)}) rotate(${round((angle * 180) / Math.PI)})`;
  return s("g", { transform: turned, fill: inside, stroke: ink, "stroke-width": 1 }, ...PARTS[name].map((d) => s("path", { d })));
}

export function round(value: number): number {
  return Math.round(value * 100) / 100;
}
