package org.retellbridge.partner.retell.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.inject.spi.AnnotatedType;
import jakarta.enterprise.inject.spi.ProcessAnnotatedType;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.math.BigDecimal;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.example.tools.OrderStatusResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.retellbridge.Logged;
import org.retellbridge.foundation.settings.TestSettings;

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

  /** Its class carries what other functions' methods do. */
  @Path("/quote")
  @ApplicationScoped
  @RetellFunction(name = "quote", description = "Quotes.")
  public static class ByItsClass {
    @POST
    public CompletionStage<Answer> quote(FunctionCall call) {
      return CompletableFuture.failedStage(new UnsupportedOperationException());
    }

    public int unasked(int number) {
      return number;
    }
  }

  @Test
  void findsAFunctionWhoseClassCarriesTheAnnotation() {
    assertThat(warnings(ByItsClass.class)).isEmpty();
    assertThat(FunctionMethods.of(ByItsClass.class))
        .extracting(Method::getName)
        .containsOnly("quote");
    assertThat(
            new ToolDefinitions(Set.of(ByItsClass.class), TestSettings.of())
                .all(URI.create("https://bridge.example.com")))
        .singleElement()
        .satisfies(tool -> assertThat(tool.asJsonObject().getString("name")).isEqualTo("quote"));
  }

  /** Takes the model's words as any resource takes a body. */
  @Path("/note")
  @ApplicationScoped
  public static class WithoutACall {
    @POST
    @RetellFunction(name = "note", description = "Notes.")
    public CompletionStage<Answer> note(String body) {
      return CompletableFuture.failedStage(new UnsupportedOperationException());
    }
  }

  /** Its answer is there at once. */
  @Path("/now")
  @ApplicationScoped
  public static class AtOnce {
    @POST
    @RetellFunction(name = "now", description = "Tells the time.")
    public Answer now(FunctionCall call) {
      throw new UnsupportedOperationException();
    }
  }

  /** Answers as a resource does that is no function. */
  @Path("/page")
  @ApplicationScoped
  public static class WithAResponse {
    @POST
    @RetellFunction(name = "page", description = "Shows a page.")
    public CompletionStage<Response> page(FunctionCall call) {
      return CompletableFuture.failedStage(new UnsupportedOperationException());
    }
  }

  /** Asked for with another verb. */
  @Path("/peek")
  @ApplicationScoped
  public static class WithGet {
    @GET
    @RetellFunction(name = "peek", description = "Peeks.")
    public CompletionStage<Answer> peek(FunctionCall call) {
      return CompletableFuture.failedStage(new UnsupportedOperationException());
    }
  }

  /** Seen by its own package only. */
  @Path("/secret")
  @ApplicationScoped
  public static class NotPublic {
    @POST
    @RetellFunction(name = "secret", description = "Tells nothing.")
    CompletionStage<Answer> secret(FunctionCall call) {
      return CompletableFuture.failedStage(new UnsupportedOperationException());
    }

    @POST
    @Path("/told")
    @RetellFunction(name = "told", description = "Tells.")
    public CompletionStage<Answer> told(FunctionCall call) {
      return CompletableFuture.failedStage(new UnsupportedOperationException());
    }
  }

  @ParameterizedTest
  @MethodSource("wrongShapes")
  void warnsOfAFunctionOfTheWrongShape(Class<?> type, String method, String advice) {
    assertThat(warnings(type))
        .singleElement()
        .asString()
        .startsWith("WARNING The function " + method + " of " + type.getName() + " ")
        .endsWith(advice);
  }

  static Stream<Arguments> wrongShapes() {
    return Stream.of(
        arguments(WithoutACall.class, "note", "Make FunctionCall its first parameter"),
        arguments(AtOnce.class, "now", "Return CompletionStage<Answer>"),
        arguments(WithAResponse.class, "page", "Return CompletionStage<Answer>"),
        arguments(WithGet.class, "peek", "with which Retell calls it. Give it one"),
        arguments(NotPublic.class, "secret", "Make it public"));
  }

  /** Three of its arguments are of types that the model's words do not become. */
  @Path("/count")
  @ApplicationScoped
  public static class Counting {
    public record Wanted(
        String what,
        Optional<String> where,
        BigDecimal price,
        Boolean gift,
        int many,
        List<String> colours,
        Optional<Integer> size) {}

    @POST
    @RetellFunction(name = "count", description = "Counts.", arguments = Wanted.class)
    public CompletionStage<Answer> count(FunctionCall call) {
      return CompletableFuture.failedStage(new UnsupportedOperationException());
    }
  }

  @Test
  void warnsOfArgumentsThatCannotBeGiven() {
    assertThat(warnings(Counting.class))
        .hasSize(3)
        .allMatch(line -> line.contains("function count of " + Counting.class.getName()))
        .anyMatch(line -> line.contains("its argument many, "))
        .anyMatch(line -> line.contains("its argument colours, "))
        .anyMatch(line -> line.contains("its argument size, "));
  }

  private static List<String> warnings(Class<?> type) {
    FunctionDiscovery discovery = new FunctionDiscovery();
    try (Logged log = Logged.by(FunctionShape.class)) {
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
