package org.retellbridge.operations.doctor;

import static org.retellbridge.foundation.settings.Catalogue.PUBLIC_BASE_URL;
import static org.retellbridge.foundation.settings.Catalogue.TRUST_FORWARDED_HEADERS;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.net.URI;
import java.util.List;
import org.retellbridge.foundation.checkup.Diagnosis;
import org.retellbridge.foundation.json.JsonText;
import org.retellbridge.foundation.settings.Settings;

/** Compares what a proxy tells of the public address with what it is. */
final class ProxyHeaders {
  private ProxyHeaders() {}

  /** Which header would break signatures if the bridge relied on the headers. */
  static Diagnosis compare(Settings settings, URI base, String contextPath, JsonObject seen) {
    String told = JsonText.text(seen, "told").orElse("");
    String whole = told + contextPath;
    if (told.isEmpty()) {
      return Diagnosis.ok(
          TRUST_FORWARDED_HEADERS,
          "The proxy tells nothing of the public address; PUBLIC_BASE_URL says it.");
    }
    if (whole.equals(base.toString()) || told.equals(base.toString())) {
      return Diagnosis.ok(
          TRUST_FORWARDED_HEADERS, "The proxy's headers tell the same as PUBLIC_BASE_URL.");
    }
    return new Diagnosis(
        TRUST_FORWARDED_HEADERS.variable(),
        settings.get(TRUST_FORWARDED_HEADERS) ? Diagnosis.Result.WRONG : Diagnosis.Result.OK,
        "The proxy's "
            + culprit(base, told, seen)
            + " differs from PUBLIC_BASE_URL; by its headers the address would be "
            + whole
            + ", and signatures would break.",
        "Keep PUBLIC_BASE_URL set, which is stronger, or correct that header; then set"
            + " TRUST_FORWARDED_HEADERS to false if it is not needed.");
  }

  /** Nothing is asked: the operator's own request has shown what the proxy tells. */
  static List<Diagnosis> withoutBase(Settings settings, String told) {
    boolean trust = settings.get(TRUST_FORWARDED_HEADERS);
    if (told.isEmpty()) {
      return List.of(
          trust
              ? Diagnosis.wrong(
                  TRUST_FORWARDED_HEADERS,
                  "It is on, but the proxy sends neither Forwarded nor X-Forwarded-Proto or -Host.",
                  "Set PUBLIC_BASE_URL to the address that Twilio and Retell call, or let the proxy"
                      + " send them.")
              : Diagnosis.unknown(
                  PUBLIC_BASE_URL,
                  "It is not set, and no proxy told of itself, so signatures are checked against"
                      + " the address that this server sees.",
                  "Set it to the address that Twilio and Retell call, with any path prefix."));
    }
    if (!trust) {
      return List.of(
          Diagnosis.wrong(
              PUBLIC_BASE_URL,
              "It is not set, but a proxy stands before this server: what Twilio signs is not what"
                  + " this server sees.",
              "Set it to " + told + " if that is what Twilio and Retell call."));
    }
    return List.of(
        told.startsWith("https://")
            ? Diagnosis.unknown(
                PUBLIC_BASE_URL,
                "It is not set; by the proxy's headers it is " + told + ".",
                "Set it to that, so that nothing depends on headers and the doctor can go there.")
            : Diagnosis.wrong(
                TRUST_FORWARDED_HEADERS,
                "The proxy's headers say http, which breaks the signature of calls to https.",
                "Set PUBLIC_BASE_URL, or let the proxy send X-Forwarded-Proto: https."));
  }

  private static String culprit(URI base, String told, JsonObject seen) {
    JsonObject headers =
        seen.get("headers") instanceof JsonObject object ? object : JsonValue.EMPTY_JSON_OBJECT;
    boolean standard = headers.containsKey("Forwarded");
    URI said = URI.create(told);
    if (!base.getScheme().equals(said.getScheme())) {
      return standard ? "header Forwarded (proto)" : "header X-Forwarded-Proto";
    }
    if (!base.getHost().equals(said.getHost())) {
      return standard ? "header Forwarded (host)" : "header X-Forwarded-Host";
    }
    if (base.getPort() != said.getPort()) {
      return "header X-Forwarded-Port or the port in its host";
    }
    return "header X-Forwarded-Prefix";
  }
}
