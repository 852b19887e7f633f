// Asks the endpoint that is named on the command line through Comunica, and prints what it understood as JSON.
import { QueryEngine } from "@comunica/query-sparql";

const PREFIX = "PREFIX etio: <https://w3id.org/etiograph/> ";
const context = { sources: [process.argv[2]] };
const engine = new QueryEngine();

const rows = await (
  await engine.queryBindings(`${PREFIX} SELECT ?s ?o { ?s etio:causes ?o } ORDER BY ?s ?o`, context)
).toArray();
const counts = await (
  await engine.queryBindings(`${PREFIX} SELECT (COUNT(*) AS ?n) { ?claim a etio:Claim }`, context)
).toArray();
const quads = await (
  await engine.queryQuads(`${PREFIX} CONSTRUCT { ?o etio:causedBy ?s } WHERE { ?s etio:causes ?o }`, context)
).toArray();
console.log(
  JSON.stringify({
    select: rows.map((row) => [row.get("s").value, row.get("o").value]),
    count: counts[0].get("n").value,
    construct: quads.map((quad) => [quad.object.value, quad.subject.value]).sort(),
    ask: await engine.queryBoolean(`${PREFIX} ASK { etio:pulmonary-embolism etio:causes ?x }`, context),
  }),
);
