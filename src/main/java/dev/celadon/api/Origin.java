package dev.celadon.api;

/**
 * Where a call came from, for audit, sessions and limits.
 *
 * @param ip the caller's address after trusted proxies, textual
 * @param userAgent the {@code User-Agent} header, at most 1,024 characters, or empty
 * @param requestId unique for each request; appears in logs and in {@code X-Request-Id}
 * @param timeoutMs the bound on database time that the caller asked for; 0 for the default
 * @param team the organization named by {@code X-Appwrite-Organization} or by the key; or empty
 */
public record Origin(String ip, String userAgent, String requestId, int timeoutMs, String team) {

  public static final Origin NONE = new Origin("", "", "", 0, "");
}
