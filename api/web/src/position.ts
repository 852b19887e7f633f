/** Where in a query the cursor stands, read from the text before it; half-written queries are the usual case. */

export type Position = "prologue" | "subject" | "verb" | "class" | "object" | "expression";

const TOKEN =
  /#[^\n]*|<[^\s<>"{}|^`\\]*>?|"""[\s\S]*?(?:"""|$)|'''[\s\S]*?(?:'''|$)|"(?:[^"\\\n]|\\.)*"?|'(?:[^'\\\n]|\\.)*'?|@[\w-]+|\^\^|[?$][\w]*|_:[\w.-]*|[\p{L}\p{N}_-]*:(?:[\p{L}\p{N}_%\\-]|:|\.(?=[\p{L}\p{N}_%\\-]))*|[\p{L}_][\p{L}\p{N}_-]*|[-+]?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?|\s+|[\s\S]/gu;
/** The tokens of a query, white space and comments included. */
export function tokens(query: string): readonly string[] {
  return query.match(TOKEN) ?? [];
}

const CLAUSES = new Set(["where", "construct", "insert", "delete", "data", "optional", "minus", "union", "graph", "exists", "not"]);
/** Of property paths: what stands between two steps, and before one. */
const INFIX = new Set(["|", "/"]);
const PREFIX = new Set(["^", "!"]);

/** The position at the end of `before`; a token that is being written there is not counted. */
export function position(before: string): Position {
  let place: Position = "prologue";
  const braces: Position[] = [];
  let rounds = 0;
  for (const token of tokens(before)) {
    const word = token.toLowerCase();
    if (/^\s/.test(token) || token.startsWith("#")) continue;
    if (token === "{") {
      braces.push(place);
      [place, rounds] = ["subject", 0];
    } else if (token === "}") {
      braces.pop();
      [place, rounds] = [braces.length ? "subject" : "expression", 0];
    } else if (!braces.length) {
      place = /^(select|ask|describe|construct|order|group|having|limit|offset)$/.test(word) ? "expression" : place;
    } else if (place === "expression") {
      if (token === "(") rounds++;
      else if (token === ")" && --rounds <= 0) place = "subject";
    } else if (word === "filter" || word === "bind" || word === "values" || word === "having") {
      [place, rounds] = ["expression", 0];
    } else if (CLAUSES.has(word)) {
      place = "subject";
    } else if (token === ".") place = "subject";
    else if (token === ";") place = "verb";
    else if (token === ",") place = "object";
    else if (token === "[") place = "verb";
    else if (token === "]" || token === "(" || token === ")" || token === "^^" || token.startsWith("@")) continue;
    else if (place === "subject") place = "verb";
    else if (place === "verb") {
      if (PREFIX.has(token)) continue;
      place = token === "a" || word === "rdf:type" ? "class" : "object";
    } else if (INFIX.has(token)) place = "verb";
  }
  return place;
}
