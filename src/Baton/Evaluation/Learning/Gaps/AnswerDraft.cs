using Baton.Text;

namespace Baton.Evaluation.Learning.Gaps;

/// <summary>
/// A section made of what people answered, word for word: the sentences that most answers come near to, each said once.
/// A sentence that names anything personal is about one customer and is left out.
/// </summary>
internal static class AnswerDraft
{
    private const int MostSentences = 5, MostQuestions = 8, Shortest = 20, Longest = 400, LongestHeading = 80;

    /// <summary>
    /// How much nearness to the other answers counts beside not being said yet (Carbonell and Goldstein 1998).
    /// </summary>
    private const double Relevance = 0.7;

    /// <summary>Sentences of an answer that may stand in an article.</summary>
    public static IEnumerable<string> Sentences(string answer)
    {
        foreach (var line in answer.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            foreach (var (start, end) in Knowledge.Markdown.Sentences.In(line, 0, line.Length))
                if (line[start..end].Trim() is { Length: >= Shortest and <= Longest } sentence
                    && PlaceholderMarks.Without(sentence).Length == sentence.Length && !sentence.EndsWith('?'))
                    yield return sentence;
    }

    /// <param name="centre">Of the questions.</param>
    /// <param name="vectors">Of all sentences of all answers.</param>
    public static DraftSection? Of(
        IReadOnlyList<string> questions, IReadOnlyList<string> answers, float[] centre,
        IReadOnlyDictionary<string, float[]> vectors)
    {
        var sentences = answers.SelectMany(Sentences).Distinct().ToList();
        if (sentences.Count == 0) return null;
        var all = MeaningSpace.Centre(sentences.Select(s => vectors[s]));
        double Worth(string s) =>
            (MeaningSpace.Cosine(vectors[s], all) + MeaningSpace.Cosine(vectors[s], centre)) / 2;
        var chosen = new List<string>();
        while (chosen.Count < Math.Min(MostSentences, sentences.Count))
            chosen.Add(sentences.Except(chosen).MaxBy(s => Relevance * Worth(s) - (1 - Relevance)
                * chosen.Select(c => MeaningSpace.Cosine(vectors[c], vectors[s])).DefaultIfEmpty(0).Max())!);
        return new DraftSection(
            Heading(questions[0]), string.Join(' ', chosen.OrderBy(sentences.IndexOf)),
            [.. questions.Where(q => PlaceholderMarks.Without(q).Length == q.Length).Take(MostQuestions)],
                answers.Count);
    }

    private static string Heading(string question)
    {
        var heading = PlaceholderMarks.Without(question).Trim().TrimEnd('?', '.', '!', ' ');
        if (heading.Length > LongestHeading)
            heading = heading[..Math.Max(heading.LastIndexOf(' ', LongestHeading), LongestHeading / 2)];
        return heading.Length == 0 ? "Answer" : char.ToUpperInvariant(heading[0]) + heading[1..];
    }
}
