package org.retellbridge.operations.doctor;

import static org.retellbridge.foundation.settings.Catalogue.PUBLIC_BASE_URL;

import jakarta.json.JsonObject;
import org.retellbridge.foundation.checkup.Diagnosis;
import org.retellbridge.foundation.json.JsonText;
import org.retellbridge.partner.retell.RetellProof;
import org.retellbridge.partner.twilio.TwilioProof;

/** Tells from how a probe arrived what on the way breaks signatures. */
final class Arrival {
  private static final String GENUINE = "genuine";

  private Arrival() {}

  static Diagnosis judge(String vendor, JsonObject seen) {
    String verdict = JsonText.text(seen, vendor).orElse("");
    String header = TwilioProof.VENDOR.equals(vendor) ? TwilioProof.HEADER : RetellProof.HEADER;
    if (GENUINE.equals(verdict)) {
      return Diagnosis.ok(PUBLIC_BASE_URL, "Signed requests come through it as they were sent.");
    }
    if (!"POST".equals(JsonText.text(seen, "method").orElse(""))) {
      return wrong("turns POST into another method", "Let it hand requests on without a redirect.");
    }
    if ("missing".equals(verdict)) {
      return wrong("takes the header " + header + " away", "Let it hand that header on.");
    }
    if (!Probe.QUERY.equals(JsonText.text(seen, "query").orElse(""))) {
      return wrong(
          "writes the query anew",
          "Let it hand path and query on byte by byte (nginx: proxy_pass without a path, or with"
              + " $request_uri).");
    }
    if (!Probe.digest(vendor).equals(JsonText.text(seen, "body").orElse(""))) {
      return wrong("changes the body", "Switch off what reads or filters bodies for this path.");
    }
    return wrong(
        "changes the address in a way that this bridge cannot see (signature " + verdict + ")",
        "Compare PUBLIC_BASE_URL with the address in Twilio's console, letter by letter.");
  }

  private static Diagnosis wrong(String deed, String advice) {
    return Diagnosis.wrong(PUBLIC_BASE_URL, "The proxy on the way " + deed + ".", advice);
  }
}
