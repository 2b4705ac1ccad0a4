package org.retellbridge.partner.twilio;

import jakarta.enterprise.context.ApplicationScoped;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.List;
import org.retellbridge.foundation.webhooks.Binding;

/** What {@link TwilioWebhook} means on the fast path. */
@ApplicationScoped
public class TwilioBinding implements Binding {
  static final List<String> SIGNED_BY = List.of(TwilioProof.VENDOR);

  @Override
  public Class<? extends Annotation> annotation() {
    return TwilioWebhook.class;
  }

  @Override
  public List<String> signedBy(Method method) {
    return SIGNED_BY;
  }
}
