using System.Text.Json;
using Baton.Conversations;
using Baton.Decisions.Asking;
using Baton.Decisions.Turns;
using Baton.Playbooks.Models;
using Baton.Workflows;

namespace Baton.Decisions.Stages.Acting;

/// <summary>
/// A model's look at a score that rules leave in doubt. Whatever it says can only send the ticket to a person; without
/// a model, after an error and after a time-out the rules stand alone.
/// </summary>
internal sealed class FraudOpinion(ModelAsker models, Turn turn)
{
    private const string Clean = "clean";

    private static readonly JsonElement Schema = AnswerSchema.Object(
        ("verdict", AnswerSchema.OneOf([Clean, "suspicious"])),
        ("concern", AnswerSchema.OneOf(
            ["none", "pressure", "contradiction", "many_refunds", "another_person", "made_up_story", "instructions"])));

    private readonly List<Asked<Verdict>> _asked = [];
    private readonly List<ConversationEvent> _given = [];

    /// <summary>Null where no model may be asked.</summary>
    public AskOpinion? Ask => models.Asks(turn, ModelStages.Fraud) ? AskAsync : null;

    /// <summary>The report with what asking cost and brought.</summary>
    public StageReport On(StageReport report) =>
        _asked.Aggregate(report with { Facts = [.. report.Facts, .. _given] }, (sum, asked) => asked.On(sum));

    private async Task<ScoreOpinion?> AskAsync(ScoreReading reading, CancellationToken cancellationToken)
    {
        var asked = await models.AskAsync(turn, new ModelQuestion<Verdict>
        {
            Stage = ModelStages.Fraud,
            Parts =
            [
                .. MarkedText.Conversation(turn), ("what was looked up", string.Join('\n', reading.Facts)),
                ("what the rules found", reading.Note),
            ],
            Schema = Schema,
            Read = json => new Verdict(json.Word("verdict"), json.Word("concern")),
            // Any valid answer counts: there is nothing in it that could be too bold.
            Confidence = _ => 1,
            Otherwise = TierNames.Rules,
        }, cancellationToken);
        _asked.Add(asked);
        if (asked.Answer is not { } verdict) return null;
        _given.Add(new ConversationEvent.ScoreOpinionGiven(
            turn.Number, reading.Step.Agent, reading.Step.Name, reading.Points, verdict.Word, verdict.Concern,
            asked.Tier));
        return new ScoreOpinion(verdict.Word == Clean, verdict.Concern, asked.Tier);
    }

    private sealed record Verdict(string Word, string Concern);
}
