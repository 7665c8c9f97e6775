"""Tables of every kind of column, their rows, and queries on them."""

import pytest
from appwrite.query import Query
from appwrite.services.databases import Databases
from appwrite.services.tables_db import TablesDB

KINDS = {"database_id": "default", "table_id": "kinds"}
VALUES = {
    "string": "text",
    "varchar": "väri",
    "text": "long " * 100,
    "integer": -5,
    "big_int": 9_007_199_254_740_993,
    "float": 1.5,
    "boolean": True,
    "datetime": "2026-01-31T09:30:00.000+00:00",
    "email": "ada@example.org",
    "enum": "red",
    "ip": "2001:db8::1",
    "url": "https://example.org/a",
}
EXTRA = {"string": {"size": 50}, "varchar": {"size": 50}, "enum": {"elements": ["red", "blue"]}}


@pytest.fixture(scope="module")
def tables(project):
    tables = TablesDB(project.key())
    tables.create_table(**KINDS, name="Kinds")
    for kind in VALUES:
        create = getattr(tables, f"create_{kind}_column")
        column = create(**KINDS, key=f"a_{kind}", required=False, **EXTRA.get(kind, {}))
        assert column.key == f"a_{kind}"
        create(**KINDS, key=f"b_{kind}", required=False, array=True, **EXTRA.get(kind, {}))
    return tables


@pytest.fixture(scope="module")
def rows(tables):
    rows = [{"$id": f"r{n}", "a_integer": n, "a_varchar": f"name {n}"} for n in range(1, 8)]
    assert tables.create_rows(**KINDS, rows=rows).total == 7
    return tables


@pytest.mark.parametrize("kind", VALUES)
def test_a_value_comes_back(tables, kind):
    data = {f"a_{kind}": VALUES[kind], f"b_{kind}": [VALUES[kind], VALUES[kind]]}
    row = tables.create_row(**KINDS, row_id=f"one-{kind}", data=data)
    read = tables.get_row(**KINDS, row_id=row.id)
    for key, value in data.items():
        assert read.data[key] == value
    tables.delete_row(**KINDS, row_id=row.id)


@pytest.mark.parametrize("kind", [kind for kind in VALUES if kind != "text"])
def test_a_wrong_value_is_refused(tables, refused, kind):
    data = {f"a_{kind}": {"no": "value"}}
    row = {"row_id": "wrong", "data": data}
    refused(400, "row_invalid_structure", tables.create_row, **KINDS, **row)


def test_columns_and_indexes_are_listed(tables):
    assert tables.list_columns(**KINDS).total == 2 * len(VALUES)
    index = tables.create_index(**KINDS, key="by_int", type="key", columns=["a_integer"])
    assert (index.key, index.columns) == ("by_int", ["a_integer"])
    assert tables.list_indexes(**KINDS).total == 1
    assert tables.get_index(**KINDS, key="by_int").type == "key"
    tables.delete_index(**KINDS, key="by_int")
    assert tables.list_indexes(**KINDS).total == 0


@pytest.mark.parametrize(
    "query, expected",
    [
        (Query.equal("a_integer", [1, 3]), [1, 3]),
        (Query.not_equal("a_integer", 1), [2, 3, 4, 5, 6, 7]),
        (Query.less_than("a_integer", 3), [1, 2]),
        (Query.greater_than_equal("a_integer", 6), [6, 7]),
        (Query.between("a_integer", 2, 4), [2, 3, 4]),
        (Query.starts_with("a_varchar", "name 5"), [5]),
        (Query.ends_with("a_varchar", "7"), [7]),
        (Query.contains("a_varchar", "me 2"), [2]),
        (Query.is_not_null("a_integer"), [1, 2, 3, 4, 5, 6, 7]),
        (Query.is_null("a_integer"), []),
        (Query.or_queries([Query.equal("a_integer", 1), Query.equal("a_integer", 7)]), [1, 7]),
        (Query.and_queries([Query.greater_than("a_integer", 1), Query.less_than("a_integer", 3)]),
         [2]),
    ],
)
def test_a_query(rows, query, expected):
    page = rows.list_rows(**KINDS, queries=[query, Query.order_asc("a_integer")])
    assert [row.data["a_integer"] for row in page.rows] == expected
    assert page.total == len(expected)


def test_pages_and_cursors(rows):
    order = Query.order_desc("a_integer")
    page = rows.list_rows(**KINDS, queries=[order, Query.limit(3)])
    assert [row.id for row in page.rows] == ["r7", "r6", "r5"]
    rest = rows.list_rows(**KINDS, queries=[order, Query.cursor_after("r5"), Query.limit(2)])
    assert [row.id for row in rest.rows] == ["r4", "r3"]
    part = rows.list_rows(**KINDS, queries=[Query.select(["a_varchar"]), Query.limit(1)])
    assert part.rows[0].data["a_varchar"].startswith("name")
    assert "a_integer" not in part.rows[0].data
    assert rows.list_rows(**KINDS, total=False).total == 0


def test_many_rows_at_once(rows):
    changed = rows.update_rows(
        **KINDS, data={"a_boolean": True}, queries=[Query.less_than("a_integer", 4)]
    )
    assert changed.total == 3
    written = rows.upsert_rows(**KINDS, rows=[{"$id": "r1", "a_float": 0.5}, {"$id": "r9"}])
    assert len(written.rows) == 2
    assert rows.get_row(**KINDS, row_id="r1").data["a_float"] == 0.5
    assert rows.delete_rows(**KINDS, queries=[Query.equal("a_boolean", True)]).total == 3


def test_the_older_words_see_the_same(rows, project, refused):
    databases = Databases(project.key())
    documents = databases.list_documents("default", "kinds", queries=[Query.equal("$id", "r5")])
    assert documents.documents[0].data["a_integer"] == 5
    made = databases.create_document("default", "kinds", "old", {"a_varchar": "old"})
    assert rows.get_row(**KINDS, row_id=made.id).data["a_varchar"] == "old"
    databases.delete_document("default", "kinds", "old")
    refused(404, "document_not_found", databases.get_document, "default", "kinds", "old")
