package dev.celadon.domain.users;

import dev.celadon.api.Model;
import dev.celadon.api.Page;
import dev.celadon.api.Schema;
import io.vertx.core.json.JsonObject;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** How users, sessions and what belongs to them are shown. */
public final class UserModels {

  private static final Schema TEXTS = Schema.list(Schema.TEXT);

  public static final Model<JsonObject> PREFERENCES = Model.free("Preferences");

  public static final Model<Target> TARGET =
      Model.of("Target", Target.class)
          .field("$id", Schema.TEXT, Target::id, "The target's id.")
          .field("$createdAt", Schema.TIME, Target::created, "When it was created.")
          .field("$updatedAt", Schema.TIME, Target::updated, "When it was changed last.")
          .field("name", Schema.TEXT, Target::name, "A name for people.")
          .field("userId", Schema.TEXT, Target::user, "Whom it reaches.")
          .field("providerId", Schema.TEXT, Target::provider, "The provider to be used, if fixed.")
          .field("providerType", Schema.TEXT, Target::kind, "email, sms or push.")
          .field("identifier", Schema.TEXT, Target::identifier, "The address, number or token.")
          .field("expired", Schema.BOOLEAN, Target::expired, "Whether it has stopped working.");

  public static final Model<Page<Target>> TARGETS = Model.list("TargetList", "targets", TARGET);

  /** A user as the user sees it. Never carries anything about the password but its time. */
  public static final Model<User> ACCOUNT = user("Account");

  /** A user as a server sees it: it says how the password is hashed, but not the hash. */
  public static final Model<User> USER =
      user("User")
          .field("password", Schema.TEXT, user -> "", "Always empty: hashes stay where they are.")
          .field("hash", Schema.TEXT, user -> hash(user).getString("type", ""), "The hash's kind.")
          .field("hashOptions", Schema.OBJECT, UserModels::hash, "How the password is hashed.");

  public static final Model<Page<User>> USERS = Model.list("UserList", "users", USER);

  /** One session; the call that creates it also sets the cookie. */
  public static final Model<Session> SESSION =
      client(
              Model.of("Session", Session.class)
                  .field("$id", Schema.TEXT, Session::id, "The session's id.")
                  .field("$createdAt", Schema.TIME, Session::created, "When it began.")
                  .field("$updatedAt", Schema.TIME, Session::updated, "When it was changed last.")
                  .field("userId", Schema.TEXT, Session::user, "Whose it is.")
                  .field("expire", Schema.TIME, Session::expires, "When it ends.")
                  .field("provider", Schema.TEXT, Session::provider, "How the user signed in.")
                  .field("providerUid", Schema.TEXT, Session::providerUid, "Who the user is there.")
                  .field("providerAccessToken", Schema.TEXT, s -> "", "The provider's token.")
                  .field("providerAccessTokenExpiry", Schema.TEXT, s -> "", "When that ends.")
                  .field("providerRefreshToken", Schema.TEXT, s -> "", "The other token.")
                  .field("ip", Schema.TEXT, Session::ip, "From where the user signed in."),
              Session::agent)
          .field("current", Schema.BOOLEAN, Session::current, "Whether this call used it.")
          .field("factors", TEXTS, Session::factors, "What the user has shown.")
          .field("secret", Schema.TEXT, s -> s.revealed() ? s.token() : "", "For servers only.")
          .field("mfaUpdatedAt", Schema.TEXT, s -> "", "When a second factor was shown.");

  public static final Model<Page<Session>> SESSIONS =
      Model.list("SessionList", "sessions", SESSION);

  /** A session that has just begun or was extended: signs the caller in. */
  public static final Model<Session> NEW_SESSION =
      SESSION.signs(session -> new Model.Cookie(session.token(), session.expires()));

  /** A token of its own, not an object. */
  public static final Model<String> JWT =
      Model.of("Jwt", String.class)
          .field("jwt", Schema.TEXT, text -> text, "The token, for the header X-Appwrite-JWT.");

  public static final Model<LogEntry> LOG =
      client(
          Model.of("Log", LogEntry.class)
              .field("event", Schema.TEXT, LogEntry::event, "What happened.")
              .field("userId", Schema.TEXT, LogEntry::userId, "Who did it.")
              .field("userEmail", Schema.TEXT, LogEntry::userEmail, "The user's email.")
              .field("userName", Schema.TEXT, LogEntry::userName, "The user's name.")
              .field("userType", Schema.TEXT, LogEntry::userType, "user, admin or key.")
              .field("mode", Schema.TEXT, LogEntry::mode, "default, or admin.")
              .field("ip", Schema.TEXT, LogEntry::ip, "From where.")
              .field("time", Schema.TIME, LogEntry::time, "When."),
          LogEntry::agent);

  public static final Model<Page<LogEntry>> LOGS = Model.list("LogList", "logs", LOG);

  private static Model<User> user(String name) {
    return Model.of(name, User.class)
        .showing(TARGET)
        .field("$id", Schema.TEXT, User::id, "The user's id.")
        .field("$createdAt", Schema.TIME, User::created, "When the user was created.")
        .field("$updatedAt", Schema.TIME, User::updated, "When the user was changed last.")
        .field("name", Schema.TEXT, User::name, "The user's name, or empty.")
        .field("registration", Schema.TIME, User::created, "When the user signed up.")
        .field("status", Schema.BOOLEAN, User::active, "False for a blocked user.")
        .field("labels", TEXTS, User::labels, "Marks that permissions may name.")
        .field("passwordUpdate", Schema.TEXT, u -> time(u.passwordSet()), "When it was set.")
        .field("email", Schema.TEXT, u -> text(u.email()), "The email, or empty.")
        .field("phone", Schema.TEXT, u -> text(u.phone()), "The phone number, or empty.")
        .field("emailVerification", Schema.BOOLEAN, User::emailVerified, "Whether it is verified.")
        .field("phoneVerification", Schema.BOOLEAN, User::phoneVerified, "Whether it is verified.")
        .field("mfa", Schema.BOOLEAN, User::mfa, "Whether a second factor is needed.")
        .field("prefs", Schema.OBJECT, User::prefs, "Whatever the application keeps here.")
        .field(
            "targets",
            Schema.list(Schema.model(TARGET.name())),
            u -> u.targets().stream().map(TARGET::renderJson).toList(),
            "Where messages reach the user.")
        .field("accessedAt", Schema.TEXT, u -> time(u.accessed()), "When the user came last.")
        .field("impersonator", Schema.BOOLEAN, u -> false, "Whether the user may act for others.")
        .field("impersonatorUserId", Schema.TEXT, u -> null, "Who acts for the user.")
        .field("passwordPwned", Schema.BOOLEAN, u -> null, "Not looked up.")
        .field("emailCanonical", Schema.TEXT, User::email, "The email as it is compared.")
        .field("emailIsCanonical", Schema.BOOLEAN, u -> u.email() == null ? null : true, "Always.")
        .field("emailIsFree", Schema.BOOLEAN, u -> null, "Not looked up.")
        .field("emailIsDisposable", Schema.BOOLEAN, u -> null, "Not looked up.")
        .field("emailIsCorporate", Schema.BOOLEAN, u -> null, "Not looked up.");
  }

  /** The fields that are read out of a {@code User-Agent}. Countries are not looked up. */
  private static <T> Model<T> client(Model<T> model, Function<T, String> agent) {
    Function<T, Agent> of = agent.andThen(Agent::of);
    return model
        .field("osCode", Schema.TEXT, of.andThen(Agent::osCode), "Short for the system.")
        .field("osName", Schema.TEXT, of.andThen(Agent::osName), "The operating system.")
        .field("osVersion", Schema.TEXT, of.andThen(Agent::osVersion), "Its version.")
        .field("clientType", Schema.TEXT, of.andThen(Agent::clientType), "What kind of client.")
        .field("clientCode", Schema.TEXT, of.andThen(Agent::clientCode), "Short for the client.")
        .field("clientName", Schema.TEXT, of.andThen(Agent::clientName), "The client.")
        .field("clientVersion", Schema.TEXT, of.andThen(Agent::clientVersion), "Its version.")
        .field("clientEngine", Schema.TEXT, t -> "", "The client's engine.")
        .field("clientEngineVersion", Schema.TEXT, t -> "", "The engine's version.")
        .field("deviceName", Schema.TEXT, of.andThen(Agent::deviceName), "What kind of device.")
        .field("deviceBrand", Schema.TEXT, of.andThen(Agent::deviceBrand), "Who made it.")
        .field("deviceModel", Schema.TEXT, of.andThen(Agent::deviceModel), "Its model.")
        .field("countryCode", Schema.TEXT, t -> "", "The country's code.")
        .field("countryName", Schema.TEXT, t -> "", "The country.");
  }

  private static JsonObject hash(User user) {
    var hash = user.password();
    return hash == null ? new JsonObject() : HashForm.parse(hash).options();
  }

  private static String text(@Nullable String text) {
    return Objects.requireNonNullElse(text, "");
  }

  private static Object time(java.time.@Nullable Instant time) {
    return time == null ? "" : time;
  }

  private UserModels() {}
}
