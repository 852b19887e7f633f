"""Prints the whole table: `python tests/conformance [SUITES]`."""

import sys
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parents[2])]

from sharedfiles import shared_folder  # noqa: E402

from conformance.known import Place, known  # noqa: E402
from conformance.manifests import cases  # noqa: E402
from conformance.running import verdicts  # noqa: E402
from conformance.table import rendered, unexplained  # noqa: E402


def main(arguments: list[str]) -> int:
    """Print the table; 1 where it does not agree with what is known."""
    suites = Path(arguments[0]) if arguments else shared_folder() / "w3c-sparql"
    if not suites.is_dir():
        raise SystemExit(f"{suites} is missing: set ETIOGRAPH_SHARED to the folder that holds w3c-sparql/, or name it")
    found = cases(suites)
    results = {place: verdicts(suites, found, place) for place in Place}
    sys.stdout.write(rendered(results, found))
    wrong = [line for place in Place for line in unexplained(results[place], known(place))]
    sys.stdout.writelines(f"{line}\n" for line in wrong)
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
