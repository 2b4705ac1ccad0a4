package org.retellbridge.partner.retell.functions;

/** Where the caller is looked for first. */
public enum CallerSource {
  /** {@code call.metadata}, as the plain names of the original do. */
  METADATA_FIRST,
  /** {@code call.retell_llm_dynamic_variables}, as the {@code _dyn} names do. */
  VARIABLES_FIRST
}
