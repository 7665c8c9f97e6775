package dev.celadon.domain.projects;

import dev.celadon.api.Change;
import dev.celadon.api.Failure;
import dev.celadon.api.Fault;
import dev.celadon.api.Page;
import dev.celadon.domain.query.Attribute;
import dev.celadon.domain.query.Attributes;
import dev.celadon.domain.query.Listing;
import dev.celadon.event.EventLog;
import dev.celadon.event.Fact;
import dev.celadon.store.Db;
import dev.celadon.store.Postgres;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The apps that may call a project. */
public final class Platforms {

  private static final Listing<Platform> LISTING =
      new Listing<>(
          "celadon.platforms",
          Attributes.of(
              Attribute.text("$id", "id"),
              Attribute.time("$createdAt", "created"),
              Attribute.time("$updatedAt", "updated"),
              Attribute.text("name", "name"),
              Attribute.text("type", "type"),
              Attribute.text("key", "key"),
              Attribute.text("hostname", "hostname")),
          List.of("id", "name", "hostname", "key"),
          Platform::of);

  private final Postgres postgres;
  private final EventLog log;

  public Platforms(Postgres postgres, EventLog log) {
    this.postgres = postgres;
    this.log = log;
  }

  public Page<Platform> list(String project, Listing.Wanted wanted) {
    return LISTING.page(postgres.list(), project, wanted);
  }

  /**
   * @throws Failure {@link Fault#PLATFORM_ALREADY_EXISTS}
   */
  public Platform create(Change change, String id, Platform.Draft draft) {
    try {
      return postgres
          .transactions()
          .tx(
              tx ->
                  tell(
                      tx,
                      change,
                      id,
                      tx.one(
                          Platform::of,
                          """
                          INSERT INTO celadon.platforms
                            (project, id, type, name, key, store, hostname)
                          VALUES ($1, $2, $3, $4, $5, $6, $7)
                          RETURNING *
                          """,
                          change.project(),
                          id,
                          draft.type(),
                          draft.name(),
                          draft.key(),
                          draft.store(),
                          draft.hostname())));
    } catch (Db.Conflict taken) {
      throw Failure.with(Fault.PLATFORM_ALREADY_EXISTS, id);
    }
  }

  /**
   * @throws Failure {@link Fault#PLATFORM_NOT_FOUND}
   */
  public Platform get(String project, String id) {
    return postgres
        .point()
        .one(
            Platform::of,
            "SELECT * FROM celadon.platforms WHERE project = $1 AND id = $2",
            project,
            id)
        .orElseThrow(() -> Failure.with(Fault.PLATFORM_NOT_FOUND, id));
  }

  /**
   * Replaces everything but the type.
   *
   * @param draft its type is the one that the platform must have; empty for any
   * @throws Failure {@link Fault#PLATFORM_METHOD_UNSUPPORTED} for a platform of another type
   */
  public Platform update(Change change, String id, Platform.Draft draft) {
    var before = get(change.project(), id);
    if (!draft.type().isEmpty() && !draft.type().equals(before.type())) {
      throw Failure.with(Fault.PLATFORM_METHOD_UNSUPPORTED, id);
    }
    return postgres
        .transactions()
        .tx(
            tx ->
                tell(
                    tx,
                    change,
                    id,
                    tx.one(
                        Platform::of,
                        """
                        UPDATE celadon.platforms
                        SET name = $3, key = $4, store = $5, hostname = $6, updated = now()
                        WHERE project = $1 AND id = $2
                        RETURNING *
                        """,
                        change.project(),
                        id,
                        draft.name(),
                        draft.key(),
                        draft.store(),
                        draft.hostname())));
  }

  /** Deletes a platform; browsers there are refused within a second. */
  public Platform delete(Change change, String id) {
    return postgres
        .transactions()
        .tx(
            tx ->
                tell(
                    tx,
                    change,
                    id,
                    tx.one(
                        Platform::of,
                        "DELETE FROM celadon.platforms WHERE project = $1 AND id = $2 RETURNING *",
                        change.project(),
                        id)));
  }

  private Platform tell(Db tx, Change change, String id, Optional<Platform> changed) {
    var platform = changed.orElseThrow(() -> Failure.with(Fault.PLATFORM_NOT_FOUND, id));
    log.append(tx, change, Fact.of(Map.of("platformId", id), change.payload(platform)));
    return platform;
  }
}
