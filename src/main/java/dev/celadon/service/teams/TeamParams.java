package dev.celadon.service.teams;

import dev.celadon.api.Param;
import dev.celadon.api.Rule;
import dev.celadon.api.Rules;
import dev.celadon.api.Schema;
import java.util.List;
import java.util.regex.Pattern;

/** Inputs of more than one endpoint. */
final class TeamParams {

  /** Long enough for the console's roles in one project, {@code project-<id>-developer}. */
  private static final Pattern ROLE = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9._-]{0,80}");

  private static final int MOST_ROLES = 100;

  static final Param<String> TEAM = Param.path("teamId", Rules.id(), "The team's id.");

  static final Param<String> MEMBERSHIP =
      Param.path("membershipId", Rules.id(), "The membership's id.");

  static final Param<String> NAME =
      Param.body("name", Rules.text(128), "The team's name, 1 to 128 characters.");

  static final Param<List<String>> ROLES =
      Param.body(
          "roles",
          Rules.list(role(), MOST_ROLES),
          "What the member is in the team; `owner` manages it.");

  private static Rule<String> role() {
    return Rules.rule(
        Schema.TEXT.with("pattern", ROLE.pattern()),
        raw -> {
          if (raw instanceof String text && ROLE.matcher(text).matches()) return text;
          throw new Rule.Refused("must be a role: letters, digits, period, hyphen, underscore");
        });
  }

  private TeamParams() {}
}
