package org.retellbridge.foundation.webhooks;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;

class BodyTest {
  private static final int LONG = Body.SHORT + 1;

  private final BodyBudget.Account account = new BodyBudget.Account(10);
  private final BodyBudget.Account large = new BodyBudget.Account(LONG);

  @Test
  void takesWhatIsThere() throws IOException {
    Body body = new Body(8, account);
    assertThat(body.take(stream("abcdef"), 4)).isNull();
    assertThat(body.bytes()).asString(US_ASCII).isEqualTo("abcd");
  }

  @Test
  void takesWhatIsShortAndThereWhateverTheBudgetHolds() throws IOException {
    assertThat(account.reserve(10)).isTrue();
    Body body = new Body(Body.SHORT, account);
    assertThat(body.take(stream("x".repeat(Body.SHORT)), Body.SHORT)).isNull();
    assertThat(body.bytes()).hasSize(Body.SHORT);
    body.settle();
    assertThat(account.held()).isEqualTo(10);
  }

  @Test
  void drawsOnTheBudgetForWhatIsLong() throws IOException {
    Body body = new Body(LONG, large);
    assertThat(body.take(stream("x".repeat(LONG)), LONG)).isNull();
    assertThat(large.held()).isEqualTo(LONG);
  }

  @Test
  void takesWhatComesBitByBit() throws IOException {
    Body body = new Body(8, account);
    assertThat(body.takeSome(stream("abc"))).isNull();
    assertThat(body.takeSome(stream(""))).isNull();
    assertThat(body.takeSome(stream("defgh"))).isNull();
    assertThat(body.bytes()).asString(US_ASCII).isEqualTo("abcdefgh");
    assertThat(account.held()).isEqualTo(8);
    assertThat(body.size()).as("what is kept until the answer is sent").isZero();
  }

  @Test
  void refusesOneByteBeyondItsLimit() throws IOException {
    Body body = new Body(8, account);
    assertThat(body.takeSome(stream("abcdefgh"))).isNull();
    assertThat(body.takeSome(stream("i"))).isEqualTo(Refusal.TOO_LARGE);
  }

  @Test
  void refusesWhatTheBudgetDoesNotHold() throws IOException {
    assertThat(account.reserve(5)).isTrue();
    assertThat(new Body(LONG, account).take(stream("x".repeat(LONG)), LONG))
        .isEqualTo(Refusal.BUSY);
    assertThat(new Body(8, account).takeSome(stream("abcdef"))).isEqualTo(Refusal.BUSY);
    assertThat(account.held()).isEqualTo(5);
  }

  @Test
  void givesEverythingBackOnce() throws IOException {
    assertThat(account.reserve(2)).isTrue();
    Body body = new Body(8, account);
    body.takeSome(stream("abc"));
    body.takeSome(stream("de"));
    body.settle();
    body.settle();
    assertThat(account.held()).isEqualTo(2);
  }

  @Test
  void givesBackWhatItReservedForAStreamThatEndsEarly() throws IOException {
    Body body = new Body(LONG, large);
    body.take(stream("ab"), LONG);
    assertThat(large.held()).isEqualTo(LONG);
    body.settle();
    assertThat(large.held()).isZero();
  }

  @Test
  void givesBackWhatItReservedForAStreamThatBreaks() {
    Body body = new Body(LONG, large);
    InputStream broken =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("cut");
          }
        };
    assertThatThrownBy(() -> body.take(broken, LONG)).isInstanceOf(IOException.class);
    assertThat(large.held()).isEqualTo(LONG);
    body.settle();
    assertThat(large.held()).isZero();
  }

  /** The time limit settles a body on one thread while another still reads it. */
  @Test
  void owesNothingForWhatComesAfterTheEnd() throws IOException {
    Body body = new Body(8, account);
    body.takeSome(stream("abc"));
    body.settle();
    body.takeSome(stream("def"));
    assertThat(account.held()).isZero();
  }

  private static InputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(US_ASCII));
  }
}
