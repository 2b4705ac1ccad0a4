package org.retellbridge.operations.doctor;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.retellbridge.foundation.problems.Problem;
import org.retellbridge.foundation.webhooks.SignedRequest;
import org.retellbridge.operations.OperatorsOnly;

/** Examines every setting and says what to set. */
@Path("/status/doctor")
@ApplicationScoped
@OperatorsOnly
public class DoctorResource {
  private Doctor doctor;

  public DoctorResource() {}

  @Inject
  DoctorResource(Doctor doctor) {
    this.doctor = doctor;
  }

  /** Takes up to half a minute; 429 while another examination runs. */
  @POST
  public CompletionStage<Response> examine() {
    Optional<CompletionStage<String>> report = doctor.examine(SignedRequest.here());
    return report.isEmpty()
        ? CompletableFuture.completedStage(
            Problem.of(429, "An examination is under way").response())
        : report
            .get()
            .thenApply(
                json ->
                    Response.ok(json, MediaType.APPLICATION_JSON_TYPE)
                        .header("Cache-Control", "no-store")
                        .build());
  }
}
