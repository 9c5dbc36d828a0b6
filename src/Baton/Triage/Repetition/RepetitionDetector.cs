using Baton.Text;
using Baton.Triage.Tone.Phrases;

namespace Baton.Triage.Repetition;

/// <summary>
/// Notices that a customer says the same thing again in other words: shared content words (stemmed, rare ones counting
/// more, words for the same thing as one), shared letter sequences, and cues such as "as I said". Pure and safe for
/// many threads; <c>docs/local-tier/tone.md</c> has the calibration.
/// </summary>
public sealed class RepetitionDetector
{
    private const double Begins = 0.6;

    private readonly RepetitionOptions _options;

    /// <summary>A detector with its own thresholds.</summary>
    public RepetitionDetector(RepetitionOptions options) => _options = options;

    /// <summary>The detector as shipped.</summary>
    public static RepetitionDetector Default { get; } = new(new RepetitionOptions());

    /// <summary>How much of the meaning of two messages is shared, from 0 to 1.</summary>
    public double Similarity(string earlier, string later) => Read(earlier).SimilarityTo(Read(later));

    /// <summary>True when the later message repeats the earlier one.</summary>
    public bool IsRepetition(string earlier, string later)
    {
        var said = Read(later);
        if (said.Weight < _options.LeastWeight) return false;
        var before = Read(earlier);
        return !IsNew([before], said) && before.SimilarityTo(said) >= Threshold(said);
    }

    /// <summary>
    /// How strongly a new message repeats the customer's earlier ones, from 0 to 1; repetition begins at 0.6, cues such
    /// as "as I said" taken into account. This is what triggers compare with their threshold.
    /// </summary>
    public double Strength(IReadOnlyList<string> earlier, string later)
    {
        if (earlier.Count == 0) return 0;
        var said = Read(later);
        if (said.Weight < _options.LeastWeight) return 0;
        var before = Before(earlier);
        if (IsNew(before, said)) return 0;
        var most = before.Select(said.SimilarityTo).DefaultIfEmpty(0).Max();
        var threshold = Threshold(said);
        return most < threshold
            ? Begins * most / threshold
            : Begins + (1 - Begins) * (most - threshold) / (1 - threshold);
    }

    /// <summary>
    /// The earlier message that a new one repeats, as its index, or null. Messages further back than
    /// <see cref="RepetitionOptions.MaxEarlier"/> are not looked at.
    /// </summary>
    public int? FindRepeated(IReadOnlyList<string> earlier, string later)
    {
        var said = Read(later);
        if (said.Weight < _options.LeastWeight) return null;
        var before = Before(earlier);
        if (IsNew(before, said)) return null;
        (int? best, double most) = (null, Threshold(said));
        for (var i = 0; i < before.Count; i++)
        {
            var similarity = before[i].SimilarityTo(said);
            if (similarity >= most) (best, most) = (earlier.Count - before.Count + i, similarity);
        }
        return best;
    }

    /// <summary>
    /// The same question about another order is another question, unless the customer says otherwise.
    /// </summary>
    private static bool IsNew(IReadOnlyList<MessageContent> before, MessageContent said) =>
        !said.HasCue && said.NamesMoreThan(before);

    private List<MessageContent> Before(IReadOnlyList<string> earlier) =>
        [.. earlier.Skip(Math.Max(0, earlier.Count - _options.MaxEarlier)).Select(Read)];

    private double Threshold(MessageContent said) => said.HasCue ? _options.ThresholdWithCue : _options.Threshold;

    private MessageContent Read(string message)
    {
        if (message.Length > _options.MaxCharacters) message = message[.._options.MaxCharacters];
        return MessageContent.Of(PhraseText.Read(OwnWords.Of(message), _options.MaxCharacters));
    }
}

/// <summary>Thresholds and limits of noticing repetition.</summary>
public sealed record RepetitionOptions
{
    /// <summary>Similarity from which a message counts as repeated; 0–1, default 0.4.</summary>
    public double Threshold { get; init; } = 0.4;

    /// <summary>The same when the customer says that they repeat themself; 0–1, default 0.22.</summary>
    public double ThresholdWithCue { get; init; } = 0.22;

    /// <summary>
    /// A message with less content than this repeats nothing ("yes please"); default 1.5 content words.
    /// </summary>
    public double LeastWeight { get; init; } = 1.5;

    /// <summary>How many earlier messages are compared; default 20.</summary>
    public int MaxEarlier { get; init; } = 20;

    /// <summary>How many characters of a message are read; default 4,000.</summary>
    public int MaxCharacters { get; init; } = 4_000;
}
