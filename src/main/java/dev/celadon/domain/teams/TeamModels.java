package dev.celadon.domain.teams;

import dev.celadon.api.Model;
import dev.celadon.api.Page;
import dev.celadon.api.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How teams and memberships are shown. */
public final class TeamModels {

  public static final Model<Team> TEAM =
      Model.of("Team", Team.class)
          .field("$id", Schema.TEXT, Team::id, "The team's id.")
          .field("$createdAt", Schema.TIME, Team::created, "When it was created.")
          .field("$updatedAt", Schema.TIME, Team::updated, "When it was changed last.")
          .field("name", Schema.TEXT, Team::name, "The team's name.")
          .field("total", Schema.INTEGER, Team::total, "How many members there are.")
          .field("prefs", Schema.OBJECT, Team::prefs, "Whatever the application keeps here.");

  public static final Model<Page<Team>> TEAMS = Model.list("TeamList", "teams", TEAM);

  public static final Model<Membership> MEMBERSHIP =
      Model.of("Membership", Membership.class)
          .field("$id", Schema.TEXT, Membership::id, "The membership's id.")
          .field("$createdAt", Schema.TIME, Membership::created, "When it was created.")
          .field("$updatedAt", Schema.TIME, Membership::updated, "When it was changed last.")
          .field("userId", Schema.TEXT, m -> m.person().id(), "Who the member is.")
          .field("userName", Schema.TEXT, m -> m.person().name(), "The member's name.")
          .field("userEmail", Schema.TEXT, m -> m.person().email(), "The member's email.")
          .field("userPhone", Schema.TEXT, m -> m.person().phone(), "The member's phone number.")
          .field("userAccessedAt", Schema.TEXT, m -> time(m.person().accessed()), "Last visit.")
          .field("teamId", Schema.TEXT, Membership::team, "The team.")
          .field("teamName", Schema.TEXT, Membership::teamName, "The team's name.")
          .field("invited", Schema.TIME, Membership::invited, "When the user was invited.")
          .field("joined", Schema.TEXT, m -> time(m.joined()), "When the user joined, or empty.")
          .field("confirm", Schema.BOOLEAN, Membership::confirmed, "Whether the user has joined.")
          .field("mfa", Schema.BOOLEAN, m -> m.person().mfa(), "Whether a second factor is needed.")
          .field("roles", Schema.list(Schema.TEXT), Membership::roles, "What the member is.");

  public static final Model<Page<Membership>> MEMBERSHIPS =
      Model.list("MembershipList", "memberships", MEMBERSHIP);

  private static Object time(@Nullable Instant time) {
    return time == null ? "" : time;
  }

  private TeamModels() {}
}
