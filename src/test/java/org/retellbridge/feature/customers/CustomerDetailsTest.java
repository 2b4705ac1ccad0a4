package org.retellbridge.feature.customers;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.retellbridge.partner.retell.functions.Arguments;
import org.retellbridge.partner.retell.functions.Invoked;

class CustomerDetailsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {"\"1 Test St\"", "{\"street\":\"1 Test St\",\"city\":\"Sydney\"}", "{\"n\":[1]}"})
  void keepsAnAddressAsItCame(String address) {
    assertThat(traits("\"address\":" + address))
        .isEqualTo("{name=\"Mia\", phone=\"+61499\", address=" + address + "}");
    assertThat(traits("\"Address\":" + address)).endsWith("address=" + address + "}");
  }

  @Test
  void knowsNoAddressThatNobodyGave() {
    assertThat(traits("\"address\":null")).isEqualTo("{name=\"Mia\", phone=\"+61499\"}");
  }

  @Test
  void keepsWhateverElseWasSaid() {
    assertThat(
            traits(
                "\"PHONE\":\"+61400\",\"Call_id\":\"call_1\",\"Name\":\"Zoë\",\"Pet\":\"dog\",\"email\":\"m@x\",\"n\":null"))
        .isEqualTo("{name=\"Mia\", phone=\"+61499\", email=\"m@x\", Pet=\"dog\"}");
  }

  @Test
  void knowsNothingThatNobodyGave() {
    Arguments heard = Invoked.with("{\"call_id\":\"call_1\",\"name\":\" \"}");
    CustomerDetails nobody =
        new CustomerDetails(
            heard.text("name").orElse(null),
            heard.text("phone").orElse(null),
            heard.text("address"));
    assertThat(nobody.traits(heard)).isEmpty();
  }

  private static String traits(String address) {
    Arguments heard = Invoked.with("{" + address + "}");
    return new CustomerDetails("Mia", "+61499", heard.text("address")).traits(heard).toString();
  }
}
