// Reads the files of a folder as the libraries they were made for read them, and prints what these understood as JSON.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { runInThisContext } from "node:vm";

import antlr4 from "antlr4";
import cytoscape from "cytoscape";
import { forceLink, forceSimulation } from "d3-force";
import { parseHTML } from "linkedom";

const require = createRequire(import.meta.url);
const read = (name) => readFileSync(join(process.argv[2], name), "utf8");

function asCytoscape() {
  const graph = cytoscape({ headless: true, elements: JSON.parse(read("etiograph.cyjs")).elements });
  return { nodes: graph.nodes().map((node) => node.data()), edges: graph.edges().map((edge) => edge.data()) };
}

function asD3() {
  const graph = JSON.parse(read("etiograph.json"));
  const link = forceLink(graph.links).id((node) => node.id);
  forceSimulation(graph.nodes).force("link", link).stop();
  return link.links().map((each) => [each.id, each.source.id, each.source.label, each.target.id, each.target.label]);
}

async function asMermaid() {
  const { window } = parseHTML("<html><head></head><body></body></html>");
  Object.assign(globalThis, { window, document: window.document });
  runInThisContext(readFileSync(require.resolve("@mermaid-js/tiny"), "utf8")); // it is a script of a page
  mermaid.initialize({ maxTextSize: 1_000_000 });
  const { db } = await mermaid.mermaidAPI.getDiagramFromText(read("etiograph.mmd"));
  // An entity is kept as a placeholder until it is drawn.
  const plain = (text) => text.replace(/ﬂ°°(\d+)¶ß/g, (_, code) => String.fromCodePoint(Number(code)));
  return {
    nodes: [...db.getVertices().values()].map((node) => [node.id, plain(node.text)]),
    edges: db.getEdges().map((edge) => [edge.id, edge.start, edge.end, plain(edge.text), edge.type, edge.stroke]),
  };
}

function asCypher() {
  // Its grammar is older than constraints with a name, so that the first line is left to others.
  const { CypherLexer, CypherParser } = require("@neo4j-cypher/antlr4");
  const errors = [];
  const listener = Object.assign(new antlr4.error.ErrorListener(), {
    syntaxError: (...found) => errors.push(found.slice(2, 5).join(" ")),
  });
  const lexer = new CypherLexer(new antlr4.InputStream(read("etiograph.cypher").replace(/^.*\n/, "").replace(/;\s*$/, "")));
  const tokens = new antlr4.CommonTokenStream(lexer);
  const parser = new CypherParser(tokens);
  for (const part of [lexer, parser]) {
    part.removeErrorListeners();
    part.addErrorListener(listener);
  }
  parser.cypher();
  const strings = tokens.tokens.filter((token) => token.text.startsWith('"')).map((token) => JSON.parse(token.text));
  return { errors, strings };
}

console.log(
  JSON.stringify({ cytoscape: asCytoscape(), d3: asD3(), mermaid: await asMermaid(), cypher: asCypher() }),
);
