using Baton.Evaluation.Metrics;
using Baton.Knowledge.Choice;

namespace Baton.Evaluation.Answers;

/// <summary>The signals of the reply that would be made for a labelled ticket, and whether it would be right.</summary>
internal sealed record AcceptanceRow(double[] Signals, bool Right)
{
    /// <summary>Null when the labels do not say whether articles answer it.</summary>
    public static AcceptanceRow? Of(SectionChoiceOf choice, Expectation expect)
    {
        var isDue = expect.Outcome == "answer" || expect.Acceptable.Contains("answer");
        if (isDue && expect.MustSay.Count == 0 && expect.Articles.Count == 0
            && expect.Kind is not ("lookup" or "trivial")) return null;
        return new AcceptanceRow(choice.Evidence, isDue && IsRight(choice, expect));
    }

    private static bool IsRight(SectionChoiceOf choice, Expectation expect)
    {
        var shown = SaidFacts.Plain(string.Join("\n\n", choice.Sections.Select(s => s.Plain())));
        if (expect.MustNotSay.Any(forbidden => SaidFacts.Says(shown, forbidden))) return false;
        if (expect.MustSay.Count > 0) return SaidFacts.Count(shown, expect.MustSay) == expect.MustSay.Count;
        var names = choice.Sections.Select(s => $"{s.ArticleId}#{s.Heading}").ToHashSet();
        // Without wordings, two questions want every section that is labelled.
        return expect.Articles.Count > 0
            && (expect.Kind == "two" ? expect.Articles.All(names.Contains) : expect.Articles.Any(names.Contains));
    }
}
