package dev.celadon.security;

import dev.celadon.domain.users.Identity;
import java.util.LinkedHashSet;
import java.util.Set;

/** The roles that a signed-in user holds, as texts of permissions. */
final class UserRoles {

  static Set<String> of(Identity identity) {
    var roles = new LinkedHashSet<String>();
    var verified = identity.verified() ? "/verified" : "/unverified";
    roles.add("any");
    roles.add("users");
    roles.add("users" + verified);
    roles.add("user:" + identity.user());
    roles.add("user:" + identity.user() + verified);
    for (var label : identity.labels()) roles.add("label:" + label);
    for (var membership : identity.memberships()) {
      roles.add("member:" + membership.id());
      roles.add("team:" + membership.team());
      for (var role : membership.roles()) roles.add("team:" + membership.team() + "/" + role);
    }
    return roles;
  }

  private UserRoles() {}
}
