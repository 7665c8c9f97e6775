package dev.celadon.service.users;

import dev.celadon.api.Action;
import dev.celadon.api.Call;
import dev.celadon.api.Endpoint;
import dev.celadon.api.Param;
import dev.celadon.api.Rule;
import dev.celadon.api.Rules;
import dev.celadon.api.Schema;
import dev.celadon.api.Scope;
import dev.celadon.domain.users.User;
import dev.celadon.domain.users.UserEdit;
import dev.celadon.domain.users.UserModels;
import dev.celadon.domain.users.Users;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;

/** The endpoints that change one thing of a user: name, email, phone, labels, status, flags. */
final class UpdateUser {

  private static final int MOST_LABELS = 1_000;
  private static final Pattern LABEL = Pattern.compile("[a-zA-Z0-9]{1,36}");

  static final Param<String> NAME =
      Param.body("name", Rules.text(0, 128), "The new name, at most 128 characters.");
  static final Param<String> EMAIL = Param.body("email", Rules.email(), "The new email.");
  static final Param<String> PHONE =
      Param.body("number", Rules.phone(), "The new number, such as +14155550123.");
  static final Param<Boolean> STATUS =
      Param.body("status", Rules.bool(), "False blocks the user, true lets the user in again.");
  static final Param<Boolean> EMAIL_VERIFIED =
      Param.body("emailVerification", Rules.bool(), "Whether the email is the user's.");
  static final Param<Boolean> PHONE_VERIFIED =
      Param.body("phoneVerification", Rules.bool(), "Whether the number is the user's.");
  static final Param<List<String>> LABELS =
      Param.body(
          "labels",
          Rules.list(label(), MOST_LABELS),
          "Marks that permissions may name, as label:vip; they replace those until now.");

  /** One of the family: where, how it is called, what it takes, and the event's last words. */
  private record Kind<T>(
      Endpoint.Builder at, String name, Param<T> param, String event, Function<T, UserEdit> edit) {

    Action in(Users users, String title, String doc) {
      return at.named(UsersService.NAME, name)
          .doc(title, doc)
          .params(GetUser.USER, param)
          .scopes(Scope.USERS_WRITE)
          .audits("user/{userId}")
          .emits("users.[userId].update." + event)
          .returns(200, UserModels.USER, call -> update(users, call));
    }

    private User update(Users users, Call call) {
      return users.update(call.change(), call.get(GetUser.USER), edit.apply(call.get(param)));
    }
  }

  static List<Action> in(Users users) {
    return List.of(
        new Kind<>(patch("name"), "updateName", NAME, "name", UserEdit::name)
            .in(users, "Update name", "Changes a user's name."),
        new Kind<>(patch("email"), "updateEmail", EMAIL, "email", UserEdit::email)
            .in(users, "Update email", "Changes a user's email, which is then not verified."),
        new Kind<>(patch("phone"), "updatePhone", PHONE, "phone", UserEdit::phone)
            .in(users, "Update phone", "Changes a user's number, which is then not verified."),
        new Kind<>(
                Endpoint.put("/v1/users/{userId}/labels"),
                "updateLabels",
                LABELS,
                "labels",
                UserEdit::labels)
            .in(users, "Update labels", "Replaces a user's labels."),
        new Kind<>(patch("status"), "updateStatus", STATUS, "status", UserEdit::active)
            .in(users, "Update status", "Blocks or unblocks a user."),
        new Kind<>(
                patch("verification"),
                "updateEmailVerification",
                EMAIL_VERIFIED,
                "verification",
                UserEdit::emailVerified)
            .in(users, "Update email verification", "Says whether the email is verified."),
        new Kind<>(
                patch("verification/phone"),
                "updatePhoneVerification",
                PHONE_VERIFIED,
                "verification",
                UserEdit::phoneVerified)
            .in(users, "Update phone verification", "Says whether the number is verified."));
  }

  private static Endpoint.Builder patch(String what) {
    return Endpoint.patch("/v1/users/{userId}/" + what);
  }

  private static Rule<String> label() {
    return Rules.rule(
        Schema.TEXT.with("pattern", LABEL.pattern()),
        raw -> {
          if (raw instanceof String text && LABEL.matcher(text).matches()) return text;
          throw new Rule.Refused("must be a label: 1 to 36 letters and digits");
        });
  }

  private UpdateUser() {}
}
