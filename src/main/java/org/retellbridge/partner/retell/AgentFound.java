package org.retellbridge.partner.retell;

import java.util.List;
import org.retellbridge.foundation.checkup.Diagnosis;
import org.retellbridge.foundation.settings.NamedAgent;

/**
 * What Retell said of an agent.
 *
 * @param there whether it has the agent, in the version that is asked for
 * @param diagnoses the same in words
 */
record AgentFound(NamedAgent agent, boolean there, List<Diagnosis> diagnoses) {}
