package org.retellbridge.foundation.settings;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.retellbridge.foundation.hours.WeeklyHours;
import org.retellbridge.foundation.telephony.AgentName;
import org.retellbridge.foundation.telephony.PhoneNumber;

/**
 * Every setting of the bridge. {@code .env.example} explains them to users; a test compares it with
 * this list.
 */
public final class Catalogue {
  public static final Setting<String> ACCOUNT_SID = Forms.sid("ACCOUNT_SID", "AC");

  /** Several while a token is rotated; the first one calls the API. */
  public static final Setting<List<String>> AUTH_TOKEN = Forms.secrets("AUTH_TOKEN", "a token");

  /** REST credentials instead of the token; signatures still need the token. */
  public static final Setting<String> TWILIO_API_KEY_SID = Forms.sid("TWILIO_API_KEY_SID", "SK");

  public static final Setting<String> TWILIO_API_KEY_SECRET =
      Forms.matching("TWILIO_API_KEY_SECRET", null, "a secret without blanks", "\\S+");
  public static final Setting<String> TWILIO_REGION =
      Forms.matching("TWILIO_REGION", null, "a region such as ie1", "[a-z]{2}[0-9]");
  public static final Setting<String> TWILIO_EDGE =
      Forms.matching("TWILIO_EDGE", null, "an edge such as dublin", "[a-z-]{3,40}");
  public static final Setting<URI> TWILIO_API_BASE_URL = Forms.api("TWILIO_API_BASE_URL", null);
  public static final Setting<String> TWILIO_APPLICATION_SID =
      Forms.sid("TWILIO_APPLICATION_SID", "AP");
  public static final Setting<String> WORKSPACE_SID = Forms.sid("WORKSPACE_SID", "WS");
  public static final Setting<String> WORKFLOW_SID = Forms.sid("WORKFLOW_SID", "WW");
  public static final Setting<String> SMS_FROM_NUMBER = Forms.smsSender("SMS_FROM_NUMBER");
  public static final Setting<String> SMS_MESSAGING_SERVICE_SID =
      Forms.sid("SMS_MESSAGING_SERVICE_SID", "MG");
  public static final Setting<Integer> SMS_PER_CALL = Forms.whole("SMS_PER_CALL", 3, 0, 100);

  /** Whatever the calls: anybody may call under anybody's number. */
  public static final Setting<Integer> SMS_PER_NUMBER_A_DAY =
      Forms.whole("SMS_PER_NUMBER_A_DAY", 20, 0, 10_000);

  public static final Setting<String> RETELL_API_KEY =
      Forms.matching("RETELL_API_KEY", null, "a key without blanks", "\\S+");

  /** The keys with the webhook badge; several while one is rotated. Without it, the API key. */
  public static final Setting<List<String>> RETELL_WEBHOOK_KEY =
      Forms.secrets("RETELL_WEBHOOK_KEY", "a key");

  public static final Setting<AgentName> RETELL_AGENT_ID = Forms.agent("RETELL_AGENT_ID");
  public static final Setting<String> RETELL_AGENT_VERSION =
      Forms.agentVersion("RETELL_AGENT_VERSION", "latest");
  public static final Setting<Map<PhoneNumber, AgentName>> RETELL_AGENTS =
      Forms.numbersToAgents("RETELL_AGENTS");
  public static final Setting<String> RETELL_SIP_HOST =
      Forms.matching(
          "RETELL_SIP_HOST",
          "sip.retellai.com",
          "a host name",
          "[A-Za-z0-9.-]{1,190}(:[0-9]{1,5})?");
  public static final Setting<String> RETELL_SIP_TRANSPORT =
      Forms.matching("RETELL_SIP_TRANSPORT", "tcp", "udp, tcp or tls", "udp|tcp|tls");
  public static final Setting<URI> RETELL_API_BASE_URL =
      Forms.api("RETELL_API_BASE_URL", "https://api.retellai.com");

  /**
   * Whether Retell is asked to report this bridge's calls to {@code /retell/events}; for them that
   * replaces the agent's own webhook. Needs {@link #PUBLIC_BASE_URL}.
   */
  public static final Setting<Boolean> RETELL_EVENTS = Forms.flag("RETELL_EVENTS", false);

  /** Who gets Retell's events passed on. */
  public static final Setting<URI> RETELL_EVENTS_FORWARD_URL =
      Forms.receiver("RETELL_EVENTS_FORWARD_URL");

  public static final Setting<URI> PUBLIC_BASE_URL = Forms.publicUrl("PUBLIC_BASE_URL");
  public static final Setting<Boolean> TRUST_FORWARDED_HEADERS =
      Forms.flag("TRUST_FORWARDED_HEADERS", false);

  /** Twilio gives up after 15 s: contracts of the voice webhook. */
  public static final Setting<Duration> START_BUDGET =
      Forms.duration("START_BUDGET", "PT8S", Duration.ofMillis(500), Duration.ofMillis(9_500));

  /** How many of 100 calls go to the agent; operators change it while calls run. */
  public static final Setting<Integer> AI_SHARE = Forms.whole("AI_SHARE", 100, 0, 100);

  /** When calls go to the agent; operators change it while calls run. */
  public static final Setting<WeeklyHours> AI_HOURS = Forms.hours("AI_HOURS", "always");

  /** How long a caller may wait for what is known of them; nothing is asked when it is zero. */
  public static final Setting<Duration> PERSONALIZE_BUDGET =
      Forms.duration("PERSONALIZE_BUDGET", "PT0.4S", Duration.ZERO, Duration.ofSeconds(2));

  /** Traits that become dynamic variables, {@code name} as {@code customer_name}. */
  public static final Setting<List<String>> PERSONALIZE_TRAITS =
      Forms.names("PERSONALIZE_TRAITS", "name");

  /** {@code <Dial timeout>} takes whole seconds from 5 to 600. */
  public static final Setting<Duration> DIAL_TIMEOUT =
      Forms.duration("DIAL_TIMEOUT", "PT25S", Duration.ofSeconds(5), Duration.ofSeconds(600));

  /**
   * How long a caller may wait in a queue of Flex; without end when it is zero, as Twilio has it.
   */
  public static final Setting<Duration> QUEUE_LIMIT =
      Forms.duration("QUEUE_LIMIT", "PT0S", Duration.ZERO, Duration.ofHours(4));

  /** One of Twilio's own. By the bucket's name as host the certificate would not fit. */
  public static final Setting<URI> HOLD_MUSIC_URL =
      Forms.sound(
          "HOLD_MUSIC_URL",
          "https://s3.amazonaws.com/com.twilio.music.classical/ClockworkWaltz.mp3");

  public static final Setting<String> FALLBACK_APPLICATION_SID =
      Forms.sid("FALLBACK_APPLICATION_SID", "AP");
  public static final Setting<String> FALLBACK_WORKFLOW_SID =
      Forms.sid("FALLBACK_WORKFLOW_SID", "WW");
  public static final Setting<PhoneNumber> FALLBACK_NUMBER = Forms.phoneNumber("FALLBACK_NUMBER");
  public static final Setting<URI> FALLBACK_URL = Forms.elsewhere("FALLBACK_URL");
  public static final Setting<String> FALLBACK_MESSAGE =
      Forms.text(
          "FALLBACK_MESSAGE",
          "We are sorry, we cannot take your call at the moment. Please try again later.");
  public static final Setting<String> FALLBACK_LANGUAGE =
      Forms.matching(
          "FALLBACK_LANGUAGE",
          "en-US",
          "a language tag such as en-AU",
          "[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}");

  public static final Setting<String> SEGMENT_SPACE_ID =
      Forms.matching("SEGMENT_SPACE_ID", null, "a space id", "[A-Za-z0-9_-]{1,100}");
  public static final Setting<String> SEGMENT_API_ACCESS_TOKEN =
      Forms.matching("SEGMENT_API_ACCESS_TOKEN", null, "a token without blanks", "\\S+");
  public static final Setting<String> SEGMENT_WRITE_KEY =
      Forms.matching("SEGMENT_WRITE_KEY", null, "a key without blanks", "\\S+");
  public static final Setting<URI> SEGMENT_PROFILES_API_BASE_URL =
      Forms.api("SEGMENT_PROFILES_API_BASE_URL", "https://profiles.segment.com/v1");
  public static final Setting<URI> SEGMENT_TRACKING_API_BASE_URL =
      Forms.api("SEGMENT_TRACKING_API_BASE_URL", "https://api.segment.io/v1");

  /** {@code number} as the original, or {@code hash} (keyed) for a fresh space. */
  public static final Setting<String> SEGMENT_USER_ID =
      Forms.matching("SEGMENT_USER_ID", "number", "number or hash", "number|hash");

  /** What the hash is keyed with, so that a new write key does not make new customers. */
  public static final Setting<String> SEGMENT_USER_ID_KEY =
      Forms.matching("SEGMENT_USER_ID_KEY", null, "a key without blanks", "\\S+");

  /** Names that the space takes for identifiers besides Segment's own. */
  public static final Setting<List<String>> SEGMENT_IDENTIFIERS =
      Forms.list("SEGMENT_IDENTIFIERS", null);

  /** Whether Segment learns what Retell's analysis of a call found. */
  public static final Setting<Boolean> SEGMENT_CALL_EVENTS =
      Forms.flag("SEGMENT_CALL_EVENTS", false);

  /** Traits that look-ups show to the model. */
  public static final Setting<List<String>> LOOKUP_TRAITS = Forms.list("LOOKUP_TRAITS", "all");

  /** Names under which {@code /functions} offers {@code /add_event}. */
  public static final Setting<List<String>> EVENT_FUNCTIONS =
      Forms.toolNames("EVENT_FUNCTIONS", "place_order");

  /** Whether what vendors ask most is answered past the Jakarta REST runtime. */
  public static final Setting<Boolean> FAST_PATH = Forms.flag("FAST_PATH", true);

  public static final Setting<Duration> FUNCTION_BUDGET =
      Forms.duration("FUNCTION_BUDGET", "PT10S", Duration.ofMillis(500), Duration.ofSeconds(110));

  public static final Setting<String> OPERATIONS_TOKEN =
      Forms.matching(
          "OPERATIONS_TOKEN", null, "at least 16 characters without blanks", "\\S{16,512}");
  public static final Setting<String> BRIDGE_DATA_DIR = Forms.text("BRIDGE_DATA_DIR", "./data");
  public static final Setting<String> BRIDGE_DATASOURCE =
      Forms.matching("BRIDGE_DATASOURCE", null, "a JNDI name", "[A-Za-z0-9_.:/-]{1,200}");

  /**
   * Seals what is personal in the ledger; all nodes need the same. Several while it is rotated: the
   * first one seals.
   */
  public static final Setting<String> BRIDGE_DATA_KEY =
      Forms.matching(
          "BRIDGE_DATA_KEY",
          null,
          "32 bytes in base64, or several of that, comma separated",
          "[A-Za-z0-9+/]{43}=( *, *[A-Za-z0-9+/]{43}=)*");

  public static final Setting<Duration> RETENTION =
      Forms.duration("RETENTION", "P30D", Duration.ofDays(1), Duration.ofDays(3_650));

  private static final List<Setting<?>> ALL =
      List.of(
          ACCOUNT_SID,
          AUTH_TOKEN,
          TWILIO_API_KEY_SID,
          TWILIO_API_KEY_SECRET,
          TWILIO_REGION,
          TWILIO_EDGE,
          TWILIO_API_BASE_URL,
          TWILIO_APPLICATION_SID,
          WORKSPACE_SID,
          WORKFLOW_SID,
          SMS_FROM_NUMBER,
          SMS_MESSAGING_SERVICE_SID,
          SMS_PER_CALL,
          SMS_PER_NUMBER_A_DAY,
          RETELL_API_KEY,
          RETELL_WEBHOOK_KEY,
          RETELL_AGENT_ID,
          RETELL_AGENT_VERSION,
          RETELL_AGENTS,
          RETELL_SIP_HOST,
          RETELL_SIP_TRANSPORT,
          RETELL_API_BASE_URL,
          RETELL_EVENTS,
          RETELL_EVENTS_FORWARD_URL,
          SEGMENT_SPACE_ID,
          SEGMENT_API_ACCESS_TOKEN,
          SEGMENT_WRITE_KEY,
          SEGMENT_PROFILES_API_BASE_URL,
          SEGMENT_TRACKING_API_BASE_URL,
          SEGMENT_USER_ID,
          SEGMENT_USER_ID_KEY,
          SEGMENT_IDENTIFIERS,
          SEGMENT_CALL_EVENTS,
          LOOKUP_TRAITS,
          EVENT_FUNCTIONS,
          PUBLIC_BASE_URL,
          TRUST_FORWARDED_HEADERS,
          START_BUDGET,
          FUNCTION_BUDGET,
          FAST_PATH,
          PERSONALIZE_BUDGET,
          PERSONALIZE_TRAITS,
          AI_SHARE,
          AI_HOURS,
          DIAL_TIMEOUT,
          QUEUE_LIMIT,
          HOLD_MUSIC_URL,
          FALLBACK_APPLICATION_SID,
          FALLBACK_WORKFLOW_SID,
          FALLBACK_NUMBER,
          FALLBACK_URL,
          FALLBACK_MESSAGE,
          FALLBACK_LANGUAGE,
          OPERATIONS_TOKEN,
          BRIDGE_DATA_DIR,
          BRIDGE_DATASOURCE,
          BRIDGE_DATA_KEY,
          RETENTION);

  private Catalogue() {}

  /** All settings, in the order in which they are documented. */
  public static List<Setting<?>> all() {
    return ALL;
  }
}
