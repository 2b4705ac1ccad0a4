package org.retellbridge.twin.twilio;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A call that is about to come in.
 *
 * @param voiceUrl of the dialled number: the public one
 * @param extra further webhook parameters; they replace the usual ones of the same name
 * @param fallbackUrl the number's VoiceFallbackUrl, empty without one
 */
public record CallRequest(
    String voiceUrl,
    String method,
    String from,
    String to,
    Map<String, String> extra,
    String fallbackUrl) {

  public static CallRequest to(String voiceUrl, String from, String to) {
    return new CallRequest(voiceUrl, "POST", from, to, Map.of(), "");
  }

  public CallRequest method(String verb) {
    return new CallRequest(voiceUrl, verb, from, to, extra, fallbackUrl);
  }

  public CallRequest with(String parameter, String value) {
    Map<String, String> more = new LinkedHashMap<>(extra);
    more.put(parameter, value);
    return new CallRequest(voiceUrl, method, from, to, more, fallbackUrl);
  }

  public CallRequest fallback(String url) {
    return new CallRequest(voiceUrl, method, from, to, extra, url);
  }
}
