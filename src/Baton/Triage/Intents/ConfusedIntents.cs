using System.Numerics.Tensors;

namespace Baton.Triage.Intents;

/// <summary>Two intents that are taken for each other.</summary>
/// <param name="One">The first of the two, by name.</param>
/// <param name="Other">The second.</param>
/// <param name="Mistaken">Examples of either that a model which had not seen them took for one of the other.</param>
/// <param name="Examples">Examples of both that such a model was asked about.</param>
public sealed record ConfusedIntents(string One, string Other, int Mistaken, int Examples)
{
    /// <summary>Fewer mistakes are chance, and a smaller share is no trouble.</summary>
    private const int FewestMistakes = 3;
    private const double SmallestShare = 0.08;

    private const int Most = 20;

    /// <summary>Mistaken examples of all, 0 to 1.</summary>
    public double Share => (double)Mistaken / Examples;

    /// <summary>The pairs worth a look, the most confused first.</summary>
    /// <param name="scores">What is said of a held-out example, by class.</param>
    internal static IReadOnlyList<ConfusedIntents> Of(
        IReadOnlyList<HeldOutScore> heldOut, IReadOnlyList<string> names, Func<HeldOutScore, float[]> scores)
    {
        var (mistaken, asked) = (new Dictionary<(int, int), int>(), new int[names.Count]);
        foreach (var example in heldOut)
        {
            asked[example.Label]++;
            var said = TensorPrimitives.IndexOfMax<float>(scores(example));
            if (said == example.Label) continue;
            var pair = (Math.Min(said, example.Label), Math.Max(said, example.Label));
            mistaken[pair] = mistaken.GetValueOrDefault(pair) + 1;
        }
        return
        [
            .. mistaken.Select(m => new ConfusedIntents(
                    names[m.Key.Item1], names[m.Key.Item2], m.Value, asked[m.Key.Item1] + asked[m.Key.Item2]))
                .Where(p => p.Mistaken >= FewestMistakes && p.Share >= SmallestShare
                    && p.One != IntentExample.OutOfScope && p.Other != IntentExample.OutOfScope)
                .OrderByDescending(p => p.Share).ThenBy(p => p.One, StringComparer.Ordinal).Take(Most),
        ];
    }

    internal void Save(BinaryWriter writer)
    {
        writer.Write(One);
        writer.Write(Other);
        writer.Write(Mistaken);
        writer.Write(Examples);
    }

    internal static ConfusedIntents Load(BinaryReader reader) =>
        new(reader.ReadString(), reader.ReadString(), reader.ReadInt32(), reader.ReadInt32());
}
