using Baton.Triage.Intents;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Jobs;

namespace Baton.Benchmarks;

/// <summary>
/// How long does it take to train and to ask the intent model, and how much memory does it take? Texts are made up from
/// a seed: 77 intents with 130 examples of about 12 words, the size of a large support desk.
/// </summary>
[MemoryDiagnoser]
[SimpleJob(RuntimeMoniker.HostProcess, launchCount: 1, warmupCount: 2, iterationCount: 5)]
public class LocalModelSpeed
{
    private const int Intents = 77, Examples = 130, TextsPerCall = 1000;

    private readonly IntentExample[] _examples = [.. Make(new Random(1))];
    private IntentModel _model = null!;
    private byte[] _saved = [];

    [GlobalSetup]
    public void Train()
    {
        _model = IntentModel.Train(_examples);
        using var stream = new MemoryStream();
        _model.Save(stream);
        _saved = stream.ToArray();
    }

    [Benchmark]
    public IntentModel Train_10000_examples_of_77_intents() => IntentModel.Train(_examples);

    [Benchmark(OperationsPerInvoke = TextsPerCall)]
    public double Predict_one_text()
    {
        var sum = 0.0;
        for (var i = 0; i < TextsPerCall; i++)
            sum += _model.Predict(_examples[i * 7 % _examples.Length].Text).Confidence;
        return sum;
    }

    [Benchmark]
    public int Explain_one_text() => _model.Explain(_examples[17].Text).Count;

    [Benchmark]
    public IntentModel Load_a_saved_model() => IntentModel.Load(new MemoryStream(_saved));

    /// <summary>Every intent prefers some forty of two thousand words; the rest of a text is common words.</summary>
    private static IEnumerable<IntentExample> Make(Random random)
    {
        string[] words = [.. Enumerable.Range(0, 2000).Select(_ => Word(random))];
        for (var intent = 0; intent < Intents; intent++)
        {
            string[] own = [.. Enumerable.Range(0, 40).Select(_ => words[random.Next(words.Length)])];
            for (var i = 0; i < Examples; i++)
            {
                var text = Enumerable.Range(0, random.Next(6, 18)).Select(w =>
                    w % 3 == 0 ? own[random.Next(own.Length)]
                    : words[(int)(random.NextDouble() * random.NextDouble() * 400)]);
                yield return new IntentExample(string.Join(' ', text) + "?", $"intent_{intent:00}");
            }
        }
    }

    private static string Word(Random random) =>
        string.Concat(Enumerable.Range(0, random.Next(1, 5))
            .Select(_ => $"{"bcdfglmnprst"[random.Next(12)]}{"aeiou"[random.Next(5)]}"));
}
