using Baton.Knowledge.Indexing;
using Baton.Playbooks;

namespace Baton.Evaluation.Learning.Suggesting;

/// <summary>
/// Words of customers that no article has, though people answered with the same section each time: another word for one
/// in its heading, where the encoder holds the two for near.
/// </summary>
internal static class SynonymFinder
{
    private const int FewestTickets = 3, ShortestWord = 4;

    private const double Near = 0.5;

    /// <param name="answered">Sections that people answered with, what was asked, and the ticket.</param>
    public static async Task<IReadOnlyList<LearntSuggestion>> FindAsync(
        Playbook playbook, MeaningSpace space, IReadOnlyList<(string Section, string Asked, string Ticket)> answered,
        CancellationToken cancellationToken)
    {
        var has = playbook.Articles.SelectMany(a => TermLexicon.Terms($"{a.Title} {a.Body}"))
            .Concat(playbook.Synonyms.SelectMany(s => s.Value.Prepend(s.Key)).SelectMany(w => TermLexicon.Terms(w)))
                .ToHashSet();
        var missing = answered.SelectMany(a => Words(a.Asked).Where(w => !has.Contains(TermLexicon.Terms(w)[0]))
            .Distinct(),
                (a, word) => (a.Section, Word: word, a.Ticket))
            .GroupBy(m => (m.Section, m.Word)).Where(g => g.DistinctBy(m => m.Ticket).Count() >= FewestTickets)
                .ToList();
        var pairs = missing.SelectMany(
            g => Words(g.Key.Section.Split('#')[^1]).Distinct(), (g, heading) => (Group: g, Heading: heading)).ToList();
        if (pairs.Count == 0) return [];
        var (_, vectors) = await space.OfAsync(
            [], [.. pairs.SelectMany(p => (string[])[p.Group.Key.Word, p.Heading])], cancellationToken)
                .ConfigureAwait(false);
        return
        [
            .. pairs.Select((p, i) => (Pair: p, Cosine: MeaningSpace.Cosine(vectors[2 * i], vectors[2 * i + 1])))
                .Where(p => p.Cosine >= Near).GroupBy(p => p.Pair.Group.Key).Select(g => g.MaxBy(p => p.Cosine).Pair)
                .Select(p => new LearntSuggestion(
                    SuggestionKind.Synonym, p.Heading, p.Group.Key.Word, "people answered with the same section each time",
                    [.. p.Group.Select(m => m.Ticket).Distinct()])),
        ];
    }

    private static IEnumerable<string> Words(string text) => text
        .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
        .Select(w => w.Trim('.', ',', '?', '!', ':', ';', '"', '(', ')', '\'').ToLowerInvariant())
        .Where(w => w.Length >= ShortestWord && w.All(char.IsLetter) && TermLexicon.Terms(w).Count == 1);
}
