package dev.celadon.domain.teams;

import dev.celadon.domain.teams.Membership.Person;

/** What the members of a team may see of each other. Keys and administrators see everything. */
@FunctionalInterface
public interface Privacy {

  /** The decision of a project as it is now; called on virtual threads, so it may wait. */
  Visible visible(String project);

  /** One flag for each thing that a membership says of its user. */
  record Visible(
      boolean id, boolean name, boolean email, boolean phone, boolean mfa, boolean accessed) {

    public static final Visible ALL = new Visible(true, true, true, true, true, true);

    /** The person with everything blank that is not visible. */
    Person of(Person person) {
      return new Person(
          id ? person.id() : "",
          name ? person.name() : "",
          email ? person.email() : "",
          phone ? person.phone() : "",
          mfa && person.mfa(),
          accessed ? person.accessed() : null);
    }
  }
}
