package org.retellbridge.operations.console;

import static java.lang.System.Logger.Level.INFO;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.regex.Pattern;
import org.retellbridge.foundation.ledger.PhoneCall;
import org.retellbridge.foundation.telephony.PhoneNumber;
import org.retellbridge.foundation.webhooks.SignedRequest;
import org.retellbridge.operations.ClientAddress;

/**
 * Writes down which operator looked at whom. The console knows nobody's name; the proxy before it
 * may, and is believed, since whoever gets here holds the token anyway.
 */
@ApplicationScoped
public class Looks {
  private static final System.Logger LOGGER = System.getLogger(Looks.class.getName());
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._@+|:-]{1,80}");

  /** An open page asks again whenever something happens in its call. */
  private static final Duration ONE_LOOK = Duration.ofMinutes(10);

  private final Cache<String, Boolean> looks =
      Caffeine.newBuilder()
          .executor(Runnable::run) // else each use wakes the common pool
          .expireAfterWrite(ONE_LOOK)
          .maximumSize(10_000)
          .build();
  private ClientAddress address;

  Looks() {}

  @Inject
  Looks(ClientAddress address) {
    this.address = address;
  }

  /** To be asked while the request is there. */
  String who(SignedRequest request) {
    return request
            .header("X-Auth-Request-User")
            .filter(name -> NAME.matcher(name).matches())
            .orElse("somebody")
        + " at "
        + ClientAddress.shown(address.of(request));
  }

  void searched(String who, PhoneNumber number) {
    LOGGER.log(INFO, "console: {0} looked for the calls of {1}", who, number);
  }

  void opened(String who, PhoneCall call) {
    if (looks.asMap().putIfAbsent(who + "\n" + call.key(), true) == null) {
      LOGGER.log(
          INFO,
          "console: {0} opened call {1} of {2}",
          who,
          call.key(),
          call.outbound() ? call.to() : call.from());
    }
  }
}
