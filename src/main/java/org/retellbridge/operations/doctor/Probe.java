package org.retellbridge.operations.doctor;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.retellbridge.foundation.json.JsonText;
import org.retellbridge.foundation.resilience.Timers;
import org.retellbridge.foundation.settings.Settings;
import org.retellbridge.partner.retell.RetellSigner;
import org.retellbridge.partner.twilio.TwilioSigner;

/** Sends to a public address what Twilio and Retell would send, and hears how it arrived. */
final class Probe {
  static final String TWILIO = "twilio";
  static final String RETELL = "retell";

  /** With what proxies like to write anew. */
  static final String QUERY = "probe=a%2Bb%20c&empty=";

  private static final String FORM = "probe=a%2Bb+c%C3%A4&empty=&probe=again";
  private static final String JSON = "{\"probe\": \"a+b ä\"}\n";
  private static final String PATH = "/probe?" + QUERY;
  private static final Duration PATIENCE = Duration.ofSeconds(8);

  private final Settings settings;
  private final ProbeSeal seal;
  private final Executor answers;
  private final HttpClient http;

  Probe(Settings settings, ProbeSeal seal, Timers timers) {
    this.settings = settings;
    this.seal = seal;
    this.answers = timers.scheduler();
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            // Where a redirect leads nobody has configured; and Twilio's POST would become a GET.
            .followRedirects(HttpClient.Redirect.NEVER)
            .executor(timers.executor())
            .build();
  }

  /**
   * What came back.
   *
   * @param seen what the bridge saw; empty when it was not the bridge that answered
   * @param location where a redirect leads
   */
  record Echo(int status, Optional<JsonObject> seen, Optional<String> location) {

    static Echo of(HttpResponse<String> answer) {
      return new Echo(
          answer.statusCode(),
          JsonText.parseObject(answer.body())
              .filter(json -> JsonText.text(json, "bridge").isPresent()),
          answer.headers().firstValue("Location"));
    }
  }

  CompletionStage<Echo> asTwilio(String base) {
    String url = base + PATH;
    return send(
        url,
        "application/x-www-form-urlencoded; charset=UTF-8",
        FORM,
        "X-Twilio-Signature",
        TwilioSigner.of(settings).header(url, FORM));
  }

  CompletionStage<Echo> asRetell(String base) {
    String signature = RetellSigner.of(settings, Clock.systemUTC()).header(JSON.getBytes(UTF_8));
    return send(base + PATH, "application/json", JSON, "X-Retell-Signature", signature);
  }

  static String digest(String vendor) {
    return Digest.of((TWILIO.equals(vendor) ? FORM : JSON).getBytes(UTF_8));
  }

  private CompletionStage<Echo> send(
      String url, String type, String body, String header, String signature) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url))
            .timeout(PATIENCE)
            .header("Content-Type", type)
            .header(header, signature)
            .header(ProbeSeal.HEADER, seal.of(System.currentTimeMillis()))
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    // Java's client completes in the common pool, where GlassFish finds no bean, and a task that
    // the managed executor gets from there has no more context than its giver.
    return http.sendAsync(request, HttpResponse.BodyHandlers.ofString())
        .thenApplyAsync(Echo::of, answers);
  }
}
