package dev.celadon.api;

/**
 * Every error a client may see: its wire type, HTTP status and our own text, in which {@code %s} is
 * filled by {@link Failure#with}. Types and statuses are those of the protocol.
 */
public enum Fault {
  UNKNOWN("general_unknown", 500, "Something went wrong on our side."),
  SERVER_ERROR(
      "general_server_error",
      500,
      "The server could not finish this request. It has been logged under the request id."),
  ROUTE_NOT_FOUND(
      "general_route_not_found", 404, "Nothing is served at this path with this method."),
  ARGUMENT_INVALID("general_argument_invalid", 400, "An argument is not acceptable: %s."),
  BAD_REQUEST("general_bad_request", 400, "The request could not be read: %s."),
  QUERY_INVALID("general_query_invalid", 400, "A query is not acceptable: %s."),
  CURSOR_NOT_FOUND(
      "general_cursor_not_found", 400, "The cursor names nothing that can be seen here."),
  UNAUTHORIZED_SCOPE(
      "general_unauthorized_scope", 401, "%s may not call this: it needs the scope %s."),
  ACCESS_FORBIDDEN("general_access_forbidden", 401, "Access is refused."),
  SERVICE_DISABLED("general_service_disabled", 403, "The service '%s' is switched off."),
  API_DISABLED("general_api_disabled", 403, "The protocol '%s' is switched off for this project."),
  UNKNOWN_ORIGIN(
      "general_unknown_origin",
      403,
      "The origin '%s' is not a platform of this project. Add it as a web platform."),
  RATE_LIMIT_EXCEEDED(
      "general_rate_limit_exceeded",
      429,
      "Too many calls. Try again after the time given in X-RateLimit-Reset."),
  FEATURE_UNSUPPORTED("general_feature_unsupported", 400, "This server does not support %s."),
  NOT_IMPLEMENTED("general_not_implemented", 405, "The method %s is not known here."),
  RESOURCE_LOCKED(
      "general_resource_locked", 409, "The resource is being changed by somebody else. Try again."),
  SMTP_DISABLED("general_smtp_disabled", 503, "No mail server is configured."),
  PHONE_DISABLED("general_phone_disabled", 503, "No text message provider is configured."),
  PROJECT_NOT_FOUND("project_not_found", 404, "There is no project '%s'."),
  PROJECT_ID_MISSING(
      "project_id_missing", 403, "No project is named. Send the header X-Appwrite-Project."),
  PROJECT_ALREADY_EXISTS("project_already_exists", 409, "A project '%s' exists already."),
  PROJECT_RESERVED_PROJECT("project_reserved_project", 400, "The project id '%s' is reserved."),
  PROJECT_KEY_EXPIRED("project_key_expired", 401, "This API key has expired."),
  PROJECT_REGION_UNSUPPORTED("project_region_unsupported", 400, "There is no region '%s'."),
  ORGANIZATION_ID_MISSING(
      "organization_id_missing",
      403,
      "No organization is named. Send the header X-Appwrite-Organization."),
  ACCOUNT_KEY_EXPIRED("account_key_expired", 401, "This account key has expired."),
  API_KEY_EXPIRED("api_key_expired", 401, "This API key has expired."),
  KEY_NOT_FOUND("key_not_found", 404, "There is no key '%s'."),
  KEY_ALREADY_EXISTS("key_already_exists", 409, "A key '%s' exists already."),
  KEY_CREATION_DENIED("key_creation_denied", 403, "A key cannot be made here: %s."),
  PLATFORM_NOT_FOUND("platform_not_found", 404, "There is no platform '%s'."),
  PLATFORM_ALREADY_EXISTS("platform_already_exists", 409, "A platform '%s' exists already."),
  PLATFORM_METHOD_UNSUPPORTED(
      "platform_method_unsupported",
      400,
      "The platform '%s' is of another type than this call changes."),
  LOG_NOT_FOUND("log_not_found", 404, "There is no event '%s'."),
  USER_NOT_FOUND("user_not_found", 404, "There is no user '%s'."),
  USER_ALREADY_EXISTS(
      "user_already_exists", 409, "A user with the same id, email or phone exists already."),
  USER_EMAIL_ALREADY_EXISTS(
      "user_email_already_exists", 409, "A user with this email exists already."),
  USER_PHONE_ALREADY_EXISTS(
      "user_phone_already_exists", 409, "A user with this phone number exists already."),
  USER_EMAIL_NOT_WHITELISTED(
      "user_email_not_whitelisted",
      401,
      "Sign-up on this installation is closed. Ask its owner for an invitation."),
  USER_INVALID_CREDENTIALS(
      "user_invalid_credentials", 401, "The email or the password is not right."),
  USER_BLOCKED("user_blocked", 403, "This user is blocked."),
  USER_UNAUTHORIZED(
      "user_unauthorized", 401, "You may not do this with the permissions that you hold."),
  USER_SESSION_NOT_FOUND("user_session_not_found", 404, "There is no such session."),
  USER_SESSION_ALREADY_EXISTS(
      "user_session_already_exists",
      401,
      "There is a session already. End it before starting another."),
  USER_JWT_INVALID("user_jwt_invalid", 401, "The token cannot be accepted: %s."),
  USER_JWT_AND_COOKIE_SET(
      "user_jwt_and_cookie_set", 403, "Send either a session or a JWT, not both."),
  USER_JWT_CREATION_DENIED(
      "user_jwt_creation_denied", 403, "A JWT can be made only from a session."),
  USER_API_KEY_AND_SESSION_SET(
      "user_api_key_and_session_set", 403, "Send either an account key or a session, not both."),
  USER_PASSWORD_MISMATCH("user_password_mismatch", 400, "The passwords do not match."),
  USER_PASSWORD_RESET_REQUIRED(
      "user_password_reset_required", 412, "The password must be reset before signing in."),
  USER_COUNT_EXCEEDED("user_count_exceeded", 400, "This project has as many users as it may have."),
  USER_MISSING_ID("user_missing_id", 400, "The identity provider sent no user id."),
  USER_AUTH_METHOD_UNSUPPORTED(
      "user_auth_method_unsupported",
      501,
      "This way of signing in is switched off for the project."),
  USER_ANONYMOUS_CONSOLE_PROHIBITED(
      "user_anonymous_console_prohibited", 401, "The console has no anonymous users."),
  USER_DELETION_PROHIBITED(
      "user_deletion_prohibited",
      400,
      "This user cannot be deleted while being the last owner of a team."),
  USER_MORE_FACTORS_REQUIRED(
      "user_more_factors_required", 401, "A second factor is needed to complete this session."),
  USER_INVALID_TOKEN("user_invalid_token", 401, "The token is not valid."),
  USER_TARGET_NOT_FOUND("user_target_not_found", 404, "There is no target '%s'."),
  USER_ID_MISSING("user_id_missing", 403, "The user id is missing."),
  USER_EMAIL_NOT_FOUND("user_email_not_found", 400, "The user has no email."),
  USER_IDENTITY_NOT_FOUND("user_identity_not_found", 404, "There is no identity '%s'."),
  USER_EMAIL_NOT_CANONICAL(
      "user_email_not_canonical",
      400,
      "This project takes no aliases. Give the address of the mailbox itself."),
  USER_EMAIL_DISPOSABLE(
      "user_email_disposable", 400, "This project takes no addresses of disposable mailboxes."),
  USER_EMAIL_FREE(
      "user_email_free", 400, "This project takes no addresses of providers of free mail."),
  USER_EMAIL_NOT_CORPORATE(
      "user_email_not_corporate", 400, "This project takes addresses of organizations only."),
  PASSWORD_RECENTLY_USED(
      "password_recently_used", 400, "This password was used before. Choose another."),
  PASSWORD_PERSONAL_DATA(
      "password_personal_data", 400, "The password contains personal data. Choose another."),
  TEAM_NOT_FOUND("team_not_found", 404, "There is no team '%s'."),
  TEAM_ALREADY_EXISTS("team_already_exists", 409, "A team '%s' exists already."),
  TEAM_INVITE_NOT_FOUND("team_invite_not_found", 404, "There is no such invitation."),
  TEAM_INVALID_SECRET("team_invalid_secret", 401, "The invitation's secret is not valid."),
  TEAM_INVITE_MISMATCH("team_invite_mismatch", 401, "The invitation belongs to another user."),
  TEAM_MEMBERSHIP_MISMATCH(
      "team_membership_mismatch", 404, "The membership belongs to another team."),
  MEMBERSHIP_NOT_FOUND("membership_not_found", 404, "There is no membership '%s'."),
  MEMBERSHIP_ALREADY_CONFIRMED(
      "membership_already_confirmed", 409, "The membership is confirmed already."),
  MEMBERSHIP_DELETION_PROHIBITED(
      "membership_deletion_prohibited", 400, "The last owner cannot leave the team."),
  MEMBERSHIP_DOWNGRADE_PROHIBITED(
      "membership_downgrade_prohibited", 400, "The last owner cannot give up the role."),
  DATABASE_NOT_FOUND("database_not_found", 404, "There is no database '%s'."),
  DATABASE_ALREADY_EXISTS("database_already_exists", 409, "A database '%s' exists already."),
  DATABASE_TIMEOUT("database_timeout", 408, "The database did not answer within the time allowed."),
  DATABASE_QUERY_ORDER_NULL(
      "database_query_order_null",
      400,
      "A cursor cannot continue from a value that is null in the order."),
  COLLECTION_NOT_FOUND("collection_not_found", 404, "There is no collection '%s'."),
  COLLECTION_ALREADY_EXISTS("collection_already_exists", 409, "A collection '%s' exists already."),
  COLLECTION_LIMIT_EXCEEDED(
      "collection_limit_exceeded", 400, "The database has as many collections as it may have."),
  TABLE_NOT_FOUND("table_not_found", 404, "There is no table '%s'."),
  TABLE_ALREADY_EXISTS("table_already_exists", 409, "A table '%s' exists already."),
  TABLE_LIMIT_EXCEEDED(
      "table_limit_exceeded", 400, "The database has as many tables as it may have."),
  ATTRIBUTE_NOT_FOUND("attribute_not_found", 404, "There is no attribute '%s'."),
  ATTRIBUTE_ALREADY_EXISTS("attribute_already_exists", 409, "An attribute '%s' exists already."),
  ATTRIBUTE_UNKNOWN("attribute_unknown", 400, "There is no attribute '%s' in the collection."),
  ATTRIBUTE_NOT_AVAILABLE(
      "attribute_not_available", 400, "The attribute '%s' is not available yet."),
  ATTRIBUTE_FORMAT_UNSUPPORTED(
      "attribute_format_unsupported", 400, "The format is not supported for this attribute."),
  ATTRIBUTE_DEFAULT_UNSUPPORTED(
      "attribute_default_unsupported",
      400,
      "A default cannot be given to a required or an array attribute."),
  ATTRIBUTE_LIMIT_EXCEEDED(
      "attribute_limit_exceeded", 400, "The collection has as many attributes as it may have."),
  ATTRIBUTE_BOUNDS_EXCEEDED(
      "attribute_limit_exceeded", 400, "The result is beyond the bounds of '%s'."),
  ATTRIBUTE_VALUE_INVALID(
      "attribute_value_invalid", 400, "An attribute value is not acceptable: %s."),
  ATTRIBUTE_TYPE_INVALID(
      "attribute_type_invalid",
      400,
      "The attribute '%s' is of another type than this call changes."),
  ATTRIBUTE_INVALID_RESIZE(
      "attribute_invalid_resize", 400, "Stored values are longer than the new size of '%s'."),
  ATTRIBUTE_TYPE_NOT_SUPPORTED(
      "ATTRIBUTE_TYPE_NOT_SUPPORTED", 400, "This kind of attribute is not supported here."),
  COLUMN_NOT_FOUND("column_not_found", 404, "There is no column '%s'."),
  COLUMN_ALREADY_EXISTS("column_already_exists", 409, "A column '%s' exists already."),
  COLUMN_UNKNOWN("column_unknown", 400, "There is no column '%s' in the table."),
  COLUMN_NOT_AVAILABLE("column_not_available", 400, "The column '%s' is not available yet."),
  COLUMN_FORMAT_UNSUPPORTED(
      "column_format_unsupported", 400, "The format is not supported for this column."),
  COLUMN_DEFAULT_UNSUPPORTED(
      "column_default_unsupported",
      400,
      "A default cannot be given to a required or an array column."),
  COLUMN_LIMIT_EXCEEDED(
      "column_limit_exceeded", 400, "The table has as many columns as it may have."),
  COLUMN_BOUNDS_EXCEEDED("column_limit_exceeded", 400, "The result is beyond the bounds of '%s'."),
  COLUMN_VALUE_INVALID("column_value_invalid", 400, "A column value is not acceptable: %s."),
  COLUMN_TYPE_INVALID(
      "column_type_invalid", 400, "The column '%s' is of another type than this call changes."),
  COLUMN_INVALID_RESIZE(
      "column_invalid_resize", 400, "Stored values are longer than the new size of '%s'."),
  COLUMN_TYPE_NOT_SUPPORTED(
      "COLUMN_TYPE_NOT_SUPPORTED", 400, "This kind of column is not supported here."),
  COLUMN_INDEX_NOT_FOUND("column_index_not_found", 404, "There is no index '%s'."),
  COLUMN_INDEX_ALREADY_EXISTS("column_index_already_exists", 409, "An index '%s' exists already."),
  COLUMN_INDEX_INVALID("column_index_invalid", 400, "The index is not acceptable: %s."),
  COLUMN_INDEX_LIMIT_EXCEEDED(
      "column_index_limit_exceeded", 400, "The table has as many indexes as it may have."),
  COLUMN_INDEX_DEPENDENCY(
      "column_index_dependency",
      409,
      "The column '%s' is part of an index. Delete the index first."),
  INDEX_NOT_FOUND("index_not_found", 404, "There is no index '%s'."),
  INDEX_ALREADY_EXISTS("index_already_exists", 409, "An index '%s' exists already."),
  INDEX_INVALID("index_invalid", 400, "The index is not acceptable: %s."),
  INDEX_LIMIT_EXCEEDED(
      "index_limit_exceeded", 400, "The collection has as many indexes as it may have."),
  INDEX_DEPENDENCY(
      "index_dependency", 409, "The attribute '%s' is part of an index. Delete the index first."),
  DOCUMENT_NOT_FOUND("document_not_found", 404, "There is no document '%s'."),
  DOCUMENT_ALREADY_EXISTS("document_already_exists", 409, "A document '%s' exists already."),
  DOCUMENT_UNIQUE_CONSTRAINT_VIOLATION(
      "document_unique_constraint_violation",
      409,
      "A document with the same values in a unique index exists already."),
  DOCUMENT_INVALID_STRUCTURE(
      "document_invalid_structure", 400, "The document does not fit the collection: %s."),
  DOCUMENT_MISSING_DATA("document_missing_data", 400, "The document has no data."),
  DOCUMENT_MISSING_PAYLOAD("document_missing_payload", 400, "Nothing is given to change."),
  DOCUMENT_UPDATE_CONFLICT(
      "document_update_conflict",
      409,
      "The document was changed by somebody else in the meantime."),
  DOCUMENT_VERSION_MISMATCH(
      "document_update_conflict",
      412,
      "The document '%s' is not there in the version that If-Match names."),
  DOCUMENT_DELETE_RESTRICTED(
      "document_delete_restricted",
      403,
      "The document cannot be deleted while others refer to it."),
  ROW_NOT_FOUND("row_not_found", 404, "There is no row '%s'."),
  ROW_ALREADY_EXISTS("row_already_exists", 409, "A row '%s' exists already."),
  ROW_UNIQUE_CONSTRAINT_VIOLATION(
      "row_unique_constraint_violation",
      409,
      "A row with the same values in a unique index exists already."),
  ROW_INVALID_STRUCTURE("row_invalid_structure", 400, "The row does not fit the table: %s."),
  ROW_MISSING_DATA("row_missing_data", 400, "The row has no data."),
  ROW_MISSING_PAYLOAD("row_missing_payload", 400, "Nothing is given to change."),
  ROW_UPDATE_CONFLICT(
      "row_update_conflict", 409, "The row was changed by somebody else in the meantime."),
  ROW_VERSION_MISMATCH(
      "row_update_conflict", 412, "The row '%s' is not there in the version that If-Match names."),
  ROW_DELETE_RESTRICTED(
      "row_delete_restricted", 403, "The row cannot be deleted while others refer to it."),
  TRANSACTION_NOT_FOUND("transaction_not_found", 404, "There is no transaction '%s'."),
  TRANSACTION_INVALID("transaction_invalid", 400, "The transaction cannot take this: %s."),
  TRANSACTION_NOT_READY("transaction_not_ready", 400, "The transaction '%s' has ended: it is %s."),
  TRANSACTION_EXPIRED("transaction_expired", 410, "The time of the transaction '%s' is over."),
  TRANSACTION_CONFLICT(
      "transaction_conflict",
      409,
      "What the transaction '%s' changes has been changed by somebody else since it was staged."),
  TRANSACTION_FAILED(
      "transaction_failed", 400, "The transaction '%s' is not possible any more: %s"),
  TRANSACTION_LIMIT_EXCEEDED(
      "transaction_limit_exceeded", 400, "There is no room for more in transactions: at most %s."),
  IMPORT_NOT_FOUND("migration_not_found", 404, "There is no import '%s'."),
  IMPORT_IN_PROGRESS(
      "migration_in_progress",
      409,
      "Somebody else goes on with the import '%s', or has ended it. Look what has become of it."),
  RELATIONSHIP_VALUE_INVALID(
      "relationship_value_invalid", 400, "A relationship value is not acceptable: %s."),
  SCHEMA_LOSES_DATA(
      "general_argument_invalid",
      400,
      "What is stored would be lost. `allowDataLoss=true` says that it may be."),
  SCHEMA_MISMATCH(
      "row_update_conflict", 412, "The schema is not there in the version that If-Match names."),
  REALTIME_MESSAGE_FORMAT_INVALID(
      "realtime_message_format_invalid", 1003, "The message cannot be read: %s."),
  REALTIME_TOO_MANY_MESSAGES("realtime_too_many_messages", 1013, "Too many messages. Slow down."),
  REALTIME_POLICY_VIOLATION("realtime_policy_violation", 1008, "The connection is refused: %s."),
  HEALTH_QUEUE_SIZE_EXCEEDED(
      "health_queue_size_exceeded", 503, "The queue '%s' holds %s jobs, more than the threshold."),
  HEALTH_INVALID_HOST("health_invalid_host", 404, "The host cannot be checked."),
  HEALTH_CERTIFICATE_EXPIRED("health_certificate_expired", 404, "The certificate has expired."),
  BODY_TOO_LARGE("general_bad_request", 413, "The body is larger than %s bytes."),
  TOO_SLOW("general_bad_request", 408, "The request took too long to arrive."),
  BUSY(
      "general_server_error",
      503,
      "The server is busy or its database is out of reach. Try again shortly.");

  private final String type;
  private final int status;
  private final String text;

  Fault(String type, int status, String text) {
    this.type = type;
    this.status = status;
    this.text = text;
  }

  public String type() {
    return type;
  }

  public int status() {
    return status;
  }

  public String text() {
    return text;
  }
}
