package org.retellbridge.partner.retell.events;

import jakarta.enterprise.context.ApplicationScoped;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.List;
import org.retellbridge.foundation.webhooks.Binding;
import org.retellbridge.partner.retell.RetellProof;

/** What {@link RetellWebhook} means on the fast path. */
@ApplicationScoped
public class RetellBinding implements Binding {
  static final List<String> SIGNED_BY = List.of(RetellProof.VENDOR);

  @Override
  public Class<? extends Annotation> annotation() {
    return RetellWebhook.class;
  }

  @Override
  public List<String> signedBy(Method method) {
    return SIGNED_BY;
  }
}
