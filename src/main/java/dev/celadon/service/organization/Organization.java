package dev.celadon.service.organization;

import static dev.celadon.api.Schema.BOOLEAN;
import static dev.celadon.api.Schema.INTEGER;
import static dev.celadon.api.Schema.OBJECT;
import static dev.celadon.api.Schema.TEXT;
import static dev.celadon.api.Schema.TIME;

import dev.celadon.api.Model;
import dev.celadon.api.Schema;
import dev.celadon.domain.teams.Team;
import java.util.List;

/**
 * A team as the owner of projects.
 *
 * @param projects the ids of its projects
 */
record Organization(Team team, List<String> projects) {

  static final Model<Organization> MODEL =
      unbilled(
          Model.of("Organization", Organization.class)
              .field("$id", TEXT, o -> o.team.id(), "The organization's id.")
              .field("$createdAt", TIME, o -> o.team.created(), "When it was made.")
              .field("$updatedAt", TIME, o -> o.team.updated(), "When it was last changed.")
              .field("name", TEXT, o -> o.team.name(), "What it is called.")
              .field("total", INTEGER, o -> o.team.total(), "How many members there are.")
              .field("prefs", OBJECT, o -> o.team.prefs(), "Preferences of its members.")
              .field("projects", Schema.list(TEXT), Organization::projects, "The projects it owns.")
              .field("status", TEXT, o -> "active", "Whether it can be used.")
              .field("markedForDeletion", BOOLEAN, o -> false, "Deletion is at once.")
              .field("platform", TEXT, o -> "appwrite", "The protocol's name for its product."));

  /** Nobody pays here; clients look these up all the same. */
  private static Model<Organization> unbilled(Model<Organization> model) {
    var more = model;
    for (var name :
        List.of(
            "billingPlan",
            "billingPlanId",
            "billingPlanDowngrade",
            "billingEmail",
            "billingStartDate",
            "billingCurrentInvoiceDate",
            "billingNextInvoiceDate",
            "billingTrialStartDate",
            "billingAggregationId",
            "billingInvoiceId",
            "billingAddressId",
            "billingTaxId",
            "paymentMethodId",
            "backupPaymentMethodId",
            "remarks",
            "agreementBAA",
            "programManagerName",
            "programManagerCalendar",
            "programDiscordChannelName",
            "programDiscordChannelUrl")) {
      more = more.field(name, TEXT, o -> "", "Not used: there is no billing.");
    }
    return more.field("billingBudget", INTEGER, o -> 0, "Not used: there is no billing.")
        .field("billingTrialDays", INTEGER, o -> 0, "Not used: there is no billing.")
        .field("budgetAlerts", Schema.list(INTEGER), o -> List.of(), "Not used.")
        .field("billingPlanDetails", OBJECT, o -> null, "Not used: there is no billing.")
        .field("billingLimits", OBJECT, o -> null, "Not used: there is no billing.");
  }
}
