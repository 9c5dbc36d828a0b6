using System.Text.Json;
using Baton.Conversations;
using Baton.Decisions.Asking;
using Baton.Playbooks;

namespace Baton.Decisions.Stages;

/// <summary>Sentiment and urgency of the customer's own words, and where the mood is going (agent 2).</summary>
internal sealed class ToneStage(ModelAsker models) : IStage
{
    public string Name => "tone";

    /// <summary>The complexity does not depend on the mood.</summary>
    public bool RunsWithNext => true;

    public ValueTask<StageReport> RunAsync(Turn turn, CancellationToken cancellationToken)
    {
        var (reading, confidence) = LocalModels.Tone(turn.Subject, turn.Body, turn.Earlier);
        return confidence >= turn.Playbook.Thresholds.ToneConfidence || !models.Asks(turn, ModelStages.Tone)
            ? new(Report(reading, "local", confidence))
            : new(AskAsync(turn, reading, confidence, cancellationToken));
    }

    public void Apply(Turn turn, JsonElement output) => turn.Tone = ConversationJson.Read<ToneReading>(output);

    private async Task<StageReport> AskAsync(
        Turn turn, ToneReading local, double confidence, CancellationToken cancellationToken)
    {
        var asked = await models.AskAsync(turn, ToneQuestion.Of(turn), cancellationToken);
        return asked.On(asked.Answer is { } answer
            ? Report(answer.Reading(local), asked.Tier, answer.Confidence)
            : Report(local, "local", confidence));
    }

    private static StageReport Report(ToneReading reading, string tier, double confidence) => new()
    {
        Output = ConversationJson.Element(reading), Tier = tier, Confidence = confidence,
    };
}
