using System.Numerics;
using System.Runtime.CompilerServices;

namespace Baton.Triage.Intents.Networks;

/// <summary>Adam (Kingma, Ba 2015) with the second moment forgotten after about a hundred steps.</summary>
internal sealed class AdamState(int size)
{
    private const float Keep1 = 0.9f, Keep2 = 0.99f, Tiny = 1e-8f;

    private readonly float[] _first = new float[size];
    private readonly float[] _second = new float[size];

    private float _scale1, _scale2;

    /// <summary>Sets the rate of a step, counted from 1.</summary>
    public void Start(int step, float rate)
    {
        _scale1 = rate / (1 - MathF.Pow(Keep1, step));
        _scale2 = 1 / (1 - MathF.Pow(Keep2, step));
    }

    /// <summary>Moves as many weights as there are gradients, beginning at a place.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Apply(float[] weights, int at, ReadOnlySpan<float> gradient)
    {
        var firsts = _first.AsSpan(at, gradient.Length);
        var seconds = _second.AsSpan(at, gradient.Length);
        var places = weights.AsSpan(at, gradient.Length);
        var tiny = new Vector<float>(Tiny);
        var i = 0;
        for (; i + Vector<float>.Count <= gradient.Length; i += Vector<float>.Count)
        {
            var slope = new Vector<float>(gradient[i..]);
            var first = new Vector<float>(firsts[i..]) * Keep1 + slope * (1 - Keep1);
            var second = new Vector<float>(seconds[i..]) * Keep2 + slope * slope * (1 - Keep2);
            first.CopyTo(firsts[i..]);
            second.CopyTo(seconds[i..]);
            (new Vector<float>(places[i..]) - first * _scale1 / (Vector.SquareRoot(second * _scale2) + tiny))
                .CopyTo(places[i..]);
        }
        for (; i < gradient.Length; i++)
        {
            firsts[i] = firsts[i] * Keep1 + gradient[i] * (1 - Keep1);
            seconds[i] = seconds[i] * Keep2 + gradient[i] * gradient[i] * (1 - Keep2);
            places[i] -= firsts[i] * _scale1 / (MathF.Sqrt(seconds[i] * _scale2) + Tiny);
        }
    }
}
