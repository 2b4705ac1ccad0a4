package org.retellbridge.operations.console;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Somebody at the console without a browser: the cookie, the form token, plain HTTP. */
final class Operator {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final Function<String, URI> address;
  private String cookie = "none";
  private String formToken = "none";

  Operator(Function<String, URI> address) {
    this.address = address;
  }

  static HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return HTTP.send(
          request.timeout(Duration.ofSeconds(30)).build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  HttpResponse<String> tryToken(String token) {
    return send(
        HttpRequest.newBuilder(address.apply("/console/login"))
            .header("Authorization", "Bearer " + token)
            .POST(HttpRequest.BodyPublishers.noBody()));
  }

  Operator logIn(String token) {
    HttpResponse<String> answer = tryToken(token);
    assertThat(answer.statusCode()).isEqualTo(204);
    return with(answer.headers().firstValue("Set-Cookie").orElseThrow().split(";")[0]);
  }

  /** With a cookie, of whatever making; takes the form token from the page if there is one. */
  Operator with(String otherCookie) {
    cookie = otherCookie;
    Matcher meta =
        Pattern.compile("name=\"form-token\" content=\"([^\"]+)\"").matcher(get("/console").body());
    formToken = meta.find() ? meta.group(1) : "none";
    return this;
  }

  String cookie() {
    return cookie;
  }

  String formToken() {
    return formToken;
  }

  HttpResponse<String> get(String path) {
    return send(request(path).GET());
  }

  JsonObject json(String path) {
    HttpResponse<String> answer = get(path);
    assertThat(answer.statusCode()).as(path).isEqualTo(200);
    return jakarta.json.Json.createReader(new StringReader(answer.body())).readObject();
  }

  HttpResponse<String> act(String path, String... headers) {
    HttpRequest.Builder request =
        request(path).header("X-Console-Form", formToken).POST(HttpRequest.BodyPublishers.noBody());
    if (headers.length > 0) {
      request.headers(headers);
    }
    return send(request);
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(address.apply(path)).header("Cookie", cookie);
  }
}
