package dev.celadon.domain.documents.transfer;

import dev.celadon.api.Failure;
import dev.celadon.api.Fault;
import org.jspecify.annotations.Nullable;

/**
 * How a file of rows is written.
 *
 * @param csv the signs of CSV; null for JSON Lines
 */
public record FileForm(@Nullable Csv csv) {

  /** An object of JSON a line. */
  public static final FileForm JSON_LINES = new FileForm(null);

  /**
   * The signs of CSV; as RFC 4180 has them: a comma, and a quote that is doubled in quotes.
   *
   * @param escape in front of an enclosure that does not end the text, and of itself
   */
  public record Csv(char delimiter, char enclosure, char escape) {

    /**
     * @throws Failure {@link Fault#ARGUMENT_INVALID} where one of them is no sign, or two cannot be
     *     told apart
     */
    public Csv {
      if (!sign(delimiter) || !sign(enclosure) || !sign(escape)) {
        throw invalid("delimiter, enclosure and escape are signs of ASCII, but no line breaks");
      }
      if (delimiter == enclosure || delimiter == escape) {
        throw invalid("delimiter is a sign that neither enclosure nor escape is");
      }
    }

    private static boolean sign(char c) {
      return (c >= ' ' && c < 0x7f) || c == '\t';
    }

    private static Failure invalid(String reason) {
      return Failure.with(Fault.ARGUMENT_INVALID, reason);
    }
  }
}
