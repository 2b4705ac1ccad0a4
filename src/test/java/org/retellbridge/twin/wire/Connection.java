package org.retellbridge.twin.wire;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.Map;
import java.util.Optional;

/** One keep-alive connection, served by one thread until either side has enough of it. */
final class Connection implements Runnable {

  private static final Reply NO_REPLY = new Reply(0, Map.of(), new byte[0]);

  private final Socket socket;
  private final MiniServer server;

  Connection(Socket socket, MiniServer server) {
    this.socket = socket;
    this.server = server;
  }

  @Override
  public void run() {
    try (socket) {
      InputStream in = new BufferedInputStream(socket.getInputStream(), 8192);
      OutputStream out = socket.getOutputStream();
      RequestReader reader = new RequestReader(in, out);
      boolean open = true;
      while (open) {
        Optional<Request> request = reader.next();
        open = request.isPresent() && exchange(request.get(), in, out);
      }
    } catch (IOException gone) {
      // The peer left: nobody to tell.
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    } finally {
      server.forget(socket);
    }
  }

  private boolean exchange(Request request, InputStream in, OutputStream out)
      throws IOException, InterruptedException {
    int era = server.era();
    server.begin(request);
    try {
      Faults.Strike strike = server.faults().strike(request);
      if (!strike.late().isZero()) {
        Thread.sleep(strike.late().toMillis());
      }
      if (strike.fault().orElse(null) instanceof Fault.Held held) {
        held.until().await();
      }
      if (server.era() != era) {
        return false;
      }
      ReplyWriter writer = new ReplyWriter(out, request.method());
      boolean open =
          strike.fault().isEmpty()
              ? answer(request, writer)
              : misbehave(strike.fault().get(), request, writer, in);
      return open && !"close".equalsIgnoreCase(request.header("connection").orElse(""));
    } finally {
      server.end();
    }
  }

  private boolean answer(Request request, ReplyWriter writer) throws IOException {
    Reply reply = server.act(request);
    server.tell(request, reply, "");
    writer.whole(reply);
    return true;
  }

  /** Returns whether the connection stays open. */
  private boolean misbehave(Fault fault, Request request, ReplyWriter writer, InputStream in)
      throws IOException, InterruptedException {
    if (fault instanceof Fault.Held) {
      return answer(request, writer);
    }
    if (fault instanceof Fault.Says says) {
      if (says.afterActing()) {
        server.act(request);
      }
      server.tell(request, says.reply(), fault.story());
      writer.whole(says.reply());
      return true;
    }
    boolean acts =
        !(fault instanceof Fault.Silent) && !(fault instanceof Fault.Cut cut && !cut.afterActing());
    Reply reply = acts ? server.act(request) : NO_REPLY;
    server.tell(request, reply, fault.story());
    if (fault instanceof Fault.Trickle trickle) {
      writer.trickle(reply, trickle.perByte());
      return true;
    }
    if (fault instanceof Fault.Half half) {
      writer.half(reply);
      if (half.stalls()) {
        untilPeerLeaves(in);
      }
    }
    if (fault instanceof Fault.Silent) {
      untilPeerLeaves(in);
    }
    return false;
  }

  private static void untilPeerLeaves(InputStream in) throws IOException {
    while (in.read() >= 0) {
      // Whatever is still sent stays unanswered.
    }
  }
}
