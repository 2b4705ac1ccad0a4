package org.retellbridge.foundation.webhooks;

import static java.lang.annotation.RetentionPolicy.RUNTIME;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NameBinding;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.lang.annotation.Annotation;
import java.lang.annotation.Retention;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.retellbridge.foundation.webhooks.FastPath.Route;

class PlainMethodsTest {
  @NameBinding
  @Retention(RUNTIME)
  @interface Known {}

  @NameBinding
  @Retention(RUNTIME)
  @interface AlsoKnown {}

  @NameBinding
  @Retention(RUNTIME)
  @interface Unknown {}

  @Retention(RUNTIME)
  @interface SomebodysOwn {}

  private final PlainMethods methods =
      new PlainMethods(List.of(new Bound(Known.class), new Bound(AlsoKnown.class)));

  @Path("/calls")
  @Known
  @OnFastPath
  @ApplicationScoped
  public static class Plain {
    @POST
    public Response at() {
      return Response.ok("at once", "text/plain").build();
    }

    @GET
    @Path("later")
    public CompletionStage<Response> later() {
      return CompletableFuture.completedStage(Response.ok("later", "text/plain").build());
    }
  }

  @Test
  void findsPlainMethodsAndCallsThem() throws Exception {
    List<Route> routes =
        methods.of(Plain.class, Plain::new).values().stream().flatMap(Optional::stream).toList();

    assertThat(routes)
        .extracting(Route::name)
        .containsExactlyInAnyOrder("POST /calls", "GET /calls/later");
    assertThat(routes).allSatisfy(it -> assertThat(it.signedBy()).containsExactly("somebody"));
    assertThat(answer(routes, "POST /calls")).isEqualTo("at once");
    assertThat(answer(routes, "GET /calls/later")).isEqualTo("later");
  }

  private static Object answer(List<Route> routes, String name) throws Exception {
    Route route = routes.stream().filter(it -> it.name().equals(name)).findAny().orElseThrow();
    return route.endpoint().answer(null).toCompletableFuture().join().getEntity();
  }

  @Path("/other")
  @ApplicationScoped
  public static class Other {
    @POST
    @Path("/unbound")
    @OnFastPath
    public Response unbound() {
      return null;
    }

    @POST
    @Path("/bound-twice")
    @Known
    @AlsoKnown
    @OnFastPath
    public Response boundTwice() {
      return null;
    }

    @POST
    @Path("/bound-elsewhere-too")
    @Known
    @Unknown
    @OnFastPath
    public Response boundElsewhereToo() {
      return null;
    }

    @POST
    @Path("/particular")
    @Known
    @OnFastPath
    @Consumes("text/plain")
    public Response particular() {
      return null;
    }

    @POST
    @Path("/for-some")
    @Known
    @OnFastPath
    @RolesAllowed("operator")
    public Response forSome() {
      return null;
    }

    @POST
    @Path("/heeded-elsewhere")
    @Known
    @OnFastPath
    @SomebodysOwn
    public Response heededElsewhere() {
      return null;
    }

    @POST
    @Path("/calls/{id}")
    @Known
    @OnFastPath
    public Response templated() {
      return null;
    }

    @POST
    @Path("/with-parameter")
    @Known
    @OnFastPath
    public Response withParameter(String body) {
      return null;
    }

    @POST
    @Path("/answers-nothing")
    @Known
    @OnFastPath
    public void answersNothing() {}

    @PUT
    @Path("/put")
    @Known
    @OnFastPath
    public Response put() {
      return null;
    }

    @POST
    @Path("/unmarked")
    @Known
    public Response unmarked() {
      return null;
    }

    @POST
    @Path("/static")
    @Known
    @OnFastPath
    public static Response ofTheClass() {
      return null;
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "unbound",
        "boundTwice",
        "boundElsewhereToo",
        "particular",
        "forSome",
        "heededElsewhere",
        "templated",
        "withParameter",
        "answersNothing",
        "put",
        "unmarked",
        "ofTheClass"
      })
  void leavesToJakartaRest(String name) {
    assertThat(Other.class.getMethods()).anyMatch(method -> method.getName().equals(name));
    assertThat(methods.of(Other.class, Other::new))
        .isNotEmpty()
        .allSatisfy((request, route) -> assertThat(route).as(request).isEmpty());
  }

  @Path("/ambiguous")
  @Known
  @OnFastPath
  @ApplicationScoped
  public static class Ambiguous {
    @POST
    public Response any() {
      return null;
    }

    @POST
    @Consumes("text/csv")
    public Response table() {
      return null;
    }
  }

  /** Jakarta REST chooses by what the request carries. */
  @Test
  void leavesToJakartaRestWhatItHasToChooseBetween() {
    assertThat(methods.of(Ambiguous.class, Ambiguous::new))
        .containsExactly(Map.entry("POST /ambiguous", Optional.empty()));
  }

  @Path("/of-a-request")
  @Known
  @OnFastPath
  @RequestScoped
  public static class OfARequest {
    @POST
    public Response answer() {
      return null;
    }
  }

  @Test
  void leavesToJakartaRestWhatLivesShorterThanTheApplication() {
    assertThat(methods.of(OfARequest.class, OfARequest::new))
        .containsExactly(Map.entry("POST /of-a-request", Optional.empty()));
  }

  @Path("/context")
  @Known
  @OnFastPath
  @ApplicationScoped
  public static class InContext {
    @Context private UriInfo uri;

    @POST
    public Response answer() {
      return Response.ok(uri.getPath()).build();
    }
  }

  @Path("/inherited-context")
  @Known
  @OnFastPath
  @ApplicationScoped
  public static class InInheritedContext extends InContext {}

  @ParameterizedTest
  @ValueSource(classes = {InContext.class, InInheritedContext.class})
  void leavesToJakartaRestWhatItHasToInjectInto(Class<?> resource) {
    assertThat(methods.of(resource, InContext::new))
        .hasSize(1)
        .allSatisfy((name, route) -> assertThat(route).isEmpty());
  }

  private record Bound(Class<? extends Annotation> annotation) implements Binding {
    @Override
    public List<String> signedBy(Method method) {
      return List.of("somebody");
    }
  }
}
