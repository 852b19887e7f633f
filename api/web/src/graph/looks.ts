/** What tells kinds and relations apart in a drawing: a colour and a shape for every kind, an arrow for every relation. */

import "./looks.css";

/** Corners as x, y from -1 to 1, as Cytoscape.js takes them; null for a circle. */
export type Shape = readonly number[] | null;

const around = (corners: number, turn = 0): number[] =>
  Array.from({ length: corners }, (_, number) => 2 * Math.PI * (number / corners + turn) - Math.PI / 2).flatMap((angle) => [
    Math.cos(angle),
    Math.sin(angle),
  ]);
const star = around(10).map((value, place) => (place % 4 < 2 ? value : value * 0.45));

/** Kind → shape, in the order of legends. */
export const KINDS: Readonly<Record<string, Shape>> = {
  Condition: null,
  Symptom: [0, -1, 1, 0, 0, 1, -1, 0],
  Mechanism: around(6, 1 / 12),
  Test: [-0.85, -0.85, 0.85, -0.85, 0.85, 0.85, -0.85, 0.85],
  Treatment: [-0.35, -1, 0.35, -1, 0.35, -0.35, 1, -0.35, 1, 0.35, 0.35, 0.35, 0.35, 1, -0.35, 1, -0.35, 0.35, -1, 0.35, -1, -0.35, -0.35, -0.35],
  RiskFactor: [0, -1, 1, 0.85, -1, 0.85],
  Anatomy: around(5),
  Agent: star,
  CareAction: [-1, -0.75, 0.35, -0.75, 1, 0, 0.35, 0.75, -1, 0.75, -0.5, 0],
  Appearance: [-1, -0.85, 1, -0.85, 0, 1],
};

export type ArrowName =
  | "triangle"
  | "triangle-tee"
  | "circle-triangle"
  | "triangle-cross"
  | "triangle-backcurve"
  | "vee"
  | "tee"
  | "square"
  | "circle"
  | "diamond"
  | "chevron"
  | "none";

export interface Relation {
  /** The words between subject and object. */
  readonly words: string;
  readonly arrow: ArrowName;
  readonly hollow?: true;
  /** Drawn at both ends: the relation has no direction. */
  readonly both?: true;
  /** What colour it has: that of its family. */
  readonly family: Family;
}

export type Family = "cause" | "picture" | "care" | "order";

/** Relation → how it is drawn, in the order of legends. */
export const RELATIONS: Readonly<Record<string, Relation>> = {
  causes: { words: "causes", arrow: "triangle", family: "cause" },
  has_complication: { words: "has the complication", arrow: "circle-triangle", family: "cause" },
  has_side_effect: { words: "has the side effect", arrow: "triangle-cross", family: "cause" },
  increases_risk_of: { words: "increases the risk of", arrow: "triangle-backcurve", family: "cause" },
  reduces_risk_of: { words: "reduces the risk of", arrow: "tee", family: "cause" },
  has_symptom: { words: "has the symptom", arrow: "vee", family: "picture" },
  presents_as: { words: "presents as", arrow: "diamond", family: "picture" },
  mimics: { words: "can be mistaken for", arrow: "diamond", hollow: true, both: true, family: "picture" },
  diagnoses: { words: "diagnoses", arrow: "circle", hollow: true, family: "care" },
  treats: { words: "treats", arrow: "triangle-tee", family: "care" },
  warrants: { words: "calls for", arrow: "chevron", family: "care" },
  is_a: { words: "is a kind of", arrow: "triangle", hollow: true, family: "order" },
  located_in: { words: "is located in", arrow: "square", family: "order" },
  associated_with: { words: "is associated with", arrow: "none", both: true, family: "order" },
};

/** How a relation is drawn; one that this does not know as an arrow with its own name. */
export function relation(name: string): Relation {
  return RELATIONS[name] ?? { words: name.replaceAll("_", " "), arrow: "vee", family: "order" };
}
