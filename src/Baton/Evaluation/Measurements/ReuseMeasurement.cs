using Baton.Gateway.Reuse;
using Baton.Playbooks.Models;
using Baton.Triage.Intents;

namespace Baton.Evaluation.Measurements;

/// <summary>
/// How often the semantic cache would have answered, and how often wrongly. Questions come one after the other; each
/// asks the cache of those before it and is then kept. A hit on a question of another label would have been a wrong
/// answer. The threshold is chosen on one half of the texts and everything is reported on the other.
/// </summary>
public static class ReuseMeasurement
{
    private const double Lowest = 0.5, Step = 0.01;

    /// <summary>Fewer hits than this say nothing about their share of false ones.</summary>
    private const int LeastHits = 50;

    /// <param name="examples">Texts with labels; the same text twice is one text, because the exact cache answers
    /// that.</param>
    /// <param name="most">Largest share of hits on the calibration half that may be false.</param>
    public static Figures Measure(IReadOnlyList<IntentExample> examples, double most, int seed)
    {
        var shuffled = examples.DistinctBy(e => e.Text.Trim().ToLowerInvariant()).ToArray();
        new Random(seed).Shuffle(shuffled);
        var half = shuffled.Length / 2;
        var (calibration, held) = (Ask(shuffled[..half]), Ask(shuffled[half..]));
        var threshold = Choose(calibration, most);
        var figures = new Figures().Add("threshold", threshold).Add("texts_calibration", half)
            .Add("texts_held_out", held.Count);
        Report(figures.Group("calibration"), calibration, a => a.Guarded, threshold);
        Report(figures.Group("held_out"), held, a => a.Guarded, threshold);
        Report(figures.Group("held_out_at_default"), held, a => a.Guarded, new CachePolicy().SemanticThreshold);
        Report(figures.Group("held_out_at_default_without_guard"), held, a => a.Nearest,
            new CachePolicy().SemanticThreshold);
        Report(figures.Group("held_out_without_guard"), held, a => a.Nearest, threshold);
        return figures;
    }

    /// <summary>
    /// The lowest threshold at which the calibration half stays within the bound; 1 when there is none.
    /// </summary>
    private static double Choose(IReadOnlyList<Asked> asked, double most)
    {
        var chosen = 1.0;
        for (var threshold = 1 - Step; threshold >= Lowest; threshold -= Step)
        {
            var hits = asked.Where(a => a.Guarded.Cosine >= threshold).ToList();
            if (hits.Count >= LeastHits && hits.Count(a => !a.Guarded.Right) <= most * hits.Count)
                chosen = Math.Round(threshold, 2);
        }
        return chosen;
    }

    private static void Report(Figures figures, IReadOnlyList<Asked> asked, Func<Asked, Found> found, double threshold)
    {
        var hits = asked.Select(found).Where(f => f.Cosine >= threshold).ToList();
        var wrong = hits.Count(f => !f.Right);
        figures.Add("hit_rate", (double)hits.Count / asked.Count, Interval.Wilson(hits.Count, asked.Count))
            .Add("false_hit_rate", hits.Count == 0 ? double.NaN : (double)wrong / hits.Count,
                Interval.Wilson(wrong, hits.Count))
            .Add("hits", hits.Count)
            .Add("false_hits", wrong);
    }

    private static List<Asked> Ask(IntentExample[] texts)
    {
        var questions = new Question[texts.Length];
        Parallel.For(0, texts.Length, i => questions[i] = Question.Of(texts[i].Text));
        var asked = new Asked[texts.Length];
        Parallel.For(0, texts.Length, i => asked[i] = Ask(texts, questions, i));
        return [.. asked];
    }

    private static Asked Ask(IntentExample[] texts, Question[] questions, int at)
    {
        Found guarded = new(-1, false), nearest = new(-1, false);
        for (var before = 0; before < at; before++)
        {
            var cosine = questions[at].Vector.Dot(questions[before].Vector);
            if (cosine < Lowest) continue;
            var right = texts[before].Label == texts[at].Label;
            if (cosine > nearest.Cosine) nearest = new Found(cosine, right);
            if (cosine > guarded.Cosine && questions[at].Disagreement(questions[before]) is null)
                guarded = new Found(cosine, right);
        }
        return new Asked(guarded, nearest);
    }

    private readonly record struct Found(double Cosine, bool Right);

    private readonly record struct Asked(Found Guarded, Found Nearest);
}
