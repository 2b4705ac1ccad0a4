package org.retellbridge.operations.doctor;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.json.JsonObjectBuilder;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.retellbridge.foundation.json.JsonText;
import org.retellbridge.foundation.webhooks.Proof;
import org.retellbridge.foundation.webhooks.PublicUrls;
import org.retellbridge.foundation.webhooks.SignedRequest;

/** Tells the bridge how its own probe arrived. It acts on nothing. */
@Path("/probe")
@ApplicationScoped
@ProbeOnly
public class ProbeResource {
  /** What a proxy may tell of the address that was asked. */
  static final List<String> HEADERS =
      List.of(
          "Host",
          "Forwarded",
          "X-Forwarded-Proto",
          "X-Forwarded-Host",
          "X-Forwarded-Port",
          "X-Forwarded-Prefix");

  private List<Proof> proofs = List.of();
  private PublicUrls urls;

  public ProbeResource() {}

  @Inject
  ProbeResource(@Any Instance<Proof> proofs, PublicUrls urls) {
    this.proofs = proofs.stream().toList();
    this.urls = urls;
  }

  @POST
  @Produces(MediaType.APPLICATION_JSON)
  public String arrived() {
    SignedRequest seen = SignedRequest.here();
    JsonObjectBuilder json =
        JsonText.object()
            .add("bridge", "twilio-retell-bridge")
            .add("method", seen.method())
            .add("query", seen.rawQuery())
            .add("content_type", seen.contentType())
            .add("body", Digest.of(seen.body()))
            .add("told", urls.told(seen).orElse(""));
    proofs.forEach(proof -> json.add(proof.vendor(), proof.verify(seen).reason()));
    JsonObjectBuilder headers = JsonText.object();
    HEADERS.forEach(name -> seen.header(name).ifPresent(value -> headers.add(name, value)));
    return json.add("headers", headers).build().toString();
  }

  /** A redirect on the way turns a POST into this. */
  @GET
  @Produces(MediaType.APPLICATION_JSON)
  public String arrivedByGet() {
    return arrived();
  }

  /** Nothing sends it, but 405 would tell strangers that something is here. */
  @PUT
  @Produces(MediaType.APPLICATION_JSON)
  public String arrivedByPut() {
    return arrived();
  }

  /** The same. */
  @DELETE
  @Produces(MediaType.APPLICATION_JSON)
  public String arrivedByDelete() {
    return arrived();
  }
}
