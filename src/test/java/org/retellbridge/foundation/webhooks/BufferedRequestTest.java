package org.retellbridge.foundation.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import org.junit.jupiter.api.Test;
import org.retellbridge.foundation.ledger.Await;

class BufferedRequestTest {

  @Test
  void letsABodyGoThatWasRead() throws IOException {
    byte[] body = new byte[100_000];
    WeakReference<byte[]> kept = new WeakReference<>(body);
    InputStream stream = new BufferedRequest.MemoryStream(body);
    assertThat(stream.readAllBytes()).hasSize(100_000);
    body = null;

    Await.until("nobody has the body", () -> collected(kept));
    assertThat(stream.read()).isEqualTo(-1);
    Reference.reachabilityFence(stream);
  }

  private static boolean collected(WeakReference<byte[]> kept) {
    System.gc();
    return kept.get() == null;
  }
}
