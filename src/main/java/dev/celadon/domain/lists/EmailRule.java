package dev.celadon.domain.lists;

import dev.celadon.api.Failure;
import dev.celadon.api.Fault;
import java.util.Set;
import java.util.function.Predicate;

/** What a project may want of its users' email addresses. */
public enum EmailRule {
  /** No alias: the address is the name of its mailbox. */
  CANONICAL(Fault.USER_EMAIL_NOT_CANONICAL, email -> !aliased(email)),
  /** No mailbox that anybody may read or that is gone in an hour. */
  NOT_DISPOSABLE(Fault.USER_EMAIL_DISPOSABLE, email -> !disposable(email)),
  /** No provider that gives a mailbox to whoever asks. */
  NOT_FREE(Fault.USER_EMAIL_FREE, email -> !free(email)),
  /** A domain of somebody's own: neither of the two above. */
  CORPORATE(Fault.USER_EMAIL_NOT_CORPORATE, email -> !free(email) && !disposable(email));

  private static final Lines DISPOSABLE = new Lines("disposable-mail.txt");
  private static final Lines FREE = new Lines("free-mail.txt");

  /** Where periods in the name of a mailbox are not read. */
  private static final Set<String> WITHOUT_PERIODS = Set.of("gmail.com", "googlemail.com");

  private final Fault fault;
  private final Predicate<String> kept;

  EmailRule(Fault fault, Predicate<String> kept) {
    this.fault = fault;
    this.kept = kept;
  }

  /**
   * Refuses an address that does not keep this rule.
   *
   * @param email in canonical form
   * @throws Failure with the fault of the rule
   */
  public void check(String email) {
    if (!kept.test(email)) throw Failure.with(fault);
  }

  private static boolean aliased(String email) {
    int at = email.lastIndexOf('@');
    var mailbox = email.substring(0, at);
    return mailbox.contains("+")
        || (mailbox.contains(".") && WITHOUT_PERIODS.contains(email.substring(at + 1)));
  }

  private static boolean free(String email) {
    return FREE.contain(email.substring(email.lastIndexOf('@') + 1));
  }

  /** Also below a listed domain: such services hand out names of hosts as well. */
  private static boolean disposable(String email) {
    var domain = email.substring(email.lastIndexOf('@') + 1);
    while (!DISPOSABLE.contain(domain)) {
      int dot = domain.indexOf('.');
      if (dot < 0) return false;
      domain = domain.substring(dot + 1);
    }
    return true;
  }
}
