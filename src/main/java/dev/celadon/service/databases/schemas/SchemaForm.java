package dev.celadon.service.databases.schemas;

import dev.celadon.api.PermissionWords;
import dev.celadon.api.Rule;
import dev.celadon.api.Rule.Refused;
import dev.celadon.api.Rules;
import dev.celadon.api.Schema;
import dev.celadon.domain.documents.Column;
import dev.celadon.domain.documents.Refusal;
import dev.celadon.domain.documents.Table;
import dev.celadon.domain.documents.Tables;
import dev.celadon.domain.documents.guards.Guard;
import dev.celadon.domain.documents.relations.RelationColumns;
import dev.celadon.domain.documents.schemas.Design;
import dev.celadon.service.databases.Dialect;
import dev.celadon.service.databases.Drafts;
import dev.celadon.service.databases.Fields;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads a schema from JSON: strictly, because what is not read would mean that it shall go. */
final class SchemaForm {

  private static final Set<String> COLUMN =
      Set.of(
          "key",
          "renamedFrom",
          "type",
          "format",
          "required",
          "array",
          "size",
          "min",
          "max",
          "elements",
          "default",
          "encrypt",
          "$permissions",
          "permissions");
  private static final Set<String> INDEX = Set.of("key", "type", "orders", "lengths");

  /** What is shown elsewhere and is nothing to be said here. */
  private static final Set<String> SHOWN =
      Set.of(
          "$createdAt",
          "$updatedAt",
          "$sequence",
          "databaseId",
          "bytesMax",
          "bytesUsed",
          "status",
          "error");

  private final Dialect words;
  private final Set<String> tableFields;
  private final Set<String> columnFields;
  private final Set<String> linkFields;
  private final Set<String> indexFields;

  SchemaForm(Dialect words) {
    this.words = words;
    var shared = Set.of("$id", "renamedFrom", "name", "enabled", "$permissions", "indexes");
    tableFields = with(shared, words.security(), words.column + "s");
    columnFields = with(COLUMN);
    linkFields =
        with(
            COLUMN,
            "related" + Dialect.capital(words.table),
            "relationType",
            "twoWay",
            "twoWayKey",
            "twoWayPermissions",
            "onDelete",
            "side");
    indexFields = with(INDEX, words.column + "s", "$id");
  }

  private static Set<String> with(Set<String> names, String... more) {
    var all = new HashSet<>(names);
    all.addAll(List.of(more));
    all.addAll(SHOWN);
    return Set.copyOf(all);
  }

  /** The name of the parameter: what it is a list of. */
  String name() {
    return words.table + "s";
  }

  /** A list of tables with all that they hold. */
  Rule<Design> rule() {
    var schema = Schema.list(Schema.OBJECT).with("maxItems", Design.MAX_TABLES);
    return Rules.rule(schema, this::design);
  }

  private Design design(Object raw) throws Refused {
    var tables = new ArrayList<Design.OfTable>();
    var seen = new HashSet<String>();
    int columns = 0;
    int indexes = 0;
    for (var fields : Fields.list(raw, "", Design.MAX_TABLES)) {
      var table = table(fields);
      if (!seen.add(table.id())) throw fields.refuse("$id", "is that of another one, too");
      tables.add(table);
      columns += table.columns().size() + table.links().size();
      indexes += table.indexes().size();
    }
    if (columns > Design.MAX_COLUMNS) throw tooMany(Design.MAX_COLUMNS, words.column + "s");
    if (indexes > Design.MAX_INDEXES) throw tooMany(Design.MAX_INDEXES, "indexes");
    var design = new Design(List.copyOf(tables));
    new Coherence(words, design).check();
    return design;
  }

  private static Refused tooMany(int most, String what) {
    return new Refused("must have at most " + most + " " + what + " in all");
  }

  private Design.OfTable table(Fields fields) throws Refused {
    fields.only(tableFields);
    var id = fields.need("$id", Rules.id());
    var columns = new ArrayList<Design.OfColumn>();
    var links = new ArrayList<Design.OfLink>();
    for (var field : fields.list(words.column + "s", Table.MAX_COLUMNS)) {
      if (Drafts.RELATIONSHIP.equals(field.raw("type"))) links.add(link(field, id));
      else columns.add(column(field));
    }
    var indexes = new ArrayList<Design.OfIndex>();
    if (fields.has("indexes")) {
      for (var field : fields.list("indexes", Table.MAX_INDEXES)) indexes.add(index(field));
    }
    return new Design.OfTable(
        id,
        fields.find("renamedFrom", Rules.id()),
        traits(fields),
        List.copyOf(columns),
        List.copyOf(links),
        List.copyOf(indexes));
  }

  private Design.Traits traits(Fields fields) throws Refused {
    return new Design.Traits(
        fields.need("name", Rules.text(128)),
        fields.find("enabled", Rules.bool(), true),
        fields.flag(words.security()),
        Tables.settled(fields.find("$permissions", PermissionWords.rule(), List.of())));
  }

  private Design.OfColumn column(Fields fields) throws Refused {
    fields.only(columnFields);
    fields.need("key", Rules.key());
    fields.need("type", Rules.text(40));
    var draft = Drafts.column(words, fields);
    try {
      Column.check(draft.key(), draft.kind(), draft.settings());
    } catch (Refusal refusal) {
      throw fields.refuse("is refused. " + words.say(refusal).text());
    }
    return new Design.OfColumn(draft, fields.find("renamedFrom", Rules.key()));
  }

  /** Where both sides show it, each has a key: if none is given, the other table's is our id. */
  private Design.OfLink link(Fields fields, String table) throws Refused {
    fields.only(linkFields);
    if ("child".equals(fields.raw("side"))) {
      throw fields.refuse("side", "is the other one: it is declared where it was made");
    }
    fields.need("key", Rules.key());
    var draft = Drafts.relation(words, fields);
    var otherKey = draft.otherKey() == null ? table : draft.otherKey();
    var whole =
        new RelationColumns.Draft(
            draft.other(),
            draft.kind(),
            draft.twoWay(),
            draft.key(),
            draft.twoWay() ? otherKey : null,
            draft.onDelete(),
            draft.guard());
    var there = fields.find("twoWayPermissions", Guard.rule(), Guard.NONE);
    if (!draft.twoWay() && !there.none()) {
      throw fields.refuse("twoWayPermissions", "is of a side that is not shown");
    }
    return new Design.OfLink(whole, there, fields.find("renamedFrom", Rules.key()));
  }

  private Design.OfIndex index(Fields fields) throws Refused {
    fields.only(indexFields);
    return new Design.OfIndex(Drafts.index(words, fields));
  }
}
