package org.retellbridge.foundation.ledger;

class RetentionOnH2Test extends RetentionContract {
  @Override
  Place place() {
    return new Place.File(folder, "");
  }
}
