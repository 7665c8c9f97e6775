package dev.celadon.gateway;

import dev.celadon.api.Failure;
import dev.celadon.api.Fault;
import dev.celadon.api.Ids;
import dev.celadon.security.Caller;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Map;

/**
 * What a request is about: its project, whether its path implies an administrator, and the
 * organization that it names.
 */
record Target(String project, boolean administers, String organization) {

  private static final String CONSOLE = "console";
  private static final String ADMINISTRATION = "/v1/projects/{projectId}";

  /** Paths that belong to the platform, whatever project the client names beside. */
  private static final List<String> PLATFORM =
      List.of("/v1/projects", "/v1/organization", "/v1/console/", "/v1/installation/");

  static Target of(HttpServerRequest request, RouteTable.Match match, Map<String, Object> query) {
    var organization = single(request, "X-Appwrite-Organization");
    var path = match.endpoint().path();
    if (path.startsWith(ADMINISTRATION)) {
      var project = match.values().getOrDefault("projectId", "");
      return new Target(valid(project), true, organization);
    }
    if (ofPlatform(path)) {
      return new Target(CONSOLE, false, organization);
    }
    var named = query.get("project");
    if (named != null && !(named instanceof String)) {
      throw Failure.with(Fault.BAD_REQUEST, "project is named more than once");
    }
    var project = named instanceof String text ? text : single(request, "X-Appwrite-Project");
    return new Target(project.isEmpty() ? CONSOLE : valid(project), false, organization);
  }

  /** The organization of the caller's key, or else the one that the request names. */
  String team(Caller caller) {
    return caller.team().isEmpty() ? organization : caller.team();
  }

  private static boolean ofPlatform(String path) {
    for (var platform : PLATFORM) if (path.startsWith(platform)) return true;
    return false;
  }

  private static String single(HttpServerRequest request, String header) {
    var values = request.headers().getAll(header);
    for (int i = 1; i < values.size(); i++) {
      if (!values.get(i).equals(values.getFirst())) {
        throw Failure.with(Fault.BAD_REQUEST, header + " is sent twice with different values");
      }
    }
    return values.isEmpty() ? "" : values.getFirst();
  }

  private static String valid(String project) {
    if (!Ids.valid(project)) throw Failure.with(Fault.PROJECT_NOT_FOUND, "");
    return project;
  }
}
