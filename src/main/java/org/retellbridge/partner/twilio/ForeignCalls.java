package org.retellbridge.partner.twilio;

import static java.lang.System.Logger.Level.WARNING;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.retellbridge.foundation.settings.Catalogue;
import org.retellbridge.foundation.settings.Settings;
import org.retellbridge.foundation.telephony.CallSid;
import org.retellbridge.foundation.telephony.Masked;
import org.retellbridge.foundation.webhooks.LineLimit;

/**
 * Calls of another Twilio account than {@code ACCOUNT_SID}. A second token in {@code AUTH_TOKEN}
 * lets them in, but Twilio's API is asked for one account, in which there is no such call.
 */
@ApplicationScoped
public class ForeignCalls {
  private static final System.Logger LOGGER = System.getLogger(ForeignCalls.class.getName());
  private static final Duration MEMORY = Duration.ofHours(4);
  private static final long MOST = 20_000;

  private final Cache<CallSid, Boolean> calls =
      Caffeine.newBuilder()
          .executor(Runnable::run) // else each use wakes the common pool
          .maximumSize(MOST)
          .expireAfterWrite(MEMORY)
          .build();

  private Optional<String> ours = Optional.empty();
  private LineLimit lines;
  private volatile Optional<String> sentence = Optional.empty();

  ForeignCalls() {}

  @Inject
  ForeignCalls(Settings settings) {
    this(settings, new LineLimit(System::nanoTime, Duration.ofMinutes(1)));
  }

  ForeignCalls(Settings settings, LineLimit lines) {
    this.ours = settings.find(Catalogue.ACCOUNT_SID);
    this.lines = lines;
  }

  /** Looks whose call it is that a genuine webhook is about. */
  void look(Fields fields) {
    if (ours.isEmpty()) {
      return;
    }
    fields
        .find("AccountSid")
        .filter(account -> !account.equals(ours.get()))
        .ifPresent(
            account -> {
              fields
                  .find("CallSid")
                  .flatMap(CallSid::parse)
                  .ifPresent(call -> calls.put(call, Boolean.TRUE));
              tell(account);
            });
  }

  /** Whether this node was told that the call is another account's. */
  public boolean has(CallSid callSid) {
    return calls.getIfPresent(callSid) != null;
  }

  /** What operators should look at, a sentence each. */
  public List<String> toLookAt() {
    return sentence.stream().toList();
  }

  private void tell(String account) {
    lines
        .pass("account")
        .ifPresent(
            leftOut -> {
              String found =
                  "ACCOUNT_SID: calls of another Twilio account ("
                      + Masked.of(account)
                      + ") come in. They reach the agent, but cannot be transferred, and SMS and"
                      + " tasks are this account's. Give each Twilio account a bridge of its own.";
              sentence = Optional.of(found);
              LOGGER.log(WARNING, "{0}{1}", found, LineLimit.more(leftOut));
            });
  }
}
