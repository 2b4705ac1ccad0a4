package org.retellbridge.partner.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.retellbridge.foundation.outbound.ScriptedServer.text;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.retellbridge.foundation.http.TestHttp;
import org.retellbridge.foundation.outbound.ScriptedServer;

class ProfilesOverHttpTest {
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}";
  private static final String PROFILES = "GET /v1/spaces/s%2F1/collections/users/profiles/";

  private ScriptedServer segment;
  private TestHttp http;

  @BeforeEach
  void open() throws IOException {
    segment = new ScriptedServer(text(OK));
    http = TestHttp.open();
  }

  @AfterEach
  void close() throws IOException {
    http.close();
    segment.close();
  }

  /** Of an identifier the first colon stays; a {@code +} would be answered with 500. */
  @ParameterizedTest
  @CsvSource({
    "phone:+61400000001,      phone:%2B61400000001",
    "client_id:client:bob,    client_id:client%3Abob",
    "client_id:client:a:b+c,  client_id:client%3Aa%3Ab%2Bc",
    "user_id:a b/c,           user_id:a%20b%2Fc",
    "user_id:a%20b,           user_id:a%2520b",
    "user_id:grün,            user_id:gr%C3%BCn"
  })
  void writesIdentifiersAsSegmentWantsThem(String plain, String encoded) {
    Scripted.await(profiles("/v1").events("Basic x", "s/1", plain, 10));
    assertThat(segment.requests.get(0))
        .startsWith(PROFILES + encoded + "/events?limit=10 HTTP/1.1\r\n");
  }

  @Test
  void writesWhatItIsGivenOfTheOtherParameters() {
    Optional<String> none = Optional.empty();
    Optional<String> two = Optional.of("name,plan");
    Scripted.await(profiles("/v1/").traits("Basic x", "s/1", "user_id:a", 200, none, none));
    Scripted.await(
        profiles("/v1").traits("Basic x", "s/1", "user_id:a", 2, two, Optional.of("a+b:c d")));
    assertThat(segment.requests.get(0))
        .startsWith(PROFILES + "user_id:a/traits?limit=200 HTTP/1.1\r\n");
    assertThat(segment.requests.get(1))
        .startsWith(
            PROFILES + "user_id:a/traits?limit=2&include=name%2Cplan&next=a%2Bb%3Ac%20d HTTP/1.1");
  }

  private ProfilesOverHttp profiles(String path) {
    return new ProfilesOverHttp(
        http.get(), URI.create(segment.uri() + path), Duration.ofSeconds(10));
  }
}
