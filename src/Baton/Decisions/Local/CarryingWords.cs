using System.Text.Json.Nodes;
using Baton.Conversations;
using Baton.Conversations.Findings;
using Baton.Decisions.Turns;
using Baton.Playbooks.Models;
using Baton.Storage;
using Baton.Storage.Events;

namespace Baton.Decisions.Local;

/// <summary>
/// The words that carried a local reading of triage, worked out from the ledger's redacted texts when somebody looks.
/// They decide nothing, so a turn does not pay for them. The models are those in force now; where another playbook
/// decided, the answer says so.
/// </summary>
internal sealed class CarryingWords(LocalModelCache models, Database database)
{
    /// <summary>Turns explained at most, the newest: every one costs a reading of its message.</summary>
    private const int Most = 50;

    /// <summary>Characters of a version that are shown.</summary>
    private const int ShownVersion = 8;

    /// <summary>The events of a ticket with words in the readings that were recorded without.</summary>
    public async ValueTask<IReadOnlyList<(ConversationEvent Fact, DateTimeOffset At)>> ExplainAsync(
        string ticketId, IReadOnlyList<(ConversationEvent Fact, DateTimeOffset At)> events,
        CancellationToken cancellationToken)
    {
        var wanted = Enumerable.Range(0, events.Count).Where(i => Explainable(events[i].Fact) is not null)
            .TakeLast(Most).ToHashSet();
        if (wanted.Count == 0) return events;
        var (explained, state) = (events.ToArray(), new Conversation { Id = ticketId });
        for (var i = 0; i < events.Count; i++)
        {
            if (wanted.Contains(i))
                explained[i].Fact = await ExplainAsync(events, i, state, cancellationToken).ConfigureAwait(false);
            state = state.Apply(events[i].Fact, events[i].At);
        }
        return explained;
    }

    /// <inheritdoc cref="Conversations.Tickets.AddWords"/>
    public async ValueTask AddAsync(
        string ticketId, int turn, JsonObject decision, CancellationToken cancellationToken)
    {
        if (decision["triage"] is not JsonObject triage) return;
        var events = database.Read(connection => Ledger.Read(connection, ticketId))
            .ConvertAll(e => (ConversationJson.Read(e.Type, e.Data.Span), e.At));
        var explained = await ExplainAsync(ticketId, events, cancellationToken).ConfigureAwait(false);
        var stage = StageRuns.Unpacked(explained.Select(e => e.Fact)).OfType<ConversationEvent.StageCompleted>()
            .LastOrDefault(e => e.Stage == StageNames.Triage && e.Turn == turn);
        if (stage is null || Reading(stage).Words is not { Count: > 0 } words) return;
        triage["words"] = new JsonArray([.. words.Select(w => (JsonNode)w)]);
        var now = models.Current.Playbook.Version;
        if ((string?)decision["playbook"] != now) triage["words_playbook"] = now;
    }

    private async ValueTask<ConversationEvent> ExplainAsync(
        IReadOnlyList<(ConversationEvent Fact, DateTimeOffset At)> events, int at, Conversation before,
        CancellationToken cancellationToken)
    {
        var (fact, stage) = (events[at].Fact, Explainable(events[at].Fact)!);
        var (playbook, local) = models.Current;
        var input = new TurnInput(playbook, local, before, events[at].At, 1);
        // Another text than the stage read: a message was erased, or its limit was another one.
        if (input.Digest != stage.InputDigest) return fact;
        var reading = Reading(stage);
        var words = await local.WordsAsync(input, reading.Intent, cancellationToken).ConfigureAwait(false);
        if (words.Count == 0) return fact;
        var decidedBy = events.Skip(at).Select(e => e.Fact).OfType<ConversationEvent.DecisionMade>()
            .FirstOrDefault(made => made.Turn == stage.Turn)?.Playbook;
        var output = ConversationJson.Output(reading with { Words = words });
        var note = decidedBy is null || decidedBy == playbook.Version ? stage.Note : string.Join(
            " · ", ((string?[])[stage.Note, $"words by playbook {Short(playbook.Version)}, in force now"])
                .OfType<string>());
        return fact is ConversationEvent.StagesCompleted run
            ? run with
            {
                Stages =
                [
                    .. run.Stages.Select(s => s.Stage == stage.Stage ? s with { Output = output, Note = note } : s),
                ],
            }
            : stage with { Output = output, Note = note };
    }

    /// <summary>The triage in a fact, if a local model read it and nobody has explained it yet.</summary>
    private static ConversationEvent.StageCompleted? Explainable(ConversationEvent fact)
    {
        if (fact is not (ConversationEvent.StageCompleted or ConversationEvent.StagesCompleted)) return null;
        var stage = StageRuns.Unpacked([fact]).OfType<ConversationEvent.StageCompleted>()
            .FirstOrDefault(e => e is { Stage: StageNames.Triage, Tier: TierNames.Local });
        if (stage is null) return null;
        var reading = Reading(stage);
        // An answer to a question is about what that was asked for: none of its own words say so.
        var tookOver = reading is { Confidence: 1, Margin: 1 };
        return reading.Words.Count > 0 || reading.Intent == TriageReading.None || tookOver ? null : stage;
    }

    private static TriageReading Reading(ConversationEvent.StageCompleted stage) =>
        ConversationJson.Read<TriageReading>(stage.Output);

    private static string Short(string version) => version[..Math.Min(ShownVersion, version.Length)];
}
