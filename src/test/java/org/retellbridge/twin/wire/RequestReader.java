package org.retellbridge.twin.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads HTTP/1.1 requests off one connection: fixed-length and chunked bodies. */
final class RequestReader {

  private static final int LONGEST_LINE = 64 * 1024;
  private static final int LARGEST_BODY = 32 * 1024 * 1024;

  private final InputStream in;
  private final OutputStream out;

  RequestReader(InputStream in, OutputStream out) {
    this.in = in;
    this.out = out;
  }

  /** The next request, or empty where the peer has closed the connection. */
  Optional<Request> next() throws IOException {
    String start = line();
    if (start == null) {
      return Optional.empty();
    }
    String[] parts = start.split(" ");
    if (parts.length != 3) {
      throw new IOException("not an HTTP request line");
    }
    Map<String, String> headers = headers();
    if ("100-continue".equalsIgnoreCase(headers.get("expect"))) {
      out.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(US_ASCII));
      out.flush();
    }
    return Optional.of(new Request(parts[0], parts[1], headers, body(headers)));
  }

  private Map<String, String> headers() throws IOException {
    Map<String, String> headers = new LinkedHashMap<>();
    for (String line = required(); !line.isEmpty(); line = required()) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        String name = line.substring(0, colon).trim().toLowerCase(Locale.ROOT);
        headers.merge(name, line.substring(colon + 1).trim(), (a, b) -> a + ", " + b);
      }
    }
    return headers;
  }

  private byte[] body(Map<String, String> headers) throws IOException {
    if ("chunked".equalsIgnoreCase(headers.get("transfer-encoding"))) {
      return chunks();
    }
    int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
    return exactly(length);
  }

  private byte[] chunks() throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    while (true) {
      int size = Integer.parseInt(required().split(";")[0].trim(), 16);
      all.write(exactly(size));
      if (size > 0) {
        required();
        continue;
      }
      while (!required().isEmpty()) {
        // Trailers are of no interest.
      }
      return all.toByteArray();
    }
  }

  private byte[] exactly(int length) throws IOException {
    if (length > LARGEST_BODY) {
      throw new IOException("body of " + length + " bytes");
    }
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException("request body ends early");
    }
    return bytes;
  }

  private String required() throws IOException {
    String line = line();
    if (line == null) {
      throw new EOFException("request ends early");
    }
    return line;
  }

  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream(128);
    for (int b = in.read(); b >= 0; b = in.read()) {
      if (b == '\n') {
        return line.toString(ISO_8859_1);
      }
      if (b != '\r') {
        line.write(b);
      }
      if (line.size() > LONGEST_LINE) {
        throw new IOException("line too long");
      }
    }
    return line.size() == 0 ? null : line.toString(ISO_8859_1);
  }
}
