package org.retellbridge.twin.twilio;

import java.net.URI;
import org.retellbridge.twin.wire.Fields;

/** What a call does next. */
sealed interface Step {

  /** The next verb of the same document. */
  record Continue() implements Step {}

  /** Ask a URL for the next document. */
  record Fetch(URI url, String method, Fields fields) implements Step {}

  /** Play this document; relative URLs in it cannot be resolved without a base. */
  record Play(String twiml) implements Step {}

  /** The call ends. */
  record Over(String why) implements Step {}
}
