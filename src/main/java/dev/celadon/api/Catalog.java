package dev.celadon.api;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Every endpoint of the server, checked at start: it is whole, or the server does not start. */
public record Catalog(List<Endpoint> endpoints) {

  private static final Pattern VARIABLE = Pattern.compile("\\{(\\w+)}");

  public Catalog {
    endpoints = List.copyOf(endpoints);
    var faults = new ArrayList<String>();
    var ids = new HashSet<String>();
    var routes = new HashSet<String>();
    for (var endpoint : endpoints) {
      if (!ids.add(endpoint.id())) faults.add(endpoint.id() + ": declared twice");
      paths(endpoint)
          .map(path -> endpoint.method() + " " + VARIABLE.matcher(path).replaceAll("{}"))
          .filter(route -> !routes.add(route))
          .forEach(route -> faults.add(endpoint.id() + ": route taken: " + route));
      check(endpoint, faults);
    }
    if (!faults.isEmpty()) throw new IllegalStateException(String.join("\n", faults));
  }

  public static Catalog of(List<Service> services) {
    return new Catalog(
        services.stream().flatMap(s -> s.actions().stream()).map(Action::endpoint).toList());
  }

  /** The path of an endpoint and its aliases. */
  public static Stream<String> paths(Endpoint endpoint) {
    return Stream.concat(Stream.of(endpoint.path()), endpoint.aliases().stream());
  }

  private static void check(Endpoint endpoint, List<String> faults) {
    var names = endpoint.params().stream().map(Param::name).toList();
    if (names.size() != new HashSet<>(names).size()) faults.add(endpoint.id() + ": param twice");
    paths(endpoint)
        .flatMap(path -> VARIABLE.matcher(path).results().map(match -> match.group(1)))
        .filter(variable -> !names.contains(variable))
        .forEach(variable -> faults.add(endpoint.id() + ": no param for {" + variable + "}"));
    if (endpoint.service().isEmpty() || endpoint.name().isEmpty()) {
      faults.add(endpoint.path() + ": no name");
    }
    if (endpoint.scopes().isEmpty()) faults.add(endpoint.id() + ": no scope");
    if (endpoint.doc().isBlank() || endpoint.title().isBlank()) {
      faults.add(endpoint.id() + ": no doc");
    }
    endpoint.params().stream()
        .filter(param -> param.doc().isBlank())
        .forEach(param -> faults.add(endpoint.id() + ": no doc for " + param.name()));
  }
}
