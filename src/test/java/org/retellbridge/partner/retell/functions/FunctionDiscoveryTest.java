package org.retellbridge.partner.retell.functions;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.inject.spi.AnnotatedType;
import jakarta.enterprise.inject.spi.ProcessAnnotatedType;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.example.tools.OrderStatusResource;
import org.junit.jupiter.api.Test;
import org.retellbridge.Logged;

class FunctionDiscoveryTest {

  /** One method of two asks for a transaction. */
  @Path("/")
  @ApplicationScoped
  public static class OneInATransaction {
    @POST
    @Path("/book")
    @Transactional
    @RetellFunction(name = "book", description = "Books.")
    public CompletionStage<Answer> book(FunctionCall call) {
      return CompletableFuture.failedStage(new UnsupportedOperationException());
    }

    @POST
    @Path("/cancel")
    @RetellFunction(name = "cancel", description = "Cancels.")
    public CompletionStage<Answer> cancel(FunctionCall call) {
      return CompletableFuture.failedStage(new UnsupportedOperationException());
    }
  }

  /** Lives as long as its request, and asks for a transaction around all. */
  @Path("/order")
  @RequestScoped
  @Transactional
  public static class AllInATransaction {
    @POST
    @RetellFunction(name = "order", description = "Orders.")
    public CompletionStage<Answer> order(FunctionCall call) {
      return CompletableFuture.failedStage(new UnsupportedOperationException());
    }
  }

  @Test
  void warnsOfATransactionThatDoesNotReachAFunction() {
    assertThat(warnings(OneInATransaction.class))
        .singleElement()
        .asString()
        .startsWith("WARNING @Transactional does not reach the function /book of ");
  }

  @Test
  void warnsOfWhatAClassCarries() {
    assertThat(warnings(AllInATransaction.class))
        .hasSize(2)
        .anyMatch(line -> line.contains("AllInATransaction is @RequestScoped: its functions may"))
        .anyMatch(line -> line.contains("does not reach the function /order of "));
  }

  @Test
  void saysNothingOfAFunctionAsItShouldBe() {
    assertThat(warnings(OrderStatusResource.class)).isEmpty();
  }

  private static List<String> warnings(Class<?> type) {
    FunctionDiscovery discovery = new FunctionDiscovery();
    try (Logged log = Logged.by(OutOfReach.class)) {
      discovery.find(event(type));
      assertThat(discovery.classes()).containsExactly(type);
      return log.lines();
    }
  }

  private static ProcessAnnotatedType<?> event(Class<?> type) {
    Object annotated = answering(AnnotatedType.class, "getJavaClass", type);
    return (ProcessAnnotatedType<?>)
        answering(ProcessAnnotatedType.class, "getAnnotatedType", annotated);
  }

  private static Object answering(Class<?> type, String method, Object answer) {
    return Proxy.newProxyInstance(
        type.getClassLoader(),
        new Class<?>[] {type},
        (proxy, called, arguments) -> {
          assertThat(called.getName()).isEqualTo(method);
          return answer;
        });
  }
}
