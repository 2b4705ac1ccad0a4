package org.retellbridge.twin;

import org.retellbridge.twin.retell.RetellKeys;
import org.retellbridge.twin.twilio.TwilioAccount;

/** The twin's credentials, SIDs and numbers: of the right form, always the same, obviously fake. */
public final class TwinNames {

  public static final TwilioAccount ACCOUNT =
      new TwilioAccount(
          "AC00000000000000000000000000000001",
          "0000twin0000token0000twin0000tok",
          "SK00000000000000000000000000000001",
          "0000twin0000secret0000twin0000se");
  public static final RetellKeys RETELL_KEYS =
      new RetellKeys("key_0000000000000000000000000twin", "key_00000000000000000webhook0twin");
  public static final String AGENT = "agent_00000000000000000000000twin";
  public static final String OTHER_AGENT = "agent_000000000000000000000other";
  public static final String NUMBER = "+61255500000";
  public static final String OTHER_NUMBER = "+61255500001";
  public static final String CALLER = "+61491570006";
  public static final String HUMAN = "+61255509999";
  public static final String APPLICATION = "AP00000000000000000000000000000001";
  public static final String FALLBACK_APPLICATION = "AP00000000000000000000000000000002";
  public static final String WORKSPACE = "WS00000000000000000000000000000001";
  public static final String WORKFLOW = "WW00000000000000000000000000000001";
  public static final String MESSAGING_SERVICE = "MG00000000000000000000000000000001";
  public static final String SPACE = "spa_twin";
  public static final String SEGMENT_TOKEN = "segment-token-twin";
  public static final String SEGMENT_WRITE_KEY = "segment-write-key-twin";

  private TwinNames() {}
}
