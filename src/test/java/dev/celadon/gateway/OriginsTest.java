package dev.celadon.gateway;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OriginsTest {

  private static final List<String> HOSTS = List.of("app.example.org", "*.wild.example");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://app.example.org",
        "http://app.example.org:8080",
        "https://APP.example.org",
        "https://a.wild.example",
        "https://a.b.wild.example",
        "http://localhost",
        "http://localhost:3000",
        "http://127.0.0.1:1",
        "http://[::1]:5173"
      })
  void admitsPlatforms(String origin) {
    assertTrue(new Origins(true).allowed(origin, HOSTS, null));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "",
        "https://evil.com",
        "https://app.example.org.evil.com",
        "https://evilapp.example.org",
        "https://wild.example",
        "https://evilwild.example",
        "file://app.example.org",
        "https://app.example.org@evil.com",
        "https://user@app.example.org",
        "https://localhost.evil.com",
        "https://аpp.example.org"
      })
  void refusesOthers(String origin) {
    assertFalse(new Origins(true).allowed(origin, HOSTS, null));
  }

  @Test
  void localhostIsConfigurableAndTheServersOwnPagesMayCall() {
    assertFalse(new Origins(false).allowed("http://localhost:3000", HOSTS, null));
    assertTrue(new Origins(false).allowed("http://api.test:5000", HOSTS, "api.test:5000"));
    assertFalse(new Origins(false).allowed("http://api.test:6000", HOSTS, "api.test:5000"));
  }
}
