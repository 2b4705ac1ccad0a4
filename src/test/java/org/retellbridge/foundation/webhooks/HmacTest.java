package org.retellbridge.foundation.webhooks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.Provider;
import java.security.Security;
import java.security.spec.AlgorithmParameterSpec;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import javax.crypto.Mac;
import javax.crypto.MacSpi;
import org.junit.jupiter.api.Test;

class HmacTest {
  /** RFC 4231, test case 2. */
  private static final String DIGEST =
      "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";

  private static final String TEXT = "what do ya want for nothing?";

  private final Hmac hmac = new Hmac("HmacSHA256", "Jefe");

  @Test
  void digestsAsTheStandardSays() {
    assertThat(hex(TEXT)).isEqualTo(DIGEST);
  }

  @Test
  void takesPartsForOneText() {
    assertThat(hex("what do ya ", "", "want for nothing?")).isEqualTo(DIGEST);
  }

  @Test
  void remembersNothingOfEarlierTexts() {
    hmac.of("something else".getBytes(UTF_8));

    assertThat(hex(TEXT)).isEqualTo(DIGEST);
  }

  @Test
  void servesManyThreadsAtOnce() {
    var digests =
        IntStream.range(0, 2_000)
            .mapToObj(i -> CompletableFuture.supplyAsync(() -> hex(TEXT)))
            .toList();

    assertThat(digests).allSatisfy(digest -> assertThat(digest.join()).isEqualTo(DIGEST));
  }

  /** As PKCS#11's, which is the first one where Java keeps to FIPS. */
  @Test
  void digestsWithAProviderWhoseDigestsCannotBeCopied() {
    Provider hardware = new Hardware();
    Security.insertProviderAt(hardware, 1);
    try {
      Hmac copied = new Hmac("HmacSHA256", "Jefe");
      for (int i = 0; i < 2; i++) {
        assertThat(HexFormat.of().formatHex(copied.of(TEXT.getBytes(UTF_8)))).isEqualTo(DIGEST);
      }
    } finally {
      Security.removeProvider(hardware.getName());
    }
  }

  private static final class Hardware extends Provider {
    private static final long serialVersionUID = 1L;

    Hardware() {
      super("Hardware", "1", "digests that cannot be copied");
      put("Mac.HmacSHA256", NoCopies.class.getName());
    }
  }

  /** Around Java's own, and not {@link Cloneable}. */
  public static final class NoCopies extends MacSpi {
    private final Mac mac;

    public NoCopies() throws GeneralSecurityException {
      mac = Mac.getInstance("HmacSHA256", "SunJCE");
    }

    @Override
    protected int engineGetMacLength() {
      return mac.getMacLength();
    }

    @Override
    protected void engineInit(Key key, AlgorithmParameterSpec parameters)
        throws InvalidKeyException, InvalidAlgorithmParameterException {
      mac.init(key, parameters);
    }

    @Override
    protected void engineUpdate(byte input) {
      mac.update(input);
    }

    @Override
    protected void engineUpdate(byte[] input, int offset, int length) {
      mac.update(input, offset, length);
    }

    @Override
    protected byte[] engineDoFinal() {
      return mac.doFinal();
    }

    @Override
    protected void engineReset() {
      mac.reset();
    }
  }

  private String hex(String... parts) {
    byte[][] bytes = new byte[parts.length][];
    for (int i = 0; i < parts.length; i++) {
      bytes[i] = parts[i].getBytes(UTF_8);
    }
    return HexFormat.of().formatHex(hmac.of(bytes));
  }
}
