using Baton.Agents;
using Baton.Conversations;
using Baton.Conversations.Findings;
using Baton.Decisions.Asking;
using Baton.Decisions.Turns;
using Baton.Playbooks;
using Baton.Playbooks.Models;

namespace Baton.Decisions.Stages.Acting;

/// <summary>
/// Lets the agent of an intent work on the request. A call that needs a person ends the turn for now; what the agent
/// has done stays, and the stage goes on from there.
/// </summary>
internal sealed class AgentStage(AgentLoop loop, ConversationStore store, ModelAsker models, TurnOptions options)
    : Stage<Resolution>
{
    /// <summary>How well the answer of an agent rests on what tools said: its numbers were compared.</summary>
    private const double Relevance = 1;

    public override string Name => StageNames.Agent;

    /// <summary>Whether an agent may act on this turn: there is one, it has a model, and automation may send.</summary>
    public static bool MayAct(Turn turn, ModelAsker models, AutonomyRung autonomy) =>
        AgentOf(turn) is not null && autonomy == AutonomyRung.Auto && models.Asks(turn, ModelStages.Agent);

    /// <summary>An agent acts, so it has no part in a shadow.</summary>
    public override bool Applies(Turn turn) =>
        turn.Findings is { Resolution: null, Assessment.Route: Route.Auto, Signals: { Acts: true, Workflow: null } }
        && !turn.Conversation.Locked && !turn.IsShadow;

    public override async ValueTask<StageReport> RunAsync(Turn turn, CancellationToken cancellationToken)
    {
        var placeholders = store.Database.Read(c => MessageRows.Placeholders(c, turn.Conversation.Id));
        if (AgentOf(turn) is not { } agent || models.ForAgent(turn, placeholders) is not { } model)
            return Report(new Resolution(null, "no model can work on it", null, null), TierNames.Rules);
        var result = await loop.RunAsync(
            new AgentTask
            {
                Playbook = turn.Playbook, Agent = agent, ConversationId = turn.Conversation.Id, Turn = turn.Number,
                CustomerId = turn.Conversation.CustomerId, Identity = TurnSender.Of(store, turn.Conversation),
                Tier = turn.Customer.Tier, Consent = TurnConsent.Of(turn), Prompt = model.Prompt.System,
                IsLast = turn.Attempt >= options.ToolAttempts,
                Conversation = MarkedText.Of(MarkedText.Conversation(turn)), Options = model.On,
                Restore = placeholders.Restore,
            },
            model.Client, cancellationToken);
        // What is not known yet may be in a moment; the run keeps what it has done until then.
        if (result.End is AgentEnd.Later later) throw new StageException(later.Why, isTransient: true);
        var (log, ended) = (result.Log, ResolutionOf(result, model.Tier, placeholders) with
        {
            Actions = Actions(turn.Playbook, result.Log),
        });
        return Report(ended, model.Tier, null, Note(result)) with
        {
            Facts = result.Facts, IsPrecious = true, WaitsFor = (result.End as AgentEnd.Waiting)?.ApprovalId,
            CostUsd = log.CostUsd, Model = log.Model, TokensIn = (int)log.TokensIn, TokensOut = (int)log.TokensOut,
        };
    }

    protected override TurnFindings Apply(Turn turn, Resolution output) => turn.Findings with { Resolution = output };

    protected override StageDescription Describe(Resolution output) => output.Describe("What did the agent do?");

    private static string? AgentOf(Turn turn) => turn.Playbook.FindIntent(turn.Triage.Intent)?.Agent;

    private static Resolution ResolutionOf(
        AgentResult result, string tier, Privacy.Placeholders placeholders) => result.End switch
    {
        AgentEnd.Asks asks => new Confirming(placeholders.Cover(asks.Text), asks.Effect).Resolution(
            $"{Attempt(result.Log)} The customer was asked to confirm the next."),
        AgentEnd.Answered answered => new Resolution(
            new DraftAnswer { Text = answered.Text, Source = "agent", Relevance = Relevance, Tier = tier }, null, null,
            Attempt(result.Log)),
        AgentEnd.Person person => new Resolution(null, $"agent {result.Log.Agent}: {person.Why}", null, Attempt(result.Log)),
        _ => new Resolution(null, "an approval is awaited", null, Attempt(result.Log)),
    };

    /// <summary>What was done in other systems, tried and failed, or may have been done.</summary>
    private static IReadOnlyList<TicketAction> Actions(Playbook playbook, AgentLog log) =>
    [
        .. from step in log.Steps
           from call in step.Calls
           where call.Word is AgentCall.Done or AgentCall.Failed or AgentCall.Unclear
           let tool = playbook.Tools.FirstOrDefault(t => t.Name == call.Tool && t.HasEffect)
           where tool is not null
           select new TicketAction(step.Agent, call.Tool, call.Word!, call.Reference,
               tool.Money is null ? null : call.Amount, tool.Money?.Currency),
    ];

    /// <summary>For whoever takes over: what was done, and what was only read.</summary>
    private static string Attempt(AgentLog log)
    {
        var done = log.Calls.Where(c => c.Word == AgentCall.Done)
            .Select(c => c.Reference is null ? c.Tool : $"{c.Tool} ({c.Reference})").ToList();
        var read = log.Calls.Where(c => c.Word == AgentCall.Read && c.Tool != AgentTools.HandTo).Select(c => c.Tool)
            .Distinct().ToList();
        var unclear = log.Calls.Where(c => c.Word == AgentCall.Unclear).Select(c => c.Tool).ToList();
        var did = done.Count > 0 ? "did " + string.Join(", ", done)
            : unclear.Count > 0 ? "may have changed something" : "changed nothing";
        return $"Agent {log.Agent} {did}"
            + (unclear.Count == 0 ? "" : $"; look before you repeat it: {string.Join(", ", unclear)}")
            + (read.Count == 0 ? "." : $" and read {string.Join(", ", read)}.");
    }

    private static string Note(AgentResult result) => result.End switch
    {
        AgentEnd.Person person => person.Why,
        AgentEnd.Waiting waiting => $"waits for approval {waiting.ApprovalId}",
        AgentEnd.Asks => "waits for the customer's yes",
        _ => $"{result.Log.Steps.Count} steps, {result.Log.Calls.Count()} calls",
    };
}
