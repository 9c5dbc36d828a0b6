using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using Baton.Text.Learning;

namespace Baton.Triage.Intents.Networks;

/// <summary>
/// Trains one <see cref="SentenceNet"/> by gradient descent in small batches. Words are left out at random, so that no
/// single word decides, and hidden units too (dropout, Srivastava et al. 2014). The sparse input uses one adaptive rate
/// per feature (row-wise AdaGrad), the small output Adam; the rate rises for a tenth of the steps and falls to zero.
/// Gradients are summed row by row over a whole batch, in registers, which is most of the speed.
/// </summary>
internal sealed class SentenceNetTrainer
{
    private const int Batch = 32;
    private const float WordDropout = 0.3f, InputRate = 0.06f, OutputRate = 0.012f, InputSpread = 0.3f,
        WordScale = 1 / (1 - WordDropout), HiddenScale = 2;

    private readonly SentenceNet _net;
    private readonly Random _random;
    private readonly WordOccurrences _inputs, _units;
    private readonly AdamState _output, _outputBias, _hiddenBias;
    private readonly float[] _squares, _errors, _hiddenErrors;
    private readonly float[] _outputBiasSlope, _slope, _hidden, _factors;
    private readonly int[] _rows, _active;
    private readonly float[] _values;
    private ulong _coins;

    private SentenceNetTrainer(SentenceNet net, int longest, int seed)
    {
        (_net, _random, _coins) = (net, new Random(seed), unchecked((ulong)seed * 0x9E3779B97F4A7C15));
        var (hidden, stride) = (net.Hidden, net.Stride);
        (_inputs, _units) = (new(net.Features, Batch, longest), new(hidden, Batch, hidden));
        (_output, _outputBias, _hiddenBias) = (new(hidden * stride), new(stride), new(hidden));
        _squares = new float[net.Features];
        _errors = new float[Batch * stride + RowSums.Slack];
        _hiddenErrors = new float[Batch * hidden + RowSums.Slack];
        _outputBiasSlope = new float[stride];
        _slope = new float[Math.Max(hidden, stride) + RowSums.Slack];
        _hidden = new float[hidden + RowSums.Slack];
        var most = Math.Max(Math.Max(longest, hidden), Batch);
        (_rows, _values) = (new int[most], new float[most]);
        (_active, _factors) = (new int[hidden], new float[hidden]);
    }

    /// <summary>Trains on vectors whose indices are below <paramref name="features"/>.</summary>
    /// <param name="examples">What the network reads of every text.</param>
    /// <param name="labels">Their classes.</param>
    /// <param name="classes">Number of classes.</param>
    /// <param name="features">Number of features.</param>
    /// <param name="hidden">Number of hidden units.</param>
    /// <param name="epochs">Passes over the examples.</param>
    /// <param name="seed">Of everything random.</param>
    /// <param name="start">Sets weights of the input that are known already; called once, before training.</param>
    public static SentenceNet Train(IReadOnlyList<SparseVector> examples, IReadOnlyList<int> labels, int classes,
        int features, int hidden, int epochs, int seed, Action<SentenceNet>? start = null)
    {
        var trainer = new SentenceNetTrainer(
            new SentenceNet(features, hidden, classes), Math.Max(1, examples.Max(e => e.Count)), seed);
        trainer.Spread();
        start?.Invoke(trainer._net);
        var steps = epochs * ((examples.Count + Batch - 1) / Batch);
        var order = Enumerable.Range(0, examples.Count).ToArray();
        var step = 0;
        for (var epoch = 0; epoch < epochs; epoch++)
        {
            trainer._random.Shuffle(order);
            for (var at = 0; at < order.Length; at += Batch)
            {
                var batch = order.AsSpan(at, Math.Min(Batch, order.Length - at));
                for (var text = 0; text < batch.Length; text++)
                    trainer.Learn(text, examples[batch[text]], labels[batch[text]], 1f / batch.Length);
                trainer.Update(++step, steps, batch.Length);
            }
        }
        return trainer._net;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Spread()
    {
        for (var i = 0; i < _net.Features * _net.Hidden; i++) _net.Input[i] = (_random.NextSingle() * 2 - 1)
            * InputSpread;
        var spread = MathF.Sqrt(6f / (_net.Hidden + _net.Classes));
        for (var h = 0; h < _net.Hidden; h++)
            foreach (ref var weight in _net.UnitRow(h)[.._net.Classes]) weight = (_random.NextSingle() * 2 - 1)
                * spread;
    }

    /// <summary>Notes what one text of a batch would change.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Learn(int text, SparseVector example, int label, float weight)
    {
        var active = Forward(text, example);
        var error = _slope.AsSpan(0, _net.Stride);
        TensorPrimitives.SoftMax(error[.._net.Classes], error[.._net.Classes]);
        error[_net.Classes..].Clear();
        error[label] -= 1;
        TensorPrimitives.Multiply(error, weight, error);
        error.CopyTo(_errors.AsSpan(text * _net.Stride));
        TensorPrimitives.Add(_outputBiasSlope, error, _outputBiasSlope);

        var back = _hiddenErrors.AsSpan(text * _net.Hidden, _net.Hidden);
        back.Clear();
        foreach (var unit in _active.AsSpan(0, active))
            back[unit] = HiddenScale * TensorPrimitives.Dot<float>(_net.UnitRow(unit), error);
    }

    /// <summary>Fills the scores of a text, in <see cref="_slope"/>; returns how many hidden units took part.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int Forward(int text, SparseVector example)
    {
        var (indices, values, kept) = (example.Indices, example.Values, 0);
        for (var i = 0; i < indices.Length; i++)
        {
            if ((Coins() >> 40) * (1f / (1 << 24)) < WordDropout) continue;
            (_rows[kept], _values[kept++]) = (indices[i], values[i] * WordScale);
            _inputs.Add(indices[i], text, values[i] * WordScale);
        }
        _net.HiddenBias.CopyTo(_hidden, 0);
        RowSums.Add(_net.Input, _net.Hidden, _rows.AsSpan(0, kept), _values, _hidden);
        var active = DropHidden(text);
        _net.OutputBias.CopyTo(_slope, 0);
        RowSums.Add(_net.Output, _net.Stride, _active.AsSpan(0, active), _factors, _slope);
        return active;
    }

    /// <summary>Silences negative units and half of the others; only the rest takes part in what follows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int DropHidden(int text)
    {
        var (active, coins) = (0, 0UL);
        for (var h = 0; h < _net.Hidden; h++)
        {
            if (h % 64 == 0) coins = Coins();
            var kept = (coins & 1) == 0;
            coins >>= 1;
            if (!kept || _hidden[h] <= 0) continue;
            (_active[active], _factors[active++]) = (h, _hidden[h] * HiddenScale);
            _units.Add(h, text, _hidden[h] * HiddenScale);
        }
        return active;
    }

    /// <summary>
    /// 64 fair coins (SplitMix64, Steele et al. 2014): dropout tosses so many that a slow source would show.
    /// </summary>
    private ulong Coins()
    {
        var z = _coins += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Update(int step, int steps, int texts)
    {
        var progress = step / (float)steps;
        var rate = progress < 0.1f ? progress / 0.1f : (1 - progress) / 0.9f;
        UpdateInput(rate * InputRate);
        foreach (var state in (ReadOnlySpan<AdamState>)[_output, _outputBias, _hiddenBias])
            state.Start(step, rate * OutputRate);
        for (var unit = 0; unit < _net.Hidden; unit++)
            _output.Apply(_net.Output, unit * _net.Stride, Slope(_units, unit, _errors, _net.Stride));
        _units.Clear();
        _outputBias.Apply(_net.OutputBias, 0, _outputBiasSlope);
        Array.Clear(_outputBiasSlope);

        var slope = _slope.AsSpan(0, _net.Hidden);
        slope.Clear();
        for (var text = 0; text < texts; text++)
            TensorPrimitives.Add(slope, _hiddenErrors.AsSpan(text * _net.Hidden, _net.Hidden), slope);
        _hiddenBias.Apply(_net.HiddenBias, 0, slope);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void UpdateInput(float rate)
    {
        foreach (var row in _inputs.Touched)
        {
            var slope = Slope(_inputs, row, _hiddenErrors, _net.Hidden);
            _squares[row] += TensorPrimitives.SumOfSquares<float>(slope) / _net.Hidden;
            if (_squares[row] == 0) continue;
            TensorPrimitives.MultiplyAdd(
                slope, -rate / (MathF.Sqrt(_squares[row]) + 1e-8f), _net.Row(row), _net.Row(row));
        }
        _inputs.Clear();
    }

    /// <summary>
    /// The gradient of one row of weights: the errors of the texts it took part in, times its factors there.
    /// </summary>
    private ReadOnlySpan<float> Slope(WordOccurrences occurrences, int row, float[] errors, int width)
    {
        var count = occurrences.Take(row, _rows, _values);
        _slope.AsSpan(0, width).Clear();
        RowSums.Add(errors, width, _rows.AsSpan(0, count), _values, _slope);
        return _slope.AsSpan(0, width);
    }
}
