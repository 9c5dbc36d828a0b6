using System.Numerics;
using System.Numerics.Tensors;
using Baton.Text;

namespace Baton.Triage.Intents;

/// <summary>
/// Trains one <see cref="SentenceNet"/> by gradient descent in small batches. Words are left out at random, so that no
/// single word decides, and hidden units too (dropout, Srivastava et al. 2014). The sparse input uses one adaptive rate
/// per feature (row-wise AdaGrad), the small output Adam; the rate rises for a tenth of the steps and falls to zero.
/// </summary>
internal sealed class SentenceNetTrainer
{
    private const int Batch = 16;
    private const float WordDropout = 0.3f, TopRate = 0.025f, InputSpread = 0.3f,
        WordScale = 1 / (1 - WordDropout), HiddenScale = 2;

    private readonly SentenceNet _net;
    private readonly Random _random;
    private ulong _coins;
    private readonly RowGradients _inputGradient;
    private readonly AdamState _output, _outputBias, _hiddenBias;
    private readonly float[] _hidden, _hiddenError, _errors;
    private readonly bool[] _kept;
    private readonly int[] _active;
    private int _activeCount;

    private SentenceNetTrainer(int features, int hidden, int classes, int longest, int seed)
    {
        _net = new SentenceNet(features, hidden, classes);
        _random = new Random(seed);
        _coins = unchecked((ulong)seed * 0x9E3779B97F4A7C15);
        _inputGradient = new RowGradients(features, hidden);
        (_output, _outputBias, _hiddenBias) = (new(hidden * classes), new(classes), new(hidden));
        (_hidden, _hiddenError, _errors) = (new float[hidden], new float[hidden], new float[classes]);
        _kept = new bool[longest];
        _active = new int[hidden];
    }

    /// <summary>Trains on vectors whose indices are below <paramref name="features"/> (larger ones are cut off).</summary>
    public static SentenceNet Train(IReadOnlyList<SparseVector> examples, IReadOnlyList<int> labels, int classes,
        int features, int hidden, int epochs, int seed)
    {
        var longest = examples.Max(e => e.Count);
        var trainer = new SentenceNetTrainer(features, hidden, classes, longest, seed);
        trainer.Spread();
        var steps = epochs * ((examples.Count + Batch - 1) / Batch);
        var order = Enumerable.Range(0, examples.Count).ToArray();
        var step = 0;
        for (var epoch = 0; epoch < epochs; epoch++)
        {
            trainer._random.Shuffle(order);
            foreach (var batch in order.Chunk(Batch))
            {
                foreach (var i in batch) trainer.Learn(examples[i], labels[i], 1f / batch.Length);
                trainer.Update(++step, steps);
            }
        }
        return trainer._net;
    }

    private void Spread()
    {
        for (var i = 0; i < _net.Features * _net.Hidden; i++) _net.Input[i] = (_random.NextSingle() * 2 - 1) * InputSpread;
        var spread = MathF.Sqrt(6f / (_net.Hidden + _net.Classes));
        for (var i = 0; i < _net.Hidden * _net.Classes; i++) _net.Output[i] = (_random.NextSingle() * 2 - 1) * spread;
    }

    private void Learn(SparseVector example, int label, float weight)
    {
        var count = Forward(example);
        TensorPrimitives.SoftMax(_errors, _errors);
        _errors[label] -= 1;
        Backward(weight);
        for (var i = 0; i < count; i++)
            if (_kept[i]) _inputGradient.Add(example.Indices[i], example.Values[i] * WordScale, _hiddenError);
    }

    /// <summary>Fills hidden units and scores; returns how many features the network reads.</summary>
    private int Forward(SparseVector example)
    {
        _net.HiddenBias.CopyTo(_hidden, 0);
        var i = 0;
        for (; i < example.Count && example.Indices[i] < _net.Features; i++)
        {
            _kept[i] = (Coins() >> 40) * (1f / (1 << 24)) >= WordDropout;
            if (!_kept[i]) continue;
            TensorPrimitives.MultiplyAdd(_net.Row(example.Indices[i]), example.Values[i] * WordScale, _hidden, _hidden);
        }
        DropHidden();
        _net.OutputBias.CopyTo(_errors, 0);
        foreach (var unit in _active.AsSpan(0, _activeCount))
            TensorPrimitives.MultiplyAdd(_net.UnitRow(unit), _hidden[unit], _errors, _errors);
        return i;
    }

    /// <summary>64 fair coins (SplitMix64, Steele et al. 2014): dropout tosses so many that a slow source would show.</summary>
    private ulong Coins()
    {
        var z = _coins += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>Silences negative units and half of the others; only the rest takes part in what follows.</summary>
    private void DropHidden()
    {
        _activeCount = 0;
        var coins = 0UL;
        for (var h = 0; h < _hidden.Length; h++)
        {
            if (h % 64 == 0) coins = Coins();
            var kept = (coins & 1) == 0;
            coins >>= 1;
            if (!kept || _hidden[h] <= 0) continue;
            _hidden[h] *= HiddenScale;
            _active[_activeCount++] = h;
        }
    }

    private void Backward(float weight)
    {
        Array.Clear(_hiddenError);
        TensorPrimitives.Multiply(_errors, weight, _errors);
        TensorPrimitives.Add(_outputBias.Gradient, _errors, _outputBias.Gradient);
        foreach (var unit in _active.AsSpan(0, _activeCount))
        {
            _hiddenError[unit] = HiddenScale * TensorPrimitives.Dot(_net.UnitRow(unit), _errors);
            _hiddenBias.Gradient[unit] += _hiddenError[unit];
            var gradient = _output.Gradient.AsSpan(unit * _net.Classes, _net.Classes);
            TensorPrimitives.MultiplyAdd(_errors, _hidden[unit], gradient, gradient);
        }
    }

    private void Update(int step, int steps)
    {
        var progress = step / (float)steps;
        var rate = TopRate * (progress < 0.1f ? progress / 0.1f : (1 - progress) / 0.9f);
        _output.Apply(_net.Output, rate, step);
        _outputBias.Apply(_net.OutputBias, rate, step);
        _hiddenBias.Apply(_net.HiddenBias, rate, step);
        _inputGradient.Apply(_net.Input, rate);
    }

    /// <summary>Gradients of the rows that a batch touched, and the sum of their squares so far.</summary>
    private sealed class RowGradients(int rows, int width)
    {
        private readonly float[] _squares = new float[rows];
        private readonly int[] _slots = new int[rows];
        private readonly List<int> _touched = [];
        private readonly List<float[]> _gradients = [];

        public void Add(int row, float factor, float[] gradient)
        {
            if (_slots[row] == 0)
            {
                _touched.Add(row);
                _slots[row] = _touched.Count;
                if (_gradients.Count < _touched.Count) _gradients.Add(new float[width]);
                else Array.Clear(_gradients[_touched.Count - 1]);
            }
            var sum = _gradients[_slots[row] - 1];
            TensorPrimitives.MultiplyAdd(gradient, factor, sum, sum);
        }

        public void Apply(float[] weights, float rate)
        {
            for (var i = 0; i < _touched.Count; i++)
            {
                var row = _touched[i];
                _squares[row] += TensorPrimitives.SumOfSquares<float>(_gradients[i]) / width;
                var place = weights.AsSpan(row * width, width);
                TensorPrimitives.MultiplyAdd(_gradients[i], -rate / (MathF.Sqrt(_squares[row]) + 1e-8f), place, place);
                _slots[row] = 0;
            }
            _touched.Clear();
        }
    }

    /// <summary>Adam (Kingma, Ba 2015) with the second moment forgotten after about a hundred steps.</summary>
    private sealed class AdamState(int size)
    {
        private const float Keep1 = 0.9f, Keep2 = 0.99f, Tiny = 1e-8f;

        private readonly float[] _first = new float[size];
        private readonly float[] _second = new float[size];

        public float[] Gradient { get; } = new float[size];

        public void Apply(float[] weights, float rate, int step)
        {
            var scale1 = rate / (1 - MathF.Pow(Keep1, step));
            var scale2 = 1 / (1 - MathF.Pow(Keep2, step));
            var i = 0;
            for (var tiny = new Vector<float>(Tiny); i + Vector<float>.Count <= size; i += Vector<float>.Count)
            {
                var gradient = new Vector<float>(Gradient, i);
                var first = new Vector<float>(_first, i) * Keep1 + gradient * (1 - Keep1);
                var second = new Vector<float>(_second, i) * Keep2 + gradient * gradient * (1 - Keep2);
                first.CopyTo(_first, i);
                second.CopyTo(_second, i);
                (new Vector<float>(weights, i) - first * scale1 / (Vector.SquareRoot(second * scale2) + tiny))
                    .CopyTo(weights, i);
            }
            for (; i < size; i++)
            {
                _first[i] = _first[i] * Keep1 + Gradient[i] * (1 - Keep1);
                _second[i] = _second[i] * Keep2 + Gradient[i] * Gradient[i] * (1 - Keep2);
                weights[i] -= _first[i] * scale1 / (MathF.Sqrt(_second[i] * scale2) + Tiny);
            }
            Array.Clear(Gradient);
        }
    }
}
