using System.Numerics.Tensors;
using Baton.Knowledge.Indexing;
using Baton.Knowledge.Vectors;

namespace Baton.Evaluation.Learning;

/// <summary>
/// Texts as unit vectors whose cosine is their nearness in meaning: by the sentence encoder, or without it by their
/// words (TF-IDF, words folded into places by their hash).
/// </summary>
/// <param name="encoder">Null: by words.</param>
/// <param name="cacheFolder">Where vectors of a playbook's texts are kept.</param>
internal sealed class MeaningSpace(TextVectors? encoder, string cacheFolder)
{
    /// <summary>Whose texts the vectors are made for, which are forgotten as soon as they are used.</summary>
    private const string Owner = "learning";

    private const int Places = 2_048;

    /// <summary>
    /// From this cosine on two questions are probably one; bench/results/gaps.md has what it comes to.
    /// </summary>
    public double Near => encoder is null ? 0.25 : 0.60;

    /// <summary>Vectors of a playbook's texts and of customers' ones, in one space.</summary>
    public async Task<(float[][] Own, float[][] Asked)> OfAsync(
        IReadOnlyList<string> own, IReadOnlyList<string> asked, CancellationToken cancellationToken)
    {
        if (encoder is null)
        {
            var all = ByWords([.. own, .. asked]);
            return (all[..own.Count], all[own.Count..]);
        }
        var made = await encoder.MakeAsync(Owner, asked, cancellationToken).ConfigureAwait(false);
        // They are many people's: an erasure of one of them would not find its own.
        await encoder.ForgetAsync(Owner, cancellationToken).ConfigureAwait(false);
        return ([.. encoder.OfPlaybook(own, cacheFolder)], [.. asked.Select(text => made[text])]);
    }

    /// <summary>Cosine of two vectors of a space.</summary>
    public static double Cosine(float[] one, float[] other) => TensorPrimitives.Dot<float>(one, other);

    /// <summary>The mean of some vectors, of length one.</summary>
    public static float[] Centre(IEnumerable<float[]> vectors)
    {
        float[]? sum = null;
        foreach (var vector in vectors)
        {
            sum ??= new float[vector.Length];
            TensorPrimitives.Add<float>(sum, vector, sum);
        }
        return Unit(sum ?? []);
    }

    private static float[][] ByWords(IReadOnlyList<string> texts)
    {
        var terms = texts.Select(t => TermLexicon.Terms(t)).ToList();
        var seen = terms.SelectMany(t => t.Distinct()).GroupBy(t => t).ToDictionary(g => g.Key, g => g.Count());
        return
        [
            .. terms.Select(own =>
            {
                var vector = new float[Places];
                foreach (var term in own.GroupBy(t => t))
                    vector[Place(term.Key)] += (float)((1 + Math.Log(term.Count()))
                        * Math.Log(1 + (double)texts.Count / seen[term.Key]));
                return Unit(vector);
            }),
        ];
    }

    /// <summary>FNV-1a: the same in every process.</summary>
    private static int Place(string term)
    {
        var hash = 2_166_136_261u;
        foreach (var letter in term) hash = (hash ^ letter) * 16_777_619u;
        return (int)(hash % Places);
    }

    private static float[] Unit(float[] vector)
    {
        var length = TensorPrimitives.Norm<float>(vector);
        if (length > 0) TensorPrimitives.Divide(vector, length, vector);
        return vector;
    }
}
