using Baton.Decisions.Local;
using Baton.Knowledge;
using Baton.Knowledge.Choice;
using Baton.Knowledge.Indexing;
using Baton.Playbooks;
using Baton.Text;

namespace Baton.Evaluation.Learning.Gaps;

/// <summary>
/// Open questions grouped by meaning, with the nearest section, what it lacks, and what people answered.
/// </summary>
internal sealed class KnowledgeGaps(MeaningSpace space)
{
    private const int FewestQuestions = 2, ShownQuestions = 8, MostLacking = 6, ShortestWord = 3;

    /// <summary>A word that stands in this share of a gap's questions is a matter of it.</summary>
    private const double Common = 0.25;

    private sealed record Known(ArticleSection Section, List<float[]> Vectors);

    /// <param name="most">Gaps at most, the largest.</param>
    public async Task<IReadOnlyList<KnowledgeGap>> OfAsync(
        Playbook playbook, UnansweredQuestions open, int most, CancellationToken cancellationToken)
    {
        var sections = playbook.Articles.SelectMany(
            a => ArticleSection.Of(PlaybookSections.ToArticle(a), a.Questions, new KnowledgeOptions())).ToList();
        var texts = sections.ConvertAll(s => (List<string>)[$"{s.Title}: {s.Heading}", .. s.Questions, .. s.Statements()]);
        string[] asked = [.. open.Questions.Select(q => q.Text)];
        var answers = open.Questions.SelectMany(q => q.Answers).SelectMany(AnswerDraft.Sentences).Distinct().ToList();
        var (own, vectors) = await space.OfAsync(
            [.. texts.SelectMany(t => t)], [.. asked, .. answers], cancellationToken).ConfigureAwait(false);
        var at = 0;
        var known = new List<Known>();
        foreach (var (section, its) in sections.Zip(texts))
        {
            known.Add(new Known(section, [.. own.Skip(at).Take(its.Count)]));
            at += its.Count;
        }
        var said = answers.Zip(vectors.Skip(asked.Length)).ToDictionary(p => p.First, p => p.Second);
        var frequency = asked.SelectMany(a => TermLexicon.Terms(a).Distinct()).GroupBy(t => t)
            .ToDictionary(g => g.Key, g => g.Count());
        var groups = MeaningClusters.Of(vectors[..asked.Length], space.Near);
        return
        [
            .. groups.Select(g => Of(open, g, vectors, known, said, frequency)).Where(g =>
                g.Tickets.Count >= FewestQuestions)
                .OrderByDescending(g => g.Deflects).ThenBy(g => g.Name, StringComparer.Ordinal).Take(most),
        ];
    }

    private static KnowledgeGap Of(
        UnansweredQuestions open, IReadOnlyList<int> group, float[][] vectors, List<Known> sections,
        Dictionary<string, float[]> said, Dictionary<string, int> frequency)
    {
        var centre = MeaningSpace.Centre(group.Select(i => vectors[i]));
        var typical = group.OrderByDescending(i => MeaningSpace.Cosine(vectors[i], centre))
            .Select(i => open.Questions[i]).ToList();
        List<string> questions = [.. typical.Select(q => q.Text).Distinct(StringComparer.OrdinalIgnoreCase)];
        List<string> tickets = [.. typical.Select(q => q.Ticket).Distinct()];
        var (rate, between) = Forecast(tickets.Count, open);
        return new KnowledgeGap(questions[0], [.. questions.Take(ShownQuestions)], tickets, rate, between)
        {
            Closest = Nearest(questions, [.. group.Select(i => vectors[i])], sections, frequency, open.Questions.Count),
            Draft = AnswerDraft.Of(questions, [.. typical.SelectMany(q => q.Answers)], centre, said),
        };
    }

    /// <summary>
    /// Tickets of the gap, by the share that sections which are there answer; bounds of both together, which is wider
    /// than 95 %.
    /// </summary>
    internal static (double Value, Interval Between) Forecast(int size, UnansweredQuestions open)
    {
        var (answered, of) = open.Covered;
        var tickets = Math.Max(1, open.Tickets);
        // Nobody has seen yet how many questions a section answers: half of them, or any share.
        var rate = of == 0 ? 0.5 : (double)answered / of;
        var rates = Interval.Wilson(answered, of);
        return (size * rate / tickets, new Interval(
            Interval.Wilson(size * rates.Low, tickets).Low, Interval.Wilson(size * rates.High, tickets).High));
    }

    private static NearSection? Nearest(
        List<string> questions, List<float[]> vectors, List<Known> sections, Dictionary<string, int> frequency, int all)
    {
        if (sections.Count == 0) return null;
        var (best, near) = sections.Select(s => (s.Section, Near: vectors.Average(
            v => s.Vectors.Max(w => MeaningSpace.Cosine(v, w))))).MaxBy(s => s.Near);
        var has = TermLexicon.Terms($"{best.Title} {best.Heading} {best.Text} {string.Join(' ', best.Questions)}").ToHashSet();
        var lacks = questions.SelectMany(q => Words(q).DistinctBy(w => w.Term)).Where(w => !has.Contains(w.Term))
            .GroupBy(w => w.Term).Where(g => g.Count() >= Math.Max(1, Common * questions.Count))
            .OrderByDescending(g => g.Count() * Math.Log(1 + (double)all / frequency.GetValueOrDefault(g.Key, 1)))
            .ThenBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => g.GroupBy(w => w.Word).MaxBy(w => w.Count())!.Key).Take(MostLacking).ToList();
        return new NearSection(best.ArticleId, best.Heading, near, lacks);
    }

    private static IEnumerable<(string Word, string Term)> Words(string text) => text
        .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
        .Select(w => w.Trim('.', ',', '?', '!', ':', ';', '"', '(', ')', '\'').ToLowerInvariant())
        // A placeholder is nothing that an article could have.
        .Where(w => w.Length >= ShortestWord && PlaceholderMarks.Without(w) == w && !w.Contains('['))
        .SelectMany(w => TermLexicon.Terms(w) is [var term] ? [(w, term)] : Array.Empty<(string, string)>());
}
