using System.Text.Json.Nodes;
using Baton.Decisions;
using Baton.Decisions.Local;
using Baton.Evaluation.Learning.Collisions;
using Baton.Evaluation.Learning.Gaps;
using Baton.Evaluation.Learning.Suggesting;
using Baton.Playbooks;
using Baton.Storage;
using Baton.Triage.Intents.Pooling;

namespace Baton.Evaluation.Learning;

/// <summary>
/// Looks through the newest tickets for what the playbook could learn, and keeps what it finds for the console. Reads
/// redacted texts only; changes no playbook.
/// </summary>
internal sealed class LearningRun(
    Database database, PlaybookHost playbooks, LocalEncoder encoder, LocalModelOptions models,
        SuggestionStore suggestions,
    Learned learned)
{
    /// <summary>Days that are looked at where nobody says otherwise.</summary>
    public const int Days = 28;

    private const int MostGaps = 50, MostTickets = 200;

    private MeaningSpace Space => new(encoder.Vectors, models.CacheFolder);

    public async Task<(UnansweredQuestions Open, IReadOnlyList<KnowledgeGap> Gaps)> GapsAsync(
        int days, int most, CancellationToken cancellationToken)
    {
        var open = OpenQuestionReader.Read(database, Since(days));
        var gaps = await new KnowledgeGaps(Space).OfAsync(playbooks.Current, open, most, cancellationToken)
            .ConfigureAwait(false);
        await learned.KeepAsync(Learned.Gaps, Json(open, gaps, MostTickets), cancellationToken).ConfigureAwait(false);
        return (open, gaps);
    }

    public async Task<IReadOnlyList<IntentCollision>> CollisionsAsync(int days, CancellationToken cancellationToken)
    {
        var vectors = encoder.Vectors is { } made
            ? new ExampleVectors(made.Name, texts => made.OfPlaybook(texts, models.CacheFolder)) : null;
        var found = IntentCollisions.Of(
            playbooks.Current, IntentCollisions.Traffic(database, Since(days)), vectors);
        await learned.KeepAsync(Learned.Collisions, Json(found), cancellationToken).ConfigureAwait(false);
        return found;
    }

    /// <returns>How many are new.</returns>
    public async Task<int> SuggestAsync(int days, CancellationToken cancellationToken) => await suggestions.TakeAsync(
        await new SuggestionFinder(Space).FindAsync(database, playbooks.Current, Since(days), cancellationToken)
            .ConfigureAwait(false), cancellationToken).ConfigureAwait(false);

    /// <summary>All of it.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await GapsAsync(Days, MostGaps, cancellationToken).ConfigureAwait(false);
        await CollisionsAsync(Days, cancellationToken).ConfigureAwait(false);
        await SuggestAsync(Days, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Gaps for machines.</summary>
    /// <param name="tickets">Ids of tickets a gap, at most.</param>
    public static JsonObject Json(UnansweredQuestions open, IReadOnlyList<KnowledgeGap> gaps, int tickets) => new()
    {
        ["tickets"] = open.Tickets, ["questions"] = open.Questions.Count,
        ["covered"] = new JsonObject { ["answered"] = open.Covered.Answered, ["of"] = open.Covered.Of },
        ["gaps"] = new JsonArray([.. gaps.Select(g => g.ToJson(tickets))]),
    };

    /// <summary>Collisions for machines.</summary>
    public static JsonObject Json(IReadOnlyList<IntentCollision> collisions) =>
        new() { ["collisions"] = new JsonArray([.. collisions.Select(c => c.ToJson())]) };

    private DateTimeOffset Since(int days) => database.Clock.GetUtcNow().AddDays(-days);
}
