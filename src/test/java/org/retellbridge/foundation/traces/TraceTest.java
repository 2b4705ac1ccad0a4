package org.retellbridge.foundation.traces;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.retellbridge.foundation.telephony.CallId;
import org.retellbridge.foundation.telephony.CallSid;

class TraceTest {
  private static final CallSid SID =
      CallSid.parse("CA00000000000000000000000000000001").orElseThrow();
  private static final CallId ID = CallId.parse("call_0123456789abcdef").orElseThrow();

  @Test
  void namesTheCallOnTheRequestsSpanFromAnyThread() {
    InMemorySpanExporter exporter = InMemorySpanExporter.create();
    SdkTracerProvider provider =
        SdkTracerProvider.builder().addSpanProcessor(SimpleSpanProcessor.create(exporter)).build();
    Tracer tracer = provider.get("test");
    Span span = tracer.spanBuilder("POST /start").startSpan();
    Trace trace;
    try (Scope scope = span.makeCurrent()) {
      trace = Trace.here();
      trace.callSid(SID);
    }
    CompletableFuture.runAsync(() -> trace.callId(ID)).join();
    span.end();

    assertThat(exporter.getFinishedSpanItems())
        .singleElement()
        .satisfies(
            it -> {
              assertThat(it.getAttributes().get(AttributeKey.stringKey("twilio.call_sid")))
                  .isEqualTo(SID.value());
              assertThat(it.getAttributes().get(AttributeKey.stringKey("retell.call_id")))
                  .isEqualTo(ID.value());
            });
  }

  @Test
  void doesNothingWithoutASpan() {
    Trace.here().callSid(SID);

    assertThat(Span.current().getSpanContext().isValid()).isFalse();
  }

  /** As on a server that has no OpenTelemetry. */
  @Test
  void doesNothingWithoutTheApi() throws ReflectiveOperationException {
    Class<?> type = new WithoutTheApi().loadClass(Trace.class.getName());

    Object trace = type.getMethod("here").invoke(null);

    assertThat(trace).isSameAs(type.getMethod("here").invoke(null));
    assertThat(trace.getClass().getClassLoader()).isNotSameAs(Trace.class.getClassLoader());
  }

  /** Loads the package anew, and nothing of OpenTelemetry. */
  private static final class WithoutTheApi extends ClassLoader {
    private WithoutTheApi() {
      super(Trace.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (name.startsWith("io.opentelemetry.")) {
        throw new ClassNotFoundException(name);
      }
      if (!name.startsWith(Trace.class.getPackageName())) {
        return super.loadClass(name, resolve);
      }
      Class<?> known = findLoadedClass(name);
      return known == null ? define(name) : known;
    }

    private Class<?> define(String name) throws ClassNotFoundException {
      try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
        byte[] bytes = in.readAllBytes();
        return defineClass(name, bytes, 0, bytes.length);
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }
  }
}
