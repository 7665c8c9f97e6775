package dev.celadon.matrix;

import dev.celadon.api.Catalog;
import dev.celadon.api.Grants;
import dev.celadon.api.Param;
import dev.celadon.api.Rule;
import dev.celadon.api.Scope;
import dev.celadon.matrix.Caller.Place;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A project with an owner, a user, keys, and one of each thing that is served. */
final class Cell {

  private static final AtomicInteger NUMBER = new AtomicInteger();
  private static final String PASSWORD = "password-1234";

  /** One of each: a service's method, what it is given, and the ids that it makes. */
  private static final List<String[]> THINGS =
      List.of(
          new String[] {"users.create", "{'userId':'u1','email':'u1@example.com'}", "userId=u1"},
          new String[] {"teams.create", "{'teamId':'t1','name':'T'}", "teamId=t1"},
          new String[] {
            "documentsDB.create", "{'databaseId':'f1','name':'F'}", "databaseId=f1,free=f1"
          },
          new String[] {
            "documentsDB.createCollection",
            "{'collectionId':'c1','name':'C','documentSecurity':true,"
                + "'permissions':['read(\"any\")','create(\"any\")','update(\"any\")',"
                + "'delete(\"any\")']}",
            "collectionId=c1"
          },
          new String[] {
            "documentsDB.createIndex", "{'key':'title','type':'key','attributes':['title']}", ""
          },
          new String[] {"documentsDB.createDocument", "{'documentId':'r1','data':{'n':7}}", ""},
          new String[] {"tablesDB.create", "{'databaseId':'d1','name':'D'}", "databaseId=d1"},
          new String[] {
            "tablesDB.createTable",
            "{'tableId':'c1','name':'C','rowSecurity':true,'permissions':['read(\"any\")',"
                + "'create(\"any\")','update(\"any\")','delete(\"any\")']}",
            "tableId=c1,collectionId=c1"
          },
          new String[] {
            "tablesDB.createStringColumn", "{'key':'title','size':64,'required':false}", "key=title"
          },
          new String[] {
            "tablesDB.createIntegerColumn", "{'key':'n','required':false}", "column=n,attribute=n"
          },
          new String[] {
            "tablesDB.createIndex", "{'key':'title','type':'key','columns':['title']}", ""
          },
          new String[] {
            "tablesDB.createRow",
            "{'rowId':'r1','data':{'title':'x','n':7}}",
            "rowId=r1,documentId=r1"
          },
          new String[] {
            "project.createWebPlatform",
            "{'platformId':'w1','name':'W','hostname':'example.com'}",
            "platformId=w1"
          },
          new String[] {
            "project.createKey", "{'keyId':'k1','name':'K','scopes':['users.read']}", "keyId=k1"
          },
          new String[] {
            "teams.createMembership", "{'userId':'u1','roles':['owner']}", "membershipId=$id"
          },
          new String[] {"users.createSession", "{}", "sessionId=$id"});

  private final Wire wire;
  private final Catalog catalog;
  private final String project;
  private final Map<String, String> known = new HashMap<>();
  private String member = "";
  private String bare = "";
  private String key = "";
  private String session = "";
  private String jwt = "";
  private Set<Scope> keyScopes = Set.of();
  private String teamKey = "";
  private Set<Scope> teamScopes = Set.of();

  private Cell(Wire wire, Catalog catalog) {
    this.wire = wire;
    this.catalog = catalog;
    this.project = "p" + NUMBER.incrementAndGet();
  }

  static Cell make(Wire wire, Catalog catalog) throws Exception {
    var cell = new Cell(wire, catalog);
    cell.people();
    cell.things();
    return cell;
  }

  /** The first account of a server: it owns the installation, and nothing else here. */
  static Caller owner(Wire wire, Catalog catalog) throws Exception {
    var cell = new Cell(wire, catalog);
    cell.signUp();
    var scopes = union(consoleScopes(), Set.of(Scope.INSTALLATION_WRITE));
    var places = Map.of(Place.PROJECT, scopes, Place.PLATFORM, scopes);
    return new Caller("owner", "console", session(cell.member), places, Map.of());
  }

  private void signUp() throws Exception {
    var console = caller("console", Map.of());
    var owner = new JsonObject().put("userId", project).put("email", project + "@example.com");
    must(console, HttpMethod.POST, "/v1/account", owner.put("password", PASSWORD));
    var login = new JsonObject().put("email", project + "@example.com").put("password", PASSWORD);
    var signed = must(console, HttpMethod.POST, "/v1/account/sessions/email", login);
    var cookies = new JsonObject(signed.headers().get("X-Fallback-Cookies"));
    member = cookies.getString("a_session_console");
  }

  /** The owner, his team and project, its keys. */
  private void people() throws Exception {
    signUp();
    var admin = caller("console", Map.of("X-Appwrite-Session", member));
    var team = new JsonObject().put("teamId", project).put("name", "Team");
    must(admin, HttpMethod.POST, "/v1/teams", team);
    var draft = new JsonObject().put("projectId", project).put("name", "P").put("teamId", project);
    must(admin, HttpMethod.POST, "/v1/projects", draft);
    known.put("projectId", project);
    keyScopes = scopesOf("projects.createKey");
    key = key(admin, "/v1/projects/" + project + "/keys", keyScopes);
    bare = key(admin, "/v1/projects/" + project + "/keys", Set.of());
    var headers = Map.of("X-Appwrite-Session", member, "X-Appwrite-Organization", project);
    teamScopes = scopesOf("organization.createKey");
    teamKey = key(caller("console", headers), "/v1/organization/keys", teamScopes);
  }

  private String key(Caller admin, String path, Set<Scope> scopes) throws Exception {
    var wires = new JsonArray(scopes.stream().map(Scope::wire).toList());
    var draft = new JsonObject().put("keyId", "unique()").put("name", "K").put("scopes", wires);
    return must(admin, HttpMethod.POST, path, draft).json().getString("secret");
  }

  private void things() throws Exception {
    var server = caller(project, Map.of("X-Appwrite-Key", key));
    for (var thing : THINGS) {
      var endpoint = catalog.endpoints().stream().filter(e -> e.id().equals(thing[0])).findFirst();
      if (endpoint.isEmpty()) continue;
      var path = endpoint.get().path();
      for (var id : known.entrySet()) path = path.replace("{" + id.getKey() + "}", id.getValue());
      var quoted = thing[1].replace("\"", "\\\"").replace('\'', '"');
      var made = must(server, endpoint.get().method(), path, new JsonObject(quoted)).json();
      for (var id : thing[2].split(",")) {
        var parts = id.split("=");
        if (parts.length == 2) {
          known.put(parts[0], parts[1].equals("$id") ? made.getString("$id") : parts[1]);
        }
      }
      if (thing[0].equals("users.createSession")) session = made.getString("secret");
    }
    var sessions = new JsonObject().put("sessionId", known.get("sessionId"));
    jwt = must(server, HttpMethod.POST, "/v1/users/u1/jwts", sessions).json().getString("jwt");
  }

  /** The same user, signed in once more. */
  Caller again(Caller user) throws Exception {
    var server = caller(project, key(key));
    var made = must(server, HttpMethod.POST, "/v1/users/u1/sessions", new JsonObject());
    var headers = session(made.json().getString("secret"));
    return new Caller(user.name(), project, headers, user.scopes(), known);
  }

  /** Everybody who calls this project; strangers come from {@code other}. */
  List<Caller> callers(Cell other) {
    var owner = union(Grants.ADMIN, Grants.OWNER);
    var console = consoleScopes();
    var team = union(Grants.KEY, teamScopes);
    return List.of(
        who("guest", Map.of(), Grants.GUEST, Grants.GUEST, Grants.GUEST),
        who("stray", session("not.a.session"), Grants.GUEST, Grants.GUEST, Grants.GUEST),
        who("user", session(session), Grants.USER, Grants.GUEST, Grants.GUEST),
        who("user's JWT", Map.of("X-Appwrite-JWT", jwt), Grants.USER, Set.of(), Set.of()),
        who("bearer", Map.of("Authorization", "Bearer " + jwt), Grants.USER, Set.of(), Set.of()),
        who("bare key", key(bare), Grants.KEY, Grants.KEY, Grants.GUEST),
        who(
            "key",
            key(key),
            union(Grants.KEY, keyScopes),
            union(Grants.KEY, keyScopes),
            Grants.GUEST),
        who("team's key", key(teamKey), team, team, team),
        who("other team's key", key(other.teamKey), Grants.GUEST, Grants.GUEST, team),
        who("administrator", admin(), owner, owner, null),
        new Caller(
            "member",
            "console",
            Map.of("X-Appwrite-Session", member, "X-Appwrite-Organization", project),
            Map.of(Place.PROJECT, console, Place.ADMINISTRATION, owner, Place.PLATFORM, console),
            known),
        who("other's user", session(other.session), Grants.GUEST, Grants.GUEST, Grants.GUEST),
        who("other's JWT", Map.of("X-Appwrite-JWT", other.jwt), Set.of(), Set.of(), Set.of()),
        who("other's key", key(other.key), Grants.GUEST, Grants.GUEST, Grants.GUEST));
  }

  private Caller who(
      String name,
      Map<String, String> headers,
      Set<Scope> inProject,
      Set<Scope> administering,
      Set<Scope> onPlatform) {
    var scopes = new HashMap<Place, Set<Scope>>();
    scopes.put(Place.PROJECT, inProject);
    scopes.put(Place.ADMINISTRATION, administering);
    if (onPlatform != null) scopes.put(Place.PLATFORM, onPlatform);
    return new Caller(name, project, headers, scopes, known);
  }

  private Map<String, String> admin() {
    return Map.of("X-Appwrite-Session", member, "X-Appwrite-Mode", "admin");
  }

  private static Map<String, String> session(String secret) {
    return Map.of("X-Appwrite-Session", secret);
  }

  private static Map<String, String> key(String secret) {
    return Map.of("X-Appwrite-Key", secret);
  }

  private Caller caller(String project, Map<String, String> headers) {
    return new Caller("setting up", project, headers, Map.of(), Map.of());
  }

  /** Users of the console hold what concerns organizations and the list of projects. */
  private static Set<Scope> consoleScopes() {
    var more =
        Stream.of(Scope.values())
            .filter(s -> s.wire().startsWith("organization.") || s.wire().startsWith("projects."))
            .collect(Collectors.toSet());
    return union(Grants.USER, more);
  }

  /** Every scope that a key can be given, by the rule of the endpoint that makes such keys. */
  private Set<Scope> scopesOf(String id) {
    Param<?> scopes =
        catalog.endpoints().stream()
            .filter(endpoint -> endpoint.id().equals(id))
            .flatMap(endpoint -> endpoint.params().stream())
            .filter(param -> param.name().equals("scopes"))
            .findFirst()
            .orElseThrow();
    var accepted = EnumSet.noneOf(Scope.class);
    for (var scope : Scope.values()) {
      try {
        scopes.rule().accept(JsonArray.of(scope.wire()));
        accepted.add(scope);
      } catch (Rule.Refused refused) {
        // Not for keys.
      }
    }
    return accepted;
  }

  private Wire.Answer must(Caller who, HttpMethod method, String path, JsonObject body)
      throws Exception {
    var answer = wire.one(method, path, who, body);
    if (answer.status() < 300) return answer;
    throw new IllegalStateException(method + " " + path + " " + body + " -> " + answer);
  }

  private static Set<Scope> union(Set<Scope> one, Set<Scope> other) {
    var all = new ArrayList<>(one);
    all.addAll(other);
    return EnumSet.copyOf(all);
  }
}
