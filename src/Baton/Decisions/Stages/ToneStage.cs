using System.Text.Json;
using Baton.Conversations;

namespace Baton.Decisions.Stages;

/// <summary>Sentiment and urgency of the customer's own words, and where the mood is going (agent 2).</summary>
internal sealed class ToneStage : IStage
{
    public string Name => "tone";

    public ValueTask<StageReport> RunAsync(Turn turn, CancellationToken cancellationToken)
    {
        var (reading, confidence) = LocalModels.Tone(turn.Subject, turn.Body, turn.Earlier);
        return new(new StageReport
        {
            Output = ConversationJson.Element(reading), Tier = "local", Confidence = confidence,
        });
    }

    public void Apply(Turn turn, JsonElement output) => turn.Tone = ConversationJson.Read<ToneReading>(output);
}
