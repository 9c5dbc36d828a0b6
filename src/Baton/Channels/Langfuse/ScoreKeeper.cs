using System.Globalization;
using System.Text.Json.Nodes;
using Baton.Conversations;
using Baton.Conversations.Findings;
using Baton.Storage;
using Baton.Storage.Outgoing;

namespace Baton.Channels.Langfuse;

/// <summary>
/// Verdicts on decisions as scores of their traces: those of judges, of reviewers and of customers. A row of the
/// outbox in the transaction of the verdict; figures and ids, no words.
/// </summary>
internal sealed class ScoreKeeper(ChannelOptions options, Announcements announcements)
{
    /// <summary>Type of what is told to the channel.</summary>
    public const string Type = "score";

    private readonly bool _wanted = options.Langfuse.PublicKey.Length > 0;

    /// <inheritdoc cref="FollowUp"/>
    public IReadOnlyList<ConversationEvent> Follow(
        WriteTransaction transaction, Conversation before, IReadOnlyList<ConversationEvent> facts, DateTimeOffset at)
    {
        if (!_wanted) return [];
        foreach (var (i, fact) in facts.Index())
            foreach (var (name, turn, value) in Scores(fact, before))
            {
                var id = string.Create(
                    CultureInfo.InvariantCulture, $"{TraceIds.Of(before.Id, turn)}-{name}-{before.Version + i + 1}");
                announcements.TellTo(LangfuseChannel.ChannelName, transaction, id, Type, at, new JsonObject
                {
                    ["id"] = id, ["traceId"] = TraceIds.Of(before.Id, turn), ["name"] = name, ["value"] = value,
                    ["dataType"] = "NUMERIC",
                });
            }
        return [];
    }

    private static IEnumerable<(string Name, int Turn, double Value)> Scores(
        ConversationEvent fact, Conversation before) => fact switch
    {
        ConversationEvent.SecondOpinionGiven e =>
        [
            .. e.AgreesOnRoute is { } route ? [("route_agreement", e.Turn, route ? 1.0 : 0)]
                : Array.Empty<(string, int, double)>(),
            .. e.AgreesOnIntent is { } intent ? [("intent_agreement", e.Turn, intent ? 1.0 : 0)]
                : Array.Empty<(string, int, double)>(),
        ],
        ConversationEvent.DecisionReviewed e => [("review", e.Turn, e.ShouldHaveBeen is null ? 1.0 : 0)],
        ConversationEvent.Rated e when before.Tally.Turns.Count > 0 =>
            [("stars", before.Tally.Turns.Keys.Last(), e.Stars)],
        _ => [],
    };
}
