package org.retellbridge.foundation.traces;

import io.opentelemetry.api.trace.Span;
import java.util.function.BiConsumer;

/** Loaded only where the API is. */
final class CurrentSpan {
  private CurrentSpan() {}

  static BiConsumer<String, String> here() {
    Span span = Span.current();
    return span::setAttribute;
  }
}
