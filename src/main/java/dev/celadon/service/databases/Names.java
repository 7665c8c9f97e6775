package dev.celadon.service.databases;

import static dev.celadon.api.RateLimit.By.Trait.IP;
import static dev.celadon.api.RateLimit.By.Trait.METHOD;
import static dev.celadon.api.RateLimit.By.Trait.URL;
import static dev.celadon.api.RateLimit.By.Trait.USER;

import dev.celadon.api.Call;
import dev.celadon.api.Param;
import dev.celadon.api.Permission;
import dev.celadon.api.PermissionWords;
import dev.celadon.api.Query;
import dev.celadon.api.RateLimit;
import dev.celadon.api.Rule;
import dev.celadon.api.Rules;
import dev.celadon.api.Schema;
import dev.celadon.domain.documents.Table;
import dev.celadon.domain.query.Listing;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** The parameters, limits and event names that several endpoints share. */
public final class Names {

  /** The database that a call names in its path. */
  public static final Param<String> DATABASE =
      Param.path("databaseId", Rules.id(), "The id of the database.");

  public static final Param<String> KEY = Param.path("key", Rules.key(), "Its key.");
  public static final Param<List<Query>> QUERIES =
      Param.query("queries", Query.rule(), "Filters, order and paging.").orElse(List.of());
  public static final Param<List<Query>> WHICH =
      Param.body("queries", Query.rule(), "Which ones; all without.").orElse(List.of());
  public static final Param<String> SEARCH =
      Param.query("search", Rules.text(256), "A text in the id or the name.").optional();
  public static final Param<Boolean> TOTAL =
      Param.query("total", Rules.bool(), "Whether to count all that match.").orElse(true);
  public static final Param<List<Permission>> PERMISSIONS =
      Param.body("permissions", PermissionWords.rule(), "Who may do what.").optional();

  /** What each caller may write a minute, and what he may delete. */
  public static final RateLimit WRITES = RateLimit.perMinute(120, IP, METHOD, URL, USER);

  public static final RateLimit DELETES = RateLimit.perMinute(60, IP, METHOD, URL, USER);

  /** The names of events, the same in both vocabularies: whoever reads them adds the others. */
  public static final String DATABASE_EVENT = "databases.[databaseId].";

  public static final String TABLE_EVENT = DATABASE_EVENT + "tables.[tableId].";
  public static final String COLUMN_EVENT = TABLE_EVENT + "columns.[columnId].";
  public static final String INDEX_EVENT = TABLE_EVENT + "indexes.[indexId].";
  public static final String ROW_EVENT = TABLE_EVENT + "rows.[rowId].";

  /** What audits name. */
  public static final String DATABASE_AUDIT = "database/{databaseId}";

  public static final String TABLE_AUDIT = DATABASE_AUDIT + "/table/{tableId}";
  public static final String ROW_AUDIT = TABLE_AUDIT + "/row/{rowId}";

  /** The table that a call names in its path. */
  public static Table.Place place(Call call, Param<String> table) {
    var form = Dialect.of(call.endpoint().service()).form();
    return new Table.Place(call.project(), call.get(DATABASE), call.get(table), form);
  }

  /** What a call asks of a list that can be searched. */
  public static Listing.Wanted wanted(Call call) {
    return Listing.Wanted.of(call.get(QUERIES), call.find(SEARCH), call.get(TOTAL));
  }

  /** As {@link #wanted}, for lists without search. */
  public static Listing.Wanted unsearched(Call call) {
    return Listing.Wanted.of(call.get(QUERIES), null, call.get(TOTAL));
  }

  /** An object, or its JSON as text, as older clients send it. */
  public static Rule<JsonObject> data() {
    return Rules.rule(
        Schema.OBJECT,
        raw -> {
          if (raw instanceof JsonObject object) return object;
          if (raw instanceof String text) {
            try {
              return new JsonObject(text);
            } catch (DecodeException e) {
              throw new Rule.Refused("must be an object, or its JSON");
            }
          }
          throw new Rule.Refused("must be an object");
        });
  }

  private Names() {}
}
