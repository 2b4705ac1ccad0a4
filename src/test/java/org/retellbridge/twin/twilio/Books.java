package org.retellbridge.twin.twilio;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** What the account owns, and what has been done with it. */
final class Books {

  /** A workspace's workflow. */
  record Workflow(String workspaceSid, String workflowSid, String name) {}

  final Map<String, OwnedNumber> numbers = new ConcurrentHashMap<>();
  final Set<String> applications = ConcurrentHashMap.newKeySet();
  final Set<String> messagingServices = ConcurrentHashMap.newKeySet();
  final Map<String, Workflow> workflows = new ConcurrentHashMap<>();
  final Set<String> taskChannels = ConcurrentHashMap.newKeySet();

  /** Recipients that cannot get messages, and Twilio's code for it. */
  final Map<String, Integer> unreachable = new ConcurrentHashMap<>();

  private final Map<String, LiveCall> calls = new ConcurrentHashMap<>();
  private final ConcurrentLinkedQueue<SentMessage> messages = new ConcurrentLinkedQueue<>();
  private final ConcurrentLinkedQueue<CreatedTask> tasks = new ConcurrentLinkedQueue<>();
  private final ConcurrentLinkedQueue<StudioVisit> visits = new ConcurrentLinkedQueue<>();

  Books() {
    taskChannels.addAll(List.of("default", "voice", "chat", "sms", "video", "email"));
  }

  void add(LiveCall call) {
    calls.put(call.callSid(), call);
  }

  void add(SentMessage message) {
    messages.add(message);
  }

  void add(CreatedTask task) {
    tasks.add(task);
  }

  void add(StudioVisit visit) {
    visits.add(visit);
  }

  Optional<LiveCall> call(String sid) {
    return Optional.ofNullable(calls.get(sid));
  }

  List<LiveCall> calls() {
    return List.copyOf(calls.values());
  }

  List<SentMessage> messages() {
    return List.copyOf(messages);
  }

  List<CreatedTask> tasks() {
    return List.copyOf(tasks);
  }

  List<StudioVisit> visits() {
    return List.copyOf(visits);
  }

  /** Forgets what was done; what is owned stays. */
  void clear() {
    calls.clear();
    messages.clear();
    tasks.clear();
    visits.clear();
    unreachable.clear();
  }
}
