package org.retellbridge.foundation.ledger;

/**
 * Makes accepting a parcel an effect that happens once, in the same transaction.
 *
 * @param effect the effect; its kind is idempotent, since the parcel has a message id
 * @param answer what a repeat is told
 */
public record Mark(EffectId effect, String answer) {}
