package dev.celadon.domain.projects;

import static dev.celadon.api.Schema.TEXT;
import static dev.celadon.api.Schema.TIME;

import dev.celadon.api.Model;
import dev.celadon.api.Page;
import java.util.function.Function;

/** How platforms look on the wire: the fields of every type at once, those of others empty. */
public final class PlatformModels {

  public static final Model<Platform> PLATFORM = of("Platform");

  public static final Model<Page<Platform>> LIST =
      Model.list("PlatformList", "platforms", PLATFORM);

  /** The same fields under another name: clients have a model for each type. */
  public static Model<Platform> of(String name) {
    return Model.of(name, Platform.class)
        .field("$id", TEXT, Platform::id, "The platform's id.")
        .field("$createdAt", TIME, Platform::created, "When it was added.")
        .field("$updatedAt", TIME, Platform::updated, "When it was last changed.")
        .field("name", TEXT, Platform::name, "What it is called.")
        .field("type", TEXT, Platform::type, "What kind of app it is.")
        .field("hostname", TEXT, Platform::hostname, "Web: where its pages are from.")
        .field("key", TEXT, Platform::key, "What identifies the app, whatever its type.")
        .field("store", TEXT, Platform::store, "Its id in an app store.")
        .field("applicationId", TEXT, key("android"), "Android: the application's id.")
        .field("bundleIdentifier", TEXT, key("apple"), "Apple: the bundle's identifier.")
        .field("packageName", TEXT, key("linux"), "Linux: the package's name.")
        .field("packageIdentifierName", TEXT, key("windows"), "Windows: the package's identity.")
        .field("httpUser", TEXT, platform -> "", "Not used.")
        .field("httpPass", TEXT, platform -> "", "Not used.");
  }

  private static Function<Platform, Object> key(String type) {
    return platform -> platform.type().equals(type) ? platform.key() : "";
  }

  private PlatformModels() {}
}
