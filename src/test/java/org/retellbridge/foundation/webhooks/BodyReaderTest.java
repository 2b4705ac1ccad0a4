package org.retellbridge.foundation.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.EOFException;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BodyReaderTest {
  private static final String BUSY = "status 503";

  private final ScheduledExecutorService timers = Executors.newScheduledThreadPool(1);
  private final BodyBudget.Account account = new BodyBudget.Account(100);
  private final List<String> done = new ArrayList<>();
  private final Coming body = new Coming();
  private Error ofDispatch;
  private Error ofRefusal;
  private final HttpServletRequest request =
      FakeRequest.post("/retell/events").coming(body, context()).servlet();

  @AfterEach
  void close() {
    timers.shutdownNow();
  }

  @Test
  void sendsTheRequestOnItsWayWithWhatCame() throws IOException {
    body.brings(3, 5);
    comesAndEnds();

    assertThat(done).containsExactly("dispatch");
    assertThat(SignedRequest.of(request).body()).hasSize(8);
    assertThat(account.held()).isZero();
  }

  /** An empty 200 would be taken for an answer, and an event would be lost. */
  @Test
  void asksForARepeatWhenThereIsNoMemoryForIt() throws IOException {
    body.brings(3).fails(new OutOfMemoryError());
    comesAndEnds();

    assertThat(done).containsExactly(BUSY, "refused BUSY", "complete");
    assertThat(account.held()).isZero();
  }

  @Test
  void asksForARepeatWhenTheServerSaysThatItFailed() throws IOException {
    begin().onError(new OutOfMemoryError());

    assertThat(done).containsExactly(BUSY, "refused BUSY", "complete");
  }

  @Test
  void asksForARepeatWhenTheRequestCannotGoOn() throws IOException {
    ofDispatch = new OutOfMemoryError();
    body.brings(3);
    comesAndEnds();

    assertThat(done).containsExactly(BUSY, "refused BUSY", "complete");
  }

  @Test
  void endsTheRequestAlsoWhenItCannotEvenRefuse() throws IOException {
    ofRefusal = new OutOfMemoryError();
    ReadListener reader = begin();

    assertThatThrownBy(() -> reader.onError(new OutOfMemoryError())).isSameAs(ofRefusal);
    assertThat(done).containsExactly(BUSY, "complete");
  }

  /** A server's own time limit for a read looks the same, and its sender is still there. */
  @Test
  void neverTellsASenderWhoseBodyWasCutThatItWasTaken() throws IOException {
    begin().onError(new EOFException());

    assertThat(done).containsExactly("status 400", "complete");
  }

  @Test
  void endsOnce() throws IOException {
    ReadListener reader = begin();
    reader.onError(new EOFException());
    done.clear();

    reader.onError(new OutOfMemoryError());
    reader.onAllDataRead();

    assertThat(done).isEmpty();
  }

  /** The reader, as the server knows it. */
  private ReadListener begin() throws IOException {
    HttpServletResponse response =
        fake(
            HttpServletResponse.class,
            (proxy, called, arguments) -> {
              done.add("status " + arguments[0]);
              return null;
            });
    BodyReader.start(timers, false, request, response, new Body(50, account), this::refused);
    return body.listener;
  }

  /** Calls the reader as a server does. */
  private void comesAndEnds() throws IOException {
    ReadListener reader = begin();
    try {
      reader.onDataAvailable();
      reader.onAllDataRead();
    } catch (Throwable e) {
      reader.onError(e);
    }
  }

  private void refused(Refusal refusal) {
    if (ofRefusal != null) {
      throw ofRefusal;
    }
    done.add("refused " + refusal);
  }

  private AsyncContext context() {
    return fake(
        AsyncContext.class,
        (proxy, called, arguments) -> {
          if (called.getName().equals("dispatch") && ofDispatch != null) {
            throw ofDispatch;
          }
          if (called.getParameterCount() == 0) {
            done.add(called.getName());
          }
          return null;
        });
  }

  private static <T> T fake(Class<T> type, InvocationHandler handler) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }

  /** A body in pieces. */
  private static final class Coming extends ServletInputStream {
    private final Queue<Integer> pieces = new ArrayDeque<>();
    private Error failure;
    private ReadListener listener;

    Coming brings(Integer... lengths) {
      pieces.addAll(List.of(lengths));
      return this;
    }

    void fails(Error with) {
      failure = with;
    }

    @Override
    public int read(byte[] buffer) {
      if (!pieces.isEmpty()) {
        return pieces.remove();
      }
      throw failure;
    }

    @Override
    public int read() {
      throw new UnsupportedOperationException("byte by byte");
    }

    @Override
    public boolean isReady() {
      return !pieces.isEmpty() || failure != null;
    }

    @Override
    public boolean isFinished() {
      return false;
    }

    @Override
    public void setReadListener(ReadListener reader) {
      listener = reader;
    }
  }
}
