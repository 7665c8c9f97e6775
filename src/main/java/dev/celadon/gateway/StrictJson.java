package dev.celadon.gateway;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import dev.celadon.api.Failure;
import dev.celadon.api.Fault;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads a body as RFC 8259 has it and as nobody can read it in two ways: UTF-8 without a mark in
 * front, one object, each name once, no comments. Depth and the number of values are bounded, since
 * a value of two characters takes fifty times as much memory.
 */
final class StrictJson {

  /** A longer body is decoded while it is parsed. */
  private static final int LONG_BYTES = 256 * 1024;

  private final JsonFactory factory;
  private final int nestingMax;
  private final int valuesMax;

  StrictJson(int nestingMax, int valuesMax) {
    this.nestingMax = nestingMax;
    this.valuesMax = valuesMax;
    // Names come from callers: remembering them would fill tables that all requests share.
    this.factory =
        JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .streamReadConstraints(
                StreamReadConstraints.builder()
                    .maxNestingDepth(nestingMax)
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .build();
  }

  /** The object; an empty body is an empty one. Fails with {@link Fault#BAD_REQUEST}. */
  JsonObject object(Pieces body) {
    if (body.length() == 0) return new JsonObject();
    try (var parser = parser(body)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) throw bad("the body is no JSON object");
      var object = new Reading(parser).object();
      if (parser.nextToken() != null) throw bad("the body goes on after its JSON object");
      return new JsonObject(object);
    } catch (StreamConstraintsException bound) {
      throw bad("the body is nested more than " + nestingMax + " deep or holds a huge number");
    } catch (IOException malformed) {
      throw bad("the body is not a well-formed JSON object");
    }
  }

  private JsonParser parser(Pieces body) throws IOException {
    if (body.length() <= LONG_BYTES) return factory.createParser(text(body.joined()));
    // A decoder, unlike its charset, refuses what is not UTF-8.
    return factory.createParser(new InputStreamReader(body, StandardCharsets.UTF_8.newDecoder()));
  }

  private static String text(Buffer body) throws CharacterCodingException {
    var text = body.toString(StandardCharsets.UTF_8);
    // What is not UTF-8 was replaced by this character; or somebody wrote it.
    if (text.indexOf('\uFFFD') >= 0) {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body.getBytes()));
    }
    return text;
  }

  private Failure tooMany() {
    return bad("the body holds more than " + valuesMax + " values");
  }

  private static Failure bad(String reason) {
    return Failure.with(Fault.BAD_REQUEST, reason);
  }

  /** One body being read. Goes as deep as the parser lets it. */
  private final class Reading {

    private final JsonParser parser;
    private int values;

    Reading(JsonParser parser) {
      this.parser = parser;
    }

    Map<String, Object> object() throws IOException {
      var object = new LinkedHashMap<String, Object>();
      for (var name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
        put(object, name, value(parser.nextToken()));
      }
      return object;
    }

    private List<Object> list() throws IOException {
      var list = new ArrayList<Object>();
      for (var next = parser.nextToken(); next != JsonToken.END_ARRAY; next = parser.nextToken()) {
        add(list, value(next));
      }
      return list;
    }

    private @Nullable Object value(@Nullable JsonToken token) throws IOException {
      if (++values > valuesMax) throw tooMany();
      return switch (token) {
        case START_OBJECT -> object();
        case START_ARRAY -> list();
        case VALUE_STRING -> parser.getText();
        case VALUE_NUMBER_INT -> parser.getNumberValue();
        case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
        case VALUE_TRUE -> true;
        case VALUE_FALSE -> false;
        case VALUE_NULL -> null;
        case null, default -> throw bad("the body is not a well-formed JSON object");
      };
    }
  }

  /** JSON's null is kept, as everywhere. */
  @SuppressWarnings("NullAway")
  private static void put(Map<String, Object> object, String name, @Nullable Object value) {
    object.put(name, value);
  }

  @SuppressWarnings("NullAway")
  private static void add(List<Object> list, @Nullable Object value) {
    list.add(value);
  }
}
