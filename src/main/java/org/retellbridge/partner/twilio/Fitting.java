package org.retellbridge.partner.twilio;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;

/** Cuts texts until what is made of them fits, so that markup and JSON around them stay whole. */
public final class Fitting {
  private static final String ELLIPSIS = "…";

  /** So far back a word's end is looked for; some languages write none. */
  private static final int WORD = 40;

  /** What is cut shorter than this to make room for others says nothing any more. */
  private static final int ENOUGH = 160;

  private Fitting() {}

  /**
   * The longest form that fits. All texts get the same room, so the long ones are cut and the short
   * ones stay; where that would leave too little of each, the last ones go first.
   *
   * @param fixed texts that stay as they are, before the others
   * @param texts the others, in their order
   * @param form what is made of all of them
   * @param fits whether that is short enough; what is made of {@code fixed} alone must be
   */
  public static String longest(
      Map<String, String> fixed,
      Map<String, String> texts,
      Function<Map<String, String>, String> form,
      Predicate<String> fits) {
    Map<String, String> kept = new LinkedHashMap<>(texts);
    while (!kept.isEmpty()
        && !fits.test(form.apply(cut(fixed, kept, kept.size() > 1 ? ENOUGH : 0)))) {
      List<String> names = new ArrayList<>(kept.keySet());
      kept.remove(names.get(names.size() - 1));
    }
    int least = 0;
    int most = kept.values().stream().mapToInt(String::length).max().orElse(0);
    String best = form.apply(cut(fixed, kept, most));
    if (fits.test(best)) {
      return best;
    }
    best = form.apply(cut(fixed, kept, 0));
    while (most - least > 1) {
      int middle = (least + most) / 2;
      String candidate = form.apply(cut(fixed, kept, middle));
      if (fits.test(candidate)) {
        least = middle;
        best = candidate;
      } else {
        most = middle;
      }
    }
    return best;
  }

  private static Map<String, String> cut(
      Map<String, String> fixed, Map<String, String> texts, int room) {
    Map<String, String> shorter = new LinkedHashMap<>(fixed);
    texts.forEach((name, text) -> shorter.putIfAbsent(name, cut(text, room)));
    return shorter;
  }

  /** At most {@code room} characters, ended at a word and marked where something is missing. */
  static String cut(String text, int room) {
    if (text.length() <= room) {
      return text;
    }
    if (room == 0) {
      return "";
    }
    int end = room - ELLIPSIS.length();
    for (int i = end; i > 0 && i > end - WORD; i--) {
      if (Character.isWhitespace(text.charAt(i))) {
        return text.substring(0, i).stripTrailing() + ELLIPSIS;
      }
    }
    boolean splits = end > 0 && Character.isHighSurrogate(text.charAt(end - 1));
    return text.substring(0, splits ? end - 1 : end) + ELLIPSIS;
  }
}
