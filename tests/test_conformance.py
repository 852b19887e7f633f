"""The W3C suites: what passes passes, and what fails is written down."""

import pytest
from conformance.cases import Case
from conformance.known import Place, known
from conformance.manifests import cases
from conformance.running import verdicts
from conformance.table import unexplained
from sharedfiles import shared_folder


@pytest.fixture(scope="module")
def suite() -> tuple[Case, ...]:
    suites = shared_folder() / "w3c-sparql"
    if not suites.is_dir():
        pytest.skip("needs the W3C suites: set ETIOGRAPH_SHARED")
    return cases(suites)


def test_the_engine_called_directly_fails_where_its_departures_are_written_down(suite: tuple[Case, ...]) -> None:
    assert unexplained(verdicts(suite, Place.ENGINE), known(Place.ENGINE)) == []
