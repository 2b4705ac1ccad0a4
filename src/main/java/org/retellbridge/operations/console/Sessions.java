package org.retellbridge.operations.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.retellbridge.operations.OperationsToken;

/**
 * Sessions that no server keeps: a ticket says until when it is good and is signed with a key
 * derived from the operations token. So every node knows it, and a new token ends all of them.
 */
@ApplicationScoped
public class Sessions {
  static final Duration LENGTH = Duration.ofHours(10);

  private static final Pattern TICKET =
      Pattern.compile("([0-9]{10,12})\\.([0-9a-f]{32})\\.([A-Za-z0-9_-]{43})");
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int NAME_BYTES = 16;

  private byte[] ticketKey;
  private byte[] formKey;
  private Clock clock;

  Sessions() {}

  @Inject
  Sessions(OperationsToken token) {
    this(token.keyFor("console ticket 1"), token.keyFor("console form 1"), Clock.systemUTC());
  }

  Sessions(byte[] ticketKey, byte[] formKey, Clock clock) {
    this.ticketKey = ticketKey.clone();
    this.formKey = formKey.clone();
    this.clock = clock;
  }

  /** The ticket of a new session. */
  String open() {
    byte[] name = new byte[NAME_BYTES];
    RANDOM.nextBytes(name);
    String content =
        clock.instant().plus(LENGTH).getEpochSecond() + "." + HexFormat.of().formatHex(name);
    return content + "." + mac(ticketKey, content);
  }

  /** The session of a ticket; empty when it is over or not of our making. */
  Optional<Session> of(String ticket) {
    Matcher parts = TICKET.matcher(ticket);
    if (!parts.matches()) {
      return Optional.empty();
    }
    String expected = mac(ticketKey, parts.group(1) + "." + parts.group(2));
    Instant ends = Instant.ofEpochSecond(Long.parseLong(parts.group(1)));
    return same(expected, parts.group(3)) && clock.instant().isBefore(ends)
        ? Optional.of(new Session(parts.group(2), ends, mac(formKey, parts.group(2))))
        : Optional.empty();
  }

  /** Whether a request that acts comes from a page of the session. */
  boolean fromItsPage(Session session, String presented) {
    return same(session.formToken(), presented);
  }

  private static boolean same(String expected, String presented) {
    return MessageDigest.isEqual(expected.getBytes(UTF_8), presented.getBytes(UTF_8));
  }

  private static String mac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(mac.doFinal(text.getBytes(UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has HMAC-SHA256", e);
    }
  }
}
