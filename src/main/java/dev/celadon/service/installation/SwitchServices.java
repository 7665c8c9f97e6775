package dev.celadon.service.installation;

import static dev.celadon.api.Endpoint.get;
import static dev.celadon.api.Endpoint.patch;
import static dev.celadon.api.Param.body;
import static dev.celadon.api.Param.path;

import dev.celadon.api.Action;
import dev.celadon.api.Model;
import dev.celadon.api.Page;
import dev.celadon.api.Param;
import dev.celadon.api.Rules;
import dev.celadon.api.Schema;
import dev.celadon.api.Scope;
import dev.celadon.domain.installation.Installation;
import dev.celadon.domain.installation.Installation.Offer;

/** Lists the services of the installation, and switches them off and on. */
final class SwitchServices {

  private static final Model<Offer> OFFER =
      Model.of("installationService", Offer.class)
          .field("$id", Schema.TEXT, Offer::service, "The service, in lower case.")
          .field("enabled", Schema.BOOLEAN, Offer::on, "Whether it is offered.");
  private static final Model<Page<Offer>> LIST =
      Model.list("installationServiceList", "services", OFFER);

  private static final Param<String> SERVICE =
      path("serviceId", Rules.key(), "The service, whatever the case.");
  private static final Param<Boolean> ENABLED =
      body("enabled", Rules.bool(), "Whether it shall be offered.");

  static Action list(Installation installation) {
    return get("/v1/installation/services")
        .named("installation", "listServices")
        .doc("List services", "Every service, and whether the installation offers it.")
        .scopes(Scope.INSTALLATION_WRITE)
        .ours()
        .returns(200, LIST, call -> installation.services());
  }

  static Action update(Installation installation) {
    return patch("/v1/installation/services/{serviceId}")
        .named("installation", "updateService")
        .doc(
            "Switch a service",
            "Switches a service off or on for everybody, on every node within a second.")
        .params(SERVICE, ENABLED)
        .scopes(Scope.INSTALLATION_WRITE)
        .audits("installation/service/{serviceId}")
        .emits("installation.services.[serviceId].update")
        .ours()
        .returns(
            200,
            OFFER,
            call -> installation.turn(call.change(), call.get(SERVICE), call.get(ENABLED)));
  }

  private SwitchServices() {}
}
