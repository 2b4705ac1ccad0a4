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

  @Override
  public String toString() {
    return switch (kind) {
      case RINGING -> "hears it ring, " + detail;
      case AGENT -> "talks to agent " + detail;
      case SPOKEN -> "hears “" + detail + "”";
      case MUSIC -> "hears music: " + detail;
      case NUMBER -> "talks to " + detail;
      case STUDIO -> "is with Studio, application " + detail;
      case QUEUED -> "waits in " + detail;
      case PERSON -> "talks to a person of " + detail;
      case APPLICATION_ERROR -> "hears Twilio apologise: " + detail;
      case DEAD_LINE -> "is left on a dead line: " + detail;
    };
  }

  /** Whether this takes care of the caller, so that the end of the call is no dead line. */
  boolean isAnswer() {
    return kind != Kind.RINGING && kind != Kind.DEAD_LINE && kind != Kind.QUEUED;
  }
}
