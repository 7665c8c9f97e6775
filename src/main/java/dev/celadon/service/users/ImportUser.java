package dev.celadon.service.users;

import dev.celadon.api.Action;
import dev.celadon.api.Call;
import dev.celadon.api.Endpoint;
import dev.celadon.api.Param;
import dev.celadon.api.Rules;
import dev.celadon.api.Scope;
import dev.celadon.domain.users.Credentials;
import dev.celadon.domain.users.HashForm;
import dev.celadon.domain.users.NewUser;
import dev.celadon.domain.users.User;
import dev.celadon.domain.users.UserModels;
import dev.celadon.domain.users.Users;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The endpoints that create a user whose password was hashed elsewhere, one for each kind. */
final class ImportUser {

  private static final List<String> SHA =
      List.of(
          "sha1",
          "sha224",
          "sha256",
          "sha384",
          "sha512/224",
          "sha512/256",
          "sha512",
          "sha3-224",
          "sha3-256",
          "sha3-384",
          "sha3-512");

  static final Param<String> EMAIL = Param.body("email", Rules.email(), "The user's email.");
  static final Param<String> HASH =
      Param.body("password", Rules.password(), "The hash of the user's password.");
  static final Param<String> VERSION =
      Param.body("passwordVersion", Rules.oneOf(SHA), "Which digest; sha1 if not given.")
          .orElse("sha1");
  static final Param<String> SALT = text("passwordSalt", "The salt.");
  static final Param<String> SEPARATOR = text("passwordSaltSeparator", "What follows the salt.");
  static final Param<String> SIGNER = text("passwordSignerKey", "The key that is encrypted.");
  static final Param<Long> CPU = number("passwordCpu", "The cost N, a power of two.");
  static final Param<Long> MEMORY = number("passwordMemory", "The block size r.");
  static final Param<Long> PARALLEL = number("passwordParallel", "The parallelism p.");
  static final Param<Long> LENGTH = number("passwordLength", "The bytes of the hash.");

  /** One of the family: its name in the path and in the SDKs, what else it takes, its form. */
  private record Kind(
      String path, String name, List<Param<?>> more, Function<Call, String> stored) {

    Action in(Users users, Credentials credentials) {
      var params = new ArrayList<Param<?>>(List.of(CreateUser.USER, EMAIL, HASH));
      params.addAll(more);
      params.add(CreateUser.NAME);
      return Endpoint.post("/v1/users/" + path)
          .named(UsersService.NAME, name)
          .doc(
              "Import user: " + path,
              "Creates a user who keeps the password hashed elsewhere. It is hashed anew when the"
                  + " user signs in.")
          .params(params)
          .scopes(Scope.USERS_WRITE)
          .audits("user/{userId}")
          .emits("users.[userId].create")
          .returns(201, UserModels.USER, call -> create(users, credentials, call));
    }

    private User create(Users users, Credentials credentials, Call call) {
      var person =
          new NewUser(
              call.get(CreateUser.USER),
              call.get(EMAIL),
              null,
              null,
              null,
              call.get(CreateUser.NAME));
      return users.create(call.change(), credentials.imported(person, stored.apply(call)));
    }
  }

  private static final List<Kind> KINDS =
      List.of(
          new Kind("argon2", "createArgon2User", List.of(), call -> like("$argon2", call)),
          new Kind("bcrypt", "createBcryptUser", List.of(), call -> like("$2", call)),
          new Kind("phpass", "createPHPassUser", List.of(), call -> like("$", call)),
          new Kind(
              "md5",
              "createMD5User",
              List.of(),
              call -> HashForm.text("md5", Map.of(), call.get(HASH))),
          new Kind(
              "sha",
              "createSHAUser",
              List.of(VERSION),
              call -> HashForm.text("sha", Map.of("v", call.get(VERSION)), call.get(HASH))),
          new Kind(
              "scrypt",
              "createScryptUser",
              List.of(SALT, CPU, MEMORY, PARALLEL, LENGTH),
              ImportUser::scrypt),
          new Kind(
              "scrypt-modified",
              "createScryptModifiedUser",
              List.of(SALT, SEPARATOR, SIGNER),
              ImportUser::modified));

  static List<Action> in(Users users, Credentials credentials) {
    return KINDS.stream().map(kind -> kind.in(users, credentials)).toList();
  }

  /** A hash that says itself how it was made, if it is of this kind; else nothing verifiable. */
  private static String like(String start, Call call) {
    var hash = call.get(HASH);
    return hash.startsWith(start) ? hash : "";
  }

  private static String scrypt(Call call) {
    var costs = new LinkedHashMap<String, Long>();
    costs.put("n", call.get(CPU));
    costs.put("r", call.get(MEMORY));
    costs.put("p", call.get(PARALLEL));
    costs.put("l", call.get(LENGTH));
    return HashForm.text("scrypt", costs, call.get(SALT), call.get(HASH));
  }

  private static String modified(Call call) {
    return HashForm.text(
        "scryptMod",
        Map.of(),
        call.get(SALT),
        call.get(SEPARATOR),
        call.get(SIGNER),
        call.get(HASH));
  }

  private static Param<String> text(String name, String doc) {
    return Param.body(name, Rules.text(128), doc);
  }

  private static Param<Long> number(String name, String doc) {
    return Param.body(name, Rules.integer(1, Integer.MAX_VALUE), doc);
  }

  private ImportUser() {}
}
