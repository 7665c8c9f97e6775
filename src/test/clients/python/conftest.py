"""One server for all tests, one project for each file."""

import pytest
from appwrite.exception import AppwriteException

import celadon


@pytest.fixture(scope="session")
def console():
    server = celadon.Server()
    yield celadon.Console(server.endpoint)
    status = server.stop()
    assert status in (0, 143), f"stopped with {status}:\n{server.output()}"


@pytest.fixture(scope="module")
def project(console):
    return console.project()


@pytest.fixture
def refused():
    """Runs a call that must be refused with this status and this type."""

    def check(code, kind, call, *args, **kwargs):
        with pytest.raises(AppwriteException) as refusal:
            call(*args, **kwargs)
        assert (refusal.value.code, refusal.value.type) == (code, kind), refusal.value.message
        assert refusal.value.message

    return check
