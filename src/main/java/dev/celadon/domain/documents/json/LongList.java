package dev.celadon.domain.documents.json;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A long list of rows, put together without ever being copied whole: the texts of some rows at a
 * time become bytes, and those stay where they are.
 */
public final class LongList {

  private final List<ByteBuf> parts = new ArrayList<>();
  private long rows;

  /** Adds rows that are JSON already. */
  public void add(List<String> texts) {
    int size = 0;
    for (var text : texts) size += text.length() + 1;
    var part = new StringBuilder(size);
    for (var text : texts) {
      if (rows++ > 0) part.append(',');
      part.append(text);
    }
    // A buffer that is written to would take three bytes for each character, to be safe.
    parts.add(Unpooled.wrappedBuffer(part.toString().getBytes(StandardCharsets.UTF_8)));
  }

  /** {@code {total, <plural>: [...]}} of all of them. */
  public Buffer list(String plural) {
    var head = new JsonText(64).raw("{\"total\":").number(rows).raw(',').string(plural).raw(":[");
    var all = new ArrayList<ByteBuf>(parts.size() + 2);
    all.add(Unpooled.copiedBuffer(head.toString(), StandardCharsets.UTF_8));
    all.addAll(parts);
    all.add(Unpooled.copiedBuffer("]}", StandardCharsets.UTF_8));
    return BufferInternal.buffer(Unpooled.wrappedBuffer(all.size(), all.toArray(ByteBuf[]::new)));
  }
}
