package org.retellbridge.twin.twilio;

/**
 * Something that the caller hears or lives through.
 *
 * @param detail the spoken words, or who is at the other end
 */
public record Heard(Kind kind, String detail) {

  public enum Kind {
    /** The ringing tone of a leg that is being dialled. */
    RINGING,
    /** Connected to a voice agent; the detail is the agent's id. */
    AGENT,
    /** A sentence by {@code <Say>}, or a text that Twilio reads out. */
    SPOKEN,
    MUSIC,
    /** Connected to a phone number or client. */
    NUMBER,
    /** Connected to a TwiML App, which Studio answers. */
    STUDIO,
    /** Waiting in a queue or workflow. */
    QUEUED,
    /** Connected to a person at Flex. */
    PERSON,
    /** Twilio's own apology for an application that fails. */
    APPLICATION_ERROR,
    /** The line goes dead, and nobody has said why. */
    DEAD_LINE
  }

  /** Whether this takes care of the caller, so that the end of the call is no dead line. */
  boolean isAnswer() {
    return kind != Kind.RINGING && kind != Kind.DEAD_LINE && kind != Kind.QUEUED;
  }
}
