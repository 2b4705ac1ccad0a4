package org.retellbridge.operations;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.retellbridge.foundation.ledger.OwnersFolder;
import org.retellbridge.foundation.settings.Catalogue;
import org.retellbridge.foundation.settings.Settings;
import org.retellbridge.foundation.webhooks.ConstantTime;

/**
 * The token that opens the operating side: {@code OPERATIONS_TOKEN}, else one that is made at first
 * start and kept in {@code operations.token} of the data folder, readable by the owner alone.
 */
@ApplicationScoped
public class OperationsToken {
  private static final System.Logger LOGGER = System.getLogger(OperationsToken.class.getName());
  private static final String SCHEME = "Bearer ";
  private static final int BYTES = 32;

  /** As of one that is set. */
  private static final int LEAST = 16;

  private Settings settings;
  private String value;

  /** For CDI's proxies. */
  protected OperationsToken() {}

  @Inject
  OperationsToken(Settings settings) {
    this.settings = settings;
  }

  /** Makes the file at start rather than at the first request, so that operators find it. */
  void start(@Observes @Initialized(ApplicationScoped.class) Object event) {
    value();
  }

  @PostConstruct
  void find() {
    value = settings.find(Catalogue.OPERATIONS_TOKEN).orElseGet(this::kept);
  }

  /**
   * A key that only holders of the token can derive, and that does not give the token away.
   *
   * @param purpose keys for different purposes have nothing in common
   */
  public byte[] keyFor(String purpose) {
    return mac(purpose);
  }

  String value() {
    return value;
  }

  /**
   * Whether somebody holds the token; takes the same time for every wrong one.
   *
   * @param authorization each line of the request's {@code Authorization}
   */
  public boolean opens(List<String> authorization) {
    if (authorization.size() != 1) {
      return false;
    }
    String header = authorization.get(0);
    return header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
        && ConstantTime.equal(value(), header.substring(SCHEME.length()).strip());
  }

  /** A seal that only holders of the token can make, so that the token itself need not travel. */
  public byte[] seal(String text) {
    return mac(text);
  }

  private byte[] mac(String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(value().getBytes(UTF_8), "HmacSHA256"));
      return mac.doFinal(text.getBytes(UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has HMAC-SHA256", e);
    }
  }

  private String kept() {
    Path file = Path.of(settings.get(Catalogue.BRIDGE_DATA_DIR), "operations.token");
    try {
      boolean made = !Files.exists(file) && OwnersFolder.place(file, random() + "\n");
      tell(
          made ? "An operations token was made; it is in {0}" : "The operations token is in {0}",
          file);
      // Also of one that was just made: another process may have been faster.
      return whole(Files.readString(file, US_ASCII).strip());
    } catch (IOException e) {
      LOGGER.log(
          WARNING,
          "OPERATIONS_TOKEN is not set or not usable, and {0} can be neither read nor made ({1}):"
              + " the operating side stays shut until one of them is mended",
          file.toAbsolutePath(),
          e instanceof Partial ? e.getMessage() : e.getClass().getSimpleName());
      return random();
    }
  }

  /**
   * Refused rather than made anew: where there are no links, another process may be writing it just
   * now.
   */
  private static String whole(String token) throws Partial {
    if (token.length() < LEAST) {
      throw new Partial();
    }
    return token;
  }

  /** Who has set a token of their own would look for the reason of a 404 in vain. */
  private void tell(String sentence, Path file) {
    boolean refused =
        settings.findings().stream()
            .anyMatch(finding -> finding.setting() == Catalogue.OPERATIONS_TOKEN);
    LOGGER.log(
        refused ? WARNING : INFO,
        refused ? "OPERATIONS_TOKEN is not usable and does not count. " + sentence : sentence,
        file.toAbsolutePath());
  }

  private static String random() {
    byte[] bytes = new byte[BYTES];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  private static final class Partial extends IOException {
    private static final long serialVersionUID = 1L;

    Partial() {
      super("fewer than " + LEAST + " characters: delete it, and a start makes another");
    }
  }
}
