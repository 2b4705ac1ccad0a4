package org.retellbridge.foundation.ledger;

class HistoryOnH2Test extends HistoryContract {
  @Override
  Place place() {
    return new Place.File(folder, "");
  }
}
