using Baton.Conversations.Findings;
using Baton.Decisions.Asking;
using Baton.Decisions.Turns;
using Baton.Playbooks.Models;

namespace Baton.Decisions.Stages;

/// <summary>Sentiment and urgency of the customer's own words, and where the mood is going (agent 2).</summary>
internal sealed class ToneStage(ModelAsker models) : Stage<ToneReading>
{
    public override string Name => StageNames.Tone;

    /// <summary>The complexity does not depend on the mood.</summary>
    public override bool RunsWithNext => true;

    public override ValueTask<StageReport> RunAsync(Turn turn, CancellationToken cancellationToken)
    {
        var (reading, confidence) = LocalModels.Tone(turn.Subject, turn.Body, turn.Earlier);
        return confidence >= turn.Playbook.Thresholds.ToneConfidence || !models.Asks(turn, ModelStages.Tone)
            ? new(Report(reading, TierNames.Local, confidence))
            : new(AskAsync(turn, reading, confidence, cancellationToken));
    }

    protected override TurnFindings Apply(Turn turn, ToneReading output) => turn.Findings with { Tone = output };

    protected override StageDescription Describe(ToneReading output) => new("How do they sound?")
    {
        Facts =
        [
            new("tone", output.Tone), new("sentiment", $"{output.Sentiment} / 10"),
            new("urgency", $"{output.Urgency} / 10"),
            new("trajectory", output.Trajectory),
        ],
        Words = output.Signals,
        Line = $"{output.Tone}, sentiment {output.Sentiment}, urgency {output.Urgency}, {output.Trajectory}",
    };

    private async Task<StageReport> AskAsync(
        Turn turn, ToneReading local, double confidence, CancellationToken cancellationToken)
    {
        var asked = await models.AskAsync(turn, ToneQuestion.Of(turn), cancellationToken);
        return asked.On(asked.Answer is { } answer
            ? Report(answer.Reading(local), asked.Tier, answer.Confidence)
            : Report(local, TierNames.Local, confidence));
    }
}
