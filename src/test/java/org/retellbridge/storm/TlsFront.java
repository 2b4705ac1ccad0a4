package org.retellbridge.storm;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.retellbridge.harness.SelfSigned;

/** TLS in front of a vendor's twin, with a certificate that is trusted or one that is not. */
final class TlsFront implements AutoCloseable {
  static final String PASSWORD = SelfSigned.PASSWORD;

  private final ServerSocket socket;
  private final URI target;
  private final SSLContext trusted;
  private final SSLContext stranger;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private volatile SSLContext shown;

  private TlsFront(URI target, SSLContext trusted, SSLContext stranger) throws IOException {
    this.socket = new ServerSocket(0, 512, InetAddress.getLoopbackAddress());
    this.target = target;
    this.trusted = trusted;
    this.stranger = stranger;
    this.shown = trusted;
  }

  /**
   * @param folder gets the certificates; {@link #trustStore} is the one to trust
   */
  static TlsFront before(URI target, Path folder) {
    try {
      TlsFront front =
          new TlsFront(
              target, context(trustStore(folder)), context(folder.resolve("stranger.p12")));
      front.threads.execute(front::acceptAll);
      return front;
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  static Path trustStore(Path folder) {
    return folder.resolve("trusted.p12");
  }

  int port() {
    return socket.getLocalPort();
  }

  /** From now on nobody who checks gets through, those included who did before. */
  void turnStrange() {
    shown = stranger;
    cutAll();
  }

  void turnTrusted() {
    shown = trusted;
    cutAll();
  }

  void cutAll() {
    open.forEach(TlsFront::closeQuietly);
  }

  private void acceptAll() {
    while (!socket.isClosed()) {
      try {
        Socket plain = socket.accept();
        threads.execute(() -> serve(plain));
      } catch (IOException closing) {
        // Leaves the loop when the front is closed.
      }
    }
  }

  private void serve(Socket plain) {
    open.add(plain);
    try (Socket behind = new Socket(target.getHost(), target.getPort());
        SSLSocket before =
            (SSLSocket) shown.getSocketFactory().createSocket(plain, null, plain.getPort(), true)) {
      before.setUseClientMode(false);
      before.startHandshake();
      threads.execute(() -> pump(behind, before));
      pump(before, behind);
    } catch (IOException refused) {
      // The peer did not like the certificate, or left.
    } finally {
      open.remove(plain);
      closeQuietly(plain);
    }
  }

  private static void pump(Socket from, Socket to) {
    try {
      InputStream in = from.getInputStream();
      byte[] some = new byte[8192];
      for (int read = in.read(some); read >= 0; read = in.read(some)) {
        to.getOutputStream().write(some, 0, read);
        to.getOutputStream().flush();
      }
    } catch (IOException gone) {
      // Either side left.
    } finally {
      closeQuietly(to);
    }
  }

  private static SSLContext context(Path store) throws IOException, GeneralSecurityException {
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(SelfSigned.in(store).keys(), PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(factory.getKeyManagers(), null, null);
    return context;
  }

  private static void closeQuietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException gone) {
      // Nothing to save.
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException gone) {
      // Nothing to save.
    }
    cutAll();
    threads.shutdownNow();
  }
}
