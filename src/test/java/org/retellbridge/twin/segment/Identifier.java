package org.retellbridge.twin.segment;

/** An external id, such as {@code phone} {@code +61…}. */
public record Identifier(String type, String value) {}
