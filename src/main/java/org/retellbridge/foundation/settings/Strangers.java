package org.retellbridge.foundation.settings;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Finds mistyped names of settings. An environment belongs to many: from there a name must resemble
 * one of ours, or begin as nobody else's does. A {@code .env} file is the bridge's own, so that any
 * name of our families is meant for it.
 */
final class Strangers {
  /** What only this product's names begin with. */
  private static final Pattern OURS =
      Pattern.compile("(RETELL|BRIDGE|OPERATIONS|PERSONALIZE|FALLBACK)_.+");

  /** What the names of others begin with too. */
  private static final Pattern SHARED =
      Pattern.compile(
          "(TWILIO|SEGMENT|AI|SMS|LOOKUP|EVENT|START|FUNCTION|DIAL|PUBLIC|TRUST|ACCOUNT|AUTH"
              + "|WORKSPACE|WORKFLOW)_.+");

  /** What Kubernetes and Docker say of a service that is called like a vendor or like us. */
  private static final Pattern OF_A_SERVICE =
      Pattern.compile(
          ".+_SERVICE_(HOST|PORT(_.+)?)"
              + "|.+_PORT(_[0-9]+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?)?");

  /** Names that others use and that are one letter from ours. */
  private static final Set<String> OF_OTHERS = Set.of("OAUTH_TOKEN", "ACCOUNT_ID", "WORKSPACE_ID");

  private static final Set<String> READ_ELSEWHERE = Set.of("BRIDGE_ENV_FILE", "BRIDGE_WAR");

  private static final int MOST = 20;
  private static final int LONGEST = 64;
  private static final int SHORT = 12;

  private Strangers() {}

  /**
   * The names that look like ours and are not.
   *
   * @param environment the names of the environment's variables
   * @param file the names in the {@code .env} file
   */
  static List<Stranger> among(Collection<String> environment, Collection<String> file) {
    Set<String> suspects = new TreeSet<>();
    environment.stream()
        .filter(name -> !OF_OTHERS.contains(name))
        .filter(name -> OURS.matcher(name).matches() || near(name).isPresent())
        .forEach(suspects::add);
    file.stream()
        .filter(
            name ->
                OURS.matcher(plain(name)).matches()
                    || SHARED.matcher(plain(name)).matches()
                    || near(name).isPresent())
        .forEach(suspects::add);
    List<Stranger> strangers = new ArrayList<>();
    suspects.stream()
        .filter(name -> name.length() <= LONGEST && !known(name))
        .filter(name -> !OF_A_SERVICE.matcher(name).matches())
        .limit(MOST)
        .forEach(name -> strangers.add(new Stranger(name, meant(name))));
    return strangers;
  }

  /** The three spellings under which MicroProfile Config finds a setting. */
  private static boolean known(String name) {
    return READ_ELSEWHERE.contains(name)
        || Catalogue.all().stream()
            .anyMatch(
                setting ->
                    name.equals(setting.variable())
                        || name.replace('_', '.').equals(setting.key()));
  }

  private static Optional<Setting<?>> meant(String name) {
    return near(name).or(() -> contained(name));
  }

  /** The nearest within two slips of the keyboard, or one in a short name. */
  private static Optional<Setting<?>> near(String name) {
    String text = plain(name);
    int most = text.length() < SHORT ? 1 : 2;
    Setting<?> nearest = null;
    int least = most + 1;
    for (Setting<?> setting : Catalogue.all()) {
      int slips = slips(text, setting.variable(), least);
      if (slips < least) {
        nearest = setting;
        least = slips;
      }
    }
    return Optional.ofNullable(nearest);
  }

  /** {@code TWILIO_WORKSPACE_SID} holds {@code WORKSPACE_SID}; {@code RETELL_KEY} is in none. */
  private static Optional<Setting<?>> contained(String name) {
    String text = plain(name);
    return Catalogue.all().stream()
        .filter(setting -> text.contains(setting.variable()) || setting.variable().contains(text))
        .<Setting<?>>map(setting -> setting)
        .findFirst();
  }

  private static String plain(String name) {
    return name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
  }

  /**
   * How many letters were added, left out, replaced or swapped with their neighbour.
   *
   * @param enough from here on the exact number does not matter
   */
  private static int slips(String one, String other, int enough) {
    if (Math.abs(one.length() - other.length()) >= enough) {
      return enough;
    }
    int[][] cost = new int[one.length() + 1][other.length() + 1];
    for (int i = 0; i <= one.length(); i++) {
      for (int j = 0; j <= other.length(); j++) {
        cost[i][j] = i == 0 || j == 0 ? i + j : cheapest(one, other, i, j, cost);
      }
    }
    return cost[one.length()][other.length()];
  }

  private static int cheapest(String one, String other, int i, int j, int[][] cost) {
    boolean same = one.charAt(i - 1) == other.charAt(j - 1);
    int least =
        Math.min(cost[i - 1][j - 1] + (same ? 0 : 1), Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
    boolean swapped =
        i > 1
            && j > 1
            && one.charAt(i - 1) == other.charAt(j - 2)
            && one.charAt(i - 2) == other.charAt(j - 1);
    return swapped ? Math.min(least, cost[i - 2][j - 2] + 1) : least;
  }
}
