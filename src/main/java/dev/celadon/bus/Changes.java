package dev.celadon.bus;

import dev.celadon.api.Change;

/** Is told of every change that has been committed, before the caller gets the reply. */
@FunctionalInterface
public interface Changes {

  void committed(Change change);
}
