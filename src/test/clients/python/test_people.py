"""account, users and teams."""

import pytest
from appwrite.id import ID
from appwrite.query import Query
from appwrite.services.account import Account
from appwrite.services.teams import Teams
from appwrite.services.users import Users

NOT_SIGNED_IN = (401, "general_unauthorized_scope")


@pytest.fixture(scope="module")
def users(project):
    return Users(project.key())


@pytest.fixture(scope="module")
def teams(project):
    return Teams(project.key())


def test_an_account_reads_and_changes_itself(project):
    person = project.user("Ada")
    account = person.account
    assert account.get().id == person.id
    assert account.update_name("Grace").name == "Grace"
    prefs = {"theme": "dark", "deep": {"a": [1, 2]}}
    account.update_prefs(prefs)
    assert account.get_prefs().data == prefs
    email = f"{person.id}@example.com"
    assert account.update_email(email, person.credentials["password"]).email == email
    account.update_password("a new password", person.credentials["password"])
    session = Account(project.guest()).create_email_password_session(email, "a new password")
    assert (session.userid, session.secret) == (person.id, "")


def test_sessions_end_at_once(project, refused):
    person = project.user()
    second = Account(project.key()).create_email_password_session(**person.credentials)
    assert person.account.list_sessions().total == 2
    assert person.account.get_session("current").id == person.session.id
    other = Account(project.guest().set_session(second.secret))
    assert other.get().id == person.id
    person.account.delete_session(second.id)
    refused(*NOT_SIGNED_IN, other.get)
    person.account.delete_sessions()
    refused(*NOT_SIGNED_IN, person.account.get)


def test_a_jwt_stands_for_the_session(project, refused):
    person = project.user()
    jwt = Users(project.key()).create_jwt(person.id, person.session.id).jwt
    assert Account(project.guest().set_jwt(jwt)).get().id == person.id
    refused(401, "user_jwt_invalid", Account(project.guest().set_jwt("a.b.c")).get)


def test_an_anonymous_session(project):
    session = Account(project.key()).create_anonymous_session()
    assert session.provider == "anonymous"
    assert Account(project.guest().set_session(session.secret)).get().email == ""


def test_wrong_credentials(project, refused):
    call = Account(project.guest()).create_email_password_session
    refused(401, "user_invalid_credentials", call, "nobody@example.org", "wrong password")


def test_users_are_administered(users, refused):
    user = users.create("ada", email="ada@example.org", password="battery staple", name="Ada")
    assert (user.id, user.email, user.status, user.labels) == ("ada", "ada@example.org", True, [])
    assert users.get("ada").name == "Ada"
    assert users.update_name("ada", "Ada L.").name == "Ada L."
    assert users.update_email("ada", "al@example.org").email == "al@example.org"
    assert users.update_phone("ada", "+15550001").phone == "+15550001"
    assert users.update_labels("ada", ["staff"]).labels == ["staff"]
    assert users.update_email_verification("ada", True).emailverification is True
    users.update_prefs("ada", {"a": 1})
    assert users.get_prefs("ada").data == {"a": 1}
    refused(409, "user_already_exists", users.create, "ada", name="Again")
    refused(404, "user_not_found", users.get, "nobody")


def test_users_are_listed(users):
    for name in ("Xia", "Yan", "Zoe"):
        users.create(name.lower(), email=f"{name.lower()}@list.example.org", name=name)
    ends = Query.ends_with("email", "@list.example.org")
    page = users.list(queries=[ends, Query.order_desc("name"), Query.limit(2)])
    assert [user.name for user in page.users] == ["Zoe", "Yan"]
    rest = users.list(queries=[ends, Query.order_desc("name"), Query.cursor_after("yan")])
    assert [user.name for user in rest.users] == ["Xia"]
    assert [user.id for user in users.list(search="zoe").users] == ["zoe"]


def test_a_blocked_user_is_out(project, users, refused):
    person = project.user()
    assert users.update_status(person.id, False).status is False
    refused(403, "user_blocked", person.account.get)
    sign_in = Account(project.guest()).create_email_password_session
    refused(403, "user_blocked", sign_in, **person.credentials)


def test_a_server_makes_and_ends_sessions(project, users, refused):
    person = project.user()
    made = users.create_session(person.id)
    other = Account(project.guest().set_session(made.secret))
    assert other.get().id == person.id
    assert users.list_sessions(person.id).total == 2
    users.delete_session(person.id, made.id)
    refused(*NOT_SIGNED_IN, other.get)
    users.delete_sessions(person.id)
    refused(*NOT_SIGNED_IN, person.account.get)
    users.delete(person.id)
    refused(404, "user_not_found", users.get, person.id)


def test_a_team_and_its_members(project, teams, refused):
    ada, ben = project.user("Ada"), project.user("Ben")
    own = Teams(ada.client)
    team = own.create("crew", "Crew")
    assert (team.id, team.total) == ("crew", 1)
    refused(404, "team_not_found", Teams(ben.client).get, "crew")
    member = teams.create_membership("crew", ["cook"], user_id=ben.id)
    assert (member.userid, member.roles, member.confirm) == (ben.id, ["cook"], True)
    assert Teams(ben.client).get("crew").total == 2
    assert own.update_membership("crew", member.id, ["captain"]).roles == ["captain"]
    assert own.list_memberships("crew").total == 2
    assert own.get_membership("crew", member.id).userid == ben.id
    own.update_prefs("crew", {"flag": "blue"})
    assert Teams(ben.client).get_prefs("crew").data == {"flag": "blue"}
    assert own.update_name("crew", "Ship").name == "Ship"
    assert Users(project.key()).list_memberships(ben.id).total == 1
    own.delete_membership("crew", member.id)
    refused(404, "team_not_found", Teams(ben.client).get, "crew")
    own.delete("crew")
    refused(404, "team_not_found", teams.get, "crew")


def test_teams_are_listed(teams):
    for name in ("Red", "Green"):
        teams.create(ID.unique(), name)
    page = teams.list(queries=[Query.equal("name", ["Red", "Green"]), Query.order_asc("name")])
    assert [team.name for team in page.teams] == ["Green", "Red"]
