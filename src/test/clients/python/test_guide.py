"""The story of the product's guide."""

import base64
import json

import pytest
from appwrite.id import ID
from appwrite.permission import Permission
from appwrite.query import Query
from appwrite.role import Role
from appwrite.services.account import Account
from appwrite.services.tables_db import TablesDB

POSTS = {"database_id": "default", "table_id": "posts"}


def decode(part):
    return json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))


@pytest.fixture(scope="module")
def author(project):
    return project.user("Ada")


@pytest.fixture(scope="module")
def reader(project):
    return project.user("Ben")


@pytest.fixture(scope="module")
def table(project):
    tables = TablesDB(project.key())
    permissions = [Permission.create(Role.users())]
    made = tables.create_table(
        **POSTS, name="Posts", permissions=permissions, row_security=True
    )
    assert (made.id, made.rowsecurity, made.databaseid) == ("posts", True, "default")
    columns = [
        tables.create_varchar_column(**POSTS, key="title", size=200, required=True),
        tables.create_text_column(**POSTS, key="content", required=False),
        tables.create_string_column(**POSTS, key="authorId", size=36, required=False),
        tables.create_datetime_column(**POSTS, key="createdAt", required=False),
    ]
    assert all(str(getattr(column.status, "value", column.status)) == "available"
               for column in columns)
    return tables


@pytest.fixture(scope="module")
def post(table, author):
    data = {
        "title": "Hello",
        "content": "From the guide",
        "authorId": author.id,
        "createdAt": "2026-01-31T09:30:00.000+00:00",
    }
    permissions = [Permission.read(Role.any()), Permission.write(Role.user(author.id))]
    row = TablesDB(author.client).create_row(
        **POSTS, row_id=ID.unique(), data=data, permissions=permissions
    )
    assert {key: row.data[key] for key in data} == data
    return row


def test_a_guest_signs_up(project):
    account = Account(project.guest()).create(
        user_id=ID.unique(), email="py@example.org", password="battery staple", name="Py"
    )
    assert (account.email, account.name, account.status) == ("py@example.org", "Py", True)


def test_the_secret_of_a_session_is_a_jwt(author):
    head, payload, _ = author.session.secret.split(".")
    assert decode(head)["alg"] == "HS256"
    assert author.session.id in json.dumps(decode(payload))


def test_the_author_reads_it(post, author):
    row = TablesDB(author.client).get_row(**POSTS, row_id=post.id)
    assert row.data["title"] == "Hello"
    assert Permission.read(Role.any()) in row.permissions


def test_a_second_user_may_not_change_it(post, reader, refused):
    tables = TablesDB(reader.client)
    assert tables.get_row(**POSTS, row_id=post.id).data["title"] == "Hello"
    change = {"row_id": post.id, "data": {"title": "Mine"}}
    refused(401, "user_unauthorized", tables.update_row, **POSTS, **change)
    refused(401, "user_unauthorized", tables.delete_row, **POSTS, row_id=post.id)


def test_a_guest_lists_it(post, project, refused):
    tables = TablesDB(project.guest())
    page = tables.list_rows(**POSTS, queries=[Query.equal("title", "Hello")])
    assert page.total == 1
    assert page.rows[0].id == post.id
    row = {"row_id": ID.unique(), "data": {"title": "No"}}
    refused(401, "user_unauthorized", tables.create_row, **POSTS, **row)


def test_the_author_changes_and_deletes_it(post, author, refused):
    tables = TablesDB(author.client)
    changed = tables.update_row(**POSTS, row_id=post.id, data={"title": "Hello again"})
    assert changed.data["title"] == "Hello again"
    assert changed.data["content"] == "From the guide"
    tables.delete_row(**POSTS, row_id=post.id)
    refused(404, "row_not_found", tables.get_row, **POSTS, row_id=post.id)
