package dev.celadon;

import dev.celadon.domain.lists.EmailRule;
import dev.celadon.domain.projects.Access;
import dev.celadon.domain.projects.AuthSettings;
import dev.celadon.domain.teams.Privacy;
import dev.celadon.domain.users.AuthPolicy;
import dev.celadon.security.Authenticator;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/** What a project has decided about signing up and in, in the words of the users' domain. */
record Policies(Authenticator authenticator, boolean consoleSignUp) implements AuthPolicy, Privacy {

  private static final String CONSOLE = "console";

  @Override
  public Settings of(String project) {
    return settings(authenticator.access(project).await());
  }

  private Settings settings(Access access) {
    var auth = access.auth();
    return new Settings(
        methods(auth),
        consoleSignUp || !access.project().equals(CONSOLE),
        auth.userLimit(),
        auth.sessionLimit(),
        Duration.ofSeconds(auth.sessionSeconds()),
        strength(auth.strength()),
        auth.passwordHistory(),
        auth.personalData(),
        auth.sessionInvalidation(),
        auth.passwordDictionary(),
        emails(auth));
  }

  /** In the console everybody of a team may see who else is in it. */
  @Override
  public Visible visible(String project) {
    if (project.equals(CONSOLE)) return Visible.ALL;
    var shown = authenticator.access(project).await().auth().privacy();
    return new Visible(
        shown.userId(),
        shown.userName(),
        shown.userEmail(),
        shown.userPhone(),
        shown.mfa(),
        shown.accessedAt());
  }

  private static Strength strength(AuthSettings.PasswordStrength wanted) {
    return new Strength(
        wanted.min(), wanted.uppercase(), wanted.lowercase(), wanted.number(), wanted.symbols());
  }

  private static Set<EmailRule> emails(AuthSettings auth) {
    return auth.emailsDenied().stream()
        .map(
            policy ->
                switch (policy) {
                  case DENY_ALIASED_EMAIL -> EmailRule.CANONICAL;
                  case DENY_DISPOSABLE_EMAIL -> EmailRule.NOT_DISPOSABLE;
                  case DENY_FREE_EMAIL -> EmailRule.NOT_FREE;
                  case DENY_CORPORATE_EMAIL -> EmailRule.CORPORATE;
                  default -> throw new IllegalArgumentException(policy + " is not about emails");
                })
        // In the order of the rules: of several that an address breaks it is told the first.
        .collect(Collectors.toCollection(() -> EnumSet.noneOf(EmailRule.class)));
  }

  private static EnumSet<AuthPolicy.Method> methods(AuthSettings auth) {
    var methods = EnumSet.noneOf(AuthPolicy.Method.class);
    for (var method : AuthPolicy.Method.values()) {
      if (auth.allows(method.toString())) methods.add(method);
    }
    return methods;
  }
}
