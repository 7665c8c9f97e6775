package dev.celadon.domain.documents;

import dev.celadon.domain.projects.TestVault;
import dev.celadon.event.EventLog;
import dev.celadon.store.Lanes;
import java.time.Clock;

/** The engine for tests, open, with the key that is kept in the database. */
public final class TestDocuments {

  /** One on the database behind {@code lanes}, with a log of its own. */
  public static Documents open(Lanes lanes) {
    var vault = TestVault.open(lanes.transactions());
    var documents =
        new Documents(lanes, new EventLog(), Clock.systemUTC(), vault, Documents.Bounds.USUAL);
    documents.open();
    return documents;
  }

  private TestDocuments() {}
}
