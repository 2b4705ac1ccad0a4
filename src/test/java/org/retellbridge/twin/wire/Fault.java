package org.retellbridge.twin.wire;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** A way in which a vendor's answer goes wrong. */
public sealed interface Fault {

  /** How the fault is told in a timeline. */
  String story();

  /** The answer is right but late. Adds to any other fault that strikes the same request. */
  record Late(Duration by) implements Fault {
    @Override
    public String story() {
      return "late by " + by.toMillis() + " ms";
    }
  }

  /** The answer is right and comes when somebody lets it go. */
  record Held(CountDownLatch until) implements Fault {
    @Override
    public String story() {
      return "held back";
    }
  }

  /** Another answer than the right one. */
  record Says(Reply reply, boolean afterActing) implements Fault {
    @Override
    public String story() {
      return "fault " + reply.status() + (afterActing ? " after acting" : "");
    }

    public Says retryAfter(int seconds) {
      return new Says(reply.with("Retry-After", Integer.toString(seconds)), afterActing);
    }

    /** The vendor does its work first: the caller is told a failure that was none. */
    public Says afterItActed() {
      return new Says(reply, true);
    }
  }

  /** The connection ends without a byte of an answer: the outcome is unknown to the caller. */
  record Cut(boolean afterActing) implements Fault {
    @Override
    public String story() {
      return afterActing ? "cut after acting" : "cut before acting";
    }
  }

  /** Half of the announced bytes come, then the connection ends or nothing more arrives. */
  record Half(boolean stalls) implements Fault {
    @Override
    public String story() {
      return stalls ? "half an answer, then silence" : "half an answer, then cut";
    }
  }

  /** The body comes byte by byte. */
  record Trickle(Duration perByte) implements Fault {
    @Override
    public String story() {
      return "a byte each " + perByte.toMillis() + " ms";
    }
  }

  /** Takes the request, does nothing and never answers. */
  record Silent() implements Fault {
    @Override
    public String story() {
      return "never answers";
    }
  }

  static Late late(Duration by) {
    return new Late(by);
  }

  static Held held(CountDownLatch until) {
    return new Held(until);
  }

  static Says says(Reply reply) {
    return new Says(reply, false);
  }

  static Says status(int status) {
    return status(status, "{\"status\":\"error\",\"message\":\"made up by the twin\"}");
  }

  static Says status(int status, String json) {
    return says(Reply.json(status, json));
  }

  /** Says that it is JSON and is not. */
  static Says garbage() {
    return says(Reply.json(200, "{\"call_id\": <<<not json"));
  }

  static Says html() {
    return says(Reply.text(200, "text/html", "<html><body>Maintenance</body></html>"));
  }

  /** Success, and not a byte of a body. */
  static Says nothing() {
    return says(new Reply(200, Map.of(), new byte[0]));
  }

  static Cut cut() {
    return new Cut(false);
  }

  static Cut cutAfterActing() {
    return new Cut(true);
  }

  static Half half() {
    return new Half(false);
  }

  static Half halfThenSilence() {
    return new Half(true);
  }

  static Trickle trickle(Duration perByte) {
    return new Trickle(perByte);
  }

  static Silent silent() {
    return new Silent();
  }
}
