package dev.celadon.api;

import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a key or a session may call, by its wire name. A scope is never a string in code. */
public enum Scope {
  ACCOUNT("account"),
  APPS_READ("apps.read"),
  APPS_WRITE("apps.write"),
  ARCHIVES_READ("archives.read"),
  ARCHIVES_WRITE("archives.write"),
  ASSISTANT_READ("assistant.read"),
  ATTRIBUTES_READ("attributes.read"),
  ATTRIBUTES_WRITE("attributes.write"),
  AVATARS_READ("avatars.read"),
  BACKUPS_POLICIES_READ("backups.policies.read"),
  BACKUPS_POLICIES_WRITE("backups.policies.write"),
  BUCKETS_READ("buckets.read"),
  BUCKETS_WRITE("buckets.write"),
  COLLECTIONS_READ("collections.read"),
  COLLECTIONS_WRITE("collections.write"),
  COLUMNS_READ("columns.read"),
  COLUMNS_WRITE("columns.write"),
  CONSOLE("console"),
  DATABASES_READ("databases.read"),
  DATABASES_WRITE("databases.write"),
  DEDICATED_DATABASES_EXECUTE("dedicatedDatabases.execute"),
  DEV_KEYS_READ("devKeys.read"),
  DEV_KEYS_WRITE("devKeys.write"),
  DOCUMENTS_READ("documents.read"),
  DOCUMENTS_WRITE("documents.write"),
  DOMAINS_READ("domains.read"),
  DOMAINS_WRITE("domains.write"),
  EMBEDDINGS_WRITE("embeddings.write"),
  EVENTS_READ("events.read"),
  EXECUTION_READ("execution.read"),
  EXECUTION_WRITE("execution.write"),
  EXECUTIONS_READ("executions.read"),
  EXECUTIONS_WRITE("executions.write"),
  FILES_READ("files.read"),
  FILES_WRITE("files.write"),
  FUNCTIONS_READ("functions.read"),
  FUNCTIONS_WRITE("functions.write"),
  GLOBAL("global"),
  GRAPHQL("graphql"),
  HEALTH_READ("health.read"),
  HOME("home"),
  INDEXES_READ("indexes.read"),
  INDEXES_WRITE("indexes.write"),
  INSIGHTS_READ("insights.read"),
  INSIGHTS_WRITE("insights.write"),
  KEYS_READ("keys.read"),
  KEYS_WRITE("keys.write"),
  LOCALE_READ("locale.read"),
  LOG_READ("log.read"),
  LOG_WRITE("log.write"),
  MESSAGES_READ("messages.read"),
  MESSAGES_WRITE("messages.write"),
  MIGRATIONS_READ("migrations.read"),
  MIGRATIONS_WRITE("migrations.write"),
  MOCKS_READ("mocks.read"),
  MOCKS_WRITE("mocks.write"),
  OAUTH2_INTROSPECT("oauth2.introspect"),
  OAUTH2_READ("oauth2.read"),
  OAUTH2_WRITE("oauth2.write"),
  ORGANIZATION_INSTALLATIONS_READ("organization.installations.read"),
  ORGANIZATION_INSTALLATIONS_WRITE("organization.installations.write"),
  ORGANIZATION_KEYS_READ("organization.keys.read"),
  ORGANIZATION_KEYS_WRITE("organization.keys.write"),
  ORGANIZATION_MEMBERSHIPS_READ("organization.memberships.read"),
  ORGANIZATION_MEMBERSHIPS_WRITE("organization.memberships.write"),
  ORGANIZATION_READ("organization.read"),
  ORGANIZATION_WRITE("organization.write"),
  PLATFORMS_READ("platforms.read"),
  PLATFORMS_WRITE("platforms.write"),
  POLICIES_READ("policies.read"),
  POLICIES_WRITE("policies.write"),
  PRESENCES_READ("presences.read"),
  PRESENCES_WRITE("presences.write"),
  PROJECT_OAUTH2_READ("project.oauth2.read"),
  PROJECT_OAUTH2_WRITE("project.oauth2.write"),
  PROJECT_POLICIES_READ("project.policies.read"),
  PROJECT_POLICIES_WRITE("project.policies.write"),
  PROJECT_READ("project.read"),
  PROJECT_WRITE("project.write"),
  PROJECTS_READ("projects.read"),
  PROJECTS_WRITE("projects.write"),
  PROVIDERS_READ("providers.read"),
  PROVIDERS_WRITE("providers.write"),
  PUBLIC("public"),
  REPORTS_READ("reports.read"),
  REPORTS_WRITE("reports.write"),
  RESTORATIONS_READ("restorations.read"),
  RESTORATIONS_WRITE("restorations.write"),
  ROWS_READ("rows.read"),
  ROWS_WRITE("rows.write"),
  RULES_READ("rules.read"),
  RULES_WRITE("rules.write"),
  SCHEDULES_READ("schedules.read"),
  SCHEDULES_WRITE("schedules.write"),
  SESSIONS_READ("sessions.read"),
  SESSIONS_WRITE("sessions.write"),
  SITES_READ("sites.read"),
  SITES_WRITE("sites.write"),
  STAGES_READ("stages.read"),
  STAGES_WRITE("stages.write"),
  SUBSCRIBERS_READ("subscribers.read"),
  SUBSCRIBERS_WRITE("subscribers.write"),
  TABLES_READ("tables.read"),
  TABLES_WRITE("tables.write"),
  TARGETS_READ("targets.read"),
  TARGETS_WRITE("targets.write"),
  TEAMS_READ("teams.read"),
  TEAMS_WRITE("teams.write"),
  TEMPLATES_READ("templates.read"),
  TEMPLATES_WRITE("templates.write"),
  TOKENS_READ("tokens.read"),
  TOKENS_WRITE("tokens.write"),
  TOPICS_READ("topics.read"),
  TOPICS_WRITE("topics.write"),
  USAGE_READ("usage.read"),
  USERS_READ("users.read"),
  USERS_WRITE("users.write"),
  VCS_READ("vcs.read"),
  VCS_WRITE("vcs.write"),
  WAF_RULES_READ("wafRules.read"),
  WAF_RULES_WRITE("wafRules.write"),
  WEBHOOKS_READ("webhooks.read"),
  WEBHOOKS_WRITE("webhooks.write"),
  /** Ours: to run the installation itself. Held by its owner alone. */
  INSTALLATION_WRITE("installation.write");

  private static final Map<String, Scope> BY_WIRE =
      Stream.of(values()).collect(Collectors.toUnmodifiableMap(Scope::wire, scope -> scope));

  private final String wire;

  Scope(String wire) {
    this.wire = wire;
  }

  public String wire() {
    return wire;
  }

  /** The scope of this wire name, or null if there is none. */
  public static @Nullable Scope of(String wire) {
    return BY_WIRE.get(wire);
  }

  @Override
  public String toString() {
    return wire;
  }
}
