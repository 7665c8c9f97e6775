package dev.celadon.service.health;

import static dev.celadon.api.Schema.INTEGER;
import static dev.celadon.api.Schema.TEXT;

import dev.celadon.api.Failure;
import dev.celadon.api.Fault;
import dev.celadon.api.Model;
import dev.celadon.api.Page;
import dev.celadon.domain.installation.Health;
import dev.celadon.domain.installation.Health.Clocks;
import dev.celadon.domain.installation.Health.Status;
import java.util.List;

/** How health looks on the wire. */
final class HealthModels {

  static final Model<Status> STATUS =
      Model.of("HealthStatus", Status.class)
          .field("name", TEXT, Status::name, "What was asked.")
          .field("ping", INTEGER, Status::pingMs, "Milliseconds until it answered.")
          .field("status", TEXT, s -> s.passes() ? "pass" : "fail", "`pass` or `fail`.");

  static final Model<Page<Status>> LIST = Model.list("HealthStatusList", "statuses", STATUS);

  static final Model<Clocks> TIME =
      Model.of("HealthTime", Clocks.class)
          .field("remoteTime", INTEGER, c -> c.remoteMs() / 1_000, "PostgreSQL's clock, seconds.")
          .field("localTime", INTEGER, c -> c.localMs() / 1_000, "This node's clock, seconds.")
          .field("diff", INTEGER, c -> c.remoteMs() / 1_000 - c.localMs() / 1_000, "In seconds.");

  static final Model<Long> QUEUE =
      Model.of("HealthQueue", Long.class)
          .field("size", INTEGER, size -> size, "How many jobs wait.");

  /** The status, or 503 with the status in the error. */
  static Status passing(Health.Status status) {
    if (status.passes()) return status;
    throw Failure.with(Fault.BUSY).with(STATUS.renderJson(status));
  }

  /** The statuses as a list, or 503 with the list in the error if one of them fails. */
  static Page<Status> passing(List<Status> statuses) {
    var page = new Page<>(statuses.size(), statuses);
    if (statuses.stream().allMatch(Status::passes)) return page;
    throw Failure.with(Fault.BUSY).with(LIST.renderJson(page));
  }

  private HealthModels() {}
}
