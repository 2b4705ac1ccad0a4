package org.retellbridge.foundation.traces;

import java.util.function.BiConsumer;
import org.eclipse.microprofile.config.ConfigProvider;
import org.retellbridge.foundation.telephony.CallId;
import org.retellbridge.foundation.telephony.CallSid;

/**
 * The span that the server opened for a request, where it has MicroProfile Telemetry; elsewhere
 * nothing. The server itself honours an incoming {@code traceparent}: its span continues the
 * sender's trace.
 */
public final class Trace {
  private static final String API = "io.opentelemetry.api.trace.Span";
  private static final String DISABLED = "otel.sdk.disabled";
  private static final boolean ON = there();
  private static final Trace NONE = new Trace((attribute, value) -> {});

  private final BiConsumer<String, String> span;

  private Trace(BiConsumer<String, String> span) {
    this.span = span;
  }

  /**
   * To be asked in the request's own thread, where the server keeps its span; good in any later.
   */
  public static Trace here() {
    return ON ? new Trace(CurrentSpan.here()) : NONE;
  }

  /**
   * Whether this server may open spans, as MicroProfile Telemetry's own setting says; its default
   * is not to.
   */
  public static boolean expected() {
    return ConfigProvider.getConfig()
        .getOptionalValue(DISABLED, Boolean.class)
        .map(disabled -> !disabled)
        .orElse(false);
  }

  /** Twilio's name for the call. */
  public void callSid(CallSid sid) {
    span.accept("twilio.call_sid", sid.value());
  }

  /** Retell's name for the call. */
  public void callId(CallId id) {
    span.accept("retell.call_id", id.value());
  }

  private static boolean there() {
    try {
      Class.forName(API, false, Trace.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException | LinkageError e) {
      return false;
    }
  }
}
