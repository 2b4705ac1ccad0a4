package org.retellbridge.partner.retell.functions;

/** The model left out an argument or gave a wrong one; the message can be spoken. */
public final class InvalidArguments extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public InvalidArguments(String speakable) {
    super(speakable, null, false, false);
  }
}
