package org.retellbridge.harness;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A request written by hand, as slowly and as brokenly as a test wants. */
public final class RawRequest implements AutoCloseable {
  private static final Pattern LENGTH =
      Pattern.compile("^content-length: *(\\d+)", Pattern.CASE_INSENSITIVE | Pattern.MULTILINE);

  private static final Pattern END =
      Pattern.compile("^connection: *close", Pattern.CASE_INSENSITIVE | Pattern.MULTILINE);

  private final Socket socket;
  private boolean over;

  public RawRequest(URI target) {
    try {
      socket = new Socket("127.0.0.1", target.getPort());
      socket.setSoTimeout(30_000);
      socket.setTcpNoDelay(true);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sends text as it is; lines of a head end with {@code \r\n}. */
  public RawRequest send(String text) {
    try {
      socket.getOutputStream().write(text.getBytes(UTF_8));
      socket.getOutputStream().flush();
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One chunk of a chunked body. */
  public RawRequest chunk(String text) {
    return send(Integer.toHexString(text.getBytes(UTF_8).length) + "\r\n" + text + "\r\n");
  }

  /** The status of the answer. */
  public int status() {
    try {
      BufferedReader in =
          new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1));
      return Integer.parseInt(in.readLine().split(" ")[1]);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The status of the answer, of which nothing is left behind: the connection is ready for another.
   */
  public int answer() {
    try {
      InputStream in = socket.getInputStream();
      StringBuilder head = new StringBuilder();
      while (head.indexOf("\r\n\r\n") < 0) {
        int next = in.read();
        if (next < 0) {
          throw new EOFException(head.toString());
        }
        head.append((char) next);
      }
      over = END.matcher(head).find();
      Matcher length = LENGTH.matcher(head);
      in.readNBytes(length.find() ? Integer.parseInt(length.group(1)) : 0);
      return Integer.parseInt(head.toString().split(" ")[1]);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether the last answer said that the server ends the connection. */
  public boolean over() {
    return over;
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
