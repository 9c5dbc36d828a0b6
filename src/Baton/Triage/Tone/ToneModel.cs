using Baton.Text;
using Baton.Triage.Tone.Phrases;
using Baton.Triage.Tone.Sentiment;
using Baton.Triage.Tone.Urgency;

namespace Baton.Triage.Tone;

/// <summary>
/// Reads sentiment, urgency and the mood's name from a customer's own words, in process and in microseconds. Pure and
/// safe for many threads. Method, figures and limits are in <c>docs/local-tier/tone.md</c>.
/// </summary>
public sealed class ToneModel
{
    private static readonly Lazy<ToneModel> Shared = new(() => new ToneModel(new ToneOptions()));
    private static readonly Lazy<PhraseBook> Book = new(() => PhraseBookReader.Embedded(
    [
        "Baton.Triage.Tone.Words.classes.txt", "Baton.Triage.Tone.Words.cues.txt",
        "Baton.Triage.Tone.Words.valence.txt",
        "Baton.Triage.Tone.Words.emotion.txt", "Baton.Triage.Tone.Words.urgency.txt",
    ]));

    private readonly ToneOptions _options;

    /// <summary>All word lists of tone, compiled once.</summary>
    internal static PhraseBook Phrases => Book.Value;

    /// <summary>A model with its own limits; the word lists and weights are shared.</summary>
    public ToneModel(ToneOptions options) => _options = options;

    /// <summary>The model as shipped.</summary>
    public static ToneModel Default => Shared.Value;

    /// <summary>Reads one message. Quoted and forwarded text is left out; any input is answered.</summary>
    public ToneScore Score(string text)
    {
        if (text.Length > _options.MaxCharacters) text = text[.._options.MaxCharacters];
        var words = PhraseText.Read(OwnWords.Of(text), _options.MaxCharacters);
        var hits = Book.Value.Find(words);
        var sentiment = SentimentScorer.Score(words, hits);
        var urgency = UrgencyScorer.Score(words, hits, sentiment.Score);
        var tone = MoodNamer.Name(words, hits, sentiment);
        return new ToneScore
        {
            SentimentScore = sentiment.Score,
            Sentiment = sentiment.Scale,
            Urgency = urgency.Urgency,
            Tone = tone.Word,
            Confidence = Math.Round((sentiment.Certainty + urgency.Certainty) / 2, 3),
            Signals = Strongest(sentiment.Signals, urgency.Signals, tone.Signals),
        };
    }

    private List<ToneSignal> Strongest(params IReadOnlyList<ToneSignal>[] groups) =>
        [.. groups.SelectMany(group => group).DistinctBy(s => (s.Kind, s.Text, s.Meaning))
            .OrderByDescending(s => Math.Abs(s.Weight)).Take(_options.MaxSignals)];
}
