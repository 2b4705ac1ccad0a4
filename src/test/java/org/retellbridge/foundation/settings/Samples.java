package org.retellbridge.foundation.settings;

import static java.util.Map.entry;

import java.util.List;
import java.util.Map;

/**
 * Right and wrong values of a setting. A wrong one must not stand in any message by chance.
 *
 * @param right values that are taken
 * @param wrong values that are not
 */
record Samples(List<String> right, List<String> wrong) {
  private static final String HEX = "0123456789abcdef0123456789ABCDEF";
  private static final Map<String, Samples> ALL =
      Map.ofEntries(
          entry("ACCOUNT_SID", sid("AC")),
          entry("AUTH_TOKEN", new Samples(List.of("t", "a,b"), List.of(",,,", "new old"))),
          entry("TWILIO_API_KEY_SID", sid("SK")),
          entry("TWILIO_API_KEY_SECRET", secret()),
          entry("TWILIO_REGION", new Samples(List.of("ie1"), List.of("Dublin!"))),
          entry("TWILIO_EDGE", new Samples(List.of("dublin"), List.of("Dublin!"))),
          entry("TWILIO_API_BASE_URL", api()),
          entry("TWILIO_APPLICATION_SID", sid("AP")),
          entry("WORKSPACE_SID", sid("WS")),
          entry("WORKFLOW_SID", sid("WW")),
          entry(
              "SMS_FROM_NUMBER",
              new Samples(
                  List.of("+61255500009", " +15551234567 ", "12345", "Pizza 4-U", "A+B_C&D", "x"),
                  List.of(
                      "97", "612555000", "+0255500009", "61 255", "Twelve chars", "Pizzä", "a.b"))),
          entry("SMS_MESSAGING_SERVICE_SID", sid("MG")),
          entry("SMS_PER_CALL", new Samples(List.of("0", "3"), List.of("-7", "1e9", "three"))),
          entry(
              "SMS_PER_NUMBER_A_DAY",
              new Samples(List.of("0", "20", "10000"), List.of("-7", "10001", "three"))),
          entry("AI_SHARE", new Samples(List.of("0", "50", "100"), List.of("101", "-7", "5O"))),
          entry(
              "AI_HOURS",
              new Samples(
                  List.of("always", "Mo-Fr 08:00-18:00; Sa 09:00-12:00 Australia/Sydney"),
                  List.of("Mo-Fr 08:00-19:00", "Mx 08:00-09:00 UTC", "Mo 8:00-9:00 UTC"))),
          entry(
              "PERSONALIZE_BUDGET",
              new Samples(List.of("PT0S", "PT0.4S", "PT2S"), List.of("PT2.1S", "400", "-PT1S"))),
          entry(
              "PERSONALIZE_TRAITS",
              new Samples(List.of("name", "name,plan_2"), List.of(",,,", "a b", "x-y", "ä"))),
          entry("RETELL_API_KEY", secret()),
          entry(
              "RETELL_WEBHOOK_KEY", new Samples(List.of("k", "k1,k2"), List.of(",,,", "new old"))),
          entry(
              "RETELL_AGENT_ID",
              new Samples(
                  List.of("agent_0aF-9", "agent_a@prod", "agent_a@7"),
                  List.of("agent a", "agent_<x>", "é", "agent_b@", "agent_b@Prod x"))),
          entry(
              "RETELL_AGENT_VERSION",
              new Samples(
                  List.of("0", "12", "prod", "latest", "latest_published"),
                  List.of("Prod9", "v 9", "12345678901234567890_", "1.7"))),
          entry(
              "RETELL_AGENTS",
              new Samples(
                  List.of("+61255500000=agent_a", "+61255500000=agent_a@prod,+1555123=b@7"),
                  List.of(
                      "agent_x",
                      "+61255500009=",
                      "0255500009=agent_x",
                      "+61255500009=agent x",
                      "+61255500009=agent_x@",
                      "+61255500009=a,+61255500009=b"))),
          entry(
              "RETELL_SIP_HOST",
              new Samples(List.of("sip.example", "10.0.0.1:5061"), List.of("a b", "sip:x", "x;y"))),
          entry(
              "RETELL_SIP_TRANSPORT",
              new Samples(List.of("udp", "tcp", "tls"), List.of("TCP4", "ws", "quic"))),
          entry("RETELL_API_BASE_URL", api()),
          entry("RETELL_EVENTS", flag()),
          entry(
              "RETELL_EVENTS_FORWARD_URL",
              new Samples(
                  List.of("https://r.example/hook?key=1", "http://127.0.0.1:9999/"),
                  List.of("http://r.example/hook", "https://u:p@r.example"))),
          entry("SEGMENT_SPACE_ID", new Samples(List.of("spa_1"), List.of("spa/1"))),
          entry("SEGMENT_API_ACCESS_TOKEN", secret()),
          entry("SEGMENT_WRITE_KEY", secret()),
          entry("SEGMENT_PROFILES_API_BASE_URL", api()),
          entry("SEGMENT_TRACKING_API_BASE_URL", api()),
          entry("SEGMENT_CALL_EVENTS", flag()),
          entry("SEGMENT_USER_ID", new Samples(List.of("number", "hash"), List.of("e-mail"))),
          entry("SEGMENT_USER_ID_KEY", secret()),
          entry("SEGMENT_IDENTIFIERS", new Samples(List.of("loyalty_id,crmId"), List.of(",,,"))),
          entry("LOOKUP_TRAITS", new Samples(List.of("all", "name,age"), List.of(",,,"))),
          entry(
              "EVENT_FUNCTIONS",
              new Samples(List.of("place_order,Order-2"), List.of(",,,", "place order,b"))),
          entry(
              "PUBLIC_BASE_URL",
              new Samples(
                  List.of(
                      "https://b.example",
                      "https://b.example:8443/retell/",
                      "HTTPS://B.example",
                      "http://127.0.0.1:8080"),
                  List.of(
                      "b.example",
                      "https:///x9",
                      "https:b.example",
                      "ftp://b.example",
                      "https://b.example?x=1",
                      "https://b.example#x",
                      "https://user:pass@b.example",
                      "https://b .example"))),
          entry("FAST_PATH", flag()),
          entry("TRUST_FORWARDED_HEADERS", flag()),
          entry("START_BUDGET", duration("PT0.5S", "PT9.5S", "PT0.499S", "PT9.501S")),
          entry("FUNCTION_BUDGET", duration("PT1S", "PT110S", "PT0.1S", "PT111S")),
          entry("DIAL_TIMEOUT", duration("PT5S", "PT10M", "PT4.9S", "PT601S")),
          entry("QUEUE_LIMIT", duration("PT0S", "PT4H", "-PT1S", "PT4H1S")),
          entry(
              "HOLD_MUSIC_URL",
              new Samples(
                  List.of("https://m.example/a.mp3?b=1", "http://m.example/a.wav"),
                  List.of("m.example/a.mp3", "ftp://m.example/a", "/a.mp3", "https://m .example"))),
          entry("FALLBACK_APPLICATION_SID", sid("AP")),
          entry("FALLBACK_WORKFLOW_SID", sid("WW")),
          entry("FALLBACK_NUMBER", number()),
          entry(
              "FALLBACK_URL",
              new Samples(
                  List.of("https://h.example/twiml?a=1", "http://h.example/startled"),
                  List.of(
                      "h.example/twiml",
                      "ftp://h.example",
                      "/twiml/bin",
                      "https://h .example",
                      "https://b.example/start",
                      "https://b.example/retell/start/?a=1",
                      "https://b.example/dial_ended?rung=9",
                      "https://b.example/hold"))),
          entry("FALLBACK_MESSAGE", new Samples(List.of("So sorry.", "<&>"), List.of())),
          entry(
              "FALLBACK_LANGUAGE",
              new Samples(List.of("en", "en-AU", "zh-Hans-CN"), List.of("English", "en_AU", "*"))),
          entry(
              "OPERATIONS_TOKEN",
              new Samples(
                  List.of("0123456789abcdef"), List.of("0123456789abcde", "two words 0123"))),
          entry("BRIDGE_DATA_DIR", new Samples(List.of("/var/lib/bridge"), List.of())),
          entry(
              "BRIDGE_DATASOURCE",
              new Samples(
                  List.of("jdbc/bridge", "java:/bridge", "java:global/jdbc/bridge"),
                  List.of("jdbc bridge", "<jdbc>"))),
          entry(
              "BRIDGE_DATA_KEY",
              new Samples(
                  List.of(
                      "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
                      "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=,"
                          + " BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBA="),
                  List.of(
                      "AAAA",
                      "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                      "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=,"))),
          entry(
              "RETENTION",
              new Samples(List.of("P1D", "P30D"), List.of("PT1H", "31", "P31", "P4000D"))));

  static Samples of(String variable) {
    return ALL.getOrDefault(variable, new Samples(List.of(), List.of()));
  }

  private static Samples flag() {
    return new Samples(
        List.of("true", "FALSE", "yes", "no", "on", "off", "1", "0"),
        List.of("maybe", "2", "treu"));
  }

  private static Samples sid(String prefix) {
    return new Samples(
        List.of(prefix + HEX),
        List.of(prefix + HEX + "0", prefix + HEX.substring(1), "XX" + HEX, prefix + "z" + HEX));
  }

  private static Samples secret() {
    return new Samples(List.of("key_1"), List.of("two words", "a\tb"));
  }

  private static Samples number() {
    return new Samples(
        List.of("+61255500009", " +15551234567 "),
        List.of("61255500009", "+0255500009", "+61 2 5550 0009", "+1555", "+1234567890123456"));
  }

  private static Samples api() {
    return new Samples(
        List.of(
            "https://api.example/v1",
            "http://127.0.0.1:9999",
            "http://localhost:9999/",
            "http://[::1]:9999"),
        List.of(
            "api.example",
            "http://api.example",
            "http://127.0.0.1.example",
            "https://u:p@api.example",
            "https://api.example?key=1"));
  }

  private static Samples duration(String least, String most, String less, String more) {
    return new Samples(List.of(least, most), List.of(less, more, "8 s", "-PT1S"));
  }
}
