"""The description of the API is valid, and nothing made from it breaks the server."""

import collections
import time

import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from openapi_spec_validator import validate
from schemathesis import GenerationMode

CALLS = 2_000
BUDGET_S = 120
EACH = 6

# It would end the project in which all other calls are made.
SPARED = {("delete", "/v1/project")}


def test_the_document_is_valid(console):
    document = requests.get(f"{console.endpoint}/openapi.json", timeout=30).json()
    assert document["openapi"].startswith("3.1")
    validate(document)


class Storm:
    """Calls made from the document, and what came back."""

    def __init__(self, project):
        self.project = project
        self.statuses = collections.Counter()
        self.broken = []
        self.session = requests.Session()
        self.deadline = time.monotonic() + BUDGET_S

    def call(self, case, headers):
        if time.monotonic() > self.deadline:
            return
        base = self.project.endpoint.removesuffix("/v1")
        answer = case.call(base_url=base, headers=headers, session=self.session, timeout=30)
        self.statuses[answer.status_code] += 1
        if answer.status_code >= 500:
            self.broken.append(f"{case.as_curl_command(headers)}\n{answer.status_code} "
                               f"{answer.content[:500]!r}")

    def all_of(self, operation, mode, headers):
        """So many calls of one operation, well formed or not."""

        @settings(max_examples=EACH, deadline=None, database=None, derandomize=True,
                  phases=[Phase.generate], suppress_health_check=list(HealthCheck))
        @given(case=operation.as_strategy(generation_mode=mode))
        def run(case):
            self.call(case, headers)

        run()


def test_no_call_breaks_the_server(project):
    schema = schemathesis.openapi.from_url(f"{project.endpoint}/openapi.json")
    person = project.user()
    named = {"X-Appwrite-Project": project.project_id}
    callers = [
        {**named, "X-Appwrite-Key": project.secret},
        {**named, "X-Appwrite-Session": person.session.secret},
    ]
    storm = Storm(project)
    operations = [result.ok() for result in schema.get_all_operations()]
    for operation in operations:
        if (operation.method, operation.full_path) in SPARED:
            continue
        for headers, mode in zip(callers, (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)):
            storm.all_of(operation, mode, headers)
    total = sum(storm.statuses.values())
    print(f"\n{total} calls of {len(operations)} operations: {dict(storm.statuses)}")
    assert storm.broken == [], f"{len(storm.broken)} of {total}:\n" + "\n\n".join(storm.broken[:40])
    assert total >= CALLS or time.monotonic() > storm.deadline, f"only {total} calls"
