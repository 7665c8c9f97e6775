package dev.celadon.domain.documents.staging;

import dev.celadon.api.Failure;
import dev.celadon.domain.documents.Documents;

/** Does staged operations on behalf of whoever calls now. */
@FunctionalInterface
public interface Performer {

  /**
   * What the call that {@code operation} stands for answers; an empty text for nothing.
   *
   * @param engine works in the transaction that is under way
   * @throws Failure in the words of the vocabulary in which it was staged
   */
  Object perform(Documents engine, Operation operation);
}
