package org.retellbridge.foundation.webhooks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HmacTest {
  /** RFC 4231, test case 2. */
  private static final String DIGEST =
      "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";

  private final Hmac hmac = new Hmac("HmacSHA256", "Jefe");

  @Test
  void digestsAsTheStandardSays() {
    assertThat(hex("what do ya want for nothing?")).isEqualTo(DIGEST);
  }

  @Test
  void takesPartsForOneText() {
    assertThat(hex("what do ya ", "", "want for nothing?")).isEqualTo(DIGEST);
  }

  @Test
  void remembersNothingOfEarlierTexts() {
    hmac.of("something else".getBytes(UTF_8));

    assertThat(hex("what do ya want for nothing?")).isEqualTo(DIGEST);
  }

  @Test
  void servesManyThreadsAtOnce() {
    var digests =
        IntStream.range(0, 2_000)
            .mapToObj(i -> CompletableFuture.supplyAsync(() -> hex("what do ya want for nothing?")))
            .toList();

    assertThat(digests).allSatisfy(digest -> assertThat(digest.join()).isEqualTo(DIGEST));
  }

  private String hex(String... parts) {
    byte[][] bytes = new byte[parts.length][];
    for (int i = 0; i < parts.length; i++) {
      bytes[i] = parts[i].getBytes(UTF_8);
    }
    return HexFormat.of().formatHex(hmac.of(bytes));
  }
}
