package org.retellbridge.twin.retell;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** The agents and calls of the workspace. */
final class CallBook {

  /** A load test registers more calls than the memory should hold. */
  private static final int KEPT = 50_000;

  private final Map<String, RetellAgent> agents = new ConcurrentHashMap<>();
  private final Map<String, RetellCall> calls = new ConcurrentHashMap<>();
  private final ConcurrentLinkedQueue<RetellCall> inOrder = new ConcurrentLinkedQueue<>();
  private final Clock clock;

  CallBook(Clock clock) {
    this.clock = clock;
  }

  void hire(RetellAgent agent) {
    agents.put(agent.agentId(), agent);
  }

  Optional<RetellAgent> agent(String agentId) {
    return Optional.ofNullable(agents.get(agentId));
  }

  /**
   * @throws Refusal 422 where the workspace has no such agent or version (documented for the agent,
   *     inferred for the version)
   */
  RetellCall register(CallSpec spec) {
    RetellAgent agent =
        agent(spec.agentId())
            .orElseThrow(() -> new Refusal(422, "Agent " + spec.agentId() + " not found"));
    int version =
        agent
            .version(spec.version())
            .orElseThrow(() -> new Refusal(422, "Agent version not found"));
    String id = "call_" + UUID.randomUUID().toString().replace("-", "");
    RetellCall call = new RetellCall(id, spec, agent, version, clock.instant());
    calls.put(id, call);
    inOrder.add(call);
    if (calls.size() > KEPT) {
      Optional.ofNullable(inOrder.poll()).ifPresent(oldest -> calls.remove(oldest.callId()));
    }
    return call;
  }

  Optional<RetellCall> call(String callId) {
    return Optional.ofNullable(calls.get(callId));
  }

  List<RetellCall> all() {
    return List.copyOf(inOrder);
  }

  void clear() {
    calls.clear();
    inOrder.clear();
  }
}
