package org.retellbridge.operations.doctor;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.json.JsonObject;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.retellbridge.foundation.http.NonBlockingHttp;
import org.retellbridge.foundation.http.Question;
import org.retellbridge.foundation.http.Reply;
import org.retellbridge.foundation.json.JsonText;
import org.retellbridge.foundation.settings.Settings;
import org.retellbridge.partner.retell.RetellProof;
import org.retellbridge.partner.retell.RetellSigner;
import org.retellbridge.partner.twilio.TwilioProof;
import org.retellbridge.partner.twilio.TwilioSigner;

/** Sends to a public address what Twilio and Retell would send, and hears how it arrived. */
final class Probe {
  /** With what proxies like to write anew. */
  static final String QUERY = "probe=a%2Bb%20c&empty=";

  private static final String FORM = "probe=a%2Bb+c%C3%A4&empty=&probe=again";
  private static final String JSON = "{\"probe\": \"a+b ä\"}\n";
  private static final String PATH = "/probe?" + QUERY;

  /**
   * Many times what the bridge answers; of anything larger it is clear that it is not the bridge.
   */
  private static final int LONGEST_ANSWER = 16_384;

  private final Settings settings;
  private final ProbeSeal seal;
  private final Executor answers;
  private final NonBlockingHttp http;
  private final Duration patience;

  /**
   * @param answers where the answer is read
   * @param patience for a whole answer
   */
  Probe(
      Settings settings,
      ProbeSeal seal,
      Executor answers,
      NonBlockingHttp http,
      Duration patience) {
    this.settings = settings;
    this.seal = seal;
    this.answers = answers;
    this.http = http;
    this.patience = patience;
  }

  /**
   * What came back.
   *
   * @param seen what the bridge saw; empty when it was not the bridge that answered
   * @param location where a redirect leads
   */
  record Echo(int status, Optional<JsonObject> seen, Optional<String> location) {

    static Echo of(Reply answer) {
      return new Echo(
          answer.status(),
          Optional.of(answer.body())
              .filter(body -> body.length() <= LONGEST_ANSWER)
              .flatMap(JsonText::parseObject)
              .filter(json -> JsonText.text(json, "bridge").isPresent()),
          answer.header("Location"));
    }
  }

  CompletionStage<Echo> asTwilio(String base) {
    String url = base + PATH;
    return send(
        url,
        "application/x-www-form-urlencoded; charset=UTF-8",
        FORM,
        TwilioProof.HEADER,
        TwilioSigner.of(settings).header(url, FORM));
  }

  CompletionStage<Echo> asRetell(String base) {
    String signature = RetellSigner.of(settings, Clock.systemUTC()).header(JSON.getBytes(UTF_8));
    return send(base + PATH, "application/json", JSON, RetellProof.HEADER, signature);
  }

  static String digest(String vendor) {
    return Digest.of((TwilioProof.VENDOR.equals(vendor) ? FORM : JSON).getBytes(UTF_8));
  }

  /**
   * Redirects are not followed: where they lead nobody has configured, and a POST becomes a GET.
   */
  private CompletionStage<Echo> send(
      String url, String type, String body, String header, String signature) {
    Map<String, String> headers =
        Map.of(
            "Content-Type",
            type,
            header,
            signature,
            ProbeSeal.HEADER,
            seal.of(System.currentTimeMillis()));
    return http.ask(Question.post(URI.create(url), headers, body), patience)
        .thenApplyAsync(Echo::of, answers);
  }
}
