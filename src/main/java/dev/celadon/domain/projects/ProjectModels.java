package dev.celadon.domain.projects;

import static dev.celadon.api.Schema.BOOLEAN;
import static dev.celadon.api.Schema.INTEGER;
import static dev.celadon.api.Schema.OBJECT;
import static dev.celadon.api.Schema.TEXT;
import static dev.celadon.api.Schema.TIME;

import dev.celadon.api.Model;
import dev.celadon.api.Page;
import dev.celadon.api.Schema;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * How a project looks on the wire: what any generation of clients looks for, at once. Keys,
 * webhooks and the like are in lists of their own, so they are empty here; secrets are in none.
 */
public final class ProjectModels {

  /** The texts that describe a project, by wire name, with the most characters each may have. */
  public static final Map<String, Integer> DETAILS =
      Map.ofEntries(
          Map.entry("description", 256),
          Map.entry("logo", 1_024),
          Map.entry("url", 1_024),
          Map.entry("legalName", 256),
          Map.entry("legalCountry", 256),
          Map.entry("legalState", 256),
          Map.entry("legalCity", 256),
          Map.entry("legalAddress", 256),
          Map.entry("legalTaxId", 256));

  /** The older names of the ways to sign in, as single fields. */
  private static final Map<String, String> AUTH_FIELDS =
      Map.of(
          "authEmailPassword", "email-password",
          "authUsersAuthMagicURL", "magic-url",
          "authEmailOtp", "email-otp",
          "authAnonymous", "anonymous",
          "authInvites", "invites",
          "authJWT", "jwt",
          "authPhone", "phone");

  /** The services that older clients look up as single fields. */
  private static final List<String> SERVICE_FIELDS =
      List.of(
          "account",
          "avatars",
          "databases",
          "tablesdb",
          "locale",
          "health",
          "storage",
          "teams",
          "users",
          "sites",
          "functions",
          "graphql",
          "messaging");

  private static final Schema OBJECTS = Schema.list(OBJECT);

  public static final Model<Project> PROJECT =
      elsewhere(mail(lists(services(auth(core(Model.of("Project", Project.class)))))));

  public static final Model<Page<Project>> LIST = Model.list("ProjectList", "projects", PROJECT);

  private static Model<Project> core(Model<Project> model) {
    var more =
        model
            .field("$id", TEXT, Project::id, "The project's id.")
            .field("$createdAt", TIME, Project::created, "When it was made.")
            .field("$updatedAt", TIME, Project::updated, "When it was last changed.")
            .field("name", TEXT, Project::name, "What it is called.")
            .field("teamId", TEXT, Project::team, "The team that owns it.")
            .field("region", TEXT, Project::region, "Where it is.")
            .field("labels", Schema.list(TEXT), Project::labels, "Its labels.")
            .field("status", TEXT, p -> p.active() ? "active" : "paused", "Whether it can be used.")
            .field(
                "consoleAccessedAt",
                TEXT,
                p -> KeyModels.orEmpty(p.accessed()),
                "The day on which an administrator last opened it.");
    for (var name : DETAILS.keySet().stream().sorted().toList()) {
      more = more.field(name, TEXT, p -> p.detail(name), "A text that describes the project.");
    }
    return more;
  }

  private static Model<Project> auth(Model<Project> model) {
    var more =
        model
            .field("authDuration", INTEGER, in(a -> a.sessionSeconds()), "Seconds of a session.")
            .field("authLimit", INTEGER, in(a -> a.userLimit()), "Most users; 0 for any number.")
            .field("authSessionsLimit", INTEGER, in(a -> a.sessionLimit()), "Sessions of a user.")
            .field(
                "authPasswordHistory",
                INTEGER,
                in(a -> a.passwordHistory()),
                "Former passwords refused.")
            .field(
                "authPasswordDictionary",
                BOOLEAN,
                in(a -> a.passwordDictionary()),
                "Whether well-known passwords are refused.")
            .field(
                "authPersonalDataCheck",
                BOOLEAN,
                in(a -> a.personalData()),
                "Whether passwords with personal data are refused.")
            .field(
                "authSessionAlerts",
                BOOLEAN,
                in(a -> a.sessionAlerts()),
                "Whether users are told of new sessions.")
            .field(
                "authInvalidateSessions",
                BOOLEAN,
                in(a -> a.sessionInvalidation()),
                "Whether a new password ends other sessions.");
    return privacy(more);
  }

  private static Model<Project> privacy(Model<Project> model) {
    var more =
        model
            .field(
                "authMembershipsUserName",
                BOOLEAN,
                in(a -> a.privacy().userName()),
                "Whether members see each other's names.")
            .field(
                "authMembershipsUserEmail",
                BOOLEAN,
                in(a -> a.privacy().userEmail()),
                "Whether members see each other's emails.")
            .field(
                "authMembershipsMfa",
                BOOLEAN,
                in(a -> a.privacy().mfa()),
                "Whether members see who uses a second factor.");
    for (var field : AUTH_FIELDS.keySet().stream().sorted().toList()) {
      var method = AUTH_FIELDS.getOrDefault(field, "");
      more =
          more.field(
              field, BOOLEAN, p -> !p.authOff().contains(method), "Whether this way is open.");
    }
    return more;
  }

  private static Model<Project> services(Model<Project> model) {
    var more = model;
    for (var service : SERVICE_FIELDS) {
      var name = Character.toUpperCase(service.charAt(0)) + service.substring(1);
      more =
          more.field(
              "serviceStatusFor" + name,
              BOOLEAN,
              p -> !p.servicesOff().contains(service),
              "Whether the project's users may call this service.");
    }
    return more.field(
            "services",
            OBJECTS,
            p -> switches(Switches.SERVICES, p.servicesOff()),
            "Every service, and whether it is on.")
        .field(
            "protocols",
            OBJECTS,
            p -> switches(Switches.PROTOCOLS, p.protocolsOff()),
            "Every protocol, and whether it is on.")
        .field(
            "authMethods",
            OBJECTS,
            p -> switches(Switches.AUTH_METHODS, p.authOff()),
            "Every way to sign in, and whether it is on.");
  }

  private static Model<Project> lists(Model<Project> model) {
    return model
        .showing(PlatformModels.PLATFORM)
        .field(
            "platforms",
            Schema.list(Schema.model(PlatformModels.PLATFORM.name())),
            p -> p.platforms().stream().map(PlatformModels.PLATFORM::renderJson).toList(),
            "The apps that may call it.")
        .field("keys", OBJECTS, p -> List.of(), "Listed by themselves.")
        .field("devKeys", OBJECTS, p -> List.of(), "Listed by themselves.")
        .field("webhooks", OBJECTS, p -> List.of(), "Listed by themselves.")
        .field("oAuthProviders", OBJECTS, p -> List.of(), "Listed by themselves.")
        .field("authMockNumbers", OBJECTS, p -> List.of(), "Listed by themselves.")
        .field("blocks", OBJECTS, p -> List.of(), "What is withheld; nothing ever is.")
        .field("onboarding", OBJECT, p -> new JsonObject(), "Not kept.")
        .field("pingCount", INTEGER, p -> 0, "Not counted.")
        .field("pingedAt", TEXT, p -> "", "Not kept.");
  }

  private static Model<Project> mail(Model<Project> model) {
    var more =
        model
            .field("smtpEnabled", BOOLEAN, p -> false, "Whether it has a mail server of its own.")
            .field("smtpPort", INTEGER, p -> 0, "Port of the project's own mail server.");
    for (var name :
        List.of(
            "smtpSenderName",
            "smtpSenderEmail",
            "smtpReplyTo",
            "smtpReplyToName",
            "smtpReplyToEmail",
            "smtpHost",
            "smtpUsername",
            "smtpPassword",
            "smtpSecure")) {
      more = more.field(name, TEXT, p -> "", "Of the project's own mail server.");
    }
    return more;
  }

  /** What belongs to services that this server does not offer, so that clients find it off. */
  private static Model<Project> elsewhere(Model<Project> model) {
    var more =
        model
            .field("wafEnabled", BOOLEAN, p -> false, "Whether a web firewall is on.")
            .field("oAuth2ServerEnabled", BOOLEAN, p -> false, "Whether it issues OAuth2 tokens.");
    for (var name :
        List.of(
            "oAuth2ServerAuthorizationUrl",
            "oAuth2ServerVerificationUrl",
            "oAuth2ServerUserCodeFormat",
            "oAuth2ServerDiscoveryUrl")) {
      more = more.field(name, TEXT, p -> "", "Of the OAuth2 server, which is off.");
    }
    for (var name :
        List.of(
            "oAuth2ServerScopes",
            "oAuth2ServerDefaultScopes",
            "oAuth2ServerAuthorizationDetailsTypes")) {
      more = more.field(name, Schema.list(TEXT), p -> List.of(), "Of the OAuth2 server.");
    }
    for (var name :
        List.of(
            "oAuth2ServerAccessTokenDuration",
            "oAuth2ServerRefreshTokenDuration",
            "oAuth2ServerPublicAccessTokenDuration",
            "oAuth2ServerPublicRefreshTokenDuration",
            "oAuth2ServerInstallationAccessTokenDuration",
            "oAuth2ServerUserCodeLength",
            "oAuth2ServerDeviceCodeDuration")) {
      more = more.field(name, INTEGER, p -> 0, "Of the OAuth2 server, which is off.");
    }
    return more.field("oAuth2ServerConfidentialPkce", BOOLEAN, p -> false, "Of the OAuth2 server.")
        .field("billingLimits", OBJECT, p -> null, "There is no billing.");
  }

  private static Function<Project, Object> in(Function<AuthSettings, Object> read) {
    return project -> read.apply(project.auth());
  }

  private static JsonArray switches(Collection<String> ids, Set<String> off) {
    var array = new JsonArray();
    for (var id : ids) array.add(new JsonObject().put("$id", id).put("enabled", !off.contains(id)));
    return array;
  }

  private ProjectModels() {}
}
