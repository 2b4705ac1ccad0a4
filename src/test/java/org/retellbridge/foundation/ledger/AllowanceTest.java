package org.retellbridge.foundation.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.retellbridge.foundation.ledger.Allowance.Reservation;
import org.retellbridge.foundation.telephony.CallId;
import org.retellbridge.foundation.telephony.PhoneNumber;

/** What becomes of places when the ledger comes or goes. */
class AllowanceTest {
  private static final CallId CALL = new CallId("call_1");

  @TempDir Path folder;

  @Test
  void takesNoPlaceInMemoryForARefusal() throws IOException {
    Path notAFolder = Files.writeString(folder.resolve("file"), "in the way");
    try (Books books = Books.start(Books.h2(notAFolder.resolve("data")))) {
      Reservation place = reserve(books).orElseThrow();
      assertThat(reserve(books)).isEmpty();
      assertThat(reserve(books)).isEmpty();
      Books.get(books.ledger.allowance.release(place));
      assertThat(reserve(books)).isPresent();
      assertThat(reserve(books)).isEmpty();
    }
  }

  @Test
  void givesNoPlaceOfMemoryBackToALedgerThatCame() throws IOException {
    Path notAFolder = Files.writeString(folder.resolve("file"), "in the way");
    try (Books books = Books.start(Books.h2(notAFolder.resolve("data")))) {
      Reservation place = reserve(books).orElseThrow();
      Files.delete(notAFolder);
      books.awaitUp();
      assertThat(reserve(books)).isPresent();
      Books.get(books.ledger.allowance.release(place));
      assertThat(books.taken(CALL, "sms")).isEqualTo(1);
      assertThat(reserve(books)).isEmpty();
    }
  }

  @Test
  void givesNoPlaceOfALedgerThatIsGoneBackToMemory() {
    try (Books books = Books.open(Books.h2(folder))) {
      Reservation place = reserve(books).orElseThrow();
      books.ledger.database.close();
      assertThat(reserve(books)).isPresent();
      Books.get(books.ledger.allowance.release(place));
      assertThat(reserve(books)).isEmpty();
    }
  }

  @Test
  void countsForANumberInMemoryToo() throws IOException {
    PhoneNumber number = new PhoneNumber("+61491570006");
    Path notAFolder = Files.writeString(folder.resolve("file"), "in the way");
    try (Books books = Books.start(Books.h2(notAFolder.resolve("data")))) {
      Reservation place = Books.get(books.ledger.allowance.reserve(number, "sms", 1)).orElseThrow();
      assertThat(Books.get(books.ledger.allowance.reserve(number, "sms", 1))).isEmpty();
      assertThat(place).asString().doesNotContain("61491570006");
      Books.get(books.ledger.allowance.release(place));
      assertThat(Books.get(books.ledger.allowance.reserve(number, "sms", 1))).isPresent();
    }
  }

  private static Optional<Reservation> reserve(Books books) {
    return Books.get(books.ledger.allowance.reserve(CALL, "sms", 1));
  }
}
