package org.retellbridge.foundation.ledger;

class CallsOnH2Test extends CallsContract {
  @Override
  Place place() {
    return new Place.File(folder, "");
  }
}
