package dev.celadon.domain.activities;

import dev.celadon.api.Model;
import dev.celadon.api.Page;
import dev.celadon.api.Schema;
import dev.celadon.domain.users.Agent;
import java.util.List;
import java.util.function.Function;

/** How the audit looks on the wire. What is not looked up here, such as places, is empty. */
public final class ActivityModels {

  private static final List<String> UNKNOWN =
      List.of(
          "country",
          "countryCode",
          "countryName",
          "continentCode",
          "city",
          "subdivisions",
          "isp",
          "autonomousSystemNumber",
          "autonomousSystemOrganization",
          "connectionType",
          "connectionUsageType",
          "connectionOrganization",
          "hostname",
          "teamId",
          "sdk",
          "sdkVersion",
          "clientEngine",
          "clientEngineVersion");

  public static final Model<Activity> ACTIVITY = unknown(client(activity()));

  public static final Model<Page<Activity>> ACTIVITIES =
      Model.list("ActivityEventList", "events", ACTIVITY);

  private static Model<Activity> activity() {
    return Model.of("ActivityEvent", Activity.class)
        .field("$id", Schema.TEXT, a -> Long.toString(a.id()), "The event's id.")
        .field("event", Schema.TEXT, Activity::event, "What happened.")
        .field("time", Schema.TIME, Activity::time, "When.")
        .field("projectId", Schema.TEXT, Activity::project, "In which project.")
        .field("resource", Schema.TEXT, Activity::resource, "What was changed, as a path.")
        .field("resourceType", Schema.TEXT, Activity::resourceType, "What kind of thing it is.")
        .field("resourceId", Schema.TEXT, Activity::resourceId, "Which one.")
        .field("resourceParent", Schema.TEXT, Activity::resourceParent, "What contains it.")
        .field("actorType", Schema.TEXT, Activity::actor, "user, admin, key, guest or machine.")
        .field("actorId", Schema.TEXT, Activity::actorId, "Who did it.")
        .field("actorName", Schema.TEXT, Activity::name, "The name of who did it.")
        .field("actorEmail", Schema.TEXT, Activity::email, "The email of who did it.")
        .field("userType", Schema.TEXT, Activity::actor, "The same as actorType.")
        .field("userId", Schema.TEXT, Activity::actorId, "The same as actorId.")
        .field("userName", Schema.TEXT, Activity::name, "The same as actorName.")
        .field("userEmail", Schema.TEXT, Activity::email, "The same as actorEmail.")
        .field("mode", Schema.TEXT, Activity::mode, "admin or default.")
        .field("ip", Schema.TEXT, Activity::ip, "From which address.")
        .field("userAgent", Schema.TEXT, Activity::agent, "As the client named itself.");
  }

  private static Model<Activity> client(Model<Activity> model) {
    Function<Activity, Agent> agent = activity -> Agent.of(activity.agent());
    return model
        .field("osCode", Schema.TEXT, agent.andThen(Agent::osCode), "The system, in short.")
        .field("osName", Schema.TEXT, agent.andThen(Agent::osName), "The system.")
        .field("osVersion", Schema.TEXT, agent.andThen(Agent::osVersion), "The system's version.")
        .field("clientType", Schema.TEXT, agent.andThen(Agent::clientType), "A kind of client.")
        .field("clientCode", Schema.TEXT, agent.andThen(Agent::clientCode), "Its name, in short.")
        .field("clientName", Schema.TEXT, agent.andThen(Agent::clientName), "The client's name.")
        .field("clientVersion", Schema.TEXT, agent.andThen(Agent::clientVersion), "Its version.")
        .field("deviceName", Schema.TEXT, agent.andThen(Agent::deviceName), "A kind of device.")
        .field("deviceBrand", Schema.TEXT, agent.andThen(Agent::deviceBrand), "Its maker.")
        .field("deviceModel", Schema.TEXT, agent.andThen(Agent::deviceModel), "Its model.");
  }

  private static Model<Activity> unknown(Model<Activity> model) {
    for (var name : UNKNOWN) model = model.field(name, Schema.TEXT, a -> "", "Not looked up.");
    return model;
  }

  private ActivityModels() {}
}
