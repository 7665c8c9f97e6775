package dev.celadon.domain.users;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import ua_parser.Parser;

/** What a {@code User-Agent} says of a client. Whatever it does not say is empty. */
public record Agent(
    String osCode,
    String osName,
    String osVersion,
    String clientType,
    String clientCode,
    String clientName,
    String clientVersion,
    String deviceName,
    String deviceBrand,
    String deviceModel) {

  /** Longer texts are cut, so that no pattern is given much to chew on. */
  private static final int LONGEST = 512;

  private static final int REMEMBERED = 1_000;
  private static final String OTHER = "Other";

  /** Loaded at the first use, because reading the patterns takes a fifth of a second. */
  private static final class Known {
    static final Parser PARSER = new Parser();
    static final LoadingCache<String, Agent> AGENTS =
        Caffeine.newBuilder().maximumSize(REMEMBERED).build(Known::parse);

    private static Agent parse(String text) {
      var client = PARSER.parse(text);
      var device = text(client.device.family);
      var name = text(client.userAgent.family);
      var os = text(client.os.family);
      return new Agent(
          code(os),
          os,
          version(client.os.major, client.os.minor, client.os.patch),
          name.isEmpty() ? "" : "browser",
          code(name),
          name,
          version(client.userAgent.major, client.userAgent.minor, client.userAgent.patch),
          kind(device, os, text),
          "",
          device);
    }
  }

  /** Reads a {@code User-Agent} header; the latest thousand are remembered. */
  public static Agent of(String text) {
    var cut = text.length() > LONGEST ? text.substring(0, LONGEST) : text;
    return Known.AGENTS.get(cut);
  }

  private static String kind(String device, String os, String text) {
    if (os.isEmpty()) return "";
    if (device.startsWith("iPad") || text.contains("Tablet")) return "tablet";
    boolean phone = os.equals("iOS") || os.equals("Android") || text.contains("Mobile");
    return phone ? "smartphone" : "desktop";
  }

  private static String text(@Nullable String family) {
    return family == null || family.equals(OTHER) ? "" : family;
  }

  /** Two letters, as clients use them to choose an icon. */
  private static String code(String name) {
    var letters = name.replaceAll("[^A-Za-z]", "");
    return letters.substring(0, Math.min(2, letters.length())).toUpperCase(Locale.ROOT);
  }

  private static String version(
      @Nullable String major, @Nullable String minor, @Nullable String patch) {
    if (major == null) return "";
    if (minor == null) return major;
    return major + "." + minor + Objects.requireNonNullElse(patch == null ? null : "." + patch, "");
  }
}
