namespace Baton.Knowledge.Choice;

/// <summary>The sections chosen for one message, best first, and the evidence.</summary>
/// <param name="Sections">At most two: the best, and one for a question it does not cover or the second best.</param>
/// <param name="Ranking">All sections, best first.</param>
/// <param name="Shares">By place in the ranking, how probably the section is the one that answers best.</param>
/// <param name="Evidence">What the probability of being right is judged by.</param>
internal sealed record SectionChoiceOf(
    IReadOnlyList<ArticleSection> Sections, IReadOnlyList<ArticleSection> Ranking, IReadOnlyList<double> Shares,
    double[] Evidence)
{
    // Log probabilities below this say no more than "not this one".
    private const double Floor = -10;

    // A conditional logit over the sections, fitted on labelled letters and much the same in every fold. See
    // docs/local-tier/answers.md.
    private const double LetterWeight = 1.17, UnitWeight = 0.27, LetterNearWeight = 5.3, UnitNearestWeight = 2.5;
    private const double TopicWeight = 0.9;

    /// <summary>For one question alone.</summary>
    private const double UnitNearWeight = 3;

    /// <summary>A question is not covered when it gives the best section less than this…</summary>
    private const double Uncovered = 0.30;

    /// <summary>…and this much to another.</summary>
    private const double Elsewhere = 0.25;

    /// <summary>A second section that nobody asked for is shown only while the reply stays so short, words.</summary>
    private const int MostWords = 200;

    /// <summary>…and while it is not quite improbable that it is what was asked for.</summary>
    private const double LeastShare = 0.01;

    private const int MostQuestions = 4;
    private const double Unlinked = 0.02;

    public static SectionChoiceOf From(
        IReadOnlyList<ArticleSection> sections, MessageReadings readings, MessageTopics topics)
    {
        var own = Probabilities(sections, readings, topics);
        var order = Enumerable.Range(0, sections.Count).OrderByDescending(s => own[s]).ToArray();
        var best = order[0];
        var shown = new List<int> { best };
        var units = readings.Asked == 0 ? [] : readings.Units.Select(u => Probabilities(sections.Count, u)).ToList();
        if (ForUncovered(units, best) is { } other) shown.Add(other);
        else shown.AddRange(order.Skip(1).Take(1).Where(s =>
            own[s] >= LeastShare && sections[best].Words + sections[s].Words <= MostWords));
        return new SectionChoiceOf(
            [.. shown.Select(s => sections[s])], [.. order.Select(s => sections[s])], [.. order.Select(s => own[s])],
            [
                .. Evidenced(sections.Count, readings, own, shown, units),
                Logit(topics.Knowledge),
                Topic(topics, sections[best]),
                .. OpenQuestions(readings, shown, units),
                readings.AsksToAct ? 1 : 0,
            ]);
    }

    /// <summary>A section for the question that the best section covers least.</summary>
    private static int? ForUncovered(List<double[]> units, int best)
    {
        if (units.Count < 2) return null;
        var least = units.MinBy(unit => unit[best])!;
        var other = Array.IndexOf(least, least.Max());
        return least[best] < Uncovered && least[other] >= Elsewhere && other != best ? other : null;
    }

    /// <summary>
    /// Probability of each section: the message as a whole, its best question and what the intents make of it.
    /// </summary>
    private static double[] Probabilities(
        IReadOnlyList<ArticleSection> sections, MessageReadings readings, MessageTopics topics)
    {
        var scores = new double[sections.Count];
        for (var s = 0; s < scores.Length; s++)
        {
            var unit = readings.Units.Count == 0 ? readings.Letter.Nearest[s] : readings.Units.Max(u => u.Nearest[s]);
            scores[s] = LetterWeight * LogOf(readings.Letter, s) + UnitWeight * Best(readings, s).Unit
                + LetterNearWeight * readings.Letter.Nearest[s] + UnitNearestWeight * unit
                + TopicWeight * Topic(topics, sections[s]);
        }
        return Normalised(scores);
    }

    private static double Topic(MessageTopics topics, ArticleSection section) =>
        Math.Log(Unlinked + topics.Articles.GetValueOrDefault(section.ArticleId));

    /// <summary>Probability of each section for one question.</summary>
    private static double[] Probabilities(int sections, TextReading unit)
    {
        var scores = new double[sections];
        for (var s = 0; s < sections; s++) scores[s] = LogOf(unit, s) + UnitNearWeight * unit.Nearest[s];
        return Normalised(scores);
    }

    /// <summary>How well sections that are shown cover one question.</summary>
    public static QuestionCover Cover(
        IReadOnlyList<ArticleSection> sections, TextReading question, IReadOnlyList<ArticleSection> shown)
    {
        var own = Probabilities(sections.Count, question);
        double mass = 0, near = 0, elsewhere = 0;
        for (var s = 0; s < sections.Count; s++)
        {
            if (shown.Contains(sections[s])) (mass, near) = (mass + own[s], Math.Max(near, question.Nearest[s]));
            else elsewhere = Math.Max(elsewhere, question.Nearest[s]);
        }
        return new QuestionCover(Math.Min(1, mass), near, elsewhere);
    }

    /// <summary>The most that any question gives a section, and the nearest question of its own.</summary>
    private static (double Unit, double Near) Best(MessageReadings readings, int section)
    {
        if (readings.Units.Count == 0) return (LogOf(readings.Letter, section), readings.Letter.Nearest[section]);
        return (readings.Units.Max(u => LogOf(u, section)),
            Math.Max(readings.Letter.Nearest[section], readings.Units.Max(u => u.Nearest[section])));
    }

    /// <summary>
    /// In order: nothing answers it (whole, least, most), best section (whole, question), mass shown and best,
    /// questions, cover.
    /// </summary>
    private static double[] Evidenced(
        int sections, MessageReadings readings, double[] own, List<int> shown, List<double[]> units)
    {
        var best = shown[0];
        var none = None(sections, readings.Letter);
        var perUnit = readings.Units.Count == 0 ? [none] : readings.Units.Select(u => None(sections, u)).ToArray();
        var (unitBest, near) = Best(readings, best);
        var mass = Math.Min(1, shown.Sum(s => own[s]));
        return
        [
            Logit(none), Logit(perUnit.Min()), Logit(perUnit.Max()), LogOf(readings.Letter, best), unitBest,
            Logit(mass),
            Logit(own[best]), Math.Min(MostQuestions, readings.Asked), readings.Asked == 0 ? 1 : 0, readings.Asked >= 2
            ? 1 : 0,
            Logit(units.Count == 0 ? mass : Math.Min(1, units.Min(u => shown.Sum(s => u[s])))), near,
        ];
    }

    /// <summary>
    /// In order: the surest question about a section that is not shown, questions whose best section is not shown,
    /// whether the second section is shown for a question.
    /// </summary>
    private static double[] OpenQuestions(MessageReadings readings, List<int> shown, List<double[]> units)
    {
        if (readings.Asked < 2) return [Logit(0), 0, 0];
        var surest = readings.Units.Max(u =>
        {
            var most = 0f;
            for (var s = 0; s < units[0].Length; s++)
                if (u.Classes[s] > most && !shown.Contains(s)) most = u.Classes[s];
            return most;
        });
        var open = units.Count(u => !shown.Contains(Array.IndexOf(u, u.Max())));
        var second = units.Count(u => shown.Count > 1 && Array.IndexOf(u, u.Max()) == shown[1]);
        return [Logit(surest), Math.Min(open, 3), second > 0 ? 1 : 0];
    }

    private static double LogOf(TextReading reading, int section) =>
        Math.Max(Floor, Math.Log(reading.Classes[section] + 1e-9));

    private static double None(int sections, TextReading reading)
    {
        var none = 0.0;
        for (var c = sections; c < reading.Classes.Length; c++) none += reading.Classes[c];
        return Math.Min(1, none);
    }

    private static double Logit(double p) => Math.Log((p + 1e-3) / (1 - p + 1e-3));

    private static double[] Normalised(double[] scores)
    {
        var highest = scores.Max();
        var sum = 0.0;
        for (var i = 0; i < scores.Length; i++) sum += scores[i] = Math.Exp(scores[i] - highest);
        for (var i = 0; i < scores.Length; i++) scores[i] /= sum;
        return scores;
    }
}
