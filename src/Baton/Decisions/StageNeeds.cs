using Baton.Agents;
using Baton.Conversations;
using Baton.Customers;
using Baton.Decisions.Asking;
using Baton.Decisions.Turns;
using Baton.Operations;
using Baton.Operations.Autonomy;
using Baton.Tools;
using Baton.Workflows;

namespace Baton.Decisions;

/// <summary>What the built-in stages need from other slices.</summary>
internal sealed record StageNeeds(
    CustomerContexts Customers, KillSwitch KillSwitch, ConversationStore Store, HttpToolCaller Tools,
    WorkflowRunner Workflows,
    ModelAsker Models, AgentLoop Agents, AutonomyRungs Autonomy, TurnOptions Turns, TimeProvider Clock);
