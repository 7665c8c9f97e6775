/**
 * What the operator decides, read once at the start into records from a file, the environment and
 * the command line. Entry: {@link dev.celadon.config.Config}. Rule: every key is named, with its
 * default and its bounds, on exactly one line of Config, and everything wrong is said at once.
 */
@NullMarked
package dev.celadon.config;

import org.jspecify.annotations.NullMarked;
