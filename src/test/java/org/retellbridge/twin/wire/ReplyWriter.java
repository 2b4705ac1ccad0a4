package org.retellbridge.twin.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Writes answers on one connection: whole, in half, or byte by byte. */
final class ReplyWriter {

  /** What an empty body pretends to be when only half of it comes. */
  private static final int PRETENDED = 64;

  /** Every vendor's answer bears one. */
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US);

  private final OutputStream out;
  private final boolean headOnly;

  ReplyWriter(OutputStream out, String method) {
    this.out = out;
    this.headOnly = method.equals("HEAD");
  }

  void whole(Reply reply) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream(256 + reply.body().length);
    all.writeBytes(head(reply, reply.body().length));
    if (!headOnly) {
      all.writeBytes(reply.body());
    }
    all.writeTo(out);
    out.flush();
  }

  void half(Reply reply) throws IOException {
    int announced = reply.body().length == 0 ? PRETENDED : reply.body().length;
    out.write(head(reply, announced));
    out.write(reply.body(), 0, reply.body().length / 2);
    out.flush();
  }

  void trickle(Reply reply, Duration perByte) throws IOException, InterruptedException {
    out.write(head(reply, reply.body().length));
    out.flush();
    for (byte b : reply.body()) {
      Thread.sleep(perByte.toMillis());
      out.write(b);
      out.flush();
    }
  }

  private static byte[] head(Reply reply, int length) {
    StringBuilder head = new StringBuilder(128);
    head.append("HTTP/1.1 ").append(reply.status()).append(" Twin\r\n");
    header(head, "Date", DATE.format(ZonedDateTime.now(ZoneOffset.UTC)));
    reply.headers().forEach((name, value) -> header(head, name, value));
    if (reply.status() != 204) {
      header(head, "Content-Length", Integer.toString(length));
    }
    return head.append("\r\n").toString().getBytes(ISO_8859_1);
  }

  private static void header(StringBuilder head, String name, String value) {
    head.append(name).append(": ").append(value).append("\r\n");
  }
}
