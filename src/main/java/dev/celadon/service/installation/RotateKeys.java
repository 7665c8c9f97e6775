package dev.celadon.service.installation;

import static dev.celadon.api.Endpoint.post;
import static dev.celadon.api.Param.path;

import dev.celadon.api.Action;
import dev.celadon.api.Model;
import dev.celadon.api.Param;
import dev.celadon.api.Rules;
import dev.celadon.api.Schema;
import dev.celadon.api.Scope;
import dev.celadon.domain.installation.Installation;

/** Makes a new key sign tokens. */
final class RotateKeys {

  private static final Model<String> KEY =
      Model.of("signingKey", String.class)
          .field("$id", Schema.TEXT, kid -> kid, "The id of the key that signs from now on.");

  private static final Param<String> RING =
      path("ring", Rules.oneOf("internal", "sessions"), "Which tokens it is for.");

  static Action in(Installation installation) {
    return post("/v1/installation/signing-keys/{ring}")
        .named("installation", "rotateSigningKey")
        .doc(
            "Rotate a signing key",
            "Makes a new key sign. What the old one signed stays valid as long as it lives, so"
                + " nobody is signed out.")
        .params(RING)
        .scopes(Scope.INSTALLATION_WRITE)
        .audits("installation/signing-keys/{ring}")
        .emits("installation.signing-keys.[ring].create")
        .ours()
        .returns(201, KEY, call -> installation.rotate(call.change(), call.get(RING)));
  }

  private RotateKeys() {}
}
