"""Starts Celadon as a person would, with scripts/run, and makes projects through the wire."""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import uuid
from pathlib import Path

import requests
from appwrite.client import Client
from appwrite.services.account import Account
from appwrite.services.users import Users

ROOT = Path(__file__).resolve().parents[4]
START_S = 90
STOP_S = 30
OWNER = {"userId": "owner", "email": "owner@example.org", "password": "correct horse"}
SCOPES = [
    "sessions.write", "users.read", "users.write", "teams.read", "teams.write",
    "databases.read", "databases.write", "collections.read", "collections.write",
    "tables.read", "tables.write", "documents.read", "documents.write", "rows.read",
    "rows.write", "health.read", "project.read", "project.write", "keys.read", "keys.write",
    "platforms.read", "platforms.write", "project.policies.read", "project.policies.write",
]


def unique():
    return uuid.uuid4().hex[:20]


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server:
    """One Celadon on a port and in a directory of its own."""

    def __init__(self):
        self.port = free_port()
        self.data = tempfile.mkdtemp(prefix="celadon-clients-")
        self.endpoint = f"http://localhost:{self.port}/v1"
        self.log = tempfile.TemporaryFile()
        self.process = subprocess.Popen(
            [ROOT / "scripts/run", "--port", str(self.port), "--data", self.data],
            cwd=ROOT,
            env={**os.environ, "CELADON_JAVA_AOT": "off", "CELADON_LIMITS_ENABLED": "false"},
            stdout=self.log,
            stderr=subprocess.STDOUT,
        )
        self._wait()

    def _wait(self):
        deadline = time.monotonic() + START_S
        while not self._healthy():
            if self.process.poll() is not None or time.monotonic() > deadline:
                self.stop()
                raise RuntimeError(f"Celadon did not start:\n{self.output()}")
            time.sleep(0.05)

    def _healthy(self):
        try:
            return requests.get(f"{self.endpoint}/health", timeout=5).status_code == 200
        except requests.ConnectionError:
            return False

    def output(self):
        self.log.seek(0)
        return self.log.read().decode(errors="replace")[-8000:]

    def stop(self):
        """Asks it to stop; its exit status."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(STOP_S)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        shutil.rmtree(self.data, ignore_errors=True)
        return self.process.returncode


class Console:
    """The console as the owner of the installation sees it."""

    def __init__(self, endpoint):
        self.endpoint = endpoint
        self.session = requests.Session()
        self.session.headers["X-Appwrite-Project"] = "console"
        self.post("/account", OWNER)
        self.post("/account/sessions/email", {key: OWNER[key] for key in ("email", "password")})

    def post(self, path, body):
        answer = self.session.post(self.endpoint + path, json=body, timeout=30)
        assert answer.status_code == 201, f"{path}: {answer.status_code} {answer.text}"
        return answer.json()

    def project(self):
        """A project in a team of its own, with a key that may do everything these tests do."""
        project = unique()
        self.post("/teams", {"teamId": project, "name": "Team"})
        self.post("/projects", {"projectId": project, "name": "Tests", "teamId": project})
        key = self.post(f"/projects/{project}/keys", {"name": "all", "scopes": SCOPES})
        return Project(self.endpoint, project, key["secret"])


class Project:
    """One project, and clients of it."""

    def __init__(self, endpoint, project_id, secret):
        self.endpoint = endpoint
        self.project_id = project_id
        self.secret = secret

    def guest(self):
        return Client().set_endpoint(self.endpoint).set_project(self.project_id)

    def key(self):
        return self.guest().set_key(self.secret)

    def user(self, name="User"):
        """A new user, signed in: id, credentials, session and client."""
        credentials = {"email": f"{unique()}@example.org", "password": "battery staple"}
        user = Users(self.key()).create(unique(), name=name, **credentials)
        session = Account(self.key()).create_email_password_session(**credentials)
        return Person(user.id, credentials, session, self.guest().set_session(session.secret))


class Person:
    def __init__(self, user_id, credentials, session, client):
        self.id = user_id
        self.credentials = credentials
        self.session = session
        self.client = client
        self.account = Account(client)
