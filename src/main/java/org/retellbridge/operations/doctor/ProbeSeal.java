package org.retellbridge.operations.doctor;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.HexFormat;
import org.retellbridge.foundation.webhooks.ConstantTime;
import org.retellbridge.operations.OperationsToken;

/**
 * By what a bridge knows its own probe again, also on another node with the same {@code
 * OPERATIONS_TOKEN}. The token itself must not go where {@code PUBLIC_BASE_URL} may lead by
 * mistake.
 */
@ApplicationScoped
public class ProbeSeal {
  static final String HEADER = "X-Bridge-Probe";
  private static final long MOST_MILLIS = 60_000;

  private OperationsToken token;

  ProbeSeal() {}

  @Inject
  ProbeSeal(OperationsToken token) {
    this.token = token;
  }

  String of(long millis) {
    return millis + "." + HexFormat.of().formatHex(token.seal("probe " + millis));
  }

  boolean genuine(String presented, long now) {
    if (presented == null || !presented.matches("[0-9]{1,15}\\.[0-9a-f]{64}")) {
      return false;
    }
    long millis = Long.parseLong(presented.substring(0, presented.indexOf('.')));
    return Math.abs(now - millis) <= MOST_MILLIS && ConstantTime.equal(of(millis), presented);
  }
}
