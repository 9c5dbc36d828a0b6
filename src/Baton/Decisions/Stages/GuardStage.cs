using System.Text.Json;
using Baton.Conversations;
using Baton.Escalation;

namespace Baton.Decisions.Stages;

/// <summary>The last word: is the answer backed by its sources, and does the policy allow it with what is known now.</summary>
internal sealed class GuardStage : IStage
{
    public string Name => "guard";

    public ValueTask<StageReport> RunAsync(Turn turn, CancellationToken cancellationToken)
    {
        var problems = turn.Resolution?.Draft switch
        {
            { IsWritten: true } => turn.Check?.Problems ?? ["the answer was not checked"],
            { Source: "article" } quoted => turn.Models.Ungrounded(quoted),
            _ => [],
        };
        var guarded = new StageOutput.Guarded(turn.Assessment!.Route, 0, problems);
        var verdict = EscalationPolicy.Evaluate(turn.Playbook, TurnFacts.Of(turn, turn.Assessment, guarded));
        return new(new StageReport
        {
            Output = ConversationJson.Element(
                guarded with { Route = verdict.Route, Confidence = verdict.Confidence }),
            Tier = "rules",
            Confidence = verdict.Confidence,
            Note = problems.Count == 0 ? null : problems[0],
        });
    }

    public void Apply(Turn turn, JsonElement output) => turn.Guarded = ConversationJson.Read<StageOutput.Guarded>(output);
}
