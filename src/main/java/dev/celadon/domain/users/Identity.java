package dev.celadon.domain.users;

import java.util.List;

/**
 * Who a signed-in caller is, as far as permissions care.
 *
 * @param session empty when the caller showed a token that belongs to no session
 * @param active false for a blocked user
 * @param verified whether the email or the phone number is known to be the user's
 * @param memberships the confirmed ones
 * @param owner whether the installation is this user's, an account of the console
 */
public record Identity(
    String user,
    String session,
    boolean active,
    boolean verified,
    List<String> labels,
    List<Membership> memberships,
    boolean owner) {

  /** A place in a team. */
  public record Membership(String team, String id, List<String> roles) {}
}
