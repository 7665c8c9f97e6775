package dev.celadon.service.databases.insight;

import dev.celadon.api.Model;
import dev.celadon.api.Schema;
import dev.celadon.domain.documents.usage.Figures;
import dev.celadon.domain.documents.usage.Figures.Metric;
import java.util.List;
import java.util.function.Function;

/** How figures look on the wire. What is not counted is 0, or an empty list, and says so. */
final class UsageModels {

  private static final Model<Metric> METRIC =
      Model.of("Metric", Metric.class)
          .field("value", Schema.INTEGER, Metric::value, "How much.")
          .field("date", Schema.TIME, Metric::date, "When the period begins.");

  private static final String COUNTED = "How many there are.";
  private static final String MADE = "How many were made in each period.";
  private static final String READS = "Not counted.";

  static final Model<Figures> DATABASES = all();
  static final Model<Figures> DATABASE = one();

  private static Model<Figures> all() {
    var model =
        Model.of("UsageDatabases", Figures.class)
            .field("databasesTotal", Schema.INTEGER, Figures::databases, COUNTED);
    return series(content(model, "databases"), "databases", f -> f.made().databases(), MADE);
  }

  private static Model<Figures> one() {
    return content(Model.of("UsageDatabase", Figures.class), "database");
  }

  /** What is in databases, in both vocabularies: they are one engine. */
  private static Model<Figures> content(Model<Figures> begun, String noun) {
    var model = begun.showing(METRIC).field("range", Schema.TEXT, Figures::span, "As asked for.");
    for (var tables : List.of("collections", "tables")) {
      model = model.field(tables + "Total", Schema.INTEGER, Figures::tables, COUNTED);
      model = series(model, tables, figures -> figures.made().tables(), MADE);
    }
    for (var rows : List.of("documents", "rows")) {
      model = model.field(rows + "Total", Schema.INTEGER, Figures::rows, COUNTED);
      model = series(model, rows, figures -> figures.made().rows(), MADE);
    }
    model =
        model
            .field("storageTotal", Schema.INTEGER, Figures::bytes, "Bytes on disk, with indexes.")
            .field(noun + "ReadsTotal", Schema.INTEGER, figures -> 0, READS)
            .field(noun + "WritesTotal", Schema.INTEGER, Figures::written, "Changes of rows.");
    model = series(model, "storage", figures -> List.of(), "Not kept by period.");
    model = series(model, noun + "Reads", figures -> List.of(), READS);
    return series(model, noun + "Writes", Figures::writes, "Changes of rows in each period.");
  }

  /** What is in one table. */
  static Model<Figures> table(String name, String rows) {
    var model =
        Model.of(name, Figures.class)
            .showing(METRIC)
            .field("range", Schema.TEXT, Figures::span, "As asked for.")
            .field(rows + "Total", Schema.INTEGER, Figures::rows, COUNTED);
    return series(model, rows, figures -> figures.made().rows(), MADE);
  }

  private static Model<Figures> series(
      Model<Figures> model, String name, Function<Figures, List<Metric>> metrics, String doc) {
    return model.field(
        name,
        Schema.list(Schema.model(METRIC.name())),
        figures -> metrics.apply(figures).stream().map(METRIC::renderJson).toList(),
        doc);
  }

  private UsageModels() {}
}
