package org.retellbridge.foundation.ledger;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import org.retellbridge.foundation.telephony.CallId;

/**
 * The process that {@link CrashTest} kills: repeated functions on a ledger, without a server. Each
 * worker goes through numbers; each number is an SMS and an event, and both are asked for again and
 * again. What was answered is printed, a line each.
 */
final class CrashingBridge {
  static final int WORKERS = 8;
  static final String UNCONFIRMED = "unconfirmed";

  private static final int LAST_NUMBERS = 40;
  private static final Kind SMS = new Kind("sms", false, false, UNCONFIRMED);
  private static final Kind EVENT = new Kind("event", true, false, UNCONFIRMED);

  private final HttpClient client = HttpClient.newHttpClient();
  private final URI twin;
  private final Books books;

  private CrashingBridge(URI twin, Path folder) {
    this.twin = twin;
    this.books = Books.open(Books.h2(folder), new EventCourier());
  }

  /** The twin's address, the data folder, the first number, and whether to end in good order. */
  public static void main(String[] arguments) throws Exception {
    CrashingBridge bridge = new CrashingBridge(URI.create(arguments[0]), Path.of(arguments[1]));
    int first = Integer.parseInt(arguments[2]);
    boolean last = Boolean.parseBoolean(arguments[3]);
    Thread[] workers = new Thread[WORKERS];
    for (int worker = 0; worker < WORKERS; worker++) {
      int mine = worker;
      workers[worker] =
          new Thread(
              () -> bridge.work(mine, first, last ? first + LAST_NUMBERS : Integer.MAX_VALUE));
      workers[worker].start();
    }
    for (Thread worker : workers) {
      worker.join();
    }
    Await.until(
        "the outbox is empty",
        () ->
            Books.get(bridge.books.ledger.database.run(bridge.books.ledger.gauge::read)).depth()
                == 0);
    bridge.books.close();
    say("END");
    System.exit(0);
  }

  private void work(int worker, int first, int end) {
    for (int number = first; number < end; number++) {
      String name = worker + "-" + number;
      var one = sms(name);
      var two = sms(name);
      var event = event(worker, name);
      Books.get(one);
      Books.get(two);
      Books.get(event);
      int earlier = ThreadLocalRandom.current().nextInt(Math.max(0, number - 50), number + 1);
      Books.get(sms(worker + "-" + earlier));
      Books.get(event(worker, worker + "-" + earlier));
    }
  }

  private CompletionStage<?> sms(String name) {
    EffectId effect =
        TestEffects.of(new CallId("call_" + name), "/send_sms", InvocationKey.toolCall("t"), SMS);
    return books
        .ledger
        .once
        .run(
            effect,
            () ->
                post("/sms/" + name)
                    .thenApply(
                        status ->
                            status == 200
                                ? new Outcome.Done("sent")
                                : new Outcome.Failed("refused")))
        .thenAccept(answer -> say("S " + name + " " + answer));
  }

  private CompletionStage<?> event(int worker, String name) {
    EffectId effect =
        TestEffects.of(
            new CallId("call_" + name), "/add_event", InvocationKey.toolCall("t"), EVENT);
    return books
        .ledger
        .outbox
        .accept(
            new Parcel("event", "customer " + worker, name, Instant.now(), "+61400000001 " + name),
            Until.ATTEMPTED,
            Optional.of(new Mark(effect, "accepted")))
        .thenAccept(accepted -> say("E " + name + " " + accepted.getClass().getSimpleName()));
  }

  private CompletableFuture<Integer> post(String path) {
    HttpRequest request =
        HttpRequest.newBuilder(twin.resolve(path))
            .timeout(Duration.ofSeconds(10))
            .POST(HttpRequest.BodyPublishers.noBody())
            .build();
    return client.sendAsync(request, BodyHandlers.discarding()).thenApply(it -> it.statusCode());
  }

  private static void say(String line) {
    synchronized (System.out) {
      System.out.println(line);
      System.out.flush();
    }
  }

  private final class EventCourier implements Courier {
    @Override
    public String kind() {
      return "event";
    }

    @Override
    public CompletionStage<Delivery> deliver(Parcel parcel) {
      return post("/event/" + parcel.messageId())
          .thenApply(
              status ->
                  status == 200
                      ? new Delivery.Delivered()
                      : new Delivery.Later("" + status, Optional.empty()));
    }
  }
}
