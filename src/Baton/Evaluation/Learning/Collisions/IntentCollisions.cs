using Baton.Decisions.Local;
using Baton.Playbooks;
using Baton.Storage;
using Baton.Triage.Intents;
using Baton.Triage.Intents.Pooling;

namespace Baton.Evaluation.Learning.Collisions;

/// <summary>
/// Pairs of intents that are confused: each fifth of the examples is read by a model that was trained on the others.
/// </summary>
internal static class IntentCollisions
{
    private const int Folds = 5, Seed = 17;

    /// <param name="traffic">Tickets by the intent they were read as; empty where nothing is known.</param>
    /// <param name="vectors">The sentence encoder; null reads by words alone.</param>
    public static IReadOnlyList<IntentCollision> Of(
        Playbook playbook, IReadOnlyDictionary<string, int> traffic, ExampleVectors? vectors)
    {
        var all = PlaybookExamples.Of(playbook);
        var own = playbook.Intents.SelectMany(i => i.Examples.Select(e => new IntentExample(e, i.Name))).ToArray();
        new Random(Seed).Shuffle(own);
        var misread = new List<MisreadSentence>();
        for (var fold = 0; fold < Folds; fold++)
        {
            var held = own.Where((_, i) => i % Folds == fold).ToList();
            var texts = held.Select(e => e.Text).ToHashSet();
            var model = IntentModel.Train([.. all.Where(e => !texts.Contains(e.Text))], null, vectors);
            var made = vectors?.Of([.. held.Select(e => e.Text)]);
            misread.AddRange(held.Select((e, i) => (Example: e, Read: model.Predict(e.Text, made?[i])))
                .Where(p => p.Read.Intent is { } read && read != p.Example.Label)
                .Select(p => new MisreadSentence(p.Example.Text, p.Example.Label, p.Read.Intent!, p.Read.Confidence)));
        }
        var tickets = traffic.Values.Sum();
        return
        [
            .. misread.GroupBy(m => string.CompareOrdinal(m.Labelled, m.Read) < 0 ? (m.Labelled, m.Read) : (m.Read,
                m.Labelled))
                .Select(g => Pair(g.Key.Item1, g.Key.Item2, [.. g.OrderByDescending(m => m.Confidence)], playbook,
                    tickets == 0 ? 0 : (double)(traffic.GetValueOrDefault(g.Key.Item1)
                        + traffic.GetValueOrDefault(g.Key.Item2)) / tickets))
                .OrderByDescending(c => c.Misread).ThenByDescending(c => c.Sentences.Count)
                .ThenBy(c => c.One, StringComparer.Ordinal).ThenBy(c => c.Other, StringComparer.Ordinal),
        ];
    }

    /// <summary>Tickets by the intent of their first decision, since a moment.</summary>
    public static IReadOnlyDictionary<string, int> Traffic(Database database, DateTimeOffset since) =>
        database.Read(c => c.Query(
        "select intent, count(*) from decisions where turn = 1 and intent is not null and decided_at >= $1 group by intent",
        row => (row.Text(0), (int)row.Int64(1)), SqlValue.Ms(since))).ToDictionary(r => r.Item1, r => r.Item2);

    private static IntentCollision Pair(
        string one, string other, IReadOnlyList<MisreadSentence> sentences, Playbook playbook, double traffic)
    {
        var examples = new[] { one, other }.Sum(name => playbook.FindIntent(name)?.Examples.Count ?? 0);
        var between = Interval.Wilson(sentences.Count, examples);
        return new IntentCollision(one, other, sentences, examples, traffic,
            traffic * sentences.Count / Math.Max(1, examples), new Interval(traffic * between.Low,
                traffic * between.High))
        {
            PersonMissed = sentences.Count(s => IsForPeople(s.Labelled) && !IsForPeople(s.Read)),
        };

        bool IsForPeople(string intent) => playbook.FindIntent(intent)?.Class == IntentClass.Human;
    }
}
