using System.Runtime.InteropServices;
using Baton.Text.Learning;

namespace Baton.Triage.Intents.Features;

/// <summary>Counts in how many texts of which class every feature occurs, and turns the counts into weights.</summary>
internal sealed class FeatureStatistics
{
    private const double LeastFocus = 0.05, Smoothing = 0.5, FewPerClass = 30;

    // With few examples a feature seen once is still worth keeping; with many it is only weight.
    private const int ManyTexts = 3000, RareLetters = 3, RarePairs = 2;

    // With few examples, what a word tells about the intent has to be counted out, because the learners cannot see it
    // yet; with many they see it themselves, and doing it twice makes rare words loud and strangers look familiar.
    private static readonly (double Rarity, double Focus) FewPowers = (0.25, 0.75), ManyPowers = (0.5, 0);

    private readonly Vocabulary _vocabulary = new(1 << 14);
    private readonly List<Tally> _tallies = [];
    private readonly Dictionary<ulong, ReadWord> _words = [];
    private readonly int[] _examples;
    private readonly int _texts;
    private readonly (double Rarity, double Focus) _powers;

    public FeatureStatistics(IReadOnlyList<int> labels, int classes, bool few)
    {
        _examples = new int[classes];
        foreach (var label in labels) _examples[label]++;
        _texts = labels.Count;
        _powers = few ? FewPowers : ManyPowers;
    }

    /// <summary>True for a training set in which a class has few examples on average.</summary>
    public static bool AreFew(int texts, int classes) => texts < FewPerClass * classes;

    /// <summary>Every different word so far.</summary>
    public IReadOnlyCollection<ReadWord> Words => _words.Values;

    /// <summary>Notes words while <see cref="IntentFeatures.Extract"/> fills the scratch.</summary>
    public Action<ulong, ulong, bool, int> Reader(FeatureScratch scratch) => (key, stem, isStemmed, firstLetters) =>
    {
        if (_words.ContainsKey(key)) return;
        _words[key] = new ReadWord(
            key, stem, isStemmed, scratch.Keys[(int)FeatureFamily.Letters].Items[firstLetters..].ToArray());
    };

    /// <summary>Adds the keys of a text; texts must come ordered by class.</summary>
    public void Add(FeatureScratch scratch, int text, int @class)
    {
        for (var family = 0; family < FeatureScratch.Families; family++)
        {
            foreach (var key in scratch.Keys[family].Items)
            {
                var id = _vocabulary.Add(key);
                if (id == _tallies.Count) _tallies.Add(new Tally { Family = (FeatureFamily)family });
                CollectionsMarshal.AsSpan(_tallies)[id].Count(text, @class);
            }
        }
    }

    /// <summary>Drops rare features (words and stems never) and puts what the networks read first.</summary>
    public T ToSpace<T>(Func<Vocabulary, float[], float[], T> create)
    {
        var keys = _vocabulary.Keys();
        var kept = Enumerable.Range(0, keys.Length).Where(id => _tallies[id].Texts >= LeastTexts(_tallies[id].Family));
        var order = kept.OrderBy(id => ForNetwork(id) ? 0 : 1).ToArray();
        var vocabulary = new Vocabulary(order.Length);
        foreach (var id in order) vocabulary.Add(keys[id]);

        var (rates, sum, logs) = EmptyRates();
        return create(vocabulary,
            [.. order.Select(id => Weight(_tallies[id], rates, sum, logs))],
            [.. order.Where(ForNetwork).Select(id => (float)Rarity(_tallies[id].Texts, ManyPowers.Rarity))]);
    }

    private int LeastTexts(FeatureFamily family) => family switch
    {
        _ when _texts < ManyTexts => 1,
        FeatureFamily.Letters => RareLetters,
        FeatureFamily.Pair or FeatureFamily.Near => RarePairs,
        _ => 1,
    };

    private bool ForNetwork(int id) => _tallies[id].Family <= FeatureFamily.Letters;

    private double Rarity(int texts, double power) => Math.Pow(1 + Math.Log((1.0 + _texts) / (1 + texts)), power);

    private (double[] Rates, double Sum, double Logs) EmptyRates()
    {
        var rates = new double[_examples.Length];
        for (var c = 0; c < rates.Length; c++) rates[c] = Smoothing / rates.Length / (_examples[c] + Smoothing);
        return (rates, rates.Sum(), rates.Sum(r => r * Math.Log(r)));
    }

    /// <summary>
    /// Powers of 1 + idf and of 0.05 + 1 − H(class | feature) / log classes, with class rates smoothed and freed from
    /// size. Only classes with a tally are visited; the others contribute what an empty class does.
    /// </summary>
    private float Weight(Tally tally, double[] empty, double sum, double logs)
    {
        var rarity = Rarity(tally.Texts, _powers.Rarity);
        if (_examples.Length < 2 || _powers.Focus == 0) return (float)rarity;
        foreach (var (@class, count) in tally.ByClass)
        {
            var rate = (count + Smoothing / _examples.Length) / (_examples[@class] + Smoothing);
            sum += rate - empty[@class];
            logs += rate * Math.Log(rate) - empty[@class] * Math.Log(empty[@class]);
        }
        var entropy = Math.Log(sum) - logs / sum;
        var focus = LeastFocus + Math.Max(0, 1 - entropy / Math.Log(_examples.Length));
        return (float)(rarity * Math.Pow(focus, _powers.Focus));
    }

    private struct Tally
    {
        private List<(int Class, int Count)>? _byClass;
        private int _lastText;

        public FeatureFamily Family { get; init; }

        public int Texts { get; private set; }

        public readonly IReadOnlyList<(int Class, int Count)> ByClass => _byClass ?? [];

        public void Count(int text, int @class)
        {
            if (_byClass is not null && _lastText == text) return;
            _lastText = text;
            Texts++;
            _byClass ??= new List<(int, int)>(1);
            if (_byClass.Count > 0 && _byClass[^1].Class == @class)
                _byClass[^1] = (@class, _byClass[^1].Count + 1);
            else _byClass.Add((@class, 1));
        }
    }
}
