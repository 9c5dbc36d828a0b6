using System.Numerics.Tensors;

namespace Baton.Knowledge.Choice;

/// <summary>Two sections that customers' questions do not tell apart.</summary>
/// <param name="One">The first of the two, as <c>article: heading</c>.</param>
/// <param name="Other">The second.</param>
/// <param name="Mistaken">Questions of either whose nearest questions, itself left out, are the other's.</param>
/// <param name="Questions">Questions of both.</param>
internal sealed record ConfusedSections(string One, string Other, int Mistaken, int Questions)
{
    /// <summary>Fewer mistakes are chance, and a smaller share is no trouble: a section has six to eight.</summary>
    private const int FewestMistakes = 3;
    private const double SmallestShare = 0.3;

    private const int Most = 20;

    /// <summary>Mistaken questions of all, 0 to 1.</summary>
    public double Share => (double)Mistaken / Questions;

    /// <summary>The pairs worth a look, the most confused first.</summary>
    /// <param name="names">What the sections are called.</param>
    /// <param name="questions">By section, the vectors of its questions; a section with fewer than three is left
    /// out.</param>
    public static IReadOnlyList<ConfusedSections> Of(IReadOnlyList<string> names, float[][][] questions)
    {
        var mistaken = new Dictionary<(int, int), int>();
        for (var own = 0; own < questions.Length; own++)
        {
            if (questions[own].Length < 3) continue;
            foreach (var question in questions[own])
            {
                var said = Nearest(questions, question);
                if (said == own) continue;
                var pair = (Math.Min(said, own), Math.Max(said, own));
                mistaken[pair] = mistaken.GetValueOrDefault(pair) + 1;
            }
        }
        return
        [
            .. mistaken.Select(m => new ConfusedSections(
                    names[m.Key.Item1], names[m.Key.Item2], m.Value,
                    questions[m.Key.Item1].Length + questions[m.Key.Item2].Length))
                .Where(p => p.Mistaken >= FewestMistakes && p.Share >= SmallestShare)
                .OrderByDescending(p => p.Share).ThenBy(p => p.One, StringComparer.Ordinal).Take(Most),
        ];
    }

    private static int Nearest(float[][][] questions, float[] question)
    {
        var (best, nearest) = (0, float.MinValue);
        for (var s = 0; s < questions.Length; s++)
        {
            if (questions[s].Length < 3) continue;
            float first = -1, second = -1;
            foreach (var other in questions[s])
            {
                if (ReferenceEquals(other, question)) continue;
                var near = TensorPrimitives.Dot<float>(other, question);
                if (near > first) (first, second) = (near, first);
                else if (near > second) second = near;
            }
            if (first + second > nearest) (best, nearest) = (s, first + second);
        }
        return best;
    }
}
