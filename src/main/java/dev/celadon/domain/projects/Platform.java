package dev.celadon.domain.projects;

import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.time.OffsetDateTime;

/**
 * An app that may call a project.
 *
 * @param type {@code web}, {@code android}, {@code flutter-ios} …
 * @param key what identifies an app of this type: application, bundle or package; empty for web
 * @param hostname for web: where its pages are from, {@code *} for any label
 */
public record Platform(
    String id,
    String type,
    String name,
    String key,
    String store,
    String hostname,
    Instant created,
    Instant updated) {

  /** What a caller asks to be stored. */
  public record Draft(String type, String name, String key, String store, String hostname) {}

  static Platform of(Row row) {
    return new Platform(
        row.getString("id"),
        row.getString("type"),
        row.getString("name"),
        row.getString("key"),
        row.getString("store"),
        row.getString("hostname"),
        row.getOffsetDateTime("created").toInstant(),
        row.getOffsetDateTime("updated").toInstant());
  }

  static Platform of(JsonObject row) {
    return new Platform(
        row.getString("id"),
        row.getString("type"),
        row.getString("name"),
        row.getString("key"),
        row.getString("store"),
        row.getString("hostname"),
        OffsetDateTime.parse(row.getString("created")).toInstant(),
        OffsetDateTime.parse(row.getString("updated")).toInstant());
  }
}
