package org.retellbridge.partner.twilio.rest;

import static java.lang.System.Logger.Level.DEBUG;

import com.twilio.http.HttpClient;
import com.twilio.http.Request;
import com.twilio.http.Response;
import com.twilio.http.TwilioRestClient;
import com.twilio.rest.api.v2010.account.Call;
import com.twilio.rest.api.v2010.account.Message;
import com.twilio.rest.taskrouter.v1.workspace.Task;
import com.twilio.type.PhoneNumber;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import org.apache.hc.core5.http.Header;
import org.retellbridge.foundation.settings.Catalogue;
import org.retellbridge.foundation.settings.Settings;

/**
 * Goes through the SDK's requests without a network while the application starts. Its classes take
 * seconds to load on a busy machine, and the first caller who wants a person has none to spare.
 */
@ApplicationScoped
public class Rehearsal {
  private static final System.Logger LOGGER = System.getLogger(Rehearsal.class.getName());
  private static final String NOBODY = "0".repeat(32);

  void start(
      @Observes @Initialized(ApplicationScoped.class) Object event,
      Settings settings,
      TwilioThreads threads) {
    if (settings.find(Catalogue.ACCOUNT_SID).isPresent()) {
      threads.run(Rehearsal::play);
    }
  }

  /** Whether it went through. */
  static boolean play() {
    try {
      TwilioRestClient client =
          new TwilioRestClient.Builder("AC" + NOBODY, "none").httpClient(new StandIn()).build();
      PhoneNumber number = new PhoneNumber("+10000000000");
      Call.updater("CA" + NOBODY).setTwiml("<Response/>").update(client);
      Message.creator(number, number, "none").create(client);
      Task.creator("WS" + NOBODY).setAttributes("{}").create(client);
      return true;
    } catch (RuntimeException e) {
      LOGGER.log(DEBUG, "The rehearsal did not get through: {0}", e.getClass().getName());
      return false;
    }
  }

  /** Says yes to everything. */
  private static final class StandIn extends HttpClient {
    @Override
    public Response reliableRequest(Request request) {
      return makeRequest(request);
    }

    @Override
    public Response makeRequest(Request request) {
      request.constructURL();
      request.encodeFormBody();
      return new Response("{\"sid\":\"none\"}", 200, new Header[0]);
    }
  }
}
