package org.retellbridge.twin.retell;

/**
 * The workspace's two keys.
 *
 * @param api authorises calls of the API
 * @param webhook has the webhook badge: it signs functions and events. Another one than {@code
 *     api}, so that nobody confuses them (documented: they may differ)
 */
public record RetellKeys(String api, String webhook) {}
