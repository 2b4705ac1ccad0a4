package org.retellbridge.foundation.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpResponse;

/** What has arrived of an answer. */
final class IncomingReply {
  /** Far above any answer of the vendors, far below what would fill the heap. */
  static final int MOST_BYTES = 4 * 1024 * 1024;

  private static final int USUAL_BYTES = 512;

  /** More than that is not believed before it is there. */
  private static final int MOST_ANNOUNCED = 65_536;

  private final HttpResponse head;
  private final ByteArrayOutputStream body;

  /**
   * @param details what is known of the body; null when there is none
   */
  IncomingReply(HttpResponse head, EntityDetails details) {
    this.head = head;
    this.body = details == null ? null : new ByteArrayOutputStream(expected(details));
  }

  private static int expected(EntityDetails details) {
    long announced = details.getContentLength();
    return announced < 0 || announced > MOST_ANNOUNCED ? USUAL_BYTES : (int) announced;
  }

  void add(ByteBuffer bytes) throws IOException {
    if (body.size() + bytes.remaining() > MOST_BYTES) {
      throw new IOException("the answer is larger than " + MOST_BYTES + " bytes");
    }
    if (bytes.hasArray()) {
      body.write(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
      bytes.position(bytes.limit());
      return;
    }
    byte[] copy = new byte[bytes.remaining()];
    bytes.get(copy);
    body.write(copy, 0, copy.length);
  }

  /** Once all of it is there. */
  Reply whole() {
    List<Reply.Header> headers = new ArrayList<>();
    for (Header header : head.getHeaders()) {
      headers.add(new Reply.Header(header.getName(), header.getValue()));
    }
    return new Reply(head.getCode(), headers, body == null ? "" : body.toString(UTF_8));
  }
}
