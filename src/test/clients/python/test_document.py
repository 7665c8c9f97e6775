"""The description of the API is valid, and nothing made from it breaks the server."""

import collections
import re
import time

import requests
import schemathesis
from appwrite.services.tables_db import TablesDB
from appwrite.services.teams import Teams
from hypothesis import HealthCheck, Phase, given, settings
from openapi_spec_validator import validate
from schemathesis import GenerationMode

CALLS = 2_000

# How long more calls than these are made.
BUDGET_S = 120
EACH = 3

# It would end the project in which all other calls are made.
SPARED = {("delete", "/v1/project")}

# What refuses whole kinds of calls from then on comes last.
SWITCHES = re.compile(r"/(services?|protocols|api|auth|auth-methods|policies|keys)(/|$)")


@schemathesis.serializer("application/x-ndjson", "application/jsonl", "application/jsonlines")
def lines(_context, value):
    """Text as it was made up: of lines of JSON the generator knows nothing."""
    return value if isinstance(value, bytes) else str(value).encode()


def test_the_document_is_valid(console):
    document = requests.get(f"{console.endpoint}/openapi.json", timeout=30).json()
    assert document["openapi"].startswith("3.1")
    validate(document)


class Storm:
    """Calls made from the document, and what came back."""

    def __init__(self, project, known):
        self.base = project.endpoint.removesuffix("/v1")
        self.known = known
        self.statuses = collections.Counter()
        self.broken = []
        self.session = requests.Session()
        self.deadline = time.monotonic() + BUDGET_S

    @property
    def total(self):
        return sum(self.statuses.values())

    def all_of(self, operation, mode, headers):
        """So many calls of one operation, well formed or not, to things that there are or not."""
        names = iter(range(EACH))

        @settings(max_examples=EACH, deadline=None, database=None, derandomize=True,
                  phases=[Phase.generate], suppress_health_check=list(HealthCheck))
        @given(case=operation.as_strategy(generation_mode=mode))
        def run(case):
            if self.total < CALLS or time.monotonic() < self.deadline:
                self.call(case, headers, known=next(names, 0) % 2 == 0)

        run()

    def call(self, case, headers, known):
        if known and operation_of(case)[0] != "delete":
            for name in case.path_parameters or {}:
                case.path_parameters[name] = self.known.get(name, case.path_parameters[name])
        # Who calls is said here; what the document allows besides would make all of them guests.
        case.headers = {}
        case.cookies = {}
        answer = case.call(base_url=self.base, headers=headers, session=self.session, timeout=30)
        self.statuses[answer.status_code] += 1
        if answer.status_code >= 500:
            self.broken.append(f"{case.as_curl_command(headers)}\n{answer.status_code} "
                               f"{answer.content[:500]!r}")


def operation_of(case):
    return case.operation.method.lower(), case.operation.path


def furnish(project, person):
    """A table with rows, a team with a member: something to call by name."""
    tables = TablesDB(project.key())
    place = {"database_id": "default", "table_id": "things"}
    tables.create_table(**place, name="Things", permissions=['read("any")', 'create("users")'])
    tables.create_varchar_column(**place, key="title", size=50, required=False)
    tables.create_index(**place, key="by_title", type="key", columns=["title"])
    tables.create_rows(**place, rows=[{"$id": f"thing{n}", "title": f"T{n}"} for n in range(9)])
    teams = Teams(project.key())
    teams.create("crew", "Crew")
    member = teams.create_membership("crew", ["owner"], user_id=person.id)
    return {
        "databaseId": "default", "tableId": "things", "collectionId": "things",
        "rowId": "thing1", "documentId": "thing1", "userId": person.id, "teamId": "crew",
        "membershipId": member.id, "sessionId": person.session.id,
        "projectId": project.project_id,
    }


def test_no_call_breaks_the_server(project):
    schema = schemathesis.openapi.from_url(f"{project.endpoint}/openapi.json")
    person = project.user()
    storm = Storm(project, furnish(project, person))
    named = {"X-Appwrite-Project": project.project_id}
    callers = [
        ({**named, "X-Appwrite-Key": project.secret}, GenerationMode.POSITIVE),
        ({**named, "X-Appwrite-Key": project.secret}, GenerationMode.NEGATIVE),
        ({**named, "X-Appwrite-Session": person.session.secret}, GenerationMode.POSITIVE),
    ]
    operations = [result.ok() for result in schema.get_all_operations()]
    operations.sort(key=lambda operation: bool(SWITCHES.search(operation.path)))
    for operation in operations:
        if (operation.method.lower(), operation.path) in SPARED:
            continue
        for headers, mode in callers:
            storm.all_of(operation, mode, headers)
    print(f"\n{storm.total} calls of {len(operations)} operations: {dict(storm.statuses)}")
    told = "\n\n".join(storm.broken[:10])
    assert storm.broken == [], f"{len(storm.broken)} of {storm.total}:\n{told}"
    assert storm.total >= CALLS, f"only {storm.total} calls"
