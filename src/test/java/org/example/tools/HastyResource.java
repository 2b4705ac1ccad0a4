package org.example.tools;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.net.http.HttpTimeoutException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.retellbridge.foundation.json.JsonText;
import org.retellbridge.partner.retell.functions.Answer;
import org.retellbridge.partner.retell.functions.FunctionCall;
import org.retellbridge.partner.retell.functions.RetellFunction;

/** Functions of a company that does what the documents advise against. */
@Path("/")
@ApplicationScoped
public class HastyResource {
  private final AtomicInteger acted = new AtomicInteger();
  private final AtomicInteger ordered = new AtomicInteger();
  private final CountDownLatch begun = new CountDownLatch(1);
  private final CountDownLatch released = new CountDownLatch(1);

  @POST
  @Path("/reorder")
  @RetellFunction(name = "reorder", description = "Tells how often it has ordered.")
  public CompletionStage<Answer> reorder(FunctionCall call) {
    return said("times: " + ordered.incrementAndGet());
  }

  @POST
  @Path("/open_orders")
  @RetellFunction(name = "open_orders", description = "Answers a list, with a status of its own.")
  public CompletionStage<Answer> openOrders(FunctionCall call) {
    return CompletableFuture.completedStage(
        new Answer(
            201,
            Answer.Outcome.DONE,
            JsonText.array().add(JsonText.object().add("order", "1")).build()));
  }

  @POST
  @Path("/find_order")
  @RetellFunction(name = "find_order", description = "Fails, and says for whom.")
  public CompletionStage<Answer> findOrder(FunctionCall call) {
    return CompletableFuture.completedStage(
        Answer.failed("There is no order for Mia Example, 1 Example Street."));
  }

  @POST
  @Path("/broken_jar")
  @RetellFunction(name = "broken_jar", description = "Needs a class that its jar does not bring.")
  public CompletionStage<Answer> brokenJar(FunctionCall call) {
    throw new NoClassDefFoundError("com/acme/Missing");
  }

  /** The company's system does what it is asked, and its answer is lost. */
  @POST
  @Path("/answer_lost")
  @RetellFunction(name = "answer_lost", description = "Acts, and does not learn that it did.")
  public CompletionStage<Answer> answerLost(FunctionCall call) {
    acted.incrementAndGet();
    return CompletableFuture.failedStage(new HttpTimeoutException("request timed out"));
  }

  @POST
  @Path("/acted")
  @RetellFunction(
      name = "acted",
      description = "Tells how often the other one acted.",
      effect = RetellFunction.Effect.NONE)
  public CompletionStage<Answer> acted(FunctionCall call) {
    return said("times: " + acted);
  }

  @POST
  @Path("/crm/customers/orders/status_of_the_latest")
  @RetellFunction(name = "latest_order", description = "Has a long path.")
  public CompletionStage<Answer> latestOrder(FunctionCall call) {
    return said("sent");
  }

  @POST
  @Path("/blocking")
  @RetellFunction(name = "blocking", description = "Holds its thread until it is released.")
  public CompletionStage<Answer> blocking(FunctionCall call) {
    begun.countDown();
    return said(await(released));
  }

  @POST
  @Path("/blocked")
  @RetellFunction(
      name = "blocked",
      description = "Waits until the other one holds its thread.",
      effect = RetellFunction.Effect.NONE)
  public CompletionStage<Answer> blocked(FunctionCall call) {
    return said(await(begun));
  }

  @POST
  @Path("/release")
  @RetellFunction(
      name = "release",
      description = "Lets the other one go on.",
      effect = RetellFunction.Effect.NONE)
  public CompletionStage<Answer> release(FunctionCall call) {
    released.countDown();
    return said("released by " + Thread.currentThread().getName());
  }

  private static String await(CountDownLatch latch) {
    try {
      return (latch.await(90, TimeUnit.SECONDS) ? "in time, by " : "too late, by ")
          + Thread.currentThread().getName();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static CompletionStage<Answer> said(String what) {
    return CompletableFuture.completedStage(
        Answer.done(JsonText.object().add("said", what).build()));
  }
}
