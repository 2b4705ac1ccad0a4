package org.retellbridge.twin.twilio;

import java.util.List;
import org.retellbridge.twin.wire.Handler;
import org.retellbridge.twin.wire.Reply;
import org.retellbridge.twin.wire.Request;
import org.retellbridge.twin.wire.Routes;

/** The REST API of all products behind one address: the paths tell them apart. */
final class TwilioApi implements Handler {

  private static final String ACCOUNT = "/2010-04-01/Accounts/{}";
  private static final String WORKSPACE = "/v1/Workspaces/{}";

  private final TwilioAccount account;
  private final Routes routes = new Routes();

  TwilioApi(TwilioAccount account, Books books) {
    this.account = account;
    CallsApi calls = new CallsApi(account, books);
    MessagesApi messages = new MessagesApi(account, books);
    TasksApi tasks = new TasksApi(account, books);
    InventoryApi inventory = new InventoryApi(account, books);
    routes
        .add("POST", ACCOUNT + "/Calls/{}.json", own(calls::update))
        .add("GET", ACCOUNT + "/Calls/{}.json", own(calls::fetch))
        .add("POST", ACCOUNT + "/Messages.json", own(messages::create))
        .add("GET", ACCOUNT + ".json", own(inventory::account))
        .add("GET", ACCOUNT + "/Applications/{}.json", own(inventory::application))
        .add("GET", ACCOUNT + "/IncomingPhoneNumbers.json", own(inventory::numbers))
        .add("GET", ACCOUNT + "/IncomingPhoneNumbers/{}.json", own(inventory::number))
        .add("GET", "/v1/Services/{}", inventory::messagingService)
        .add("GET", WORKSPACE, inventory::workspace)
        .add("GET", WORKSPACE + "/Workflows/{}", inventory::workflow)
        .add("POST", WORKSPACE + "/Tasks", tasks::create)
        .add("GET", WORKSPACE + "/Tasks/{}", tasks::fetch);
  }

  @Override
  public Reply handle(Request request) {
    try {
      if (!request.basicCredentials().map(account::opens).orElse(false)) {
        throw new RestError(401, 20003, "Authenticate");
      }
      return routes.handle(request, RestError.notFound(request.rawPath()).reply());
    } catch (RestError error) {
      return error.reply();
    }
  }

  /** Takes the account out of the places and refuses any other than ours. */
  private Routes.Target own(Routes.Target target) {
    return (request, places) -> {
      if (!places.get(0).equals(account.sid())) {
        throw RestError.notFound(request.rawPath());
      }
      List<String> rest = places.subList(1, places.size());
      return target.handle(request, rest);
    };
  }
}
