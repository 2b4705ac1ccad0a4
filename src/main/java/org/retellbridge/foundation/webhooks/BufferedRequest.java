package org.retellbridge.foundation.webhooks;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.InputStreamReader;
import java.util.Collections;
import java.util.Map;

/**
 * The request with its body from memory. Its parameters are the query's alone at most: the server
 * would mix body and query, which Twilio signs differently, and would read a body that nobody asked
 * for.
 */
final class BufferedRequest extends HttpServletRequestWrapper {

  BufferedRequest(HttpServletRequest request) {
    super(request);
  }

  @Override
  public ServletInputStream getInputStream() {
    return new MemoryStream(SignedRequest.of((HttpServletRequest) getRequest()).body());
  }

  @Override
  public BufferedReader getReader() {
    return new BufferedReader(new InputStreamReader(getInputStream(), UTF_8));
  }

  @Override
  public int getContentLength() {
    return SignedRequest.of((HttpServletRequest) getRequest()).body().length;
  }

  @Override
  public long getContentLengthLong() {
    return getContentLength();
  }

  @Override
  public String getParameter(String name) {
    return null;
  }

  @Override
  public Map<String, String[]> getParameterMap() {
    return Collections.emptyMap();
  }

  @Override
  public java.util.Enumeration<String> getParameterNames() {
    return Collections.emptyEnumeration();
  }

  @Override
  public String[] getParameterValues(String name) {
    return null;
  }

  /**
   * A body that is there in full. Once read it is let go: servers keep the stream until the answer
   * is sent.
   */
  static final class MemoryStream extends ServletInputStream {
    private static final ByteArrayInputStream NOTHING = new ByteArrayInputStream(new byte[0]);

    private ByteArrayInputStream bytes;

    MemoryStream(byte[] body) {
      bytes = new ByteArrayInputStream(body);
    }

    @Override
    public int read() {
      int next = bytes.read();
      letGoAtEnd();
      return next;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
      int count = bytes.read(target, offset, length);
      letGoAtEnd();
      return count;
    }

    private void letGoAtEnd() {
      if (isFinished()) {
        bytes = NOTHING;
      }
    }

    @Override
    public int available() {
      return bytes.available();
    }

    @Override
    public boolean isFinished() {
      return bytes.available() == 0;
    }

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void setReadListener(ReadListener listener) {
      throw new IllegalStateException("the body is in memory already");
    }
  }
}
