package dev.celadon.service.account;

import static dev.celadon.api.RateLimit.By.Trait.URL;
import static dev.celadon.api.RateLimit.By.Trait.USER;

import dev.celadon.api.Action;
import dev.celadon.api.Call;
import dev.celadon.api.Endpoint;
import dev.celadon.api.Failure;
import dev.celadon.api.Fault;
import dev.celadon.api.RateLimit;
import dev.celadon.api.Scope;
import dev.celadon.domain.users.AuthPolicy;
import dev.celadon.domain.users.UserModels;
import dev.celadon.domain.users.UserParams;
import java.time.Duration;

final class CreateJwt {

  static Action in(AccountService.Parts parts) {
    return Endpoint.post("/v1/account/jwts")
        .named(AccountService.NAME, "createJWT")
        .doc(
            "Create JWT",
            "A token with which a server can act for the user who calls. It ends with the"
                + " session, or after the given time.")
        .params(UserParams.JWT_SECONDS)
        .scopes(Scope.ACCOUNT)
        .limits(RateLimit.perMinute(120, URL, USER))
        .returns(201, UserModels.JWT, call -> create(parts, call));
  }

  private static String create(AccountService.Parts parts, Call call) {
    var self = Self.of(call);
    if (self.session().isEmpty()) throw Failure.with(Fault.USER_JWT_CREATION_DENIED);
    if (!parts.policy().of(call.project()).methods().contains(AuthPolicy.Method.JWT)) {
      throw Failure.with(Fault.USER_AUTH_METHOD_UNSUPPORTED);
    }
    var length = Duration.ofSeconds(call.get(UserParams.JWT_SECONDS));
    return parts.tokens().jwt(call.project(), self.id(), self.session(), length);
  }
}
