package dev.celadon.api;

import static dev.celadon.api.Scope.*;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which scopes come with being somebody, before any key or team role adds to them. */
public final class Grants {

  /** What anybody may call. */
  public static final Set<Scope> GUEST =
      Set.of(
          AVATARS_READ,
          CONSOLE,
          DOCUMENTS_READ,
          DOCUMENTS_WRITE,
          EMBEDDINGS_WRITE,
          EXECUTIONS_WRITE,
          FILES_READ,
          FILES_WRITE,
          GLOBAL,
          GRAPHQL,
          HOME,
          LOCALE_READ,
          PUBLIC,
          ROWS_READ,
          ROWS_WRITE,
          SESSIONS_WRITE);

  /** What a signed-in user of a project may call. */
  public static final Set<Scope> USER =
      Set.of(
          ACCOUNT,
          ASSISTANT_READ,
          AVATARS_READ,
          CONSOLE,
          DOCUMENTS_READ,
          DOCUMENTS_WRITE,
          EMBEDDINGS_WRITE,
          EXECUTIONS_READ,
          EXECUTIONS_WRITE,
          FILES_READ,
          FILES_WRITE,
          GLOBAL,
          GRAPHQL,
          HOME,
          LOCALE_READ,
          PRESENCES_READ,
          PRESENCES_WRITE,
          PROJECTS_READ,
          PUBLIC,
          ROWS_READ,
          ROWS_WRITE,
          RULES_READ,
          SESSIONS_WRITE,
          SUBSCRIBERS_READ,
          SUBSCRIBERS_WRITE,
          TARGETS_READ,
          TARGETS_WRITE,
          TEAMS_READ,
          TEAMS_WRITE);

  /** What a console user may call in a project that his team owns. */
  public static final Set<Scope> ADMIN =
      Set.of(
          AVATARS_READ,
          BUCKETS_READ,
          BUCKETS_WRITE,
          COLLECTIONS_READ,
          COLLECTIONS_WRITE,
          DATABASES_READ,
          DATABASES_WRITE,
          DEV_KEYS_READ,
          DEV_KEYS_WRITE,
          DOCUMENTS_READ,
          DOCUMENTS_WRITE,
          EMBEDDINGS_WRITE,
          EXECUTIONS_READ,
          EXECUTIONS_WRITE,
          FILES_READ,
          FILES_WRITE,
          FUNCTIONS_READ,
          FUNCTIONS_WRITE,
          GLOBAL,
          GRAPHQL,
          HEALTH_READ,
          INSIGHTS_READ,
          INSIGHTS_WRITE,
          KEYS_READ,
          KEYS_WRITE,
          LOCALE_READ,
          LOG_READ,
          LOG_WRITE,
          MESSAGES_READ,
          MESSAGES_WRITE,
          MIGRATIONS_READ,
          MIGRATIONS_WRITE,
          MOCKS_READ,
          MOCKS_WRITE,
          PLATFORMS_READ,
          PLATFORMS_WRITE,
          PRESENCES_READ,
          PRESENCES_WRITE,
          PROJECTS_WRITE,
          PROJECT_OAUTH2_READ,
          PROJECT_OAUTH2_WRITE,
          PROJECT_POLICIES_READ,
          PROJECT_POLICIES_WRITE,
          PROJECT_READ,
          PROJECT_WRITE,
          PROVIDERS_READ,
          PROVIDERS_WRITE,
          REPORTS_READ,
          REPORTS_WRITE,
          ROWS_READ,
          ROWS_WRITE,
          RULES_READ,
          RULES_WRITE,
          SCHEDULES_READ,
          SCHEDULES_WRITE,
          SESSIONS_WRITE,
          SITES_READ,
          SITES_WRITE,
          STAGES_READ,
          STAGES_WRITE,
          SUBSCRIBERS_READ,
          SUBSCRIBERS_WRITE,
          TABLES_READ,
          TABLES_WRITE,
          TARGETS_READ,
          TARGETS_WRITE,
          TEAMS_READ,
          TEAMS_WRITE,
          TEMPLATES_READ,
          TEMPLATES_WRITE,
          TOKENS_READ,
          TOKENS_WRITE,
          TOPICS_READ,
          TOPICS_WRITE,
          USERS_READ,
          USERS_WRITE,
          VCS_READ,
          VCS_WRITE,
          WEBHOOKS_READ,
          WEBHOOKS_WRITE);

  /** What an owner of the owning team may call: all of that, and more. */
  public static final Set<Scope> OWNER =
      Stream.concat(
              ADMIN.stream(),
              Stream.of(ACCOUNT, ASSISTANT_READ, CONSOLE, HOME, PROJECTS_READ, PUBLIC))
          .collect(Collectors.toUnmodifiableSet());

  /** What every key may call beside its own scopes. */
  public static final Set<Scope> KEY = Set.of(GLOBAL, GRAPHQL, HEALTH_READ);

  private Grants() {}
}
