package dev.celadon.domain.users;

import dev.celadon.api.Call;
import dev.celadon.api.Param;
import dev.celadon.api.Query;
import dev.celadon.api.Rules;
import dev.celadon.domain.query.Listing;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** Inputs that several services about people take alike. */
public final class UserParams {

  private static final int PREFS_CHARACTERS = 65_535;
  private static final int SEARCH_CHARACTERS = 256;
  private static final long JWT_MOST_SECONDS = 3_600;
  private static final long JWT_USUAL_SECONDS = 900;

  public static final Param<JsonObject> PREFS =
      Param.body(
          "prefs",
          Rules.object(PREFS_CHARACTERS),
          "An object of the application's making, at most 65,535 characters as JSON.");

  public static final Param<List<Query>> QUERIES =
      Param.query("queries", Query.rule(), "Conditions, order and part of the list.")
          .orElse(List.of());

  public static final Param<String> SEARCH =
      Param.query("search", Rules.text(SEARCH_CHARACTERS), "A text to look for.").optional();

  public static final Param<Boolean> TOTAL =
      Param.query("total", Rules.bool(), "Whether to count all; without it, total is 0.")
          .orElse(true);

  /** How long a JWT lasts, in seconds. */
  public static final Param<Long> JWT_SECONDS =
      Param.body(
              "duration",
              Rules.integer(0, JWT_MOST_SECONDS),
              "How many seconds the token lasts, at most an hour.")
          .orElse(JWT_USUAL_SECONDS);

  /** What {@link #QUERIES}, {@link #SEARCH} and {@link #TOTAL} ask for. */
  public static Listing.Wanted wanted(Call call) {
    return Listing.Wanted.of(call.get(QUERIES), call.find(SEARCH), call.get(TOTAL));
  }

  private UserParams() {}
}
