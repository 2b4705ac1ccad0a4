package org.retellbridge.foundation.ledger;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.retellbridge.foundation.telephony.CallId;

/**
 * The process of {@link FullDiskTest}: effects with long answers until the disk is full, and on
 * until it is not.
 */
final class FillingBridge {
  private static final Kind SMS = new Kind("sms", false, false, "unconfirmed");

  private FillingBridge() {}

  public static void main(String[] arguments) {
    Books books = Books.open(Books.h2(Path.of(arguments[0])));
    boolean full = false;
    for (int number = 0; !full || books.ledger.state().down().isPresent(); number++) {
      String answer = answer(number);
      Books.get(
          books.ledger.once.run(
              effect(number), () -> CompletableFuture.completedFuture(new Outcome.Done(answer))));
      Optional<String> down = books.ledger.state().down();
      if (down.isEmpty()) {
        System.out.println("KEPT " + number);
        continue;
      }
      System.out.println((full ? "MEANWHILE " : "DOWN " + down.get() + " ") + number);
      full = true;
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
    Await.until("all is saved", Duration.ofMinutes(1), () -> books.ledger.state().unsaved() == 0);
    books.close();
    System.out.println("END");
    System.exit(0);
  }

  static EffectId effect(int number) {
    return TestEffects.of(
        new CallId("call_" + number), "/send_sms", InvocationKey.toolCall("t"), SMS);
  }

  static String answer(int number) {
    return "answer " + number + "x".repeat(4_000);
  }
}
