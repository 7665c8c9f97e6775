/**
 * What a console asks of the server that it administers. Entry: {@link
 * dev.celadon.service.console.ConsoleService}. Rule: capabilities are stated as they are.
 */
@NullMarked
package dev.celadon.service.console;

import org.jspecify.annotations.NullMarked;
