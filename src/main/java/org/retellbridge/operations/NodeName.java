package org.retellbridge.operations;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** What the machine is called that this node runs on; in a container, what that is called. */
final class NodeName {
  private static final Path LINUX = Path.of("/proc/sys/kernel/hostname");

  private NodeName() {}

  static String read() {
    return read(LINUX);
  }

  /**
   * @param kernels the kernel's own word, which needs no name service
   */
  static String read(Path kernels) {
    return written(kernels).orElseGet(NodeName::resolved);
  }

  private static Optional<String> written(Path file) {
    try {
      return Optional.of(Files.readString(file).strip()).filter(name -> !name.isEmpty());
    } catch (IOException notLinux) {
      return Optional.empty();
    }
  }

  private static String resolved() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "unknown";
    }
  }
}
