package org.retellbridge.operations.console;

import static java.lang.System.Logger.Level.INFO;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.retellbridge.foundation.problems.Problem;
import org.retellbridge.foundation.webhooks.SignedRequest;
import org.retellbridge.operations.doctor.Doctor;

/** The doctor, on the page. */
@Path("/console/doctor")
@ApplicationScoped
@ConsoleSide
public class DoctorsRoundResource {
  private static final System.Logger LOGGER =
      System.getLogger(DoctorsRoundResource.class.getName());

  private Doctor doctor;

  public DoctorsRoundResource() {}

  @Inject
  DoctorsRoundResource(Doctor doctor) {
    this.doctor = doctor;
  }

  /** What {@code POST /status/doctor} answers; 429 while another examination runs. */
  @POST
  public CompletionStage<Response> examine() {
    Optional<CompletionStage<String>> report = doctor.examine(SignedRequest.here());
    if (report.isEmpty()) {
      return CompletableFuture.completedStage(
          Problem.of(429, "An examination is under way").response());
    }
    LOGGER.log(INFO, "console: the doctor is asked");
    return report.get().thenApply(Reply::json);
  }
}
