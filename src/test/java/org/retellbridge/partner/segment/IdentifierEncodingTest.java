package org.retellbridge.partner.segment;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IdentifierEncodingTest {
  private static final String PROFILES = "http://127.0.0.1:8080/v1/spaces/s/profiles/";

  @ParameterizedTest
  @CsvSource({
    "phone:+61400000001/traits,             phone:%2B61400000001/traits",
    "client_id:client:bob/traits,           client_id:client%3Abob/traits",
    "client_id:client:a:b+c/events,         client_id:client%3Aa%3Ab%2Bc/events",
    "phone:%2B61400000001/traits,           phone:%2B61400000001/traits",
    "user_id:a%20b%2Fc/traits,              user_id:a%20b%2Fc/traits",
    "phone:+61/traits?limit=200&next=a+b:c, phone:%2B61/traits?limit=200&next=a+b:c"
  })
  void writesIdentifiersAsSegmentWantsThem(String plain, String encoded) {
    assertThat(IdentifierEncoding.encoded(URI.create(PROFILES + plain)))
        .hasToString(PROFILES + encoded);
  }
}
