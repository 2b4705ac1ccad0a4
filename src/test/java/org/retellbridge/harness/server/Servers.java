package org.retellbridge.harness.server;

/** The servers, by the names of their folders in {@code server-config}. */
final class Servers {
  private Servers() {}

  /** Where an operator's configuration puts the data source on PostgreSQL. */
  static String dataSource() {
    return System.getProperty("server").equals("wildfly") ? "java:/jdbc/bridge" : "jdbc/bridge";
  }

  static ApplicationServer chosen() {
    String name = System.getProperty("server");
    return switch (name) {
      case "payara-micro" -> new PayaraMicro();
      case "wildfly" -> new WildFly();
      case "open-liberty" -> new OpenLiberty();
      case "glassfish" -> new GlassFish();
      default -> throw new IllegalArgumentException("no such server: " + name);
    };
  }
}
