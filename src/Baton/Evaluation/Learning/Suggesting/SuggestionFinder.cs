using Baton.Conversations;
using Baton.Conversations.Findings;
using Baton.Conversations.Judging;
using Baton.Decisions;
using Baton.Decisions.Replaying;
using Baton.Decisions.Stages.Offering;
using Baton.Evaluation.Drafting;
using Baton.Evaluation.Learning.Gaps;
using Baton.Knowledge.Choice;
using Baton.Playbooks;
using Baton.Storage;
using Baton.Storage.Events;

namespace Baton.Evaluation.Learning.Suggesting;

/// <summary>
/// Candidates from what people did with the newest tickets: moved ones, ones that needed nobody, drafts that were
/// changed, answers that were taken back.
/// </summary>
internal sealed class SuggestionFinder(MeaningSpace space)
{
    private const int Unhappy = 2, MostSentences = 3, Longest = 200, Shortest = 10;

    /// <summary>From this cosine on two sentences say the same.</summary>
    private const double Same = 0.85;

    /// <summary>What was seen, before it is held against what the playbook has.</summary>
    /// <param name="Target">Null: the nearest intent of <paramref name="Queue"/>.</param>
    /// <param name="Known">Sentences that the text must add something to.</param>
    private sealed record Seen(
        SuggestionKind Kind, string? Target, string? Queue, string Read, string Text, string Why, string Ticket,
        IReadOnlyList<string> Known);

    public async Task<IReadOnlyList<LearntSuggestion>> FindAsync(
        Database database, Playbook playbook, DateTimeOffset since, CancellationToken cancellationToken)
    {
        var seen = new List<Seen>();
        foreach (var id in AskedMessages.Newest(database))
        {
            var stored = database.Read(c => Ledger.Read(c, id));
            if (stored.Count == 0 || stored[^1].At < since) continue;
            foreach (var turn in RecordedTurn.Of(id, stored).Where(t => t.Kept is null))
                seen.AddRange(Of(turn).Where(s => s.Text.Length >= Shortest && !s.Text.Contains('[')));
        }
        var (known, heard) = (Known(playbook), seen.ConvertAll(s => s.Text));
        var (own, vectors) = await space.OfAsync(
            [.. known.Select(k => k.Text)], [.. heard, .. seen.SelectMany(s => s.Known)], cancellationToken)
            .ConfigureAwait(false);
        var (found, at) = (new List<LearntSuggestion>(), heard.Count);
        for (var i = 0; i < seen.Count; i++)
        {
            var besides = vectors.Skip(at).Take(seen[i].Known.Count).ToList();
            at += seen[i].Known.Count;
            if (besides.Any(v => MeaningSpace.Cosine(v, vectors[i]) >= Same)) continue;
            if (Of(playbook, seen[i], vectors[i], known, own) is { } suggestion) found.Add(suggestion);
        }
        found.AddRange(await SynonymFinder.FindAsync(playbook, space,
            [.. seen.Where(s => s is { Kind: SuggestionKind.Question, Target: not null }).Select(s => (s.Target!,
                s.Text, s.Ticket))],
            cancellationToken).ConfigureAwait(false));
        return
        [
            .. found.GroupBy(s => s.Id).Select(g => g.First() with { Tickets = [.. g.SelectMany(s => s.Tickets)
                .Distinct()] })
                .OrderByDescending(s => s.Tickets.Count).ThenBy(s => s.Id, StringComparer.Ordinal),
        ];
    }

    /// <summary>What customers say already, by the intent or section that it belongs to.</summary>
    private static List<(SuggestionKind Kind, string Target, string Text)> Known(Playbook playbook) =>
    [
        .. playbook.Intents.SelectMany(i => i.Examples.Select(e => (SuggestionKind.Example, i.Name, e))),
        .. playbook.Articles.SelectMany(a => a.Questions.SelectMany(
            q => q.Value.Select(text => (SuggestionKind.Question, $"{a.Id}#{q.Key}", text)))),
    ];

    private static LearntSuggestion? Of(
        Playbook playbook, Seen seen, float[] vector, List<(SuggestionKind Kind, string Target, string Text)> known,
        float[][] own)
    {
        var target = seen.Target ?? Nearest(playbook, seen, vector, known, own);
        if (target is null || (seen.Kind == SuggestionKind.Example && target == seen.Read)) return null;
        if (seen.Kind != SuggestionKind.Example && playbook.Articles.All(a =>
            a.Id != target.Split('#')[0])) return null;
        for (var k = 0; k < known.Count; k++)
            if (known[k].Kind == seen.Kind && known[k].Target == target && MeaningSpace.Cosine(own[k], vector) >= Same)
                return null;
        return new LearntSuggestion(seen.Kind, target, seen.Text, seen.Why, [seen.Ticket]);
    }

    /// <summary>The intent of the queue where people took it, whose examples are nearest.</summary>
    private static string? Nearest(
        Playbook playbook, Seen seen, float[] vector, List<(SuggestionKind Kind, string Target, string Text)> known,
        float[][] own)
    {
        var mine = playbook.Intents.Where(i =>
            (i.Queue ?? playbook.Routing.Queues.GetValueOrDefault(Route.L1)) == seen.Queue)
            .Select(i => i.Name).ToHashSet();
        var best = Enumerable.Range(0, known.Count)
            .Where(k => known[k].Kind == SuggestionKind.Example && mine.Contains(known[k].Target))
            .Select(k => (known[k].Target, Near: MeaningSpace.Cosine(own[k], vector))).OrderByDescending(k => k.Near)
            .FirstOrDefault();
        return best.Near > 0 ? best.Target : null;
    }

    private static IEnumerable<Seen> Of(RecordedTurn turn)
    {
        var (asked, read) = (Asked(turn), turn.Made.Intent ?? TriageReading.None);
        var (after, id) = (turn.After, turn.Before.Id);
        if (after.OfType<ConversationEvent.Rerouted>().LastOrDefault() is { Reason: RerouteReason.WrongTeam } moved)
            yield return new Seen(SuggestionKind.Example, null, moved.To, read, asked, $"moved to {moved.To}", id, []);
        var answers = after.OfType<ConversationEvent.AgentReplied>()
            .SelectMany(r => AnswerDraft.Sentences(ResolvedTickets.Answer(r.Text))).ToList();
        var draft = after.OfType<ConversationEvent.DraftWritten>().LastOrDefault();
        var near = draft is { Citations: [var cited, ..] } ? $"{cited.ArticleId}#{cited.Heading}" : Near(turn);
        if (near is null) yield break;
        if (after.Any(f => f is ConversationEvent.HandoffJudged { Needed: PersonNeeded.No }))
            yield return new Seen(SuggestionKind.Question, near, null, read, asked, "no person was needed", id, []);
        else if (after.Any(f => f is ConversationEvent.DraftSent))
            yield return new Seen(SuggestionKind.Question, near, null, read, asked, "a draft was sent as it was", id, []);
        if (draft is not null && after.Any(f => f is ConversationEvent.DraftEdited))
            foreach (var sentence in answers.Take(MostSentences))
                yield return new Seen(SuggestionKind.Section, near, null, read, sentence, "a draft was changed", id,
                    [.. AnswerDraft.Sentences(draft.Text)]);
        if (turn.Made.Outcome == OutcomeKind.Replied && after.Any(IsBad))
            foreach (var sentence in answers.Take(MostSentences))
                yield return new Seen(SuggestionKind.Section, near, null, read, sentence, "an answer was taken back", id, []);
    }

    private static bool IsBad(ConversationEvent fact) =>
        fact is ConversationEvent.ResolutionWithdrawn or ConversationEvent.Rated { Stars: <= Unhappy };

    /// <summary>The section that was sent, or nearest.</summary>
    private static string? Near(RecordedTurn turn)
    {
        if (turn.After.OfType<ConversationEvent.ReplySent>().FirstOrDefault() is { Citations: [var sent, ..] })
            return $"{sent.ArticleId}#{sent.Heading}";
        return turn.Output(StageNames.Offers) is { } output && Offered.Of(output).Nearest is { } nearest
            ? $"{nearest.ArticleId}#{nearest.Heading}" : null;
    }

    private static string Asked(RecordedTurn turn)
    {
        var body = turn.Before.Transcript.LastOrDefault(l => l.From == Author.Customer)?.Text ?? "";
        var units = MessageUnits.Of(MessageText.ForIntent(turn.Before.Subject ?? "", body)).Questions;
        var text = string.Join(' ', (units.Count == 0 ? body : units[0])
            .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return text.Length <= Longest ? text : "";
    }
}
